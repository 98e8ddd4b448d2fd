//! What every page shares that asks for one more proof, or sets one up.

use crate::clock::Moment;

/// A way to go on.
pub struct OtherWay {
    /// Its name in forms.
    pub by: String,
    /// What it is, in the reader's language.
    pub title: String,
    /// More about it: where a code would go, which of several.
    pub state: String,
    /// Its icon, by its name in `assets/icons.svg`.
    pub drawing: &'static str,
}

/// A sign-in elsewhere that waits for a yes.
pub struct SignInRequest {
    /// Its id in forms.
    pub id: String,
    /// "Firefox on Linux".
    pub device: String,
    /// From where: a place or an address.
    pub place: String,
    /// When it was asked.
    pub at: Moment,
    /// The numbers to choose from.
    pub numbers: Vec<String>,
}

/// An authenticator app.
pub struct Authenticator {
    /// Its id in forms.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Since when it counts.
    pub since: Moment,
    /// When one of its codes was last typed.
    pub last_used: Option<Moment>,
}

/// A channel by which codes could be sent.
pub struct CodeChannel {
    /// Its name in forms.
    pub name: &'static str,
    /// The key of what it is called.
    pub title: &'static str,
    /// Where codes would go.
    pub addresses: String,
    /// Whether it may be the second step.
    pub chosen: bool,
}

/// The step that a page asks for.
pub struct ProofStep {
    /// The sign-in that waits.
    pub sign_in: String,
    /// The way that is asked for.
    pub by: String,
    /// The challenge that was begun for it, if there is one.
    pub challenge: Option<String>,
    /// The page that is wanted afterwards.
    pub next: Option<String>,
    /// Why the step is asked for, in the reader's language.
    pub why: String,
    /// For how many days the browser may be trusted, if the person may say so.
    pub trust_days: Option<u64>,
    /// The other ways to go on.
    pub others: Vec<OtherWay>,
}
