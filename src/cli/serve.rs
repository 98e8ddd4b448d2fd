//! `countersign serve`: the server and its jobs.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
};

use actix_web::{dev::Server, web::Data};

use super::{
    Surroundings,
    outcome::{self, Failure, Outcome},
};
use crate::{
    accounts::set_up,
    app::App,
    clock::{Clock, Stopwatch},
    config::Config,
    jobs,
    relay::Relay,
    server, telemetry,
    web::urls,
};

/// Start the server (this is what happens without a command)
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  countersign
  countersign --config /etc/countersign.toml serve

SIGTERM stops it: what is being answered is answered first.")]
pub(super) struct Arguments {}

pub(super) fn run(surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    telemetry::logs::start(&config.telemetry);
    actix_web::rt::System::new().block_on(serve(config))
}

async fn serve(config: Config) -> Outcome {
    let watch = Stopwatch::start();
    let listener = listen(config.http.listen, "http.listen")?;
    let (app, server) = open(config, listener).await?;
    announce(&app)?;
    if let Some(link) = set_up::link(&app).await? {
        outcome::print(format!("  set up     {link}"))?;
    }
    tracing::info!("Ready after {} ms", watch.elapsed().as_millis());
    let ended = server.await;
    jobs::finish(&app).await;
    tracing::info!("Stopped");
    ended.map_err(|error| Failure::new(format!("serving: {error}")))
}

/// Builds the app, starts its jobs, and binds the server to `listener`; it serves once it is awaited.
pub(super) async fn open(
    config: Config,
    listener: TcpListener,
) -> Result<(Data<App>, Server), Failure> {
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let metrics = config.http.metrics_listen;
    let metrics = metrics.map(|address| listen(address, "http.metrics_listen")).transpose()?;
    let app = Data::new(App::start(config, Clock::System).await.map_err(Failure::new)?);
    let server = server::bind(app.clone(), listener).map_err(Failure::new)?;
    if let Some(metrics) = metrics {
        let metrics = server::bind_metrics(app.clone(), metrics).map_err(Failure::new)?;
        actix_web::rt::spawn(metrics);
    }
    let hiding = app.config.hide_my_email.listen;
    if let Some(listener) = hiding.map(|it| listen(it, "hide_my_email.listen")).transpose()? {
        let relay = Relay::open(app.clone().into_inner(), listener).map_err(Failure::new)?;
        actix_web::rt::spawn(relay.run());
    }
    jobs::start(&app);
    Ok((app, server))
}

/// Opens a listener, or says that the address is taken and where another is named.
pub(super) fn listen(address: SocketAddr, named_by: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format_args!(
            "{address} is taken by another program; name another address with {named_by}"
        )),
        _ => Failure::new(format_args!("listening on {address} ({named_by}): {error}")),
    })
}

/// Says where everything is.
pub(super) fn announce(app: &App) -> Outcome {
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
