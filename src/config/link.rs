//! A web address that an operator names.

use url::Url;

use super::text::Text;

/// An http or https address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(Url);

impl Link {
    /// The address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Text for Link {
    fn kind() -> String {
        "an https or http address".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let link = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
        link.map(Self).ok_or_else(|| format!("must be {}, not `{text}`", <Self as Text>::kind()))
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_never_runs_script() {
        assert_eq!(Link::parse("https://example.com/a").unwrap().as_str(), "https://example.com/a");
        for text in ["javascript:alert(1)", "data:text/html,x", "example.com", ""] {
            assert!(Link::parse(text).is_err(), "{text}");
        }
    }
}
