//! Believing what somebody else has signed. The algorithm comes from the key and from what the client
//! registered, never from the header alone (RFC 8725 §3.1).

use josekit::jwk::Jwk;

use super::{Algorithm, Claims, ForeignKeys, JoseError, Unverified, algorithm::verifier};

/// What kind of JWT is expected, so that one is not taken for another (RFC 8725 §3.11).
#[derive(Clone, Copy, Debug)]
pub enum Typ {
    /// The header must say this.
    Exactly(&'static str),
    /// The header may say this, or `JWT`, or nothing: for uses older than the rule.
    OrPlain(&'static str),
}

impl Typ {
    pub(super) fn check(self, header: &Claims) -> Result<(), JoseError> {
        let (Self::Exactly(expected) | Self::OrPlain(expected)) = self;
        let fits = match header.text("typ")? {
            None => matches!(self, Self::OrPlain(_)),
            Some(typ) => {
                // RFC 7515 §4.1.9: a media type, its first half left out, in any case.
                let lower = typ.to_ascii_lowercase();
                let typ = lower.strip_prefix("application/").unwrap_or(&lower);
                typ == expected || (typ == "jwt" && matches!(self, Self::OrPlain(_)))
            }
        };
        fits.then_some(()).ok_or(JoseError::Type)
    }
}

/// Believes a JWT that one of these keys has signed in one of the allowed ways.
///
/// [`JoseError::UnknownKey`] says that the set may be out of date. Times and audience are the
/// caller's to judge.
pub fn verify_foreign(
    jwt: &str,
    keys: &ForeignKeys,
    allowed: &[Algorithm],
    typ: Typ,
) -> Result<Claims, JoseError> {
    let jwt = Unverified::read(jwt)?;
    let algorithm = algorithm(&jwt.header, allowed)?;
    typ.check(&jwt.header)?;
    let kid = jwt.header.text("kid")?;
    let named = |key: &&Jwk| kid.is_none() || key.key_id() == kid;
    let mut verifiers =
        keys.0.iter().filter(named).filter_map(|key| verifier(algorithm, key).ok()).peekable();
    if verifiers.peek().is_none() {
        return Err(JoseError::UnknownKey);
    }
    if verifiers.any(|verifier| verifier.verify(jwt.signed, &jwt.signature).is_ok()) {
        return Ok(jwt.claims);
    }
    // Without a name, it may be signed by a key that we have not seen yet.
    Err(if kid.is_some() { JoseError::Signature } else { JoseError::UnknownKey })
}

fn algorithm(header: &Claims, allowed: &[Algorithm]) -> Result<Algorithm, JoseError> {
    let algorithm = header.text("alg")?.ok_or(JoseError::Algorithm)?.parse()?;
    if allowed.contains(&algorithm) { Ok(algorithm) } else { Err(JoseError::Algorithm) }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::crypto::jose::SigningKey;

    const PLAIN: Typ = Typ::OrPlain("client-authentication+jwt");

    fn set(keys: &[&Value]) -> ForeignKeys {
        ForeignKeys::from_value(&json!({ "keys": keys })).unwrap()
    }

    fn key(algorithm: Algorithm) -> SigningKey {
        SigningKey::generate(algorithm).unwrap()
    }

    /// Signs with any header at all.
    fn signed(key: &SigningKey, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).unwrap());
        format!("{message}.{signature}")
    }

    /// RFC 7515, appendix A.3.
    #[test]
    fn the_example_of_the_specification_is_accepted() {
        let keys = set(&[&json!({
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        })]);
        let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9\
                   leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXF\
                   CgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        let claims = verify_foreign(jwt, &keys, &[Algorithm::Es256], PLAIN).unwrap();
        assert_eq!(claims.text("iss"), Ok(Some("joe")));
        assert_eq!(claims.seconds("exp"), Ok(Some(1_300_819_380)));
    }

