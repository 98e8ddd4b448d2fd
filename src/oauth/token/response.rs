//! Tokens as JSON (RFC 6749 §5.1, RFC 8693 §2.2.1).

use actix_web::{HttpResponse, http::header};
use serde_json::json;

use crate::oauth::issue::Tokens;

/// The answer to a successful token request. No cache keeps it.
#[must_use]
pub fn answer(tokens: &Tokens) -> HttpResponse {
    let mut body = json!({
        "access_token": tokens.access_token.expose(),
        "token_type": "Bearer",
        "expires_in": tokens.expires_in.as_secs(),
        "scope": tokens.scope.as_str(),
    });
    if tokens.scope.is_empty() {
        body.as_object_mut().map(|members| members.remove("scope"));
    }
    if let Some(kind) = tokens.issued_token_type {
        body["issued_token_type"] = json!(kind);
    }
    if let Some(refresh_token) = &tokens.refresh_token {
        body["refresh_token"] = json!(refresh_token.expose());
    }
    if let Some(id_token) = &tokens.id_token {
        body["id_token"] = json!(id_token);
    }
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"))
        .json(body)
}
