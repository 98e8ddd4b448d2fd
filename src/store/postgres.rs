//! PostgreSQL: a pool, a transaction, and a second try when the database asks for one.

use std::time::Duration;

use diesel::{
    PgConnection,
    connection::{AnsiTransactionManager, TransactionManager},
    r2d2::{ConnectionManager, Pool, PooledConnection},
};

use super::{Db, Error, Settle};

/// After a failover every pooled connection may be dead; each try replaces one.
const TRIES: u64 = 24;

type Connection = PooledConnection<ConnectionManager<PgConnection>>;

pub(super) struct Postgres {
    pool: Pool<ConnectionManager<PgConnection>>,
}

impl Postgres {
    /// Opens a pool of at most `size` connections; the first must succeed.
    pub(super) fn open(url: &str, size: u32, patience: Duration) -> Result<Self, Error> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(patience)
            .build(ConnectionManager::new(url))
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
            Ok(mut connection) => work(&mut Db::Postgres(&mut connection)).map(Ok),
            Err(error) => Ok(Err(error.into())),
        })
    }

    pub(super) fn write<T, E>(&self, work: &impl Fn(&mut Db<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: Settle + From<Error>,
    {
        again(|| match self.connection() {
            Ok(mut connection) => transaction(&mut connection, work),
            Err(error) => Ok(Err(error.into())),
        })
    }
}

/// Runs `work` in a transaction. The outer result may be tried again, the inner one never: once a
/// commit was asked for, nobody but the database knows whether it happened.
fn transaction<T, E>(
    connection: &mut Connection,
    work: &impl Fn(&mut Db<'_>) -> Result<T, E>,
) -> Result<Result<T, E>, E>
where
    E: Settle + From<Error>,
{
    type Manager = AnsiTransactionManager;
    let connection: &mut PgConnection = connection;
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
