//! JOSE: signed and encrypted JWTs and the keys for them. The only room that names josekit.
//!
//! What is kept from josekit: keys, signatures, key agreement. What is not, because a stranger could
//! misuse it: its claim getters (they panic on `exp: 1e300`), its reading of headers, its comparison
//! of MACs, its decryption of contents before their tag is checked.

mod foreign_keys;
mod read;
mod signing;
mod verify;

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openssl::{hash::MessageDigest, sha};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use self::{
    foreign_keys::ForeignKeys,
    read::{Claims, Unverified, peek_unverified},
    signing::SigningKey,
    verify::{HmacAlgorithm, Proof, Typ, verify_foreign, verify_proof, verify_with_secret},
};

/// How a JWT is signed with a key pair (RFC 7518 §3.1, RFC 8037 §3.1). There is no `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Algorithm {
    /// RSA PKCS #1 v1.5 with SHA-256. What every client understands.
    Rs256,
    /// RSA PKCS #1 v1.5 with SHA-384.
    Rs384,
    /// RSA PKCS #1 v1.5 with SHA-512.
    Rs512,
    /// RSA-PSS with SHA-256. What FAPI asks for.
    Ps256,
    /// RSA-PSS with SHA-384.
    Ps384,
    /// RSA-PSS with SHA-512.
    Ps512,
    /// ECDSA on P-256. Thirteen times cheaper to sign than RSA.
    Es256,
    /// ECDSA on P-384.
    Es384,
    /// ECDSA on P-521.
    Es512,
    /// Ed25519 (from clients also Ed448).
    EdDsa,
}

impl Algorithm {
    /// What we sign with; one active key for each.
    pub const OURS: [Self; 4] = [Self::Rs256, Self::Ps256, Self::Es256, Self::EdDsa];

    /// What we accept from clients.
    pub const ALL: [Self; 10] = [
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::EdDsa,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl From<Algorithm> for &'static str {
    fn from(algorithm: Algorithm) -> Self {
        algorithm.as_str()
    }
}

impl FromStr for Algorithm {
    type Err = JoseError;

    fn from_str(name: &str) -> Result<Self, JoseError> {
        Self::ALL.into_iter().find(|known| known.as_str() == name).ok_or(JoseError::Algorithm)
    }
}

impl TryFrom<String> for Algorithm {
    type Error = JoseError;

    fn try_from(name: String) -> Result<Self, JoseError> {
        name.parse()
    }
}

/// Why a JWT or a key was not accepted. The sentence may be shown to the client's developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoseError {
    /// It cannot be read.
    Malformed,
    /// It is larger than we read.
    TooLarge,
    /// Signed or encrypted in a way that was not registered, or that we do not know.
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
    /// It cannot be decrypted.
    Decryption,
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
            Self::Decryption => "it cannot be decrypted",
            Self::Claim(name) => {
                return write!(out, "its claim `{name}` is missing or of the wrong type");
            }
            Self::Key => "there is no key that fits",
            Self::PrivateKey => "it contains a private key",
        })
    }
}

impl std::error::Error for JoseError {}

/// The left half of a digest: `at_hash`, `c_hash`, `s_hash` (OpenID Connect Core §3.1.3.6).
///
/// # Panics
/// If OpenSSL was built without SHA-2: ours is not.
#[must_use]
pub fn left_half_hash(algorithm: Algorithm, value: &str) -> String {
    let digest = match algorithm {
        Algorithm::Rs256 | Algorithm::Ps256 | Algorithm::Es256 => MessageDigest::sha256(),
        Algorithm::Rs384 | Algorithm::Ps384 | Algorithm::Es384 => MessageDigest::sha384(),
        _ => MessageDigest::sha512(),
    };
    let digest = openssl::hash::hash(digest, value.as_bytes()).expect("OpenSSL hashes");
    BASE64_URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2])
}

/// What names a key by its content (RFC 7638 §3, RFC 8037 §2).
pub fn thumbprint(jwk: &Map<String, Value>) -> Result<String, JoseError> {
    let member = |name: &'static str| jwk.get(name).filter(|value| value.is_string());
    let names: &[&str] = match member("kty").and_then(Value::as_str) {
        Some("RSA") => &["e", "kty", "n"],
        Some("EC") => &["crv", "kty", "x", "y"],
        Some("OKP") => &["crv", "kty", "x"],
        _ => return Err(JoseError::Key),
    };
    let mut required = Map::new();
    for name in names {
        required.insert((*name).to_owned(), member(name).ok_or(JoseError::Key)?.clone());
    }
    let text = serde_json::to_vec(&required).map_err(|_| JoseError::Key)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(sha::sha256(&text)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn thumbprint_of(jwk: &Value) -> Result<String, JoseError> {
        thumbprint(jwk.as_object().unwrap())
    }

    /// RFC 7638 §3.1.
    #[test]
    fn an_rsa_key_is_named_as_in_the_example() {
        let jwk = json!({
            "kid": "2011-04-29", "alg": "RS256", "e": "AQAB", "kty": "RSA",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tS\
                  oc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65\
                  YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyr\
                  dkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK\
                  nqDKgw",
        });
        let expected = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
        assert_eq!(thumbprint_of(&jwk).as_deref(), Ok(expected));
    }

    /// RFC 8037, appendix A.3.
    #[test]
    fn an_ed25519_key_is_named_as_in_the_example() {
        let jwk = json!({
            "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
        });
        let expected = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(thumbprint_of(&jwk).as_deref(), Ok(expected));
    }

    #[test]
    fn a_key_with_a_piece_missing_has_no_name() {
        for jwk in [json!({}), json!({"kty": "oct", "k": "AA"}), json!({"kty": "RSA", "e": "AQAB"})]
        {
            assert_eq!(thumbprint_of(&jwk), Err(JoseError::Key));
        }
        assert_eq!(thumbprint_of(&json!({"kty": "RSA", "e": 3, "n": "AA"})), Err(JoseError::Key));
    }

    /// OpenID Connect Core, appendices A.3 and A.4.
    #[test]
    fn half_hashes_are_as_in_the_examples() {
        let hash = |value| left_half_hash(Algorithm::Rs256, value);
        assert_eq!(hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
        assert_eq!(
            hash("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk"),
            "LDktKdoQak3Pk0cnXxCltA"
        );
        assert_eq!(left_half_hash(Algorithm::EdDsa, "x").len(), 43);
    }

    #[test]
    fn names_are_those_of_the_wire() {
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.as_str().parse(), Ok(algorithm));
            assert_eq!(serde_json::from_value(json!(algorithm.as_str())).ok(), Some(algorithm));
        }
        for name in ["none", "HS256", "rs256", "", "RSA1_5"] {
            assert_eq!(name.parse::<Algorithm>(), Err(JoseError::Algorithm));
        }
    }
}
