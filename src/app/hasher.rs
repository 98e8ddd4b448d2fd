//! Password hashing, a few at a time: each takes a core for 20 ms and 19 MiB, so more at once would
//! only take the machine from everybody else.

use std::{sync::Arc, time::Duration};

use tokio::sync::Semaphore;

use crate::{
    crypto::password::{self, Cost, Verdict},
    store::Error,
};

/// As long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// As many may wait for their turn; one more is told to come back.
const QUEUE: usize = 2_000;

/// Hashes and verifies passwords off the threads that serve requests.
#[derive(Clone, Debug)]
pub struct Hasher {
    parallel: usize,
    turns: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    cost: Cost,
}

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
    #[must_use]
    pub fn new(parallel: usize, cost: Cost) -> Self {
        let parallel = parallel.max(1);
        Self {
            parallel,
            turns: Arc::new(Semaphore::new(parallel)),
            waiting: Arc::new(Semaphore::new(QUEUE)),
            cost,
        }
    }

    /// Hashes a password, already in its canonical form.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        let cost = self.cost.clone();
        self.in_turn(move || password::hash(&password, &cost)).await
    }

    /// Compares a password with a hash; without a hash it takes the same time and is wrong.
    ///
    /// # Errors
    /// [`Busy`] when too many are waiting.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<Verdict, Busy> {
        let cost = self.cost.clone();
        self.in_turn(move || {
            let hash = hash.unwrap_or_else(|| password::decoy(&cost));
            password::verify(&password, &hash, &cost)
        })
        .await
    }

    /// How many passwords wait for their turn now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let hashing = self.parallel - self.turns.available_permits();
        (QUEUE - self.waiting.available_permits()).saturating_sub(hashing)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let _place = self.waiting.try_acquire().map_err(|_| Busy)?;
        let turn = self.turns.clone().acquire_owned();
        let turn =
            tokio::time::timeout(PATIENCE, turn).await.map_err(|_| Busy)?.map_err(|_| Busy)?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(|_| Busy)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn who_waits_is_counted_and_who_is_served_is_not() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let hasher = Hasher::new(1, Cost::default());
            let (gates, tasks): (Vec<_>, Vec<_>) = (0..3)
                .map(|_| {
                    let (gate, opened) = mpsc::channel::<()>();
                    let hasher = hasher.clone();
                    let work = async move { hasher.in_turn(move || opened.recv()).await };
                    (gate, tokio::spawn(work))
                })
                .unzip();
            while hasher.turns.available_permits() > 0 || hasher.waiting() < 2 {
                tokio::task::yield_now().await;
            }
            assert_eq!(hasher.waiting(), 2);
            for gate in gates {
                gate.send(()).unwrap();
            }
            for task in tasks {
                task.await.unwrap().unwrap().unwrap();
            }
            assert_eq!(hasher.waiting(), 0);
        });
    }
}
