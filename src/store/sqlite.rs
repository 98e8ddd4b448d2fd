//! SQLite: readers that read in place, and one writer that commits together what waits together.
//!
//! The writer takes the first waiting piece, begins, runs it under a savepoint, takes what else is
//! waiting by then, commits once, and only then answers all of them. So nothing is acknowledged
//! before it is on disk, one piece's failure leaves its neighbours alone, and the sync is shared.

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

/// A piece of work, told later whether it was committed.
type Piece = Box<dyn FnOnce(&mut SqliteConnection) -> Verdict + Send>;

/// Tells whoever waits whether their piece is on disk, or why it is not.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;

/// What a piece came to: whether its writes stay, and how to answer whoever waits.
struct Verdict {
    keep: bool,
    answer: Answer,
}

pub(super) struct Sqlite {
    readers: Pool<ConnectionManager<SqliteConnection>>,
    writer: SyncSender<Piece>,
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
        let (answer, answered) = oneshot::channel();
        let piece: Piece = Box::new(move |connection| {
            let outcome = work(&mut Db::Sqlite(connection));
            let keep = outcome.as_ref().err().is_none_or(|error| !error.undoes());
            let answer = Box::new(move |committed: Result<(), String>| {
                let _ = answer.send(match committed {
                    Err(why) if keep => Err(Error::Unavailable(why).into()),
                    _ => outcome,
                });
            });
            Verdict { keep, answer }
        });
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
fn write_forever(path: &str, connection: SqliteConnection, waiting: &Receiver<Piece>) {
    let mut current = Some(connection);
    while let Ok(first) = waiting.recv() {
        let mut answers = Vec::new();
        let outcome = match current.take().map_or_else(|| connect(path), Ok) {
            Ok(mut connection) => {
                let outcome = commit_together(&mut connection, first, waiting, &mut answers);
                if outcome.is_ok() || connection.batch_execute("rollback").is_ok() {
                    current = Some(connection);
                }
                outcome.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        for answer in answers {
            answer(outcome.clone());
        }
    }
}

/// Runs `first` and what waits behind it in one transaction.
///
/// Begin, savepoints and commit are plain SQL: diesel's own nesting counts wrongly after a panic,
/// and its outer commit then reports a success that never happened.
fn commit_together(
    connection: &mut SqliteConnection,
    first: Piece,
    waiting: &Receiver<Piece>,
    answers: &mut Vec<Answer>,
) -> diesel::QueryResult<()> {
    connection.batch_execute("begin immediate")?;
    let mut next = Some(first);
    while let Some(piece) = next {
        if let Some(answer) = run(connection, piece)? {
            answers.push(answer);
        }
        next = if answers.len() < GROUP { waiting.try_recv().ok() } else { None };
    }
    connection.batch_execute("commit")
}

/// Runs one piece under its savepoint; a piece that panics is undone and answers nobody.
fn run(connection: &mut SqliteConnection, piece: Piece) -> diesel::QueryResult<Option<Answer>> {
    Savepoint.execute(connection)?;
    match catch_unwind(AssertUnwindSafe(|| piece(connection))) {
        Ok(verdict) if verdict.keep => {
            Release.execute(connection)?;
            Ok(Some(verdict.answer))
        }
        Ok(verdict) => {
            connection.batch_execute("rollback to piece; release piece")?;
            Ok(Some(verdict.answer))
        }
        Err(panic) => {
            tracing::error!("Work in a transaction panicked: {}", words_of(&*panic));
            connection.batch_execute("rollback to piece; release piece")?;
            Ok(None)
        }
    }
}

/// What a panic said, if it said it in words.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
}
