//! One connection over two databases.
//!
//! A query is written once, inside `on!`, and checked against both. What truly differs is one
//! `match` in this room.

use diesel::{PgConnection, SqliteConnection};

/// A connection, borrowed for one piece of work.
pub enum Db<'a> {
    /// The embedded database.
    Sqlite(&'a mut SqliteConnection),
    /// The database of an installation with many nodes.
    Postgres(&'a mut PgConnection),
}

/// Runs one query on whichever database this is: `on!(db, |c| table.find(id).first(c))`.
macro_rules! on {
    ($db:expr, |$c:ident| $query:expr) => {
        match $db {
            $crate::store::db::Db::Sqlite(connection) => {
                let $c: &mut diesel::SqliteConnection = connection;
                $query
            }
            $crate::store::db::Db::Postgres(connection) => {
                let $c: &mut diesel::PgConnection = connection;
                $query
            }
        }
    };
}
pub(crate) use on;
