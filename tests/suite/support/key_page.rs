//! The page where a client publishes its keys (`jwks_uri`), and how often somebody looked.

use std::{
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::ServerHandle,
    web::{self, Data},
};
use countersign::crypto::jose::SigningKey;
use serde_json::{Value, json};

/// The page; it is gone when dropped.
pub struct KeyPage {
    /// Where it is.
    pub address: String,
    seen: Data<Seen>,
    server: ServerHandle,
}

struct Seen {
    keys: Arc<Mutex<Value>>,
    times: AtomicUsize,
}

impl KeyPage {
    /// A page with these keys.
    pub fn of(keys: &[&SigningKey]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = format!("http://localhost:{}/jwks", listener.local_addr().unwrap().port());
        let seen = Data::new(Seen { keys: Arc::default(), times: AtomicUsize::new(0) });
        let shared = seen.clone();
        let page =
            move || App::new().app_data(shared.clone()).route("/jwks", web::get().to(answer));
        let server = HttpServer::new(page).workers(1).disable_signals();
        let server = server.listen(listener).expect("a server that binds").run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let page = Self { address, seen, server: handle };
        page.publish(keys);
        page
    }

    /// Lets it show these keys from now on.
    pub fn publish(&self, keys: &[&SigningKey]) {
        self.show(set(keys));
    }

    /// The same with a set that is none of ours.
    pub fn show(&self, set: Value) {
        *self.seen.keys.lock().unwrap() = set;
    }

    /// Lets it show nothing from now on.
    pub fn break_down(&self) {
        *self.seen.keys.lock().unwrap() = Value::Null;
    }

    /// How often somebody has looked.
    pub fn times_seen(&self) -> usize {
        self.seen.times.load(Ordering::SeqCst)
    }
}

impl Drop for KeyPage {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

/// The public halves, as a client registers them (RFC 7517 §5).
pub fn set(keys: &[&SigningKey]) -> Value {
    let keys: Vec<&Value> = keys.iter().map(|key| key.public_jwk()).collect();
    json!({ "keys": keys })
}

async fn answer(seen: Data<Seen>) -> HttpResponse {
    seen.times.fetch_add(1, Ordering::SeqCst);
    match &*seen.keys.lock().unwrap() {
        Value::Null => HttpResponse::ServiceUnavailable().finish(),
        keys => HttpResponse::Ok().json(keys),
    }
}
