//! What happens to every request and every answer: an id, a log line without secrets, a figure, and
//! the headers all answers carry.

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};

use super::refuse;
use crate::{
    app::App,
    clock::Stopwatch,
    web::{
        cors,
        request_id::{self, RequestId},
        visitor,
    },
};

/// Surrounds every request.
///
/// # Errors
/// What a layer below failed with.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let watch = Stopwatch::start();
    request.extensions_mut().insert(RequestId::random());
    let answer = next.call(request).await?.map_into_boxed_body();
    let mut answer = refuse::finish(answer);
    let http = answer.request().clone();
    add_headers(&http, answer.headers_mut());
    record(&http, answer.status().as_u16(), watch);
    Ok(answer)
}

const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
const REFERRER: HeaderValue = HeaderValue::from_static("same-origin");
const DENY: HeaderValue = HeaderValue::from_static("DENY");
const NOWHERE: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn add_headers(http: &HttpRequest, headers: &mut HeaderMap) {
    if let Ok(id) = HeaderValue::from_str(&request_id::of(http)) {
        headers.insert(X_REQUEST_ID, id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.insert(header::X_FRAME_OPTIONS, DENY);
    let https =
        http.app_data::<Data<App>>().is_some_and(|app| app.config.http.public_url.is_https());
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    cors::add_headers(http, headers);
    visitor::name_browser(http, headers);
    // What a page says of itself stands; everything else may load nothing.
    if !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(header::REFERRER_POLICY, REFERRER);
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, NOWHERE);
    }
}

/// One line per request: the route, never the query, for that may hold what is secret.
fn record(http: &HttpRequest, status: u16, watch: Stopwatch) {
    let took = watch.elapsed();
    let route = http.match_pattern();
    if let Some(app) = http.app_data::<Data<App>>() {
        app.metrics.request(route.as_deref().unwrap_or("unknown"), status, took);
    }
    tracing::debug!(
        trace.id = request_id::of(http),
        status,
        micros = took.as_micros(),
        "{} {}",
        http.method(),
        http.path(),
    );
}
