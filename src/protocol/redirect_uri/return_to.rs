//! Where a browser may be sent back to: only what was registered.

use url::form_urlencoded;

use super::{Kind, Pieces, RedirectUri, origin};

/// Where the browser may be sent back to. Only a registered redirect URI becomes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnTo {
    uri: String,
    kind: Kind,
    state: Option<String>,
}

/// Where a person will be after "Allow", for the consent page to say in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A web site with this host.
    Host(String),
    /// A program on this computer.
    ThisComputer,
    /// An app on this device.
    ThisDevice,
}

impl ReturnTo {
    /// The way back, if `asked` is one of those `registered`.
    #[must_use]
    pub fn among(registered: &[RedirectUri], asked: &str, state: Option<String>) -> Option<Self> {
        let kind = registered.iter().find(|uri| uri.matches(asked))?.kind;
        Some(Self { uri: asked.to_owned(), kind, state })
    }

    /// The URI as it was asked for.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// What the client wants to hear again, exactly (RFC 6749 §4.1.2).
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The URI with these parameters in its query; what was in the query stays, byte for byte.
    #[must_use]
    pub fn with_query(&self, parameters: &[(&str, &str)]) -> String {
        let separator = match self.uri.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        self.append(separator, parameters)
    }

    /// The URI with these parameters as its fragment.
    #[must_use]
    pub fn with_fragment(&self, parameters: &[(&str, &str)]) -> String {
        self.append("#", parameters)
    }

    /// What a `form-action` of our pages must name to let the browser go there.
    #[must_use]
    pub fn csp_source(&self) -> String {
        origin(&self.uri, self.kind).unwrap_or_else(|| {
            let scheme = Pieces::of(&self.uri).map_or("", |pieces| pieces.scheme);
            format!("{scheme}:")
        })
    }

    /// Where the person will be.
    #[must_use]
    pub fn destination(&self) -> Destination {
        match self.kind {
            Kind::Https => {
                let host = Pieces::of(&self.uri).map_or("", |pieces| pieces.host);
                Destination::Host(host.to_owned())
            }
            Kind::Loopback => Destination::ThisComputer,
            Kind::PrivateUse => Destination::ThisDevice,
        }
    }

    fn append(&self, separator: &str, parameters: &[(&str, &str)]) -> String {
        if parameters.is_empty() {
            return self.uri.clone();
        }
        let start = self.uri.len() + separator.len();
        let text = format!("{}{separator}", self.uri);
        form_urlencoded::Serializer::for_suffix(text, start).extend_pairs(parameters).finish()
    }
}
