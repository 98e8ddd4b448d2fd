//! The public keys (RFC 7517 §5): next, active and retired.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::cached::{self, Document};
use crate::app::App;

/// Publishes the keys that tokens are signed with.
pub async fn jwks(app: Data<App>, http: HttpRequest) -> HttpResponse {
    cached::answer(&http, &Document::from(app.keys.jwks()))
}
