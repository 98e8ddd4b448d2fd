//! What happens without anyone asking.
//!
//! Any number of instances may run: each job holds a lease while it works, so that one of them
//! does. A job does its work twice safely.

mod deliver;
mod prune;
mod write_sightings;

use std::time::Duration;

use actix_web::web::Data;

use crate::{
    app::App,
    crypto::random,
    store::{Error, leases},
};

/// Work that is done again and again.
pub trait Job: 'static {
    /// The name of its lease and of its figures.
    const NAME: &'static str;
    /// How long it rests between two runs.
    const EVERY: Duration;
    /// Whether one instance is enough; otherwise each does its own.
    const LEASED: bool = true;

    /// Does it once, and says in words what was done; nothing if there was nothing to do.
    fn run(&self, app: &App) -> impl Future<Output = Result<Option<String>, Error>>;
}

/// Starts every job on this thread's runtime. They end with it.
pub fn start(app: &Data<App>) {
    begin(app.clone(), deliver::Deliver);
    begin(app.clone(), prune::Prune);
    begin(app.clone(), write_sightings::WriteSightings);
}

fn begin<J: Job>(app: Data<App>, job: J) {
    let holder = random::token();
    actix_web::rt::spawn(async move {
        loop {
            run_once(&app, &job, &holder).await;
            actix_web::rt::time::sleep(J::EVERY).await;
        }
    });
}

async fn run_once<J: Job>(app: &App, job: &J, holder: &str) {
    let now = app.clock.now();
    let outcome = match hold::<J>(app, holder).await {
        Ok(true) => job.run(app).await,
        Ok(false) => return,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(done) => {
            app.metrics.job_done(J::NAME, now);
            if let Some(done) = done {
                tracing::info!(job = J::NAME, "{done}");
            }
        }
        Err(error) => {
            app.metrics.job_failed(J::NAME);
            tracing::warn!(job = J::NAME, "The job did not finish: {error}");
        }
    }
}

/// Takes or keeps the lease for somewhat longer than until the next run.
async fn hold<J: Job>(app: &App, holder: &str) -> Result<bool, Error> {
    if !J::LEASED {
        return Ok(true);
    }
    let (now, holder) = (app.clock.now(), holder.to_owned());
    let until = now + J::EVERY * 2 + Duration::from_secs(30);
    app.store.write(move |db| leases::take(db, J::NAME, &holder, now, until)).await
}
