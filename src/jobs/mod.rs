//! What happens without anyone asking.
//!
//! Any number of instances may run: each job holds a lease while it works, so that one of them
//! does. A job does its work twice safely.

pub mod delay_recoveries;
pub mod deliver;
pub mod erase_accounts;
mod lanes;
pub mod notify_clients;
pub mod prepare_exports;
mod prune;
mod rotate_keys;
mod write_refusals;
mod write_sightings;

use std::time::Duration;

use actix_web::web::Data;

use crate::{
    app::App,
    clock::Moment,
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
    begin(app.clone(), delay_recoveries::DelayRecoveries);
    begin(app.clone(), deliver::Deliver);
    begin(app.clone(), erase_accounts::EraseAccounts);
    begin(app.clone(), notify_clients::NotifyClients);
    begin(app.clone(), prepare_exports::PrepareExports);
    begin(app.clone(), prune::Prune);
    begin(app.clone(), rotate_keys::RotateKeys);
    begin(app.clone(), write_refusals::WriteRefusals);
    begin(app.clone(), write_sightings::WriteSightings);
}

/// Does what must not wait for the next start, once nothing is answered any more.
pub async fn finish(app: &App) {
    if let Err(error) = write_sightings::WriteSightings.run(app).await {
        tracing::warn!("Writing down what was last used: {error}");
    }
    if let Err(error) = write_refusals::WriteRefusals.run(app).await {
        tracing::warn!("Writing down what apps were refused: {error}");
    }
}

fn begin<J: Job>(app: Data<App>, job: J) {
    let mut lease = Lease { holder: random::token(), until: None };
    actix_web::rt::spawn(async move {
        loop {
            run_once(&app, &job, &mut lease).await;
            actix_web::rt::time::sleep(J::EVERY).await;
        }
    });
}

/// This instance's hold on a job.
struct Lease {
    holder: String,
    until: Option<Moment>,
}

async fn run_once<J: Job>(app: &App, job: &J, lease: &mut Lease) {
    let now = app.clock.now();
    let outcome = match hold::<J>(app, lease).await {
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

/// Takes the lease for well beyond the next run, or keeps it: it is written again only when half of
/// it has passed, so that a job that looks every second does not write every second.
async fn hold<J: Job>(app: &App, lease: &mut Lease) -> Result<bool, Error> {
    let (now, span) = (app.clock.now(), J::EVERY * 2 + Duration::from_secs(30));
    if !J::LEASED || lease.until.is_some_and(|until| now + span / 2 < until) {
        return Ok(true);
    }
    let (holder, until) = (lease.holder.clone(), now + span);
    let held = app.store.write(move |db| leases::take(db, J::NAME, &holder, now, until)).await?;
    lease.until = held.then_some(until);
    Ok(held)
}
