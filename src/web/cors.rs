//! Which web pages may read our answers to programs: those of the origin an app registered.
//!
//! No answer to a program depends on a cookie, so a preflight gives nothing away. The answer itself
//! is readable only where the client that asked has a redirect URI.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::header::{self, HeaderMap, HeaderValue},
};

use crate::store::clients::Client;

/// The origin that may read the answer.
struct Allowed(HeaderValue);

/// Lets the page that asked read the answer, if it is the client's own.
pub fn allow(http: &HttpRequest, client: &Client) {
    let Some(origin) = http.headers().get(header::ORIGIN) else { return };
    if origin.to_str().is_ok_and(|origin| client.has_origin(origin)) {
        http.extensions_mut().insert(Allowed(origin.clone()));
    }
}

/// Says so in the answer.
pub fn add_headers(http: &HttpRequest, headers: &mut HeaderMap) {
    let extensions = http.extensions();
    let Some(Allowed(origin)) = extensions.get() else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("WWW-Authenticate, X-Request-Id"),
    );
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
}

/// Answers a browser that asks whether it may ask.
pub async fn preflight(http: HttpRequest) -> HttpResponse {
    let mut answer = HttpResponse::NoContent();
    if let Some(origin) = http.headers().get(header::ORIGIN) {
        answer
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type"))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, "7200"))
            .insert_header((header::VARY, "Origin"));
    }
    answer.finish()
}
