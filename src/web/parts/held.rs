//! What is held about somebody, and the copy of it.

use crate::clock::Moment;

/// A part of what is held.
pub struct HeldSection {
    /// What it is, in the reader's language.
    pub title: String,
    /// Where it is changed.
    pub change: Option<&'static str>,
    /// How many entries there are.
    pub count: usize,
    /// Those that are shown: each a list of names and values.
    pub entries: Vec<Vec<(String, String)>>,
}

/// How the copy of it stands.
pub enum Copy {
    /// It is being prepared.
    Preparing {
        /// So much is done.
        done: u64,
        /// Of so much; 0 before it has begun.
        total: u64,
    },
    /// It can be fetched.
    Ready {
        /// How large it is.
        bytes: u64,
        /// Until when.
        until: Moment,
    },
}

impl Copy {
    /// How large it is, in kilobytes.
    #[must_use]
    pub fn kilobytes(bytes: &u64) -> u64 {
        bytes.div_ceil(1_000)
    }
}

/// Something that happened, as a line of a list.
pub struct Occurrence {
    /// What, in the reader's language.
    pub text: String,
    /// When.
    pub at: Moment,
    /// "Firefox on Linux", if a browser was there.
    pub device: String,
    /// From where: a place or an address.
    pub place: String,
}
