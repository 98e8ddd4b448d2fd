//! What can go wrong with signing keys.

use std::fmt;

use crate::{
    crypto::jose::{Algorithm, JoseError},
    store::{self, Settle},
};

/// Why the signing keys cannot be used or changed.
#[derive(Debug)]
pub enum KeyError {
    /// The store's own trouble.
    Store(store::Error),
    /// This key was sealed under another root secret, or was tampered with.
    Sealed(String),
    /// Nothing signs with this algorithm.
    Missing(Algorithm),
    /// A key could not be made or read.
    Making(JoseError),
    /// No such key.
    Unknown(String),
    /// The key is there already.
    Known(String),
    /// Another node changed the same keys at the same time.
    Raced,
}

impl fmt::Display for KeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(out, "reading the signing keys: {error}"),
            Self::Sealed(kid) => write!(
                out,
                "the signing key {kid} cannot be opened: it was sealed under another root secret"
            ),
            Self::Missing(algorithm) => write!(out, "no key signs with {algorithm}"),
            Self::Making(error) => write!(out, "making a signing key: {error}"),
            Self::Unknown(kid) => write!(out, "there is no signing key {kid}"),
            Self::Known(kid) => write!(out, "the signing key {kid} is there already"),
            Self::Raced => out.write_str("another node changed the signing keys at the same time"),
        }
    }
}

impl std::error::Error for KeyError {}

impl From<store::Error> for KeyError {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// For whoever only wants to know whether it may be tried again.
impl From<KeyError> for store::Error {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Store(error) => error,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<JoseError> for KeyError {
    fn from(error: JoseError) -> Self {
        Self::Making(error)
    }
}

impl Settle for KeyError {
    fn undoes(&self) -> bool {
        true
    }

    fn passes(&self) -> bool {
        match self {
            Self::Store(error) => error.passes(),
            Self::Raced => true,
            _ => false,
        }
    }
}
