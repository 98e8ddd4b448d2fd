//! SQLite: readers that read in place, and one writer that commits together what waits together.
//!
//! The writer takes the first waiting piece, begins, runs it, takes what else is waiting by then,
//! commits once, and only then answers all of them. So nothing is acknowledged before it is on disk,
//! and the sync is shared. One piece's failure leaves its neighbours alone: they run again without it.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    thread,
    time::Duration,
};

use diesel::{
    Connection, RunQueryDsl as _, SqliteConnection,
    connection::SimpleConnection,
    r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool},
};
use tokio::sync::oneshot;

use super::{
    Db, Error, Settle,
    statement::{Release, Savepoint},
};

/// As many pieces share one commit at most.
const GROUP: usize = 256;

/// As many pieces may wait; one more is told to come back later.
const QUEUE: usize = 16_384;

const PRAGMAS: &str = "
    pragma busy_timeout = 10000;
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma wal_autocheckpoint = 4000;
    pragma cache_size = -2000;
    pragma temp_store = memory;
";

/// Makes the folder of a database that is not there yet.
pub(super) fn make_folder(file: &Path) -> Result<(), Error> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::create_dir_all(folder)
            .map_err(|error| unopened(&file.to_string_lossy(), &error.to_string())),
        None => Ok(()),
    }
}

/// A piece of work that waits its turn.
trait Piece: Send {
    /// Runs it, once more if need be, and says whether what it wrote stays.
    fn run(&mut self, connection: &mut SqliteConnection) -> bool;

    /// Tells whoever waits what it came to, or why that is not on disk.
    fn answer(self: Box<Self>, committed: &Result<(), String>);
}

/// Work, what it came to, and who waits for that. Work that panicked comes to nothing.
struct Task<W, T, E> {
    work: W,
    outcome: Option<Result<T, E>>,
    waiting: oneshot::Sender<Result<T, E>>,
}

impl<W, T, E> Piece for Task<W, T, E>
where
    W: Fn(&mut Db<'_>) -> Result<T, E> + Send,
    T: Send,
    E: Settle + From<Error> + Send,
{
    fn run(&mut self, connection: &mut SqliteConnection) -> bool {
        let work = AssertUnwindSafe(|| (self.work)(&mut Db::Sqlite(connection)));
        let ran = catch_unwind(work).inspect_err(|panic| {
            tracing::error!("Work in a transaction panicked: {}", words_of(&**panic));
        });
        self.outcome = ran.ok();
        self.outcome.as_ref().is_some_and(stays)
    }

    fn answer(self: Box<Self>, committed: &Result<(), String>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(error)), Err(_)) if error.undoes() => Err(error),
            (_, Err(why)) => Err(Error::Unavailable(why.clone()).into()),
            (Some(outcome), Ok(())) => outcome,
            (None, Ok(())) => return,
        };
        let _ = self.waiting.send(outcome);
    }
}

/// Whether what was written stays: a refusal keeps it, a failure does not.
fn stays<T, E: Settle>(outcome: &Result<T, E>) -> bool {
    outcome.as_ref().err().is_none_or(|error| !error.undoes())
}

pub(super) struct Sqlite {
    readers: Pool<ConnectionManager<SqliteConnection>>,
    writer: SyncSender<Box<dyn Piece>>,
}

