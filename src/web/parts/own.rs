//! What people find under their own account.

use super::AppCard;
use crate::clock::Moment;

/// An app on the page "Connected apps".
pub struct ConnectedApp {
    /// Its id in the address of its own page.
    pub id: String,
    /// The app.
    pub app: AppCard,
    /// What it sees and may do, in a few words of the reader's language.
    pub summary: String,
    /// Since when it is connected.
    pub since: Moment,
    /// When it last used its access.
    pub last_used: Option<Moment>,
    /// May it use its access while the person is away?
    pub offline: bool,
}

/// One thing that a connected app may see or do.
pub struct AllowedScope {
    /// The scope value, sent back to take it out.
    pub scope: String,
    /// What it allows, in a few words.
    pub title: String,
    /// May it be taken out alone?
    pub removable: bool,
}

/// Where an app is connected: a browser, or a device that was linked.
pub struct ConnectedPlace {
    /// Its id in forms.
    pub id: String,
    /// "Firefox on Linux", or what the device is called; nothing if nobody knows.
    pub device: Option<String>,
    /// Since when.
    pub since: Moment,
    /// When it last fetched new tokens.
    pub last_used: Moment,
}

/// An address made for one app, which forwards to its owner.
pub struct PrivateAddress {
    /// The address.
    pub address: String,
    /// Does it let mail through?
    pub forwards: bool,
    /// Where its mail may go.
    pub targets: Vec<Choice>,
}

/// A browser in which somebody is signed in.
pub struct Session {
    /// Its id in forms.
    pub id: String,
    /// "Firefox on Linux".
    pub device: String,
    /// Where it was last seen: a place or an address.
    pub place: String,
    /// When they signed in.
    pub since: Moment,
    /// When it was last active.
    pub last_seen: Moment,
    /// Is it the browser that asks?
    pub this: bool,
    /// Whether it need not show a second step for a while.
    pub trust: Option<BrowserTrust>,
}

/// That a browser need not show a second step.
pub struct BrowserTrust {
    /// Its id in forms.
    pub id: String,
    /// Until when.
    pub until: Moment,
}

/// A browser that is trusted, though nobody is signed in there now.
pub struct TrustedBrowser {
    /// "Firefox on Linux".
    pub device: String,
    /// Where it last spared its owner the second step: a place or an address.
    pub place: String,
    /// When that was.
    pub last_used: Moment,
    /// For how long yet.
    pub trust: BrowserTrust,
}

/// A mail address or mobile number on the page of contacts.
pub struct ListedContact {
    /// Its id in the addresses of its forms.
    pub id: String,
    /// The address or number, as it was written.
    pub address: String,
    /// Is it the one of its kind that apps are told?
    pub primary: bool,
    /// Is it proved?
    pub proved: bool,
    /// May it be removed?
    pub removable: bool,
}

/// A device that was linked by a code.
pub struct Linked {
    /// Its id in forms.
    pub id: String,
    /// What its owner or the device itself calls it; the app's name if neither did.
    pub name: String,
    /// The app on it.
    pub app: String,
    /// Since when it is linked.
    pub since: Moment,
    /// When it last fetched new tokens.
    pub last_used: Moment,
}

/// How a happening looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// As on any day.
    Usual,
    /// Something was made safer or was ended on purpose.
    Good,
    /// Somebody tried and was refused.
    Caution,
}

impl Mood {
    /// The name the stylesheet knows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Good => "good",
            Self::Caution => "caution",
        }
    }
}

/// Something that happened on an account.
pub struct Happening {
    /// What, in the reader's language.
    pub text: String,
    /// When.
    pub at: Moment,
    /// "Firefox on Linux", if a browser was there.
    pub device: String,
    /// From where: a place or an address.
    pub place: String,
    /// How it looks.
    pub mood: Mood,
    /// Its icon, by its name in `assets/icons.svg`.
    pub drawing: &'static str,
}

/// Something to choose in a list.
pub struct Choice {
    /// The word that is sent.
    pub value: String,
    /// What it is called, in the reader's language.
    pub text: String,
    /// Is it chosen?
    pub chosen: bool,
}

/// A way to sign in or to prove oneself: the password, an authenticator app, a passkey.
pub struct Way {
    /// What it is, in the reader's language.
    pub title: String,
    /// How it stands: "set on 3 May", "off".
    pub state: String,
    /// Its icon, by its name in `assets/icons.svg`.
    pub drawing: &'static str,
    /// Is it in use?
    pub on: bool,
    /// Where it is changed or used.
    pub href: String,
}
