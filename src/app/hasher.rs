//! Password hashing, a few at a time: each takes a core for 20 ms and 19 MiB, so more at once would
//! only take the machine from everybody else.
//!
//! As many threads as may hash at once, each with memory of its own that it keeps. They run only while
//! a core is idle: a crowd that signs in waits for its hashes, nobody else waits for them. When no core
//! is idle for long, a thread that does not yield does what waits, so nobody is kept from signing in.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
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
    crypto::password::{self, Cost, Verdict, Workspace},
    store::Error,
};

/// When the threads that yield have done nothing for so long, no core is idle.
const STALL: Duration = Duration::from_millis(500);

/// So many stalls a sign-in waits for its turn.
const PATIENCE: u32 = 20;

/// As many may wait for each thread; one more is told to come back.
const QUEUE: usize = 250;

/// Hashes and verifies passwords off the threads that serve requests.
#[derive(Clone, Debug)]
pub struct Hasher {
    queue: SyncSender<Piece>,
    steady: SyncSender<Piece>,
    counts: Arc<Counts>,
}

/// What the threads that yield have before and behind them.
#[derive(Debug, Default)]
struct Counts {
    waiting: AtomicUsize,
    done: AtomicUsize,
}

/// Work that may stand in two queues: whoever is done with it first answers.
type Piece = Arc<dyn Fn(&mut Workspace) + Send + Sync>;

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
        let (steady, late) = sync_channel(QUEUE * parallel);
        let (work, counts) = (Arc::new(Mutex::new(work)), Arc::new(Counts::default()));
        for _ in 0..parallel {
            let (work, counts, cost) = (Arc::clone(&work), Arc::clone(&counts), cost.clone());
            thread::Builder::new().name("hasher".into()).spawn(move || {
                stand_back();
                serve(&work, cost, &counts.done);
            })?;
        }
        let (late, cost) = (Mutex::new(late), cost.clone());
        let life = move || serve(&late, cost, &AtomicUsize::new(0));
        thread::Builder::new().name("hasher, steady".into()).spawn(life)?;
        Ok(Self { queue, steady, counts })
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        // Made here: what comes by chance belongs to a library with locks of its own.
        let salt = password::salt();
        self.in_turn(move |workspace| workspace.hash(&password, &salt)).await
    }

    /// Compares a password with a hash; without a hash it takes the same time and is wrong.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<Verdict, Busy> {
        self.in_turn(move |workspace| workspace.verify(&password, hash.as_deref())).await
    }

    /// Does other slow work on a password, such as to estimate how hard it is to guess, on the thread
    /// that does not yield: a library's own lock must never be held by one that may not run.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn estimate<T: Send + 'static>(
        &self,
        work: impl Fn() -> T + Send + Sync + 'static,
    ) -> Result<T, Busy> {
        let (answer, answered) = oneshot::channel();
        let piece = piece(move |_| work(), answer, Place::taken(&self.counts));
        self.steady.try_send(piece).map_err(|_| Busy)?;
        timeout(STALL * PATIENCE, answered).await.map_err(|_| Busy)?.map_err(|_| Busy)
    }

    /// How many passwords wait for their turn now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.counts.waiting.load(Ordering::Relaxed)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Workspace) -> T + Send + Sync + 'static,
    ) -> Result<T, Busy> {
        let (answer, mut answered) = oneshot::channel();
        let piece = piece(work, answer, Place::taken(&self.counts));
        self.queue.try_send(Arc::clone(&piece)).map_err(|_| Busy)?;
        let mut seen = self.counts.done.load(Ordering::Relaxed);
        for _ in 0..PATIENCE {
            if let Ok(answer) = timeout(STALL, &mut answered).await {
                return answer.map_err(|_| Busy);
            }
            let done = self.counts.done.load(Ordering::Relaxed);
            if done == seen {
                let _ = self.steady.try_send(Arc::clone(&piece));
            }
            seen = done;
        }
        Err(Busy)
    }
}

/// Work with its answer, of which there is one however many do it.
fn piece<T: Send + 'static>(
    work: impl Fn(&mut Workspace) -> T + Send + Sync + 'static,
    answer: oneshot::Sender<T>,
    place: Place,
) -> Piece {
    let (answer, place) = (Mutex::new(Some(answer)), Mutex::new(Some(place)));
    Arc::new(move |workspace| {
        drop(lock(&place).take());
        // It is answered already, or whoever asked has left.
        if lock(&answer).as_ref().is_none_or(oneshot::Sender::is_closed) {
            return;
        }
        // Taken only now: it may be answered elsewhere meanwhile. A panic leaves it unanswered.
        let done = catch_unwind(AssertUnwindSafe(|| work(workspace)));
        if let (Some(answer), Ok(done)) = (lock(&answer).take(), done) {
            let _ = answer.send(done);
        }
    })
}

/// Runs only while no other thread wants the core. Where that cannot be had, hashing is as right, only
/// less polite.
fn stand_back() {
    let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    let _ = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle);
}

/// The life of a thread that hashes.
fn serve(work: &Mutex<Receiver<Piece>>, cost: Cost, done: &AtomicUsize) {
    let mut workspace = Workspace::new(cost);
    while let Some(piece) = next(work) {
        piece(&mut workspace);
        done.fetch_add(1, Ordering::Relaxed);
    }
}

fn next(work: &Mutex<Receiver<Piece>>) -> Option<Piece> {
    lock(work).recv().ok()
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place in the queue, counted until it is given up.
struct Place(Arc<Counts>);

impl Place {
    fn taken(counts: &Arc<Counts>) -> Self {
        counts.waiting.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(counts))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
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
                    let (hasher, opened) = (hasher.clone(), Mutex::new(opened));
                    let work = async move { hasher.in_turn(move |_| lock(&opened).recv()).await };
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
    fn work_that_is_stuck_is_done_by_the_thread_that_does_not_yield() {
        run(async {
            let hasher = Hasher::start(1, &Cost::default()).unwrap();
            let (gate, opened) = mpsc::channel::<()>();
            let (first, opened) = (AtomicUsize::new(0), Mutex::new(opened));
            let stuck = hasher.in_turn(move |_| match first.fetch_add(1, Ordering::Relaxed) {
                0 => lock(&opened).recv().is_ok(),
                _ => true,
            });
            assert!(stuck.await.unwrap(), "the second to take it up is not stuck");
            drop(gate);
        });
    }

    #[test]
    fn work_in_two_queues_is_answered_once_and_then_left() {
        let times = Arc::new(AtomicUsize::new(0));
        let (answer, answered) = oneshot::channel();
        let counted = Arc::clone(&times);
        let work = move |_: &mut Workspace| counted.fetch_add(1, Ordering::Relaxed);
        let piece = piece(work, answer, Place::taken(&Arc::default()));
        let mut workspace = Workspace::new(Cost::default());
        piece(&mut workspace);
        piece(&mut workspace);
        assert_eq!(answered.blocking_recv(), Ok(0));
        assert_eq!(times.load(Ordering::Relaxed), 1);
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
