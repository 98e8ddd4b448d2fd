//! Names of JOSE algorithms (RFC 7518 §3.1, §4.1, §5.1; RFC 8037 §3.1) that clients may register.

use std::str::FromStr;

use super::error::{OAuthError, invalid_client_metadata};
use crate::crypto::jose::{Algorithm, HmacAlgorithm};

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

wire_names! {
    /// A way to wrap the key of an encrypted token, to a public key of the client.
    KeyEncryptionAlg, refused by invalid_client_metadata: "key encryption algorithm is not one this server knows" {
        /// RSA with OAEP and SHA-1.
        RsaOaep => "RSA-OAEP",
        /// RSA with OAEP and SHA-256.
        RsaOaep256 => "RSA-OAEP-256",
        /// Key agreement, used as it is.
        EcdhEs => "ECDH-ES",
        /// Key agreement that wraps a 128-bit key.
        EcdhEsA128Kw => "ECDH-ES+A128KW",
        /// Key agreement that wraps a 256-bit key.
        EcdhEsA256Kw => "ECDH-ES+A256KW",
    }
}

wire_names! {
    /// A way to encrypt the content of a token.
    ContentEncryptionAlg, refused by invalid_client_metadata: "content encryption algorithm is not one this server knows" {
        /// AES-CBC with HMAC, 128 bits each: the default of OpenID Connect.
        A128CbcHs256 => "A128CBC-HS256",
        /// AES-CBC with HMAC, 256 bits each.
        A256CbcHs512 => "A256CBC-HS512",
        /// AES-GCM, 128 bits.
        A128Gcm => "A128GCM",
        /// AES-GCM, 256 bits.
        A256Gcm => "A256GCM",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        assert_eq!("EdDSA".parse(), Ok(AssertionAlg::KeyPair(Algorithm::EdDsa)));
        assert_eq!("HS256".parse(), Ok(AssertionAlg::Secret(HmacAlgorithm::Hs256)));
        assert_eq!("ECDH-ES+A256KW".parse(), Ok(KeyEncryptionAlg::EcdhEsA256Kw));
        assert_eq!("A128CBC-HS256".parse(), Ok(ContentEncryptionAlg::A128CbcHs256));
    }

    #[test]
    fn none_and_weak_ones_are_unknown() {
        assert!(["none", "rs256", "NONE", ""].iter().all(|it| it.parse::<AssertionAlg>().is_err()));
        assert!(
            ["RSA1_5", "dir", "A128KW"].iter().all(|it| it.parse::<KeyEncryptionAlg>().is_err())
        );
        assert!("DEF".parse::<ContentEncryptionAlg>().is_err());
    }
}
