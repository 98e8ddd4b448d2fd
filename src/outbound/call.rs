//! What is asked, and what comes back.

use serde::{Serialize, de::DeserializeOwned};
use url::{Url, form_urlencoded};

use super::Error;

/// One request to somebody else's server.
#[derive(Clone, Debug)]
pub struct Call {
    pub(super) url: Url,
    pub(super) posts: bool,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) by_operator: bool,
}

impl Call {
    /// Asks for what is at `url`.
    #[must_use]
    pub fn get(url: &Url) -> Self {
        Self {
            url: url.clone(),
            posts: false,
            headers: Vec::new(),
            body: Vec::new(),
            by_operator: false,
        }
    }

    /// Posts a form, as back-channel logout does (OpenID Connect Back-Channel Logout §2.5).
    #[must_use]
    pub fn post_form(url: &Url, fields: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Self { posts: true, body: body.into_bytes(), ..Self::get(url) }
            .header("content-type", "application/x-www-form-urlencoded")
    }

    /// Posts JSON, as CIBA pings do (CIBA §10.2).
    #[must_use]
    pub fn post_json(url: &Url, value: &impl Serialize) -> Self {
        // Nothing that is ours to send has keys that are not text, the one thing JSON cannot hold.
        let body = serde_json::to_vec(value).unwrap_or_default();
        Self { posts: true, body, ..Self::get(url) }.header("content-type", "application/json")
    }

    /// Posts a text of this media type, as security events do (RFC 8935 §2).
    #[must_use]
    pub fn post_text(url: &Url, media_type: &str, text: &str) -> Self {
        let body = text.as_bytes().to_vec();
        Self { posts: true, body, ..Self::get(url) }.header("content-type", media_type)
    }

    /// The same with a header more.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same to an address from the settings: the operator's own network is not forbidden to
    /// the operator.
    #[must_use]
    pub fn named_by_operator(self) -> Self {
        Self { by_operator: true, ..self }
    }

    /// What is posted, for whoever signs it.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, their names in small letters.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name, written in small letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body of a good answer, read as JSON.
    ///
    /// # Errors
    /// If the status is not 200 or the body is not such JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.status != 200 {
            return Err(Error::Status(self.status));
        }
        serde_json::from_slice(&self.body).map_err(|_| Error::NotJson)
    }
}
