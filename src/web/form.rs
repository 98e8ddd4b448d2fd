//! What was sent in a query or a form, strictly: a parameter twice is a refusal, never a choice.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, ResponseError,
    dev::Payload,
    http::{StatusCode, header},
    web,
};
use serde::{Deserialize, Serialize};

use crate::protocol::error::{OAuthError, invalid_request};

/// As many parameters are read at most.
const MOST: usize = 64;

/// As many bytes of a form are read at most.
pub const FORM_LIMIT: usize = 64 * 1024;

/// Parameters that a specification lets come more than once (RFC 8707 §2, RFC 8693 §2.1).
const MANY: &[&str] = &["resource", "audience"];

/// The parameters of a request, in their order; each at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters(Vec<(String, String)>);

/// Why what was sent is no set of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// A parameter came twice (RFC 6749 §3.1, §3.2).
    Twice(String),
    /// Not `application/x-www-form-urlencoded` in UTF-8.
    Unreadable,
    /// Too many parameters, or too many bytes.
    TooLarge,
}

impl Parameters {
    /// Reads `application/x-www-form-urlencoded` text.
    ///
    /// # Errors
    /// If a parameter comes twice, there are too many, or a byte is not UTF-8.
    pub fn read(encoded: &[u8]) -> Result<Self, Malformed> {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for pair in encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = split(pair);
            let (name, value) = (decode(name)?, decode(value)?);
            if parameters.len() == MOST {
                return Err(Malformed::TooLarge);
            }
            let again = parameters.iter().any(|(known, _)| *known == name);
            if again && !MANY.contains(&name.as_str()) {
                return Err(Malformed::Twice(name));
            }
            parameters.push((name, value));
        }
        Ok(Self(parameters))
    }

    /// The value of a parameter. One without a value counts as not sent (RFC 6749 §3.1).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// All values of a parameter that may come more than once.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// Parameters that were read elsewhere than in a query or a form.
    #[must_use]
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The same without some names.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        Self(kept.cloned().collect())
    }

    /// The same without `carrier`, and with what `others` says in the place of what this says.
    #[must_use]
    pub fn overridden_by(&self, others: &Self, carrier: &str) -> Self {
        let silent = |name: &str| name != carrier && others.iter().all(|(other, _)| other != name);
        let kept = self.0.iter().filter(|(name, _)| silent(name));
        Self(kept.chain(&others.0).cloned().collect())
    }

    /// Names and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same with `name` set to `value`, and nothing else under that name.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same parameters as a query.
    #[must_use]
    pub fn encode(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.iter()).finish()
    }
}

fn split(pair: &[u8]) -> (&[u8], &[u8]) {
    match pair.iter().position(|byte| *byte == b'=') {
        Some(at) => (&pair[..at], &pair[at + 1..]),
        None => (pair, &[]),
    }
}

/// Decodes one name or value; a broken escape or a byte that is not UTF-8 is refused.
pub(crate) fn decode(encoded: &[u8]) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high =
                    rest.next().copied().and_then(hexadecimal).ok_or(Malformed::Unreadable)?;
                let low =
                    rest.next().copied().and_then(hexadecimal).ok_or(Malformed::Unreadable)?;
                high << 4 | low
            }
            plain => *plain,
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| Malformed::Unreadable)?;
    if text.contains('\0') { Err(Malformed::Unreadable) } else { Ok(text) }
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The parameters in the query of the request's address.
#[derive(Debug)]
pub struct Query(pub Parameters);

impl FromRequest for Query {
    type Error = Malformed;
    type Future = std::future::Ready<Result<Self, Malformed>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Parameters::read(http.query_string().as_bytes()).map(Self))
    }
}

/// The parameters of a posted form. An empty body is an empty form.
#[derive(Debug)]
pub struct Form(pub Parameters);

impl FromRequest for Form {
    type Error = Malformed;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Malformed>>>>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = is_form(http);
        let body = web::Payload::from_request(http, payload);
        Box::pin(async move {
            let body = body.await.map_err(|_| Malformed::Unreadable)?;
            let bytes = body
                .to_bytes_limited(FORM_LIMIT)
                .await
                .map_err(|_| Malformed::TooLarge)?
                .map_err(|_| Malformed::Unreadable)?;
            if !form && !bytes.is_empty() {
                return Err(Malformed::Unreadable);
            }
            Parameters::read(&bytes).map(Self)
        })
    }
}

fn is_form(http: &HttpRequest) -> bool {
    http.headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

impl std::fmt::Display for Malformed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Twice(name) => write!(out, "the parameter `{name}` came twice"),
            Self::Unreadable => out.write_str("no form in UTF-8"),
            Self::TooLarge => out.write_str("too many parameters or bytes"),
        }
    }
}

impl std::error::Error for Malformed {}

impl ResponseError for Malformed {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).body(self.to_string())
    }
}

impl From<Malformed> for OAuthError {
    fn from(malformed: Malformed) -> Self {
        let refusal = match &malformed {
            Malformed::Twice(_) => invalid_request("a parameter is included more than once"),
            Malformed::Unreadable => {
                invalid_request("the request cannot be read as a form in UTF-8")
            }
            Malformed::TooLarge => invalid_request("the request is too large"),
        };
        refusal.because(malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_twice_is_refused() {
        assert_eq!(Parameters::read(b"a=1&b=2&a=1"), Err(Malformed::Twice("a".into())));
        assert_eq!(Parameters::read(b"a=&a=1"), Err(Malformed::Twice("a".into())));
        assert_eq!(Parameters::read(b"a=1&%61=1"), Err(Malformed::Twice("a".into())));
    }

    #[test]
    fn a_resource_may_come_twice() {
        let parameters = Parameters::read(b"resource=x&resource=y").unwrap();
        assert_eq!(parameters.all("resource").collect::<Vec<_>>(), ["x", "y"]);
    }

    #[test]
    fn a_parameter_without_a_value_was_not_sent() {
        let parameters = Parameters::read(b"state=&nonce&scope=a+b%20c").unwrap();
        assert_eq!(parameters.get("state"), None);
        assert_eq!(parameters.get("nonce"), None);
        assert_eq!(parameters.get("scope"), Some("a b c"));
    }

    #[test]
    fn broken_escapes_and_bytes_are_refused() {
        for broken in [&b"a=%"[..], b"a=%f", b"a=%zz", b"a=%ff", b"a=%00"] {
            assert_eq!(Parameters::read(broken), Err(Malformed::Unreadable), "{broken:?}");
        }
    }

    #[test]
    fn what_is_read_is_written_again() {
        let parameters = Parameters::read(b"a=1%262&b=%C3%A9").unwrap();
        assert_eq!(Parameters::read(parameters.encode().as_bytes()), Ok(parameters));
    }
}
