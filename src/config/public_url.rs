//! The one origin under which the server is known.

use url::{Host, Url};

use super::text::Text;

/// The address people and programs use, which is also the issuer (OpenID Connect Discovery §3).
///
/// An origin only: no path, no query, no fragment. It is https, or http on a loopback host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    url: Url,
    text: String,
}

impl PublicUrl {
    /// This machine, at a port of its own: what nobody else can reach.
    ///
    /// # Panics
    /// Never: such an address is an origin.
    #[must_use]
    pub fn at_home(port: u16) -> Self {
        Self::parse(&format!("http://localhost:{port}")).expect("this is an origin")
    }

    /// The address without a slash at its end: the issuer, and what paths are appended to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address as a URL (whose path is `/`).
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// The host's name, without port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether connections to it are encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

/// Whether a URL's host is this machine (RFC 6761 §6.3 for names below `localhost`).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Default for PublicUrl {
    fn default() -> Self {
        Self::at_home(8080)
    }
}

impl Text for PublicUrl {
    fn kind() -> String {
        "an https origin, or an http one on a loopback host".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|_| {
            format!("must be a URL such as https://login.example.com, not `{text}`")
        })?;
        if !matches!(url.scheme(), "https" | "http") || url.host().is_none() {
            return Err(format!("must begin with https://, not `{text}`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not contain a user name or password".to_owned());
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "must be an origin without path, query or fragment: `{}`, not `{text}`",
                url.origin().ascii_serialization()
            ));
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(format!(
                "must be https: over http, `{text}` would send passwords and tokens in clear \
                 (http is allowed on localhost only)"
            ));
        }
        Ok(Self { text: url.origin().ascii_serialization(), url })
    }

    fn text(&self) -> String {
        self.text.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_has_no_slash_at_its_end() {
        let url = PublicUrl::parse("https://Login.Example.com:443/").unwrap();
        assert_eq!(url.as_str(), "https://login.example.com");
        assert!(url.is_https() && !url.is_loopback());
    }

    #[test]
    fn http_is_for_loopback_only() {
        for text in
            ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:9", "http://a.localhost"]
        {
            assert!(PublicUrl::parse(text).unwrap().is_loopback(), "{text}");
        }
        for text in ["http://example.com", "http://localhost.example.com", "http://10.0.0.1"] {
            assert!(PublicUrl::parse(text).unwrap_err().contains("https"), "{text}");
        }
    }

    #[test]
    fn a_public_url_is_an_origin() {
        for text in [
            "https://example.com/login",
            "https://example.com/?a",
            "https://example.com/#a",
            "https://ada@example.com",
            "ftp://example.com",
            "example.com",
            "",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}
