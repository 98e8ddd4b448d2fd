//! Every row, every query, two databases.
//!
//! A noun has one file here: its row, the rules that are true of it anywhere, and every query on it.
//! Owns the connections and how work reaches them. Knows nothing of HTTP, and never asks the time.

pub mod activity;
pub mod app_reports;
pub mod approvals;
pub mod attempts;
pub mod challenges;
mod client_cache;
pub mod client_notices;
mod client_resources;
pub mod client_secrets;
pub mod clients;
pub mod contact_changes;
pub mod contacts;
pub mod db;
pub mod delayed_recoveries;
pub mod deletions;
pub mod device_codes;
pub mod erasure;
mod error;
pub mod exports;
pub mod grants;
pub mod known_browsers;
pub mod leases;
pub mod linked_devices;
pub mod migrations;
pub mod outbox;
pub mod passkeys;
pub mod passwords;
mod postgres;
pub mod private_emails;
pub mod pushed_requests;
pub mod reach;
pub mod recovery_codes;
pub mod refusals;
pub mod relayed_mails;
pub mod revoked_tokens;
mod schema;
pub mod sessions;
pub mod sign_ins;
pub mod signing_keys;
mod sqlite;
mod statement;
pub mod token_families;
pub mod totp_secrets;
pub mod trusted_browsers;
pub mod used_ids;
pub mod users;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use client_cache::{ClientCache, Known};
pub use db::Db;
pub use error::{Error, Settle};

use crate::{
    clock::Stopwatch,
    config::{Database, DatabaseUrl},
    telemetry::Metrics,
};

/// The store: cheap to clone, shared by all.
#[derive(Clone)]
pub struct Store {
    backend: Arc<Backend>,
    metrics: Option<Metrics>,
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Store {
    /// Opens the store that `settings` name, without looking at its schema.
    ///
    /// # Errors
    /// If the database cannot be opened.
    pub fn open(settings: &Database) -> Result<Self, Error> {
        let patience = Duration::from_millis(settings.wait_milliseconds);
        let backend = match &settings.url {
            DatabaseUrl::Sqlite(path) => {
                // Every thread that serves requests reads in place; a few more survey elsewhere.
                let readers = u32::try_from(settings.sqlite_readers.count()).unwrap_or(1);
                Backend::Sqlite(sqlite::Sqlite::open(path, readers * 2 + 4, patience)?)
            }
            DatabaseUrl::Postgres(url) => {
                let pool = postgres::Postgres::open(url.expose(), settings.pool_size, patience)?;
                Backend::Postgres(pool)
            }
        };
        Ok(Self { backend: Arc::new(backend), metrics: None })
    }

    /// The same store, which tells `metrics` how long work waits for it.
    #[must_use]
    pub fn watched_by(self, metrics: Metrics) -> Self {
        Self { metrics: Some(metrics), ..self }
    }

    /// The same work, which notes how long it waited before it began.
    fn timed<T, E>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    ) -> impl Fn(&mut Db<'_>) -> Result<T, E> + Send + 'static {
        let (watch, metrics) = (Stopwatch::start(), self.metrics.clone());
        let begun = AtomicBool::new(false);
        move |db| {
            if let Some(metrics) = &metrics
                && !begun.swap(true, Ordering::Relaxed)
            {
                metrics.database_wait(watch.elapsed());
            }
            work(db)
        }
    }

    /// Looks at rows: a few, by index. On SQLite this runs right here, which is faster than going
    /// to another thread; for long lists use [`Store::survey`].
    ///
    /// # Errors
    /// What `work` refuses with, or that the store cannot be reached.
    pub async fn read<T, E>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Settle + From<Error> + Send + 'static,
    {
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(&work),
            Backend::Postgres(_) => self.survey(work).await,
        }
    }

    /// Looks at many rows, off the threads that serve requests.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn survey<T, E>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Settle + From<Error> + Send + 'static,
    {
        let (backend, work) = (self.backend.clone(), self.timed(work));
        elsewhere(move || match &*backend {
            Backend::Sqlite(sqlite) => sqlite.read(&work),
            Backend::Postgres(postgres) => postgres.read(&work),
        })
        .await
    }

    /// Does `work` in one transaction, and returns when it is on disk.
    ///
    /// A refusal keeps what was written, a failure undoes it (see [`Settle`]). The work may run
    /// again from the start before the commit, if the database asks for that or a neighbour in the
    /// same transaction fails, so it has no other effects. Nothing slow belongs in it: on SQLite it holds the only write lock.
    ///
    /// # Errors
    /// What `work` refuses with, or that the store cannot be reached.
    pub async fn write<T, E>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Settle + From<Error> + Send + 'static,
    {
        let work = self.timed(work);
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(work).await,
            Backend::Postgres(_) => {
                let backend = self.backend.clone();
                elsewhere(move || match &*backend {
                    Backend::Postgres(postgres) => postgres.write(&work),
                    Backend::Sqlite(_) => Err(Error::Broken("not this database".into()).into()),
                })
                .await
            }
        }
    }
}

/// Runs `work` on a thread that may wait.
async fn elsewhere<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(broken) => Err(Error::Broken(broken.to_string()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_watches_learns_how_long_work_waits() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("watched.db"));
        let metrics = Metrics::new();
        let store = Store::open(&Database { url, ..Database::default() }).unwrap();
        let store = store.watched_by(metrics.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(store.write(|_| Ok::<_, Error>(()))).unwrap();
        runtime.block_on(store.survey(|_| Ok::<_, Error>(()))).unwrap();
        let text = metrics.render();
        assert!(text.contains("countersign_database_wait_seconds_count 2"), "{text}");
    }
}
