//! JWTs signed with a secret that both sides know. Compared in constant time, which josekit does not.

use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};

use super::{Claims, JoseError, Typ, Unverified};
use crate::crypto::secret::{self, Secret};

/// How a JWT is signed with a shared secret (RFC 7518 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HmacAlgorithm {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
}

impl HmacAlgorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hs256, Self::Hs384, Self::Hs512];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    fn digest(self) -> MessageDigest {
        match self {
            Self::Hs256 => MessageDigest::sha256(),
            Self::Hs384 => MessageDigest::sha384(),
            Self::Hs512 => MessageDigest::sha512(),
        }
    }
}

/// Believes a JWT that the holder of this secret has signed: `client_secret_jwt` (OpenID Connect Core
/// §9). A secret shorter than the digest is refused (RFC 7518 §3.2).
pub fn verify_with_secret(
    jwt: &str,
    secret: &Secret,
    allowed: &[HmacAlgorithm],
    typ: Typ,
) -> Result<Claims, JoseError> {
    let jwt = Unverified::read(jwt)?;
    let name = jwt.header.text("alg")?.ok_or(JoseError::Algorithm)?;
    let algorithm = allowed.iter().find(|allowed| allowed.as_str() == name);
    let digest = algorithm.ok_or(JoseError::Algorithm)?.digest();
    typ.check(&jwt.header)?;
    let expected = mac(digest, secret.expose().as_bytes(), jwt.signed)?;
    if secret::equal(&expected, &jwt.signature) {
        Ok(jwt.claims)
    } else {
        Err(JoseError::Signature)
    }
}

fn mac(digest: MessageDigest, secret: &[u8], message: &[u8]) -> Result<Vec<u8>, JoseError> {
    if secret.len() < digest.size() {
        return Err(JoseError::Key);
    }
    PKey::hmac(secret)
        .and_then(|key| Signer::new(digest, &key)?.sign_oneshot_to_vec(message))
        .map_err(|_| JoseError::Key)
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    use super::*;

    const PLAIN: Typ = Typ::OrPlain("client-authentication+jwt");

    /// RFC 7515, appendix A.1.
    #[test]
    fn a_mac_is_as_in_the_example() {
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr\
                      1Z9CAow";
        let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4\
                       MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let secret = BASE64_URL_SAFE_NO_PAD.decode(secret).unwrap();
        let mac = mac(MessageDigest::sha256(), &secret, message.as_bytes()).unwrap();
        assert_eq!(
            BASE64_URL_SAFE_NO_PAD.encode(mac),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }

    #[test]
    fn a_secret_signs_only_if_it_is_the_right_one_and_long_enough() {
        let sign = |secret: &str, name: &str, digest| {
            let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
            let message = format!("{}.{}", part(&json!({ "alg": name })), part(&json!({})));
            let mac = mac(digest, secret.as_bytes(), message.as_bytes()).unwrap();
            format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
        };
        let (right, wrong) = ("x".repeat(64), "y".repeat(64));
        let verify = |jwt: &str, secret: &str| {
            let secret = Secret::new(secret.to_owned());
            verify_with_secret(jwt, &secret, &HmacAlgorithm::ALL, PLAIN).map(|_| ())
        };
        for algorithm in HmacAlgorithm::ALL {
            let jwt = sign(&right, algorithm.as_str(), algorithm.digest());
            assert_eq!(verify(&jwt, &right), Ok(()));
            assert_eq!(verify(&jwt, &wrong), Err(JoseError::Signature));
            assert_eq!(verify(&jwt, "short"), Err(JoseError::Key));
            let secret = Secret::new(right.clone());
            let refused = verify_with_secret(&jwt, &secret, &[], PLAIN);
            assert_eq!(refused, Err(JoseError::Algorithm));
        }
        // A digest cut short is no digest.
        let jwt = sign(&right, "HS256", MessageDigest::sha256());
        assert_eq!(verify(&jwt[..jwt.len() - 4], &right), Err(JoseError::Signature));
    }
}
