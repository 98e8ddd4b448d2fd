//! Why a call brought nothing back.

use std::fmt;

/// Why a call brought nothing back. The text is for logs and for the app's developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The address is none that a stranger may send us to; the text says why.
    Refused(&'static str),
    /// The name has no address.
    Unresolved,
    /// Nobody answers there, or not with a certificate we trust. Nothing was sent.
    Unreachable(String),
    /// The connection broke, or what came is not HTTP. What was sent may have arrived.
    Lost(String),
    /// The call took too long.
    TimedOut,
    /// The answer is larger than we read.
    TooLarge,
    /// The answer has another status than the one that was asked for.
    Status(u16),
    /// The answer is not the JSON that was asked for.
    NotJson,
    /// The machine has no thread for calls.
    Broken,
}

impl Error {
    /// The outcome in one word, for metrics.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Unresolved => "unresolved",
            Self::Unreachable(_) => "unreachable",
            Self::Lost(_) => "lost",
            Self::TimedOut => "timed_out",
            Self::TooLarge => "too_large",
            Self::Status(_) => "status",
            Self::NotJson => "not_json",
            Self::Broken => "broken",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(out, "the address is not allowed: {why}"),
            Self::Unresolved => out.write_str("the host's name has no address"),
            Self::Unreachable(why) => write!(out, "the host cannot be reached: {why}"),
            Self::Lost(why) => write!(out, "the answer was lost: {why}"),
            Self::TimedOut => out.write_str("the host took too long to answer"),
            Self::TooLarge => out.write_str("the answer is too large"),
            Self::Status(status @ 300..=399) => {
                write!(out, "the answer is a redirect ({status}), which is not followed")
            }
            Self::Status(status) => write!(out, "the answer's status is {status}"),
            Self::NotJson => out.write_str("the answer is not the JSON that was asked for"),
            Self::Broken => out.write_str("no thread could be started for calls"),
        }
    }
}

impl std::error::Error for Error {}
