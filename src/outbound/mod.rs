//! The only way out: every call to an address that somebody named.
//!
//! Owns where a call may lead, how long it may take and how much it may bring back. A stranger's
//! address (a `jwks_uri`, a logout or ping address) leads to public addresses only, over TLS; the
//! address that was checked is the one connected to, so a name that changes its mind gains nothing.
//! No redirect is followed. Does not decide who is called, nor what an answer means.
//!
//! The client belongs to one thread (awc is not `Send`), so calls travel to a thread of their own,
//! which starts with the first call and ends with the last [`Outbound`].

mod address;
mod call;
mod client;
mod error;

use std::{
    fs,
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use openssl::x509::X509;
use serde::de::DeserializeOwned;
use tokio::{
    runtime,
    sync::{Semaphore, mpsc, oneshot},
    task::{LocalSet, spawn_local},
    time::timeout,
};
use url::Url;

use crate::config;
use client::{Client, Resolve};

pub use self::{
    call::{Answer, Call},
    error::Error,
};

/// The way out: cheap to clone, shared by all.
#[derive(Clone)]
pub struct Outbound {
    shared: Arc<Shared>,
}

struct Shared {
    rules: Rules,
    thread: OnceLock<Option<mpsc::Sender<Waiting>>>,
}

/// What every call is held to.
#[derive(Clone)]
struct Rules {
    extra_roots: Vec<X509>,
    private_too: bool,
    timeout: Duration,
    body_limit: usize,
    parallel: usize,
    resolve: Resolve,
}

/// A call, and who waits for its answer.
struct Waiting {
    call: Call,
    answer: oneshot::Sender<Result<Answer, Error>>,
}

impl Outbound {
    /// A way out under these rules.
    ///
    /// # Errors
    /// If the file of extra certificates cannot be read; the text names it.
    pub fn new(settings: &config::Outbound) -> Result<Self, String> {
        let extra_roots = match &settings.extra_ca_file {
            Some(path) => {
                let told = |error: &dyn std::fmt::Display| {
                    format!("outbound.extra_ca_file: reading {}: {error}", path.display())
                };
                let text = fs::read(path).map_err(|error| told(&error))?;
                let roots = X509::stack_from_pem(&text).map_err(|error| told(&error))?;
                if roots.is_empty() {
                    return Err(told(&"there is no certificate in it"));
                }
                roots
            }
            None => Vec::new(),
        };
        Ok(Self::under(Rules {
            extra_roots,
            private_too: settings.allow_loopback,
            timeout: Duration::from_secs(settings.timeout_seconds),
            body_limit: settings.body_limit_bytes,
            parallel: settings.parallel_calls,
            resolve: client::look_up,
        }))
    }

    fn under(rules: Rules) -> Self {
        Self { shared: Arc::new(Shared { rules, thread: OnceLock::new() }) }
    }

    /// Makes a call and reads its whole answer, whatever its status.
    ///
    /// # Errors
    /// If the address is not allowed, cannot be reached, or answers too slowly or too much.
    pub async fn send(&self, call: Call) -> Result<Answer, Error> {
        let thread = self.shared.thread.get_or_init(|| start(self.shared.rules.clone()));
        let thread = thread.as_ref().ok_or(Error::Broken)?;
        let (answer, answered) = oneshot::channel();
        let sent = async {
            thread.send(Waiting { call, answer }).await.map_err(|_| Error::Broken)?;
            answered.await.map_err(|_| Error::Broken)?
        };
        timeout(self.shared.rules.timeout, sent).await.map_err(|_| Error::TimedOut)?
    }

    /// Fetches a JSON document that a stranger named, such as a `jwks_uri` (RFC 7591 §2).
    ///
    /// # Errors
    /// As [`Outbound::send`]; also if the status is not 200 or the body is not such JSON.
    pub async fn get_json<T: DeserializeOwned>(&self, url: &Url) -> Result<T, Error> {
        self.send(Call::get(url).header("accept", "application/json")).await?.json()
    }
}

/// Starts the thread that makes the calls. Nothing if the machine gives none.
fn start(rules: Rules) -> Option<mpsc::Sender<Waiting>> {
    let (calls, waiting) = mpsc::channel(rules.parallel);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(rules.parallel)
        .build()
        .ok()?;
    let work = move || {
        LocalSet::new().block_on(&runtime, make_calls(rules, waiting));
        // A look-up that hangs must not keep the thread.
        runtime.shutdown_background();
    };
    thread::Builder::new().name("outbound".to_owned()).spawn(work).ok().map(|_| calls)
}

async fn make_calls(rules: Rules, mut waiting: mpsc::Receiver<Waiting>) {
    let at_once = Arc::new(Semaphore::new(rules.parallel));
    let client = Client::new(&rules);
    while let Some(Waiting { call, mut answer }) = waiting.recv().await {
        let Ok(permit) = at_once.clone().acquire_owned().await else { return };
        let client = client.clone();
        spawn_local(async move {
            let _permit = permit;
            // Whoever asked keeps the time: when they give up, so do we.
            tokio::select! {
                result = client.make(call) => drop(answer.send(result)),
                () = answer.closed() => {}
            }
        });
    }
}

#[cfg(test)]
mod tests;
