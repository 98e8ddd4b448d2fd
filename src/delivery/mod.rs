//! Mail and SMS.
//!
//! Owns what messages say, how they look and how they leave. Nothing is sent inside a request: a message becomes a
//! sealed [`Letter`], which a transaction puts in the outbox with its cause, and a job sends it.

pub mod email;
mod letterhead;
pub mod messages;
pub mod sms;
mod ways;

use serde::{Deserialize, Serialize};

pub use letterhead::Letterhead;
pub use ways::{Sent, Ways};

use crate::{
    clock::Moment,
    crypto::seal::Sealer,
    store::{contacts::Channel, outbox::Letter},
};

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The subject; an SMS has none.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The code in it, if there is one.
    pub code: Option<String>,
    /// The address in it, if there is one.
    pub link: Option<String>,
    /// The same as HTML; an SMS has none.
    #[serde(default)]
    pub html: Option<String>,
    /// The mail of others that it carries instead, if it does.
    #[serde(default)]
    pub relayed: Option<Relayed>,
}

/// A mail of others, passed on as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relayed {
    /// Whom it comes from, to mail servers.
    pub sender: String,
    /// The mail; it is kept beside the letter (`store::relayed_mails`).
    #[serde(skip)]
    pub mail: Vec<u8>,
}

/// Why a message did not leave.
#[derive(Debug)]
pub struct Unsent {
    /// What the other side said, or that it could not be reached.
    pub why: String,
    /// Whether trying again makes no sense.
    pub for_good: bool,
}

impl Unsent {
    /// A message that can never leave.
    #[must_use]
    pub fn for_good(why: String) -> Self {
        Self { why, for_good: true }
    }

    /// A message that may leave later.
    #[must_use]
    pub fn for_now(why: String) -> Self {
        Self { why, for_good: false }
    }
}

/// Seals messages into letters, and opens them again when they are sent.
#[derive(Clone, Debug)]
pub struct Courier {
    sealer: Sealer,
}

impl Courier {
    /// A courier whose letters only `sealer` opens.
    #[must_use]
    pub fn new(sealer: Sealer) -> Self {
        Self { sealer }
    }

    /// A letter to `recipient`, to be put in the outbox.
    #[must_use]
    pub fn letter(
        &self,
        channel: Channel,
        recipient: &str,
        message: &Message,
        now: Moment,
    ) -> Letter {
        Letter::to(channel, recipient, self.sealer.seal(message), now)
    }

    /// A letter that nobody gets: the same row for the store to write, so that whether somebody was
    /// written to takes no time of its own (security rule 13).
    #[must_use]
    pub fn decoy(letter: &Letter) -> Letter {
        let sealed_message = vec![0; letter.sealed_message.len()];
        let sent_at = Some(letter.created_at);
        Letter { recipient: String::new(), sealed_message, sent_at, ..letter.clone() }
    }

    /// What a letter says; nothing if it was sealed under another root secret.
    #[must_use]
    pub fn open(&self, letter: &Letter) -> Option<Message> {
        self.sealer.open(&letter.sealed_message)
    }
}
