//! Password hashing, a few at a time: each takes a core for 20 ms and 19 MiB, so more at once would
//! only take the machine from everybody else.
//!
//! As many threads as may hash at once, each with memory of its own that it keeps. They run only while
//! a core is idle: a crowd that signs in waits for its hashes, nobody else waits for them. So that no
//! other crowd can keep people from signing in, one thread more does not yield, and serves whoever
//! has waited long.

use std::{
    io, mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};
use tokio::{sync::oneshot, time::timeout};

use crate::{
    crypto::password::{Cost, Verdict, Workspace},
    store::Error,
};

/// After so long a sign-in is served by the thread that does not yield.
const LONG: Duration = Duration::from_secs(6);

/// As much longer it waits then.
const REST: Duration = Duration::from_secs(4);

/// As many may wait for each thread; one more is told to come back.
const QUEUE: usize = 250;

/// Hashes and verifies passwords off the threads that serve requests.
#[derive(Clone, Debug)]
pub struct Hasher {
    queue: SyncSender<Piece>,
    overdue: SyncSender<Piece>,
    waiting: Arc<AtomicUsize>,
}

type Piece = Box<dyn FnOnce(&mut Workspace) + Send>;

/// Too many passwords are waiting to be hashed: come back later.
#[derive(Clone, Copy, Debug)]
pub struct Busy;

impl From<Busy> for Error {
    fn from(_: Busy) -> Self {
        Self::Unavailable("too many passwords are waiting to be hashed".into())
    }
}

impl Hasher {
    /// A hasher for `parallel` passwords at once, at this cost.
    ///
    /// # Errors
    /// If the machine gives us no threads.
    pub fn start(parallel: usize, cost: &Cost) -> io::Result<Self> {
        let parallel = parallel.max(1);
        let (queue, work) = sync_channel(QUEUE * parallel);
        let (overdue, late) = sync_channel(QUEUE * parallel);
        let work = Arc::new(Mutex::new(work));
        for _ in 0..parallel {
            let (work, cost) = (Arc::clone(&work), cost.clone());
            thread::Builder::new().name("hasher".into()).spawn(move || {
                stand_back();
                serve(&work, cost);
            })?;
        }
        let (late, cost) = (Mutex::new(late), cost.clone());
        thread::Builder::new().name("hasher, overdue".into()).spawn(move || serve(&late, cost))?;
        Ok(Self { queue, overdue, waiting: Arc::default() })
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        self.in_turn(move |workspace| workspace.hash(&password)).await
    }

    /// Compares a password with a hash; without a hash it takes the same time and is wrong.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<Verdict, Busy> {
        self.in_turn(move |workspace| workspace.verify(&password, hash.as_deref())).await
    }

    /// How many passwords wait for their turn now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Workspace) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let (answer, mut answered) = oneshot::channel();
        let place = Place::taken(&self.waiting);
        let once = Once::new(move |workspace: &mut Workspace| {
            drop(place);
            // Whoever has left needs no answer.
            if !answer.is_closed() {
                let _ = answer.send(work(workspace));
            }
        });
        self.queue.try_send(once.piece()).map_err(|_| Busy)?;
        if let Ok(answer) = timeout(LONG, &mut answered).await {
            return answer.map_err(|_| Busy);
        }
        self.overdue.try_send(once.piece()).map_err(|_| Busy)?;
        timeout(REST, answered).await.map_err(|_| Busy)?.map_err(|_| Busy)
    }
}

/// Runs only while no other thread wants the core. Where that cannot be had, hashing is as right, only
/// less polite.
fn stand_back() {
    let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    let _ = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle);
}

/// The life of a thread that hashes.
fn serve(work: &Mutex<Receiver<Piece>>, cost: Cost) {
    let mut workspace = Workspace::new(cost);
    while let Some(piece) = next(work) {
        // Whoever waits for a piece that panics is told by its silence.
        let _ = catch_unwind(AssertUnwindSafe(|| piece(&mut workspace)));
    }
}

fn next(work: &Mutex<Receiver<Piece>>) -> Option<Piece> {
    work.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Work that stands in two queues and is done by whoever comes to it first.
struct Once(Arc<Mutex<Option<Piece>>>);

impl Once {
    fn new(work: impl FnOnce(&mut Workspace) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(work)))))
    }

    fn piece(&self) -> Piece {
        let shared = Arc::clone(&self.0);
        Box::new(move |workspace| {
            let work = mem::take(&mut *shared.lock().unwrap_or_else(PoisonError::into_inner));
            if let Some(work) = work {
                work(workspace);
            }
        })
    }
}

/// A place in the queue, counted until it is given up.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn taken(waiting: &Arc<AtomicUsize>) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(waiting))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn run(work: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(work);
    }

    #[test]
    fn who_waits_is_counted_and_who_is_served_is_not() {
        run(async {
            let hasher = Hasher::start(1, &Cost::default()).unwrap();
            let (gates, tasks): (Vec<_>, Vec<_>) = (0..3)
                .map(|_| {
                    let (gate, opened) = mpsc::channel::<()>();
                    let hasher = hasher.clone();
                    let work = async move { hasher.in_turn(move |_| opened.recv()).await };
                    (gate, tokio::spawn(work))
                })
                .unzip();
            // One is served, two wait.
            tokio::task::yield_now().await;
            while hasher.waiting() != 2 {
                tokio::task::yield_now().await;
            }
            for gate in gates {
                gate.send(()).unwrap();
            }
            for task in tasks {
                task.await.unwrap().unwrap().unwrap();
            }
            assert_eq!(hasher.waiting(), 0);
        });
    }

    #[test]
    fn work_that_stands_in_two_queues_is_done_once() {
        let (done, seen) = mpsc::channel();
        let once = Once::new(move |_| done.send(()).unwrap());
        let mut workspace = Workspace::new(Cost::default());
        once.piece()(&mut workspace);
        once.piece()(&mut workspace);
        drop(once);
        assert_eq!(seen.iter().count(), 1);
    }

    #[test]
    fn a_password_is_right_after_a_panic_too() {
        run(async {
            let hasher = Hasher::start(1, &Cost::new(8, 1, 1).unwrap()).unwrap();
            let broken = hasher.in_turn(|_| panic!("as bad as it gets")).await;
            assert!(matches!(broken, Err::<(), _>(Busy)));
            let hash = hasher.hash("correct horse".to_owned()).await.unwrap();
            let verdict = hasher.verify("correct horse".to_owned(), Some(hash)).await.unwrap();
            assert_eq!(verdict, Verdict::Right);
        });
    }
}
