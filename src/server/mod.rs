//! HTTP, put together: every slice and every layer is mounted on this page.

mod health;
mod observe;
mod refuse;

use std::{io, net::TcpListener, time::Duration};

use actix_web::{
    App as Site, HttpRequest, HttpResponse, HttpServer,
    dev::Server,
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};

use crate::{
    accounts,
    app::App,
    oauth::{self, ClientKeys},
    web::{assets, brand::Brand, error::Kind, error::PageError},
};

/// Binds the server to a listener; it serves once it is awaited. `main` and tests use this alike.
///
/// # Errors
/// If the listener cannot be used.
pub fn bind(app: Data<App>, listener: TcpListener) -> io::Result<Server> {
    let settings = app.config.http.clone();
    let brand = Data::new(Brand::load(&app.config.brand)?);
    let client_keys = Data::new(ClientKeys::default());
    let server = HttpServer::new(move || {
        Site::new()
            .app_data(app.clone())
            .app_data(brand.clone())
            .configure(|to| routes(&app, client_keys.clone(), to))
            .default_service(web::to(nowhere))
            .wrap(from_fn(observe::observe))
    });
    Ok(server
        .workers(settings.workers.count())
        .max_connections(settings.connections_limit / settings.workers.count().max(1))
        .client_request_timeout(Duration::from_secs(settings.head_timeout_seconds))
        .keep_alive(Duration::from_secs(settings.keep_alive_seconds))
        .shutdown_timeout(settings.drain_seconds)
        .listen(listener)?
        .run())
}

/// Binds the figures to a listener of their own.
///
/// # Errors
/// If the listener cannot be used.
pub fn bind_metrics(app: Data<App>, listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        Site::new().app_data(app.clone()).route("/metrics", web::get().to(health::metrics))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

/// Every route there is.
fn routes(app: &App, client_keys: Data<ClientKeys>, to: &mut ServiceConfig) {
    oauth::routes(app, client_keys, to);
    accounts::routes(app, to);
    to.service(
        web::resource("/assets/{file}").wrap(Compress::default()).route(web::get().to(asset)),
    )
    .route("/health/live", web::get().to(health::live))
    .route("/health/ready", web::get().to(health::ready));
    if app.config.http.metrics_listen.is_none() {
        to.route("/metrics", web::get().to(health::metrics_for_neighbours));
    }
}

/// A style sheet, a script or an icon, by its name and the hash of what is in it.
async fn asset(http: HttpRequest, brand: Data<Brand>) -> Result<HttpResponse, PageError> {
    assets::find(&http).or_else(|| brand.find(&http)).ok_or_else(|| Kind::NotFound.into())
}

/// There is no such page.
async fn nowhere() -> Result<HttpResponse, PageError> {
    Err(Kind::NotFound.into())
}
