//! Where everything is kept.

use std::{fmt, path::PathBuf};

use super::{per_core::PerCore, section::section, text::Text};
use crate::crypto::secret::Secret;

section! {
    /// Where everything is kept.
    Database {
        /// `sqlite:` and a path, or a PostgreSQL address such as
        /// `postgres://name:password@host/database`. Several hosts are allowed, as libpq writes them:
        /// `postgres://one,two/database?target_session_attrs=read-write`. `file:PATH` reads the
        /// address from a file.
        url: DatabaseUrl = DatabaseUrl::Sqlite(PathBuf::from("data/countersign.db"));
        /// How many connections to PostgreSQL this process keeps. SQLite does not use it.
        pool_size: u32 = 16, 1..=1_000;
        /// How many readers SQLite has beside its one writer. PostgreSQL does not use it.
        sqlite_readers: PerCore = PerCore::EACH, 1..=256;
        /// How long a request waits for a connection before it is told to come again.
        wait_milliseconds: u64 = 5_000, 10..=60_000;
        /// Bring the database up to date when the server starts. Without it, `countersign migrate`
        /// must have done so.
        migrate_on_start: bool = true;
    }
}

/// Which database, and where. The address of a PostgreSQL may hold a password, so it does not print.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server: the whole address, as libpq takes it.
    Postgres(Secret),
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH` or `postgres://…`.
    pub fn read(text: &str) -> Result<Self, String> {
        <Self as Text>::parse(text)
    }
}

/// Without the user name and password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(out, "sqlite:{}", path.display()),
            Self::Postgres(address) => {
                let rest = address.expose().split_once("://").map_or("", |(_, rest)| rest);
                let place = rest.split('?').next().unwrap_or_default();
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(out, "postgres://{place}")
            }
        }
    }
}

impl Text for DatabaseUrl {
    fn kind() -> String {
        "sqlite:PATH, postgres://… or file:PATH".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return PathBuf::parse(path).map(Self::Sqlite);
        }
        let address = Secret::parse(text)?;
        if ["postgres://", "postgresql://"].iter().any(|start| address.expose().starts_with(start))
        {
            return Ok(Self::Postgres(address));
        }
        Err("must begin with sqlite: or postgres://".to_owned())
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_prints_without_its_password() {
        let url = DatabaseUrl::read("postgres://ada:p@ss@one:5432,two/login?password=x").unwrap();
        assert_eq!(url.to_string(), "postgres://one:5432,two/login");
        assert!(!format!("{url:?}").contains("p@ss"));
    }

    #[test]
    fn a_database_is_one_of_two() {
        assert!(matches!(
            DatabaseUrl::read("sqlite:data/x.db"),
            Ok(DatabaseUrl::Sqlite(path)) if path.ends_with("x.db")
        ));
        for text in ["mysql://host/db", "data/x.db", "sqlite:", ""] {
            assert!(DatabaseUrl::read(text).is_err(), "{text}");
        }
    }
}
