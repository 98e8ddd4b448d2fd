//! Brings a database up to date, and tells when one is ahead of this binary.
//!
//! Each run is one transaction under a lock, so that nodes that start together do not collide.

use std::error::Error as StdError;

use diesel::{
    Connection, PgConnection, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
    migration::MigrationSource, sql_query,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Error, sqlite::make_folder};
use crate::config::{Database, DatabaseUrl};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number: all nodes of all versions take the same lock.
const LOCK: &str = "select pg_advisory_xact_lock(7263544)";

type Outcome<T> = Result<T, Box<dyn StdError + Send + Sync>>;

/// Where a database stands beside this binary.
#[derive(Debug, PartialEq, Eq)]
pub struct Standing {
    /// Migrations still to be run, in order.
    pub pending: Vec<String>,
    /// Migrations the database has had that this binary does not know: it is ahead.
    pub unknown: Vec<String>,
}

/// Tells where the database stands, changing nothing but its own list of migrations.
///
/// # Errors
/// If the database cannot be reached or read.
pub fn standing(settings: &Database) -> Result<Standing, Error> {
    on_its_own_connection(settings, |c| compare(c, SQLITE), |c| compare(c, POSTGRES))
}

/// Runs what is pending, all of it or nothing; returns what it ran.
///
/// # Errors
/// If the database cannot be reached, is ahead of this binary, or refuses a migration.
pub fn run(settings: &Database) -> Result<Vec<String>, Error> {
    on_its_own_connection(settings, |c| catch_up(c, || SQLITE), |c| catch_up(c, || POSTGRES))
}

/// Makes the database ready for this version: brings it up to date if the settings say so, and
/// otherwise refuses one that is not.
///
/// # Errors
/// If the database cannot be reached, is ahead of this version, or is behind it and must stay so.
pub fn prepare(settings: &Database) -> Result<(), Error> {
    if settings.migrate_on_start {
        return run(settings).map(drop);
    }
    let Standing { pending, unknown } = standing(settings)?;
    match unknown.first().or(pending.first()) {
        None => Ok(()),
        Some(step) if unknown.is_empty() => Err(Error::Broken(format!(
            "{} lacks migration {step}; `countersign migrate` brings it up to date",
            settings.url
        ))),
        Some(step) => Err(Error::Broken(ahead(step))),
    }
}

fn ahead(step: &str) -> String {
    format!(
        "the database has had migration {step}, which this version does not know: \
         run the newer version, or restore the backup made before it"
    )
}

/// Takes back the newest migration; returns its name.
///
/// # Errors
/// If the database cannot be reached, or has had no migration.
pub fn undo_last(settings: &Database) -> Result<String, Error> {
    on_its_own_connection(settings, |c| step_back(c, || SQLITE), |c| step_back(c, || POSTGRES))
}

fn on_its_own_connection<T>(
    settings: &Database,
    on_sqlite: impl FnOnce(&mut SqliteConnection) -> Outcome<T>,
    on_postgres: impl FnOnce(&mut PgConnection) -> Outcome<T>,
) -> Result<T, Error> {
    let unopened = |error: diesel::ConnectionError| Error::Unavailable(error.to_string());
    let outcome = match &settings.url {
        DatabaseUrl::Sqlite(path) => {
            make_folder(path)?;
            let path = path.to_string_lossy();
            let mut connection = SqliteConnection::establish(&path).map_err(unopened)?;
            connection.batch_execute("pragma busy_timeout = 10000; pragma journal_mode = wal")?;
            connection.immediate_transaction(|c| on_sqlite(c).map_err(Failed))
        }
        DatabaseUrl::Postgres(url) => {
            let mut connection = PgConnection::establish(url.expose()).map_err(unopened)?;
            connection.transaction(|c| {
                sql_query(LOCK).execute(c)?;
                on_postgres(c).map_err(Failed)
            })
        }
    };
    outcome.map_err(|Failed(error)| Error::Broken(format!("migrating the database: {error}")))
}

/// What a migration failed with, as diesel's transaction wants it.
struct Failed(Box<dyn StdError + Send + Sync>);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self(Box::new(error))
    }
}

fn compare<C, B>(connection: &mut C, known: EmbeddedMigrations) -> Outcome<Standing>
where
    C: MigrationHarness<B>,
    B: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<B>,
{
    let names = MigrationSource::<B>::migrations(&known)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect::<Vec<_>>();
    let pending = connection.pending_migrations(known)?;
    let applied = connection.applied_migrations()?;
    Ok(Standing {
        pending: pending.iter().map(|migration| migration.name().to_string()).collect(),
        unknown: applied
            .iter()
            .map(ToString::to_string)
            .filter(|version| !names.contains(version))
            .collect(),
    })
}

fn catch_up<C, B>(
    connection: &mut C,
    known: impl Fn() -> EmbeddedMigrations,
) -> Outcome<Vec<String>>
where
    C: MigrationHarness<B>,
    B: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<B>,
{
    let standing = compare(connection, known())?;
    if let Some(version) = standing.unknown.first() {
        return Err(ahead(version).into());
    }
    connection.run_pending_migrations(known())?;
    Ok(standing.pending)
}

fn step_back<C, B>(connection: &mut C, known: impl Fn() -> EmbeddedMigrations) -> Outcome<String>
where
    C: MigrationHarness<B>,
    B: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<B>,
{
    let version = connection.revert_last_migration(known())?.to_string();
    let steps = MigrationSource::<B>::migrations(&known())?;
    let step = steps.iter().find(|step| step.name().version().to_string() == version);
    Ok(step.map_or(version, |step| step.name().to_string()))
}
