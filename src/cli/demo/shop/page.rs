//! A template as an answer, and the headers every answer of the shop carries.

use actix_web::{HttpResponse, http::StatusCode, http::header, middleware::DefaultHeaders};
use askama::Template;
use openidconnect::IssuerUrl;

/// The page; a template that cannot be rendered is a fault of ours.
pub fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html),
        Err(error) => {
            tracing::error!("Rendering a page of the sample shop: {error}");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Sends the browser on with a GET (RFC 9110 §15.4.4).
pub fn see(address: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((header::LOCATION, address));
    answer
}

/// Nothing is loaded but our own files, nothing frames us, forms go to us and, for the goodbye, on
/// to the provider.
pub fn headers(issuer: &IssuerUrl) -> DefaultHeaders {
    let provider = issuer.url().origin().ascii_serialization();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {provider}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, policy))
        .add((header::CACHE_CONTROL, "no-store"))
        .add((header::REFERRER_POLICY, "same-origin"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}
