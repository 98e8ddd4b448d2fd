//! An app as people see it: who made it, how sure we are, where it leads.

use crate::web::{assets, brand};

/// An app as people see it.
#[derive(Clone, Default)]
pub struct AppCard {
    /// The name it registered.
    pub name: String,
    /// Its logo, if it may be shown (the page's policy must allow the logo's origin).
    pub logo: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// How sure we are of that.
    pub trust: Trust,
    /// Its home page.
    pub home: Option<String>,
    /// Its privacy policy (`policy_uri`, Dynamic Client Registration 1.0 §2).
    pub privacy: Option<String>,
    /// Its terms (`tos_uri`).
    pub terms: Option<String>,
    /// How to reach its developer: a mail address.
    pub contact: Option<String>,
}

impl AppCard {
    /// The letter on its tile when there is no logo.
    #[must_use]
    pub fn initial(&self) -> String {
        brand::initial(&self.name)
    }

    /// Which of six quiet colours its tile has: always the same for the same name.
    #[must_use]
    pub fn tint(&self) -> u64 {
        assets::hash(self.name.as_bytes()) % 6
    }

    /// Are there any links of its own to show?
    #[must_use]
    pub fn has_links(&self) -> bool {
        self.privacy.is_some() || self.terms.is_some() || self.contact.is_some()
    }
}

/// What we know about who made an app. Never a recommendation.
#[derive(Clone, Default)]
pub enum Trust {
    /// The operator's own.
    OurOwn,
    /// Somebody looked at the publisher and at the domain.
    Publisher(String),
    /// The domain is proved, nobody looked further.
    Domain(String),
    /// An agent known only by the host of its address.
    Agent(String),
    /// Nobody knows.
    #[default]
    Unknown,
}

impl Trust {
    /// The key of the sentence it `says`, or of what that `means`.
    #[must_use]
    pub fn key(&self, part: &str) -> &'static str {
        let (says, means) = match self {
            Self::OurOwn => ("trust-own", "trust-own-means"),
            Self::Publisher(_) => ("trust-publisher", "trust-publisher-means"),
            Self::Domain(_) => ("trust-domain", "trust-domain-means"),
            Self::Agent(_) => ("trust-agent", "trust-agent-means"),
            Self::Unknown => ("trust-unknown", "trust-unknown-means"),
        };
        if part == "means" { means } else { says }
    }

    /// The domain or host that is known; nothing for the others.
    #[must_use]
    pub fn host(&self) -> &str {
        match self {
            Self::Publisher(host) | Self::Domain(host) | Self::Agent(host) => host,
            Self::OurOwn | Self::Unknown => "",
        }
    }

    /// The icon beside the sentence.
    #[must_use]
    pub fn drawing(&self) -> &'static str {
        match self {
            Self::OurOwn | Self::Publisher(_) => "seal",
            Self::Domain(_) => "globe",
            Self::Agent(_) => "spark",
            Self::Unknown => "alert",
        }
    }

    /// The colour of the sentence: a name the stylesheet knows.
    #[must_use]
    pub fn mood(&self) -> &'static str {
        match self {
            Self::OurOwn | Self::Publisher(_) => "good",
            Self::Domain(_) | Self::Agent(_) => "info",
            Self::Unknown => "caution",
        }
    }
}

/// Where the browser goes after the answer.
pub enum Destination {
    /// A site, by its host.
    Site(String),
    /// A program on this computer (a loopback address).
    ThisComputer,
    /// A program on this device (a scheme of its own).
    ThisDevice,
}

impl Destination {
    /// The key of the sentence; the host follows it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Site(_) => "consent-returns",
            Self::ThisComputer => "consent-returns-computer",
            Self::ThisDevice => "consent-returns-device",
        }
    }

    /// The site's host.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Site(host) => Some(host),
            Self::ThisComputer | Self::ThisDevice => None,
        }
    }
}
