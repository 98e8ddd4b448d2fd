//! How a client signs its assertions (OpenID Connect Core §9).

use std::str::FromStr;

use crate::{
    crypto::jose::{Algorithm, HmacAlgorithm},
    protocol::error::{OAuthError, invalid_client_metadata},
};

/// A way to sign a client assertion: with a key pair, or with the client's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssertionAlg {
    /// For `private_key_jwt`.
    KeyPair(Algorithm),
    /// For `client_secret_jwt`.
    Secret(HmacAlgorithm),
}

impl AssertionAlg {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeyPair(algorithm) => algorithm.as_str(),
            Self::Secret(algorithm) => algorithm.as_str(),
        }
    }
}

impl FromStr for AssertionAlg {
    type Err = OAuthError;

    fn from_str(name: &str) -> Result<Self, OAuthError> {
        let secret = HmacAlgorithm::ALL.into_iter().find(|known| known.as_str() == name);
        let known = secret.map(Self::Secret).or_else(|| name.parse().ok().map(Self::KeyPair));
        known.ok_or(invalid_client_metadata("signing algorithm is not one this server knows"))
    }
}

impl serde::Serialize for AssertionAlg {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

from_text!(AssertionAlg);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        assert_eq!("EdDSA".parse(), Ok(AssertionAlg::KeyPair(Algorithm::EdDsa)));
        assert_eq!("HS256".parse(), Ok(AssertionAlg::Secret(HmacAlgorithm::Hs256)));
    }

    #[test]
    fn none_and_weak_ones_are_unknown() {
        assert!(["none", "rs256", "NONE", ""].iter().all(|it| it.parse::<AssertionAlg>().is_err()));
    }
}
