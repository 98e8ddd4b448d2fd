//! A database of its own for every test: a SQLite file, or a PostgreSQL database, each copied from
//! one that was migrated once.

use std::{fs, ops::Deref, sync::OnceLock};

use countersign::{
    config::{Database, DatabaseUrl},
    crypto::random,
    store::{Store, migrations},
};
use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};
use tempfile::TempDir;
use url::Url;

use super::wire::Wire;

/// Runs each test on SQLite, and on PostgreSQL where `tests/run` (or you) set `TEST_DATABASE_URL`
/// and asked for what is otherwise listed as ignored.
macro_rules! on_every_database {
    ($(
        $(#[$attribute:meta])*
        async fn $name:ident($given:ident: $Given:ty) $body:block
    )*) => {$(
        mod $name {
            use super::*;

            $(#[$attribute])*
            async fn story($given: $Given) $body

            #[actix_web::test]
            async fn on_sqlite() {
                let database = $crate::support::databases::FreshDatabase::sqlite();
                story(<$Given as $crate::support::databases::Begins>::on(database).await).await;
            }

            #[actix_web::test]
            #[ignore = "needs TEST_DATABASE_URL; tests/run brings it"]
            async fn on_postgresql() {
                let database = $crate::support::databases::FreshDatabase::postgresql();
                story(<$Given as $crate::support::databases::Begins>::on(database).await).await;
            }
        }
    )*};
}
pub(crate) use on_every_database;

/// The same for what only PostgreSQL can meet.
macro_rules! on_postgresql_only {
    ($(
        async fn $name:ident($given:ident: $Given:ty) $body:block
    )*) => {$(
        mod $name {
            use super::*;

            #[actix_web::test]
            #[ignore = "needs TEST_DATABASE_URL; tests/run brings it"]
            async fn on_postgresql() {
                let database = $crate::support::databases::FreshDatabase::postgresql();
                let $given = <$Given as $crate::support::databases::Begins>::on(database).await;
                $body
            }
        }
    )*};
}
pub(crate) use on_postgresql_only;

/// What a test may begin with.
pub trait Begins {
    async fn on(database: FreshDatabase) -> Self;
}

impl Begins for FreshDatabase {
    async fn on(database: FreshDatabase) -> Self {
        database
    }
}

/// A migrated database that nobody else uses; gone when dropped.
pub struct FreshDatabase {
    pub settings: Database,
    /// The address, as the settings of a process take it.
    pub address: String,
    keeper: Keeper,
}

enum Keeper {
    File { _folder: TempDir },
    Server { database: String },
}

impl FreshDatabase {
    /// A SQLite file with all tables and no rows.
    pub fn sqlite() -> Self {
        static MIGRATED: OnceLock<Vec<u8>> = OnceLock::new();
        let migrated = MIGRATED.get_or_init(|| {
            let empty = Self::empty_sqlite();
            migrations::run(&empty.settings).expect("migrations that run");
            fs::read(empty.address.trim_start_matches("sqlite:")).expect("the migrated file")
        });
        let fresh = Self::empty_sqlite();
        fs::write(fresh.address.trim_start_matches("sqlite:"), migrated).expect("room on the disk");
        fresh
    }

    /// A SQLite file that does not exist yet.
    pub fn empty_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("countersign.db").display());
        Self::at(address, Keeper::File { _folder: folder })
    }

    /// A PostgreSQL database with all tables and no rows.
    pub fn postgresql() -> Self {
        let template = template();
        Self::copied_from(&template)
    }

    /// The same database, spoken to over a wire that can be cut.
    pub fn over_a_wire(mut self) -> (Self, Wire) {
        let mut url: Url = self.address.parse().expect("the address of a server");
        let far = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        let wire = Wire::to(far);
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(wire.near.port())).expect("a port");
        self.address = url.to_string();
        self.settings.url = DatabaseUrl::read(&self.address).expect("an address");
        (self, wire)
    }

    /// A PostgreSQL database without any table.
    pub fn empty_postgresql() -> Self {
        Self::copied_from("template0")
    }

    fn copied_from(template: &str) -> Self {
        let database = format!("countersign_test_{}", hex(&random::bytes::<8>()));
        administer(&[&format!("create database {database} template {template}")]);
        let mut url = server();
        url.set_path(&database);
        Self::at(url.to_string(), Keeper::Server { database })
    }

    fn at(address: String, keeper: Keeper) -> Self {
        let url = DatabaseUrl::read(&address).expect("an address");
        let settings = Database { url, pool_size: 12, ..Database::default() };
        Self { settings, address, keeper }
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        if let Keeper::Server { database } = &self.keeper {
            administer(&[&format!("drop database if exists {database} with (force)")]);
        }
    }
}

/// A store over a fresh database.
pub struct FreshStore {
    store: Store,
    pub database: FreshDatabase,
}

impl Begins for FreshStore {
    async fn on(database: FreshDatabase) -> Self {
        let store = Store::open(&database.settings).expect("a store that opens");
        Self { store, database }
    }
}

impl Deref for FreshStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// The migrated database that others are copied from. Its name tells which migrations it has had,
/// so it may stay on the server for the next run.
fn template() -> String {
    static NAME: OnceLock<String> = OnceLock::new();
    let make = || {
        let steps = format!("{}/migrations/postgres", env!("CARGO_MANIFEST_DIR"));
        let mut steps: Vec<_> = fs::read_dir(steps).unwrap().map(|s| s.unwrap().path()).collect();
        steps.sort();
        let texts = steps.iter().map(|step| fs::read(step.join("up.sql")).unwrap());
        let digest = openssl::sha::sha256(&texts.flatten().collect::<Vec<_>>());
        let name = format!("countersign_migrated_{}", hex(&digest[..8]));
        let mut server = connect();
        // Several processes may come here at once; the name appears only when all is done.
        sql_query("select pg_advisory_lock(9120001)").execute(&mut server).unwrap();
        if !exists(&mut server, &name) {
            let draft = FreshDatabase::empty_postgresql();
            migrations::run(&draft.settings).expect("migrations that run");
            let Keeper::Server { database } = &draft.keeper else { unreachable!() };
            administer(&[&format!("alter database {database} rename to {name}")]);
        }
        name
    };
    NAME.get_or_init(make).clone()
}

fn hex(bytes: &[u8]) -> String {
    openssl::bn::BigNum::from_slice(bytes).unwrap().to_hex_str().unwrap().to_lowercase()
}

fn exists(server: &mut PgConnection, name: &str) -> bool {
    let found = sql_query(format!("select 1 from pg_database where datname = '{name}'"));
    found.execute(server).expect("the list of databases") > 0
}

fn administer(commands: &[&str]) {
    let mut server = connect();
    for command in commands {
        let done = sql_query(*command).execute(&mut server);
        done.unwrap_or_else(|trouble| panic!("{command}: {trouble}"));
    }
}

fn connect() -> PgConnection {
    PgConnection::establish(server().as_str()).expect("a PostgreSQL at TEST_DATABASE_URL")
}

#[expect(clippy::disallowed_methods, reason = "tests/run says where the server is")]
fn server() -> Url {
    let url = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a server");
    url.parse().expect("TEST_DATABASE_URL is a URL")
}
