//! PostgreSQL: a pool, a transaction, and a second try when the database asks for one.

use std::time::Duration;

use diesel::{
    Connection as _, PgConnection,
    connection::{AnsiTransactionManager, TransactionManager},
    r2d2::{Error as PoolError, ManageConnection, Pool, PooledConnection, R2D2Connection as _},
};

use super::{Db, Error, Settle};

/// After a failover every pooled connection may be dead; each try replaces one.
const TRIES: u64 = 24;

type Connection = PooledConnection<Server>;

pub(super) struct Postgres {
    pool: Pool<Server>,
}

/// Where connections come from.
struct Server {
    url: String,
}

/// A connection, and whether it was found dead. Diesel's own manager cannot tell: it would hand a
/// dead connection out again for ever.
struct Line {
    connection: PgConnection,
    dead: bool,
}

impl ManageConnection for Server {
    type Connection = Line;
    type Error = PoolError;

    fn connect(&self) -> Result<Line, PoolError> {
        let connection = PgConnection::establish(&self.url).map_err(PoolError::ConnectionError)?;
        Ok(Line { connection, dead: false })
    }

    fn is_valid(&self, line: &mut Line) -> Result<(), PoolError> {
        line.connection.ping().map_err(PoolError::QueryError)
    }

    fn has_broken(&self, line: &mut Line) -> bool {
        line.dead || std::thread::panicking() || line.connection.is_broken()
    }
}

impl Line {
    /// Looks whether the connection is still there, after trouble that a dead one would explain.
    fn examine<T, E: Settle>(&mut self, outcome: &Result<Result<T, E>, E>) {
        if let Err(error) | Ok(Err(error)) = outcome
            && error.passes()
        {
            self.dead = self.connection.ping().is_err();
        }
    }
}

impl Postgres {
    /// Opens a pool of at most `size` connections; the first must succeed.
    pub(super) fn open(url: &str, size: u32, patience: Duration) -> Result<Self, Error> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(patience)
            .build(Server { url: url.to_owned() })
            .map_err(|error| Error::Unavailable(format!("opening the database: {error}")))?;
        Ok(Self { pool })
    }

    /// A connection from the pool. The pool has waited and tried for long when this fails, so the
    /// failure is final.
    fn connection(&self) -> Result<Connection, Error> {
        self.pool.get().map_err(|error| Error::Unavailable(error.to_string()))
    }

    pub(super) fn read<T, E>(&self, work: &impl Fn(&mut Db<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: Settle + From<Error>,
    {
        again(|| match self.connection() {
            Ok(mut line) => {
                let outcome = work(&mut Db::Postgres(&mut line.connection)).map(Ok);
                line.examine(&outcome);
                outcome
            }
            Err(error) => Ok(Err(error.into())),
        })
    }

    pub(super) fn write<T, E>(&self, work: &impl Fn(&mut Db<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: Settle + From<Error>,
    {
        again(|| match self.connection() {
            Ok(mut line) => {
                let outcome = transaction(&mut line.connection, work);
                line.examine(&outcome);
                outcome
            }
            Err(error) => Ok(Err(error.into())),
        })
    }
}

/// Runs `work` in a transaction. The outer result may be tried again, the inner one never: once a
/// commit was asked for, nobody but the database knows whether it happened.
fn transaction<T, E>(
    connection: &mut PgConnection,
    work: &impl Fn(&mut Db<'_>) -> Result<T, E>,
) -> Result<Result<T, E>, E>
where
    E: Settle + From<Error>,
{
    type Manager = AnsiTransactionManager;
    Manager::begin_transaction(connection).map_err(Error::from)?;
    let outcome = work(&mut Db::Postgres(connection));
    match outcome {
        Err(error) if error.undoes() => {
            // A connection that cannot roll back is broken, and the pool will see that.
            let _ = Manager::rollback_transaction(connection);
            Err(error)
        }
        outcome => match Manager::commit_transaction(connection) {
            Ok(()) => Ok(outcome),
            Err(error) => Ok(Err(Error::Unavailable(error.to_string()).into())),
        },
    }
}

/// Tries again what may pass, a little later each time. An inner result is final.
fn again<T, E: Settle>(mut attempt: impl FnMut() -> Result<Result<T, E>, E>) -> Result<T, E> {
    let mut tried = 0;
    loop {
        tried += 1;
        match attempt() {
            Ok(done) => return done,
            Err(error) if tried < TRIES && error.passes() => {
                std::thread::sleep(Duration::from_millis(tried.min(10) * 3));
            }
            Err(error) => return Err(error),
        }
    }
}
