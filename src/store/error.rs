//! What can go wrong with the store, and what a transaction does about a refusal.

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::protocol::error::{ErrorCode, OAuthError};

/// Trouble with the store itself; never a rule's refusal.
#[derive(Debug)]
pub enum Error {
    /// It cannot be reached, is too busy, or asks to be asked again: 503, try later.
    Unavailable(String),
    /// A row with this key is there already.
    Taken,
    /// Anything else: a fault of ours, 500.
    Broken(String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(why) => write!(out, "the store cannot be reached: {why}"),
            Self::Taken => out.write_str("writing to the store: the row exists already"),
            Self::Broken(why) => write!(out, "using the store: {why}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Taken,
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::UnableToSendCommand
                | DatabaseErrorKind::ReadOnlyTransaction,
                _,
            )
            | DieselError::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            DieselError::DatabaseError(_, cause) if passes(cause.message()) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// Whether a database's own words speak of trouble that passes: a lock, a full disk, a failover.
fn passes(message: &str) -> bool {
    const PASSING: &[&str] = &[
        "database is locked",
        "database is busy",
        "disk is full",
        "disk I/O error",
        "deadlock detected",
        "terminating connection",
        "server closed the connection",
        "the database system is",
        "could not connect",
        "connection to server",
        "no connection to the server",
        "too many clients",
        "SSL connection has been closed",
        "could not receive data",
        "could not send data",
        "No space left",
    ];
    PASSING.iter().any(|words| message.contains(words))
}

/// Tells a failure, which undoes a transaction, from a refusal, which does not: what we learn from
/// a replayed code must outlive the answer it gets.
pub trait Settle {
    /// Whether what the transaction wrote must go.
    fn undoes(&self) -> bool;

    /// Whether the same work may succeed if it is simply done again.
    fn passes(&self) -> bool;
}

impl Settle for Error {
    fn undoes(&self) -> bool {
        true
    }

    fn passes(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl Settle for OAuthError {
    fn undoes(&self) -> bool {
        self.code.row().1 >= 500
    }

    fn passes(&self) -> bool {
        self.code == ErrorCode::TemporarilyUnavailable
    }
}

impl From<Error> for OAuthError {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::Unavailable(_) => ErrorCode::TemporarilyUnavailable,
            Error::Taken | Error::Broken(_) => ErrorCode::ServerError,
        };
        Self::new(code, "the server cannot answer now").because(error)
    }
}
