//! A refusal as JSON or as a challenge: the one place that turns it into an answer to a program.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};
use serde_json::json;

use super::bearer;
use crate::{
    protocol::error::{ErrorCode, OAuthError},
    store,
    web::form::Malformed,
};

/// A refusal on its way to a program.
#[derive(Debug)]
pub struct Refusal(pub OAuthError);

/// A refusal that an answer of ours carries back to the client through the browser.
#[derive(Clone, Debug)]
pub struct CarriedBack(pub OAuthError);

impl From<OAuthError> for Refusal {
    fn from(error: OAuthError) -> Self {
        Self(error)
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self(error.into())
    }
}

impl From<Malformed> for Refusal {
    fn from(error: Malformed) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.answer("")
    }
}

impl Refusal {
    /// JSON as RFC 6749 §5.2 writes it, with the request's id to ask about.
    #[must_use]
    pub fn answer(&self, trace_id: &str) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        answer.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(challenge) = challenge(&self.0) {
            answer.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        match self.0.code {
            ErrorCode::TemporarilyUnavailable => answer.insert_header((header::RETRY_AFTER, "2")),
            ErrorCode::TooManyRequests => answer.insert_header((header::RETRY_AFTER, "60")),
            _ => &mut answer,
        };
        answer.json(json!({
            "error": self.0.code.as_str(),
            "error_description": self.0.description,
            "trace_id": trace_id,
        }))
    }
}

/// How a 401 or 403 says what it wants: client credentials (RFC 6749 §5.2) or a better token
/// (RFC 6750 §3).
fn challenge(error: &OAuthError) -> Option<HeaderValue> {
    let text = match error.code {
        ErrorCode::InvalidClient => "Basic realm=\"countersign\", charset=\"UTF-8\"".to_owned(),
        // Whoever brought no token is told what is wanted, and of no error (RFC 6750 §3.1).
        ErrorCode::InvalidToken if error.description == bearer::MISSING => {
            "Bearer realm=\"countersign\"".to_owned()
        }
        ErrorCode::InvalidToken | ErrorCode::InsufficientScope => format!(
            "Bearer realm=\"countersign\", error=\"{}\", error_description=\"{}\"",
            error.code.as_str(),
            error.description,
        ),
        _ => return None,
    };
    HeaderValue::from_str(&text).ok()
}
