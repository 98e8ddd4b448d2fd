//! Why a JWT or a key was not accepted.

use std::fmt;

/// Why a JWT or a key was not accepted. The sentence may be shown to the client's developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoseError {
    /// It cannot be read.
    Malformed,
    /// It is larger than we read.
    TooLarge,
    /// Signed in a way that was not registered, or that we do not know.
    Algorithm,
    /// It brings its own key (`jwk`, `jku`, `x5u`, `x5c`): a stranger's word for a stranger.
    KeySource,
    /// It demands extensions (`crit`) that we do not have (RFC 7515 §4.1.11).
    Critical,
    /// It is a JWT for another use (RFC 8725 §3.11).
    Type,
    /// None of the keys at hand is the one it names: fetch the set again, once.
    UnknownKey,
    /// The signature is wrong.
    Signature,
    /// A claim is missing or has the wrong type.
    Claim(&'static str),
    /// No key, or not one that can be used for this.
    Key,
    /// A private key where a public one belongs: it must be considered stolen.
    PrivateKey,
}

impl fmt::Display for JoseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Malformed => "it cannot be read",
            Self::TooLarge => "it is too large",
            Self::Algorithm => "its algorithm is not the registered one",
            Self::KeySource => "it must not bring its own key",
            Self::Critical => "it demands extensions that are not supported",
            Self::Type => "it is of another type",
            Self::UnknownKey => "its key is not among the registered ones",
            Self::Signature => "its signature is wrong",
            Self::Claim(name) => {
                return write!(out, "its claim `{name}` is missing or of the wrong type");
            }
            Self::Key => "there is no key that fits",
            Self::PrivateKey => "it contains a private key",
        })
    }
}

impl std::error::Error for JoseError {}
