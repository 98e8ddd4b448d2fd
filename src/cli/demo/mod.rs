//! `countersign demo`: the server, and a third-party site with a "Login with" button beside it.
//!
//! Owns what is ready when it opens and what is printed. The server is the same as ever; the shop
//! knows it by its address alone.

pub mod api;
pub mod ready;
mod settings;
pub mod shop;

use std::{
    net::{SocketAddr, TcpListener},
    process,
};

use actix_web::rt::{self, System};
use clap::Args;

use self::ready::Ready;
use super::{
    Surroundings,
    outcome::{Failure, Outcome, print},
    serve::{self, listen},
};
use crate::{
    clock::Clock,
    config::{Config, Loaded},
    crypto::secret::Secret,
    keys::root::RootSecret,
    telemetry,
};

/// Start the server with a sample site, a sample API, and accounts that are ready
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign demo
  countersign demo --listen 127.0.0.1:9000 --shop-listen 127.0.0.1:9001

Keeps what happens in data/demo.db, unless database.url names another place: a second start goes on
where the first one ended.")]
pub struct Arguments {
    /// Where the server listens, instead of http.listen
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// Where the sample site listens
    #[arg(long, value_name = "ADDRESS", default_value_t = settings::SHOP)]
    shop_listen: SocketAddr,
}

/// Runs the command.
pub(super) fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let loaded = Loaded::from_machine(surroundings.file.as_deref())?;
    let config = settings::of_the_demo(loaded, arguments.listen)?;
    telemetry::logs::start(&config.telemetry);
    let listener = listen(config.http.listen, "--listen")?;
    let shop = listen(arguments.shop_listen, "--shop-listen")?;
    System::new().block_on(open(config, listener, shop))
}

async fn open(config: Config, listener: TcpListener, shop: TcpListener) -> Outcome {
    let root = RootSecret::load(&config.keys.directory, config.keys.root_secret.as_ref())
        .map_err(Failure::new)?;
    let origin = settings::shop_origin(shop.local_addr().map_err(Failure::new)?);
    let (app, server) = serve::open(config, listener).await?;
    let now = app.clock.now();
    let ready = ready::prepare(&app.store, &root, &app.config, &origin, now).await;
    let ready = ready.map_err(Failure::new)?;
    let both = settings::of_the_shop(&app.config, &ready, origin.clone())?;
    let shop = shop::bind(both.shop, both.api, Clock::System, shop).map_err(Failure::new)?;
    let door = shop.handle();
    rt::spawn(shop);
    serve::announce(&app)?;
    announce(&app.config, &ready, &origin)?;
    let outcome = server.await;
    door.stop(true).await;
    outcome.map_err(|error| Failure::new(format_args!("serving: {error}")))
}

/// Says what there is to try, and with what.
fn announce(config: &Config, ready: &Ready, origin: &openidconnect::url::Url) -> Outcome {
    let brand = &config.brand.name;
    print(format_args!(
        "\nThe sample shop, with a \"Login with {brand}\" button, is at {origin}\n\
         and a television to connect by its code at {origin}tv\n\n\
         You can sign in as"
    ))?;
    for person in &ready.people {
        let password = shown(person.password.as_ref(), "the password you gave them");
        print(format_args!("  {:<19} {password}", person.email))?;
        print(format_args!("  {:<19} {} {}", "", person.name, person.part))?;
    }
    print("\nApps that are registered, to try things out with")?;
    for app in [&ready.shop, &ready.api, &ready.native, &ready.television] {
        let secret = shown(app.secret.as_ref(), "none: a public client");
        print(format_args!("  {}\n    client_id      {}", app.name, app.id))?;
        print(format_args!("    client_secret  {secret}"))?;
        for uri in &app.redirect_uris {
            print(format_args!("    redirect_uri   {uri}"))?;
        }
    }
    print(format_args!("\nStop with Ctrl-C, or `kill {}`.", process::id()))
}

fn shown<'a>(secret: Option<&'a Secret>, otherwise: &'a str) -> &'a str {
    secret.map_or(otherwise, Secret::expose)
}
