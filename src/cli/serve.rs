//! `countersign serve`: the server and its jobs.

use std::net::TcpListener;

use actix_web::web::Data;

use super::{
    Surroundings,
    outcome::{self, Failure, Outcome},
};
use crate::{
    app::App,
    clock::{Clock, Stopwatch},
    config::Config,
    jobs, server, telemetry,
    web::urls,
};

/// Start the server (this is what happens without a command)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  countersign --config /etc/countersign.toml serve")]
pub(super) struct Arguments {}

pub(super) fn run(surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    telemetry::logs::start(&config.telemetry);
    actix_web::rt::System::new().block_on(serve(config))
}

async fn serve(config: Config) -> Outcome {
    let watch = Stopwatch::start();
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let listener = listen(config.http.listen)?;
    let metrics = config.http.metrics_listen.map(listen).transpose()?;
    let app = Data::new(App::start(config, Clock::System).await.map_err(Failure::new)?);
    let server = server::bind(app.clone(), listener).map_err(Failure::new)?;
    if let Some(metrics) = metrics {
        let metrics = server::bind_metrics(app.clone(), metrics).map_err(Failure::new)?;
        actix_web::rt::spawn(metrics);
    }
    jobs::start(&app);
    announce(&app)?;
    tracing::info!("Ready after {} ms", watch.elapsed().as_millis());
    server.await.map_err(|error| Failure::new(format!("serving: {error}")))
}

/// Opens a listener, or says which address is taken.
pub(super) fn listen(address: std::net::SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .map_err(|error| Failure::new(format!("listening on {address}: {error}")))
}

fn announce(app: &App) -> Outcome {
    let url = app.config.http.public_url.as_str();
    outcome::print(format!(
        "{} is at {url}\n  account    {url}{}\n  discovery  {url}{}",
        app.config.brand.name,
        urls::ACCOUNT,
        urls::OPENID_CONFIGURATION,
    ))?;
    if app.config.delivery.sandbox() {
        outcome::print(format!("  inbox      {url}{}", urls::INBOX))?;
    }
    Ok(())
}
