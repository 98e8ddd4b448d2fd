//! The public keys of somebody else: a client's `jwks`.

use josekit::jwk::Jwk;
use serde_json::{Map, Value};

use super::{Algorithm, JoseError, algorithm::verifier};

/// The largest set we read.
const MOST_BYTES: usize = 64 * 1024;
/// The most keys we look at in one set.
const MOST_KEYS: usize = 32;
/// 8192 bits as base64url: checking a signature of a larger key would cost us too much.
const LONGEST_MODULUS: usize = 1366;
/// 64 bits as base64url.
const LONGEST_EXPONENT: usize = 11;
/// What only the owner of a key has (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A client's keys (RFC 7517 §5). Those that we cannot use are left out, so that one strange key does
/// not spoil the others.
#[derive(Clone, Debug, Default)]
pub struct ForeignKeys(pub(super) Vec<Jwk>);

impl ForeignKeys {
    /// Reads a set. It is refused as a whole only if it is no set, too large, or gives away a private
    /// key.
    pub fn parse(set: &[u8]) -> Result<Self, JoseError> {
        if set.len() > MOST_BYTES {
            return Err(JoseError::TooLarge);
        }
        let set: Value = serde_json::from_slice(set).map_err(|_| JoseError::Malformed)?;
        Self::from_value(&set)
    }

    /// Reads a set that is part of a larger document, such as a client's metadata.
    pub fn from_value(set: &Value) -> Result<Self, JoseError> {
        let list = set.get("keys").and_then(Value::as_array).ok_or(JoseError::Malformed)?;
        if list.len() > MOST_KEYS {
            return Err(JoseError::TooLarge);
        }
        let mut keys = Vec::with_capacity(list.len());
        for members in list.iter().filter_map(Value::as_object) {
            match public_key(members) {
                Ok(key) => keys.push(key),
                Err(JoseError::PrivateKey) => return Err(JoseError::PrivateKey),
                Err(_) => {}
            }
        }
        Ok(Self(keys))
    }

    /// Is there a key that could verify a signature of this kind?
    #[must_use]
    pub fn can_verify(&self, algorithm: Algorithm) -> bool {
        self.0.iter().any(|key| verifier(algorithm, key).is_ok())
    }

    /// Is there nothing in it that we could use?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads one public key, with an eye on what it could cost us.
pub(super) fn public_key(members: &Map<String, Value>) -> Result<Jwk, JoseError> {
    if PRIVATE.iter().any(|name| members.contains_key(*name)) {
        return Err(JoseError::PrivateKey);
    }
    let longer = |name, most| {
        members.get(name).and_then(Value::as_str).is_some_and(|text| text.len() > most)
    };
    if longer("n", LONGEST_MODULUS) || longer("e", LONGEST_EXPONENT) {
        return Err(JoseError::Key);
    }
    Jwk::from_map(members.clone()).map_err(|_| JoseError::Key)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::crypto::jose::SigningKey;

    #[test]
    fn a_strange_key_does_not_spoil_the_others() {
        let good = SigningKey::generate(Algorithm::Es256).unwrap();
        let set = json!({ "keys": [
            { "kty": "AKP", "alg": "ML-DSA-44", "pub": "AA" },
            { "kty": "EC", "crv": "P-256", "x": "!!", "y": "AA" },
            { "kty": 7 },
            "nonsense",
            { "kty": "RSA", "n": "A".repeat(2000), "e": "AQAB" },
            good.public_jwk(),
        ]});
        let keys = ForeignKeys::parse(set.to_string().as_bytes()).unwrap();
        assert!(keys.can_verify(Algorithm::Es256));
        assert!(!keys.can_verify(Algorithm::Rs256));
        assert!(!keys.can_verify(Algorithm::EdDsa));
    }

    #[test]
    fn a_private_key_spoils_the_set() {
        let key = SigningKey::generate(Algorithm::EdDsa).unwrap();
        let private: Value = serde_json::from_slice(&key.to_private_jwk()).unwrap();
        for leaked in [private, json!({ "kty": "oct", "k": "AA" })] {
            let set = json!({ "keys": [key.public_jwk(), leaked] });
            assert_eq!(ForeignKeys::from_value(&set).map(|_| ()), Err(JoseError::PrivateKey));
        }
    }

    #[test]
    fn what_is_no_set_or_too_much_is_refused() {
        let parse = |text: &str| ForeignKeys::parse(text.as_bytes()).map(|keys| keys.is_empty());
        assert_eq!(parse("{\"keys\":[]}"), Ok(true));
        for text in ["", "[]", "{}", "{\"keys\":{}}", "null"] {
            assert_eq!(parse(text), Err(JoseError::Malformed), "{text}");
        }
        assert_eq!(parse(&" ".repeat(MOST_BYTES + 1)), Err(JoseError::TooLarge));
        let many = json!({ "keys": vec![json!({ "kty": "EC" }); MOST_KEYS + 1] });
        assert_eq!(parse(&many.to_string()), Err(JoseError::TooLarge));
    }
}
