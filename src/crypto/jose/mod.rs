//! JOSE: signed and encrypted JWTs and the keys for them. The only room that names josekit.
//!
//! What is kept from josekit: keys, signatures, encryption. What is not, because a stranger could
//! misuse it: its claim getters (they panic on `exp: 1e300`), its reading of headers, its comparison
//! of MACs. Nothing that a stranger encrypted is read.

mod algorithm;
mod encrypt;
mod error;
mod foreign_keys;
mod read;
mod shared_secret;
mod signing;
mod verify;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openssl::{hash::MessageDigest, sha};
use serde_json::{Map, Value};

pub use self::{
    algorithm::Algorithm,
    encrypt::{ContentEncryption, KeyManagement, Plaintext},
    error::JoseError,
    foreign_keys::ForeignKeys,
    read::{Claims, Unverified, peek_unverified},
    shared_secret::{HmacAlgorithm, verify_with_secret},
    signing::SigningKey,
    verify::{Typ, verify_foreign},
};

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
}
