//! A document that is made once and served many times, as fast as bytes can be sent.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::Bytes,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::{crypto::secret, keys::Jwks};

/// Clients may keep a document for five minutes; the next key is published a day before it signs.
const KEPT: &str = "public, max-age=300";

/// A body and the tag it is known by (RFC 9110 §8.8.3).
#[derive(Clone)]
pub struct Document {
    body: Bytes,
    etag: HeaderValue,
}

impl Document {
    /// A document of this text.
    #[must_use]
    pub fn new(body: Bytes) -> Self {
        let tag = BASE64_URL_SAFE_NO_PAD.encode(&secret::digest(&body)[..12]);
        let etag = HeaderValue::from_str(&format!("\"{tag}\""));
        Self { body, etag: etag.unwrap_or_else(|_| HeaderValue::from_static("\"\"")) }
    }

    /// A JSON document.
    #[must_use]
    pub fn json(value: &Value) -> Self {
        Self::new(value.to_string().into())
    }
}

impl From<Jwks> for Document {
    fn from(keys: Jwks) -> Self {
        let etag = HeaderValue::from_str(&keys.etag);
        Self { body: keys.body, etag: etag.unwrap_or_else(|_| HeaderValue::from_static("")) }
    }
}

/// Answers with the document, or says that the asker has it.
#[must_use]
pub fn answer(http: &HttpRequest, document: &Document) -> HttpResponse {
    let known = http.headers().get(header::IF_NONE_MATCH);
    let mut answer = if known == Some(&document.etag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static(KEPT)))
        .insert_header((header::ETAG, document.etag.clone()))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")));
    if known == Some(&document.etag) {
        return answer.finish();
    }
    answer
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static("application/json")))
        .body(document.body.clone())
}
