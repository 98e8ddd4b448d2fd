//! What the machine can do at most: a hash, a signature, a commit, an answer. Measured in the same
//! run as the figures, because machines are noisy and only ratios count.

use std::{
    hint::black_box,
    net::TcpListener,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use actix_web::{App, HttpResponse, HttpServer, web};
use countersign::{
    clock::{Clock, Moment},
    crypto::{
        jose::{Algorithm, SigningKey},
        password::{self, Cost},
    },
    store::{self, Store, token_families},
};

use super::{
    Arguments,
    hello::Hello,
    prepare::Family,
    report::Row,
    server::told,
    wrk::{self, Same},
};

/// What was found, each a second.
pub struct Limits {
    /// Password hashes, on all cores.
    pub hashes: f64,
    /// ES256 signatures, on all cores.
    signatures: f64,
    /// RS256 signatures, on all cores.
    rsa_signatures: f64,
    /// One-row updates that the bare store commits.
    pub commits: f64,
    /// Answers of a hello as long as tokens are.
    hello: f64,
}

/// Bytes of an answer that holds tokens.
const TOKENS: usize = 600;

impl Limits {
    /// Measures all of them; shortly, if only some figures are wanted.
    pub fn measure(
        arguments: &Arguments,
        store: &Store,
        families: &[Family],
        place: &Path,
    ) -> Result<Self, String> {
        let seconds = if arguments.only.is_empty() { arguments.seconds } else { 1 };
        let span = Duration::from_secs(u64::from(seconds));
        let hello = Hello::start(TOKENS)?;
        let same = Same::get("/");
        let hello = wrk::drive(place, hello.port, &same, arguments.connections, seconds)?.rate;
        Ok(Self {
            hashes: hashes(span),
            signatures: signatures(Algorithm::Es256, span)?,
            rsa_signatures: signatures(Algorithm::Rs256, span)?,
            commits: commits(store, families, span)?,
            hello,
        })
    }

    /// Answers that cost a hello and a bare commit, if nothing else cost anything.
    pub fn commits_over_http(&self) -> f64 {
        1.0 / (1.0 / self.hello + 1.0 / self.commits)
    }

    /// The same with an ES256 signature.
    pub fn signed_commits_over_http(&self) -> f64 {
        1.0 / (1.0 / self.commits_over_http() + 1.0 / self.signatures)
    }

    /// As rows of the table.
    pub fn rows(&self) -> Vec<Row> {
        let row = |name, value| Row::plain(name, value, "/s");
        vec![
            row("limit: Argon2id, all cores", self.hashes),
            row("limit: ES256 signatures, all cores", self.signatures),
            row("limit: RS256 signatures, all cores", self.rsa_signatures),
            row("limit: one-row commits", self.commits),
            row("limit: hello, as long as tokens", self.hello),
            row("limit: hello and commit", self.commits_over_http()),
            row("limit: hello, commit, ES256", self.signed_commits_over_http()),
        ]
    }
}

/// How many password hashes a second, on all cores.
fn hashes(span: Duration) -> f64 {
    let cost = Cost::default();
    on_all_cores(span, move || drop(black_box(password::hash("correct horse", &cost))))
}

/// How many signatures of an ID token a second, on all cores.
fn signatures(algorithm: Algorithm, span: Duration) -> Result<f64, String> {
    let key = Arc::new(SigningKey::generate(algorithm).map_err(told("making a key"))?);
    Ok(on_all_cores(span, move || drop(black_box(key.sign(&[b'x'; 320])))))
}

/// How many one-row updates a second the bare store commits, with so many waiting for theirs at
/// once: the same statement that a refresh costs.
fn commits(store: &Store, families: &[Family], span: Duration) -> Result<f64, String> {
    let runtime = super::runtime()?;
    let done = Arc::new(AtomicU32::new(0));
    let begun = Instant::now();
    runtime.block_on(async {
        let tasks: Vec<_> = families
            .iter()
            .map(|family| {
                let (store, family, done) = (store.clone(), family.id, Arc::clone(&done));
                tokio::spawn(async move {
                    let mut generation = 0;
                    while begun.elapsed() < span {
                        let now = Clock::System.now();
                        rotate(&store, family, generation, now).await?;
                        generation += 1;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok::<_, String>(())
                })
            })
            .collect();
        for task in tasks {
            task.await.map_err(told("committing"))??;
        }
        Ok::<_, String>(())
    })?;
    Ok(f64::from(done.load(Ordering::Relaxed)) / begun.elapsed().as_secs_f64())
}

async fn rotate(
    store: &Store,
    id: token_families::FamilyId,
    generation: i64,
    now: Moment,
) -> Result<(), String> {
    let work = move |db: &mut store::Db<'_>| token_families::rotate(db, id, generation, now);
    match store.write(work).await {
        Ok(true) => Ok(()),
        Ok(false) => Err("a family was not where we left it".to_owned()),
        Err(error) => Err(format!("committing: {error}")),
    }
}

/// actix-web's own "hello": so many bytes, from a process of its own. Never returns.
pub fn hello(port: u16, bytes: usize, workers: usize) -> Result<(), String> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(told("listening"))?;
    let body = web::Bytes::from(vec![b'h'; bytes]);
    let server = HttpServer::new(move || {
        let body = body.clone();
        App::new().default_service(web::to(move || {
            let body = body.clone();
            async move { HttpResponse::Ok().content_type("application/json").body(body) }
        }))
    });
    let server = server.workers(workers).listen(listener).map_err(told("listening"))?;
    actix_web::rt::System::new().block_on(server.run()).map_err(told("serving"))
}

fn on_all_cores(span: Duration, work: impl Fn() + Send + Sync + 'static) -> f64 {
    let (work, over) = (Arc::new(work), Arc::new(AtomicBool::new(false)));
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let begun = Instant::now();
    let threads: Vec<_> = (0..cores)
        .map(|_| {
            let (work, over) = (Arc::clone(&work), Arc::clone(&over));
            thread::spawn(move || {
                let mut times = 0_u32;
                while !over.load(Ordering::Relaxed) {
                    work();
                    times += 1;
                }
                times
            })
        })
        .collect();
    thread::sleep(span);
    over.store(true, Ordering::Relaxed);
    let times: u32 = threads.into_iter().filter_map(|thread| thread.join().ok()).sum();
    f64::from(times) / begun.elapsed().as_secs_f64()
}
