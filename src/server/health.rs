//! Alive, ready, and the figures.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use serde_json::json;

use crate::{
    app::App,
    store::leases,
    web::error::{Kind, PageError},
};

/// The process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).body("alive")
}

/// The store answers too, so requests can be sent here.
pub async fn ready(app: Data<App>) -> HttpResponse {
    let found = app.store.read(|db| leases::find(db, "ready")).await;
    let mut answer = match &found {
        Ok(_) => HttpResponse::Ok(),
        Err(_) => HttpResponse::ServiceUnavailable(),
    };
    answer
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({ "ready": found.is_ok() }))
}

/// The figures, as Prometheus reads them.
pub async fn metrics(app: Data<App>) -> HttpResponse {
    app.metrics.hashes_waiting(app.hasher.waiting());
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4"))
        .body(app.metrics.render())
}

/// The figures on the public listener: for callers on this machine, and hidden from others.
///
/// # Errors
/// [`Kind::NotFound`] for anybody else.
pub async fn metrics_for_neighbours(
    app: Data<App>,
    http: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let near = http.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    if near && !http.headers().contains_key("x-forwarded-for") {
        Ok(metrics(app).await)
    } else {
        Err(Kind::NotFound.into())
    }
}
