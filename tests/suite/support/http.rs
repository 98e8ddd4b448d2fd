//! One request, one answer. Follows nothing, remembers nothing.

use std::time::Duration;

use awc::http::{
    Method,
    header::{HeaderName, HeaderValue},
};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::answer::Answer;

/// A request on its way.
pub struct Request {
    method: Method,
    url: Url,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    pub fn get(url: &Url) -> Self {
        Self::new(Method::GET, url)
    }

    pub fn post(url: &Url) -> Self {
        Self::new(Method::POST, url)
    }

    pub fn new(method: Method, url: &Url) -> Self {
        Self { method, url: url.clone(), headers: Vec::new(), body: Vec::new() }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    #[must_use]
    pub fn form<K: AsRef<str>, V: AsRef<str>>(self, fields: &[(K, V)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body.into_bytes())
    }

    #[must_use]
    pub fn json(self, value: &Value) -> Self {
        self.body("application/json", value.to_string().into_bytes())
    }

    #[must_use]
    pub fn body(mut self, kind: &str, body: Vec<u8>) -> Self {
        self.body = body;
        self.header("content-type", kind)
    }

    /// Sends it; whatever the server answers is an answer.
    pub async fn send(self) -> Answer {
        let url = self.url.clone();
        self.try_send().await.unwrap_or_else(|trouble| panic!("{url}: {trouble}"))
    }

    /// The same, for those who expect that nobody answers.
    pub async fn try_send(self) -> Result<Answer, String> {
        // A connection of its own: a server that closes an idle one may not fail a test.
        let client = awc::Client::builder().disable_redirects().timeout(Duration::from_mins(1));
        let mut request = client.finish().request(self.method, self.url.as_str()).force_close();
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name.as_str()).expect("a header's name");
            let value = HeaderValue::from_str(value).expect("a header's value");
            request = request.append_header((name, value));
        }
        let mut answer =
            request.send_body(self.body).await.map_err(|trouble| trouble.to_string())?;
        let body = answer.body().limit(16 << 20).await.map_err(|trouble| trouble.to_string())?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(k, v)| (k.as_str().to_owned(), text(v)));
        Ok(Answer {
            url: self.url,
            status: answer.status().as_u16(),
            headers: headers.collect(),
            body: body.to_vec(),
        })
    }
}
