//! The shop's HTTP client: awc, behind the interface that `openidconnect` asks for.
//!
//! An awc client belongs to one thread and so do its futures; the interface does not ask for `Send`,
//! so nothing has to be worked around: one client per worker, one boxed future per call.

use std::{fmt, future::Future, pin::Pin, time::Duration};

use awc::http::{Method, Uri};
use openidconnect::{
    AsyncHttpClient, HttpRequest, HttpResponse,
    http::{
        Response,
        header::{CONTENT_TYPE, WWW_AUTHENTICATE},
    },
};

/// Nobody waits longer than this for a page.
const PATIENCE: Duration = Duration::from_secs(10);
/// No answer of a provider is longer than this.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Speaks HTTP for the shop.
pub struct Http(awc::Client);

/// Why there is no answer to work with.
#[derive(Debug)]
pub enum HttpFailure {
    /// Nobody answered.
    Unreachable(String),
    /// Somebody answered that it cannot answer now: a status from 500 on.
    Failing(u16),
}

impl Http {
    /// A client that follows no redirects: none of the endpoints it calls has a reason to send one.
    #[must_use]
    pub fn new() -> Self {
        Self(awc::Client::builder().disable_redirects().timeout(PATIENCE).finish())
    }

    /// Sends the request and reads the whole answer.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
        let (parts, body) = request.into_parts();
        let method = Method::from_bytes(parts.method.as_str().as_bytes()).map_err(unreachable)?;
        let uri: Uri = parts.uri.to_string().parse().map_err(unreachable)?;
        let mut sending = self.0.request(method, uri);
        for (name, value) in &parts.headers {
            sending = sending.insert_header((name.as_str(), value.as_bytes()));
        }
        let mut answer = sending.send_body(body).await.map_err(unreachable)?;
        let status = answer.status().as_u16();
        if status >= 500 {
            return Err(HttpFailure::Failing(status));
        }
        let mut response = Response::builder().status(status);
        for name in [CONTENT_TYPE, WWW_AUTHENTICATE] {
            if let Some(value) = answer.headers().get(name.as_str()) {
                response = response.header(name, value.as_bytes());
            }
        }
        let body = answer.body().limit(LONGEST_ANSWER).await.map_err(unreachable)?;
        response.body(body.to_vec()).map_err(unreachable)
    }
}

impl Default for Http {
    fn default() -> Self {
        Self::new()
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFailure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFailure>> + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl fmt::Display for HttpFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(why) => write!(out, "no answer: {why}"),
            Self::Failing(status) => write!(out, "answered with status {status}"),
        }
    }
}

impl std::error::Error for HttpFailure {}

fn unreachable(error: impl fmt::Display) -> HttpFailure {
    HttpFailure::Unreachable(error.to_string())
}
