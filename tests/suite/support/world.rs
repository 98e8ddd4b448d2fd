//! A whole server in this process: its clock stands still, its messages can be read.

use std::{
    net::TcpListener,
    sync::{LazyLock, OnceLock},
    time::Duration,
};

use actix_web::{dev::ServerHandle, web::Data};
use countersign::{
    app::App,
    clock::{Clock, Moment},
    config::{Database, Loaded},
    crypto::{
        jose::{Algorithm, ForeignKeys, Typ, verify_foreign},
        random,
    },
    server,
    store::{
        Db, Store,
        signing_keys::{self, StoredKey},
    },
};
use serde_json::Value;
use url::Url;

use super::{
    answer::Answer,
    databases::{Begins, FreshDatabase},
    http::Request,
    inbox,
};

/// Friday noon, when every story begins.
pub const NOON: Moment = Moment::from_seconds(1_795_176_000);

/// One root secret for every world of this process, so that signing keys made once serve every
/// story: RSA takes its time.
static ROOT_SECRET: LazyLock<String> =
    LazyLock::new(|| random::bytes::<32>().map(|byte| format!("{byte:02x}")).concat());

/// The signing keys of the first world.
static KEYS: OnceLock<Vec<StoredKey>> = OnceLock::new();

async fn lend_keys(database: &Database) {
    let Some(keys) = KEYS.get() else { return };
    let store = Store::open(database).expect("a store that opens");
    let add =
        |db: &mut Db<'_>| keys.iter().try_for_each(|key| signing_keys::add(db, key).map(drop));
    store.write(add).await.expect("keys in the store");
}

async fn keep_keys(store: &Store) {
    if KEYS.get().is_none() {
        let _ = KEYS.set(store.read(signing_keys::list).await.expect("keys from the store"));
    }
}

/// A server, a clock that stands still, an inbox.
pub struct World {
    pub url: Url,
    pub clock: Clock,
    pub app: Data<App>,
    server: ServerHandle,
    _database: FreshDatabase,
}

impl Begins for World {
    async fn on(database: FreshDatabase) -> Self {
        Self::with(database, &[]).await
    }
}

impl World {
    /// A server with these settings, named as in the environment but for their prefix.
    pub async fn with(database: FreshDatabase, settings: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let own = [
            ("DATABASE__URL", &*database.address),
            ("DATABASE__POOL_SIZE", "12"),
            ("HTTP__PUBLIC_URL", &url),
            ("HTTP__WORKERS", "1"),
            ("KEYS__ROOT_SECRET", &ROOT_SECRET),
            // Cheap hashes: how strong they are is not what these stories are about.
            ("SIGN_IN__ARGON2_MEMORY_KIB", "64"),
            ("SIGN_IN__ARGON2_ITERATIONS", "1"),
        ];
        let variables = own.iter().chain(settings);
        let variables =
            variables.map(|(key, value)| (format!("COUNTERSIGN__{key}"), (*value).to_owned()));
        let config = Loaded::read(None, variables).expect("settings that make sense").config;
        lend_keys(&config.database).await;
        let clock = Clock::fixed(NOON);
        let app = App::start(config, clock.clone()).await.expect("an app that starts");
        keep_keys(&app.store).await;
        let app = Data::new(app);
        let server = server::bind(app.clone(), listener).expect("a server that binds");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { url: url.parse().unwrap(), clock, app, server: handle, _database: database }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> Url {
        self.url.join(path).expect("a path")
    }

    /// Lets time pass.
    pub fn pass(&self, span: Duration) {
        self.clock.advance(span);
    }

    /// What a JWT says, if one of our published keys has signed it, in this way and as this type.
    pub fn believe(&self, jwt: &str, algorithm: Algorithm, typ: Typ) -> Value {
        let set = serde_json::from_slice(&self.app.keys.jwks().body).expect("keys");
        let keys = ForeignKeys::from_value(&set).expect("keys");
        let believed = verify_foreign(jwt, &keys, &[algorithm], typ);
        Value::Object(believed.expect("a JWT of this server").into_map())
    }

    pub async fn get(&self, path: &str) -> Answer {
        Request::get(&self.at(path)).send().await
    }

    /// Every message the server wrote, the newest first.
    pub async fn inbox(&self) -> Vec<Value> {
        inbox::all(&self.url).await
    }

    /// The one-time code in the newest message to this address.
    pub async fn code_sent_to(&self, address: &str) -> String {
        inbox::code_sent_to(&self.url, address).await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}
