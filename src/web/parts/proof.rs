//! What every page shares that asks for one more proof.

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
