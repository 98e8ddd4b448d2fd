//! Every request has an id: on its answer, on its error page and in its log line.

use actix_web::{HttpMessage, HttpRequest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::crypto::random;

/// The id of one request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl RequestId {
    /// A new id: never one that a stranger chose.
    #[must_use]
    pub fn random() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<12>()))
    }
}

/// The id of this request.
#[must_use]
pub fn of(http: &HttpRequest) -> String {
    http.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}
