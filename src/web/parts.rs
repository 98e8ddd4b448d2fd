//! What pages are made of besides their own words: the shapes that `templates/parts` draw.

use super::brand::initial;
use super::language::Text;

/// What is wrong with a form: shown at the top, linked to the fields, and at each field.
#[derive(Default)]
pub struct Problems(Vec<Problem>);

/// One thing that is wrong, and with which field.
pub struct Problem {
    /// The element id of the field; empty if no field is to blame.
    pub field: &'static str,
    /// What is wrong and what to do, in the reader's language.
    pub text: String,
}

impl Problems {
    /// Nothing is wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One thing is wrong with the field whose element id is `field`.
    #[must_use]
    pub fn with(mut self, field: &'static str, text: &Text) -> Self {
        self.0.push(Problem { field, text: text.to_string() });
        self
    }

    /// Is nothing wrong?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything that is wrong, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
    }
}

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
        initial(&self.name)
    }

    /// Which of six quiet colours its tile has: always the same for the same name.
    #[must_use]
    pub fn tint(&self) -> u64 {
        super::assets::hash(self.name.as_bytes()) % 6
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

/// A claim and the value an app would see now.
pub struct SharedValue {
    /// What it is, in the reader's language: "Email".
    pub label: String,
    /// What will be told.
    pub value: String,
    /// Was it not shared with this app before?
    pub new: bool,
}

/// One thing an app may do once it is allowed.
pub struct Permission {
    /// The scope value, sent back if it is ticked.
    pub scope: String,
    /// What it allows, in a few words.
    pub title: String,
    /// What that means, in a sentence.
    pub sentence: String,
    /// Can it change something, not only read?
    pub changes: bool,
    /// Why the app's developer wants it, in their words.
    pub reason: Option<String>,
    /// May the person leave it out, and is it ticked?
    pub choice: Option<bool>,
    /// Was it not allowed before?
    pub new: bool,
}

/// How long an app's access lasts.
pub enum Lasting {
    /// Until it is removed.
    UntilRemoved,
    /// For so many hours.
    Hours(u32),
}

impl Lasting {
    /// The key of the sentence.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::UntilRemoved => "consent-until-removed",
            Self::Hours(_) => "consent-hours",
        }
    }

    /// For how many hours, if it ends by itself.
    #[must_use]
    pub fn hours(&self) -> u32 {
        match self {
            Self::UntilRemoved => 0,
            Self::Hours(hours) => *hours,
        }
    }
}

/// How good a password is, from 0 (guessed at once) to 4 (good), and what would make it better.
pub struct Strength {
    /// The score of the estimate.
    pub score: u8,
    /// What would make it better, in the reader's language.
    pub advice: Option<String>,
}