    #[test]
    fn every_algorithm_is_accepted_where_allowed_and_only_there() {
        for algorithm in Algorithm::ALL {
            let key = key(algorithm);
            let keys = set(&[key.public_jwk()]);
            let jwt = key.sign_compact(None, &json!({ "iss": "shop" })).unwrap();
            assert!(verify_foreign(&jwt, &keys, &[algorithm], PLAIN).is_ok(), "{algorithm}");
            let others: Vec<_> = Algorithm::ALL.into_iter().filter(|a| *a != algorithm).collect();
            let refused = verify_foreign(&jwt, &keys, &others, PLAIN);
            assert_eq!(refused, Err(JoseError::Algorithm));
        }
    }

    #[test]
    fn the_header_does_not_choose_the_algorithm() {
        let key = key(Algorithm::Rs256);
        let keys = set(&[key.public_jwk()]);
        let claims = json!({ "iss": "shop" });
        // The key says RS256: the same RSA key is not taken for PS256.
        let other = signed(&key, &json!({ "alg": "PS256", "kid": key.kid() }), &claims);
        let refused = verify_foreign(&other, &keys, &Algorithm::ALL, PLAIN);
        assert_eq!(refused, Err(JoseError::UnknownKey));
        for name in ["none", "HS256", "NONE", ""] {
            let jwt = signed(&key, &json!({ "alg": name, "kid": key.kid() }), &claims);
            let refused = verify_foreign(&jwt, &keys, &Algorithm::ALL, PLAIN);
            assert_eq!(refused, Err(JoseError::Algorithm), "{name}");
        }
        let without = signed(&key, &json!({ "kid": key.kid() }), &claims);
        assert_eq!(
            verify_foreign(&without, &keys, &Algorithm::ALL, PLAIN),
            Err(JoseError::Algorithm)
        );
    }

    #[test]
    fn an_unknown_key_and_a_wrong_signature_are_told_apart() {
        let (known, new) = (key(Algorithm::Es256), key(Algorithm::Es256));
        let keys = set(&[known.public_jwk()]);
        let verify = |jwt: &str| verify_foreign(jwt, &keys, &[Algorithm::Es256], PLAIN);
        let jwt = new.sign_compact(None, &json!({})).unwrap();
        assert_eq!(verify(&jwt), Err(JoseError::UnknownKey));
        let posing = signed(&new, &json!({ "alg": "ES256", "kid": known.kid() }), &json!({}));
        assert_eq!(verify(&posing), Err(JoseError::Signature));
        let nameless = signed(&known, &json!({ "alg": "ES256" }), &json!({}));
        assert!(verify(&nameless).is_ok());
        let nameless = signed(&new, &json!({ "alg": "ES256" }), &json!({}));
        assert_eq!(verify(&nameless), Err(JoseError::UnknownKey));
    }

    #[test]
    fn a_jwt_for_another_use_is_refused() {
        let key = key(Algorithm::EdDsa);
        let keys = set(&[key.public_jwk()]);
        let check = |typ: Option<&str>, expected| {
            let jwt = key.sign_compact(typ, &json!({})).unwrap();
            verify_foreign(&jwt, &keys, &[Algorithm::EdDsa], expected).map(|_| ())
        };
        let request = Typ::OrPlain("oauth-authz-req+jwt");
        for typ in [None, Some("JWT"), Some("oauth-authz-req+jwt"), Some("application/JWT")] {
            assert_eq!(check(typ, request), Ok(()), "{typ:?}");
        }
        assert_eq!(check(Some("at+jwt"), request), Err(JoseError::Type));
        let token = Typ::Exactly("at+jwt");
        assert_eq!(check(Some("AT+JWT"), token), Ok(()));
        for typ in [None, Some("JWT"), Some("oauth-authz-req+jwt")] {
            assert_eq!(check(typ, token), Err(JoseError::Type), "{typ:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_changed_jwt_is_never_believed(at: prop::sample::Index, letter in "[A-Za-z0-9_.-]") {
            let key = key(Algorithm::EdDsa);
            let jwt = key.sign_compact(None, &json!({ "iss": "shop", "aud": ["id"] })).unwrap();
            let at = at.index(jwt.len());
            let mut changed = jwt.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != jwt);
            let keys = set(&[key.public_jwk()]);
            prop_assert!(verify_foreign(&changed, &keys, &[Algorithm::EdDsa], PLAIN).is_err());
        }
    }
}
