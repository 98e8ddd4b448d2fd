//! Redirect URIs: which may be registered, and which registered one was asked for.
//!
//! Nothing is normalised. What was registered is compared byte for byte (RFC 9700 §2.1), so a URI that
//! browsers would read differently from us is refused at registration.

mod return_to;

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use url::Url;

use super::error::{OAuthError, invalid_redirect_uri};

pub use return_to::{Destination, ReturnTo};

/// Longer ones are nobody's honest address.
const MOST_CHARACTERS: usize = 2_000;

/// A URI that may be registered, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct RedirectUri {
    text: String,
    kind: Kind,
}

/// What answers at a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A web site, by https.
    Https,
    /// A program on the person's own computer, by http (RFC 8252 §7.3).
    Loopback,
    /// An app that owns the scheme (RFC 8252 §7.1).
    PrivateUse,
}

impl RedirectUri {
    /// The URI as it was registered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What answers there.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether a request may name this as its `redirect_uri`.
    ///
    /// The same string, byte for byte; on loopback any port (RFC 8252 §7.3), and only the port.
    #[must_use]
    pub fn matches(&self, asked: &str) -> bool {
        if self.kind != Kind::Loopback || asked == self.text {
            return asked == self.text;
        }
        let here = without_port(&self.text);
        here.is_some() && here == without_port(asked)
    }

    /// The web origin (RFC 6454) for CORS and logout; an app's own scheme has none.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        origin(&self.text, self.kind)
    }

    /// The host of a web address; an app's own scheme has none.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        (self.kind != Kind::PrivateUse).then_some(Pieces::of(&self.text)?.host)
    }
}

/// Host and everything after the port of an http URI whose port, if any, is one.
fn without_port(uri: &str) -> Option<(&str, &str)> {
    let pieces = Pieces::of(uri)?;
    let port_is_sound = pieces.port.is_none_or(is_port);
    (pieces.scheme == "http" && port_is_sound).then_some((pieces.host, pieces.rest))
}

fn is_port(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    digits && text.parse::<u16>().is_ok()
}

fn origin(uri: &str, kind: Kind) -> Option<String> {
    if kind == Kind::PrivateUse {
        return None;
    }
    Url::parse(uri).ok().map(|url| url.origin().ascii_serialization())
}

/// A URI taken apart where RFC 3986 §3 says, without changing a byte.
struct Pieces<'a> {
    scheme: &'a str,
    /// Nothing for `com.example.app:/done`.
    authority: Option<&'a str>,
    host: &'a str,
    port: Option<&'a str>,
    /// Path and query.
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    fn of(uri: &'a str) -> Option<Self> {
        let (scheme, after) = uri.split_once(':')?;
        let Some(after) = after.strip_prefix("//") else {
            return Some(Self { scheme, authority: None, host: "", port: None, rest: after });
        };
        let (authority, rest) = after.split_at(after.find(['/', '?']).unwrap_or(after.len()));
        let end_of_host = authority.find(']').map_or(0, |bracket| bracket + 1);
        let (host, port) = match authority[end_of_host..].find(':') {
            Some(colon) => {
                let (host, port) = authority.split_at(end_of_host + colon);
                (host, Some(&port[1..]))
            }
            None => (authority, None),
        };
        Some(Self { scheme, authority: Some(authority), host, port, rest })
    }
}

impl FromStr for RedirectUri {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        match judge(text) {
            Ok(kind) => Ok(Self { text: text.to_owned(), kind }),
            Err(sentence) => {
                Err(invalid_redirect_uri(sentence).because(format_args!("{text:.200?}")))
            }
        }
    }
}

/// The rules of registration; each refusal names the piece that is wrong.
fn judge(text: &str) -> Result<Kind, &'static str> {
    judge_characters(text)?;
    let pieces = Pieces::of(text).ok_or("redirect URI must be absolute: it has no scheme")?;
    if pieces.authority.is_some_and(|authority| authority.contains('@')) {
        return Err("redirect URI must not hold a user name or password");
    }
    if has_dot_segment(pieces.rest) {
        return Err("redirect URI must not have a . or .. in its path");
    }
    match pieces.scheme {
        "https" => judge_host(text, &pieces).map(|()| Kind::Https),
        "http" if matches!(pieces.host, "127.0.0.1" | "[::1]" | "localhost") => {
            judge_host(text, &pieces).map(|()| Kind::Loopback)
        }
        "http" => Err("redirect URI must use https; http is for 127.0.0.1, [::1] and localhost"),
        _ => judge_private_use(&pieces).map(|()| Kind::PrivateUse),
    }
}

fn judge_characters(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err("redirect URI is empty");
    }
    if text.len() > MOST_CHARACTERS {
        return Err("redirect URI is longer than 2000 characters");
    }
    if text.contains('#') {
        return Err("redirect URI must not have a fragment");
    }
    if text.contains('*') {
        return Err("redirect URI must not have a wildcard: register each address");
    }
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()+,;=%".contains(&byte);
    if !text.bytes().all(allowed) {
        return Err("redirect URI has a character that must be percent-encoded");
    }
    let escapes =
        |part: &str| part.len() >= 2 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    if !text.split('%').skip(1).all(escapes) {
        return Err("redirect URI has a percent sign without two hexadecimal digits");
    }
    Ok(())
}

/// Whether a browser would take a piece of the path away, so that it arrives elsewhere.
fn has_dot_segment(rest: &str) -> bool {
    let path = rest.split('?').next().unwrap_or_default().to_ascii_lowercase();
    path.split('/').any(|segment| matches!(segment.replace("%2e", ".").as_str(), "." | ".."))
}

/// The host must already be what a browser makes of it: no `0x7f.1`, no upper case, no `%65`.
fn judge_host(text: &str, pieces: &Pieces<'_>) -> Result<(), &'static str> {
    if pieces.host.is_empty() {
        return Err("redirect URI has no host");
    }
    if !pieces.port.is_none_or(is_port) {
        return Err("redirect URI has a port that is not a number from 1 to 65535");
    }
    match Url::parse(text) {
        Ok(url) if url.host_str() == Some(pieces.host) => Ok(()),
        _ => Err("redirect URI must have its host in plain lower-case form"),
    }
}

/// RFC 8252 §7.1: the scheme is a domain name backwards, so that it has one owner.
fn judge_private_use(pieces: &Pieces<'_>) -> Result<(), &'static str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let label = |label: &str| !label.is_empty() && label.bytes().all(plain);
    let starts_well = pieces.scheme.starts_with(|first: char| first.is_ascii_lowercase());
    if !(starts_well && pieces.scheme.contains('.') && pieces.scheme.split('.').all(label)) {
        return Err("redirect URI must use https, or a scheme like com.example.app");
    }
    if pieces.authority.is_none() && !pieces.rest.starts_with('/') {
        return Err("redirect URI must have a slash after its scheme");
    }
    Ok(())
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl serde::Serialize for RedirectUri {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

from_text!(RedirectUri);
crate::text_column!(RedirectUri);

#[cfg(test)]
mod tests;
