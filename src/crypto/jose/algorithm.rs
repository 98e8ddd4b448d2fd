//! The ways a JWT is signed, and josekit's counterpart of each.

use std::{fmt, str::FromStr};

use josekit::{
    jwk::Jwk,
    jws::{
        ES256, ES384, ES512, EdDSA, JwsSigner, JwsVerifier, PS256, PS384, PS512, RS256, RS384,
        RS512,
    },
};
use serde::{Deserialize, Serialize};

use super::JoseError;

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

/// What signs with this algorithm and private key.
pub(super) fn signer(algorithm: Algorithm, jwk: &Jwk) -> Result<Box<dyn JwsSigner>, JoseError> {
    fn boxed<S: JwsSigner + 'static>(
        signer: Result<S, josekit::JoseError>,
    ) -> Result<Box<dyn JwsSigner>, JoseError> {
        signer.map(|signer| Box::new(signer) as Box<dyn JwsSigner>).map_err(|_| JoseError::Key)
    }
    match algorithm {
        Algorithm::Rs256 => boxed(RS256.signer_from_jwk(jwk)),
        Algorithm::Rs384 => boxed(RS384.signer_from_jwk(jwk)),
        Algorithm::Rs512 => boxed(RS512.signer_from_jwk(jwk)),
        Algorithm::Ps256 => boxed(PS256.signer_from_jwk(jwk)),
        Algorithm::Ps384 => boxed(PS384.signer_from_jwk(jwk)),
        Algorithm::Ps512 => boxed(PS512.signer_from_jwk(jwk)),
        Algorithm::Es256 => boxed(ES256.signer_from_jwk(jwk)),
        Algorithm::Es384 => boxed(ES384.signer_from_jwk(jwk)),
        Algorithm::Es512 => boxed(ES512.signer_from_jwk(jwk)),
        Algorithm::EdDsa => boxed(EdDSA.signer_from_jwk(jwk)),
    }
}

/// The verifier for this algorithm and key; `Key` if the key's type, curve, `use`, `alg` or `key_ops`
/// speak against it.
pub(super) fn verifier(algorithm: Algorithm, jwk: &Jwk) -> Result<Box<dyn JwsVerifier>, JoseError> {
    fn boxed<V: JwsVerifier + 'static>(
        verifier: Result<V, josekit::JoseError>,
    ) -> Result<Box<dyn JwsVerifier>, JoseError> {
        verifier.map(|verifier| Box::new(verifier) as _).map_err(|_| JoseError::Key)
    }
    match algorithm {
        Algorithm::Rs256 => boxed(RS256.verifier_from_jwk(jwk)),
        Algorithm::Rs384 => boxed(RS384.verifier_from_jwk(jwk)),
        Algorithm::Rs512 => boxed(RS512.verifier_from_jwk(jwk)),
        Algorithm::Ps256 => boxed(PS256.verifier_from_jwk(jwk)),
        Algorithm::Ps384 => boxed(PS384.verifier_from_jwk(jwk)),
        Algorithm::Ps512 => boxed(PS512.verifier_from_jwk(jwk)),
        Algorithm::Es256 => boxed(ES256.verifier_from_jwk(jwk)),
        Algorithm::Es384 => boxed(ES384.verifier_from_jwk(jwk)),
        Algorithm::Es512 => boxed(ES512.verifier_from_jwk(jwk)),
        Algorithm::EdDsa => boxed(EdDSA.verifier_from_jwk(jwk)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
