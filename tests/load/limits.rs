//! What the machine can do at most: a hash, a signature, a commit, an answer. Measured in the same
//! run as the figures, because machines are noisy and only ratios count.

use std::{
    hint::black_box,
    net::TcpListener,
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

use super::{prepare::Family, server::told};

/// How many password hashes a second, on all cores.
pub fn hashes(span: Duration) -> f64 {
    let cost = Cost::default();
    on_all_cores(span, move || drop(black_box(password::hash("correct horse", &cost))))
}

/// How many signatures of an ID token a second, on all cores.
pub fn signatures(algorithm: Algorithm, span: Duration) -> Result<f64, String> {
    let key = Arc::new(SigningKey::generate(algorithm).map_err(told("making a key"))?);
    Ok(on_all_cores(span, move || drop(black_box(key.sign(&[b'x'; 320])))))
}

/// How many one-row updates a second the bare store commits, with so many waiting for theirs at
/// once: the same statement that a refresh costs.
pub fn commits(store: &Store, families: &[Family], span: Duration) -> Result<f64, String> {
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