impl Sqlite {
    /// Opens the file, making it and its folder when they are not there.
    pub(super) fn open(file: &Path, readers: u32, patience: Duration) -> Result<Self, Error> {
        let path = &*file.to_string_lossy();
        make_folder(file)?;
        let connection = connect(path)?;
        let readers = Pool::builder()
            .max_size(readers)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(patience)
            .connection_customizer(Box::new(Reader))
            .build(ConnectionManager::new(path))
            .map_err(|error| unopened(path, &error.to_string()))?;
        let (writer, waiting) = sync_channel(QUEUE);
        let path = path.to_owned();
        thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_forever(&path, connection, &waiting))
            .map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Self { readers, writer })
    }

    pub(super) fn read<T, E>(&self, work: &impl Fn(&mut Db<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<Error>,
    {
        let mut reader =
            self.readers.get().map_err(|error| Error::Unavailable(error.to_string()))?;
        work(&mut Db::Sqlite(&mut reader))
    }

    pub(super) async fn write<T, E>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Settle + From<Error> + Send + 'static,
    {
        let (waiting, answered) = oneshot::channel();
        let piece = Box::new(Task { work, outcome: None, waiting });
        self.writer.try_send(piece).map_err(|error| match error {
            TrySendError::Full(_) => Error::Unavailable("too many writes are waiting".into()),
            TrySendError::Disconnected(_) => Error::Broken("the writer has stopped".into()),
        })?;
        answered.await.unwrap_or_else(|_| Err(Error::Broken("the work panicked".into()).into()))
    }
}

/// Readers get the same settings as the writer, and may not write.
#[derive(Debug)]
struct Reader;

impl CustomizeConnection<SqliteConnection, PoolError> for Reader {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), PoolError> {
        connection.batch_execute(PRAGMAS).map_err(PoolError::QueryError)?;
        connection.batch_execute("pragma query_only = on").map_err(PoolError::QueryError)
    }
}

fn connect(path: &str) -> Result<SqliteConnection, Error> {
    let mut connection =
        SqliteConnection::establish(path).map_err(|error| unopened(path, &error.to_string()))?;
    connection.batch_execute(PRAGMAS).map_err(|error| unopened(path, &error.to_string()))?;
    Ok(connection)
}

fn unopened(path: &str, why: &str) -> Error {
    Error::Unavailable(format!("opening the database `{path}`: {why}"))
}

/// The writer's life. A connection that failed as a whole is replaced before the next group.
fn write_forever(path: &str, connection: SqliteConnection, waiting: &Receiver<Box<dyn Piece>>) {
    let mut current = Some(connection);
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        let outcome = match current.take().map_or_else(|| connect(path), Ok) {
            Ok(mut connection) => {
                let outcome = commit_together(&mut connection, &mut group, waiting);
                if outcome.is_ok() || connection.batch_execute("rollback").is_ok() {
                    current = Some(connection);
                }
                outcome.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        for piece in group {
            piece.answer(&outcome);
        }
    }
}

/// Runs the first piece and what waits behind it in one transaction.
///
/// That one of them is undone is rare, so none is set apart at first: if it happens, all run again,
/// each under a savepoint. Nobody was told anything by then.
///
/// Begin, savepoints and commit are plain SQL: diesel's own nesting counts wrongly after a panic,
/// and its outer commit then reports a success that never happened.
fn commit_together(
    connection: &mut SqliteConnection,
    group: &mut Vec<Box<dyn Piece>>,
    waiting: &Receiver<Box<dyn Piece>>,
) -> diesel::QueryResult<()> {
    connection.batch_execute("begin immediate")?;
    let mut ran = 0;
    while let Some(piece) = group.get_mut(ran) {
        ran += 1;
        if !piece.run(connection) {
            connection.batch_execute("rollback")?;
            return if group.len() == 1 { Ok(()) } else { commit_apart(connection, group) };
        }
        if ran == group.len() && ran < GROUP {
            group.extend(waiting.try_recv());
        }
    }
    connection.batch_execute("commit")
}

/// Runs all pieces in one transaction, each so that it can be undone alone.
fn commit_apart(
    connection: &mut SqliteConnection,
    group: &mut [Box<dyn Piece>],
) -> diesel::QueryResult<()> {
    connection.batch_execute("begin immediate")?;
    for piece in group {
        Savepoint.execute(connection)?;
        if piece.run(connection) {
            Release.execute(connection)?;
        } else {
            connection.batch_execute("rollback to piece; release piece")?;
        }
    }
    connection.batch_execute("commit")
}

/// What a panic said, if it said it in words.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}
