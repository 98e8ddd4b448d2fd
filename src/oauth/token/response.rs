//! Tokens as JSON (RFC 6749 §5.1, RFC 8693 §2.2.1).

use actix_web::{HttpResponse, http::header};
use serde::Serialize;

use crate::{crypto::secret::Secret, oauth::issue::Tokens, protocol::scope::Scope};

/// RFC 6749 §5.1, RFC 8693 §2.2.1, OpenID Connect Core §3.1.3.3.
#[derive(Serialize)]
struct Body<'a> {
    access_token: &'a str,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<&'a str>,
}

/// The answer to a successful token request. No cache keeps it.
#[must_use]
pub fn answer(tokens: &Tokens) -> HttpResponse {
    let body = Body {
        access_token: tokens.access_token.expose(),
        token_type: "Bearer",
        expires_in: tokens.expires_in.as_secs(),
        scope: Some(&tokens.scope).filter(|scope| !scope.is_empty()),
        issued_token_type: tokens.issued_token_type,
        refresh_token: tokens.refresh_token.as_ref().map(Secret::expose),
        id_token: tokens.id_token.as_deref(),
    };
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"))
        .json(body)
}
