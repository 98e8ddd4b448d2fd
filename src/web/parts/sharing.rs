//! What an app sees and may do.

/// A claim and the value an app would see now.
pub struct SharedValue {
    /// What it is, in the reader's language: "Email".
    pub label: String,
    /// What will be told.
    pub value: String,
    /// Was it not shared with this app before?
    pub new: bool,
}

/// An address the person may share.
pub struct AddressChoice {
    /// The value sent back when it is chosen.
    pub id: String,
    /// The address; empty for the one that hides the others.
    pub address: String,
    /// Is it an address of ours that forwards to theirs?
    pub hidden: bool,
    /// Is it chosen unless they choose another?
    pub chosen: bool,
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
