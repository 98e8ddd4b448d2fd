//! Several pieces of work on their way at once, so that one slow server holds up few.

use std::{cell::RefCell, future::poll_fn, pin::Pin, task::Poll};

use crate::store::Error;

/// As many are on their way at once.
const LANES: usize = 8;

/// Does `work` for each item, a few at a time; how many it says `true` of. What one fails with is told
/// when all are done.
pub(super) async fn each<T>(
    items: &[T],
    work: impl AsyncFn(&T) -> Result<bool, Error>,
) -> Result<usize, Error> {
    let queue = RefCell::new(items.iter());
    let lane = async || {
        let mut done = 0;
        loop {
            let next = queue.borrow_mut().next();
            let Some(item) = next else { return Ok::<_, Error>(done) };
            done += usize::from(work(item).await?);
        }
    };
    let mut lanes: Vec<_> = (0..LANES.min(items.len())).map(|_| Box::pin(lane())).collect();
    let (mut done, mut trouble) = (0, None);
    poll_fn(|context| {
        lanes.retain_mut(|lane| match Pin::new(lane).poll(context) {
            Poll::Pending => true,
            Poll::Ready(Ok(count)) => {
                done += count;
                false
            }
            Poll::Ready(Err(error)) => {
                trouble = Some(error);
                false
            }
        });
        if lanes.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    trouble.map_or(Ok(done), Err)
}
