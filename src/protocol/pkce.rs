//! PKCE (RFC 7636): whoever began an authorization is the one who finishes it. S256 and nothing else.

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};

use super::error::{OAuthError, invalid_grant, invalid_request};

/// The S256 challenge of an authorization request: 43 base64url characters (RFC 7636 §4.2).
#[derive(Clone, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct CodeChallenge(String);

impl CodeChallenge {
    /// Reads `code_challenge` beside `code_challenge_method`.
    ///
    /// A missing method means `plain` (RFC 7636 §4.3), which protects nothing and is refused.
    pub fn read(challenge: &str, method: Option<&str>) -> Result<Self, OAuthError> {
        match method {
            Some("S256") => challenge.parse(),
            Some(_) => Err(invalid_request("code_challenge_method must be S256")),
            None => Err(invalid_request("code_challenge_method is missing and must be S256")),
        }
    }

    /// The challenge as it travels.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `verifier` is what the challenge was made from (RFC 7636 §4.6).
    #[must_use]
    pub fn verify(&self, verifier: &str) -> bool {
        let digest = openssl::sha::sha256(verifier.as_bytes());
        let expected = BASE64_URL_SAFE_NO_PAD.encode(digest);
        is_verifier(verifier) && openssl::memcmp::eq(expected.as_bytes(), self.0.as_bytes())
    }
}

/// Judges the verifier at the token endpoint.
///
/// A challenge without a verifier is `invalid_grant`; so is a verifier without a challenge, for
/// somebody has taken the challenge out of the request (RFC 9700 §4.8.2).
pub fn verify(challenge: Option<&CodeChallenge>, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if challenge.verify(verifier) => Ok(()),
        (Some(_), Some(_)) => Err(invalid_grant("code_verifier does not match the code_challenge")),
        (Some(_), None) => Err(invalid_grant("code_verifier is missing")),
        (None, Some(_)) => {
            Err(invalid_grant("code_verifier was sent, but the code has no code_challenge"))
        }
    }
}

/// Whether this is a `code-verifier`: 43 to 128 unreserved characters (RFC 7636 §4.1).
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

impl FromStr for CodeChallenge {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        match BASE64_URL_SAFE_NO_PAD.decode(text) {
            Ok(digest) if digest.len() == 32 => Ok(Self(text.to_owned())),
            _ => Err(invalid_request("code_challenge must be 43 base64url characters")),
        }
    }
}

impl fmt::Display for CodeChallenge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl serde::Serialize for CodeChallenge {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

from_text!(CodeChallenge);
crate::text_column!(CodeChallenge);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 7636 Appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn challenge() -> CodeChallenge {
        CodeChallenge::read(CHALLENGE, Some("S256")).unwrap()
    }

    fn challenge_of(verifier: &str) -> CodeChallenge {
        let digest = openssl::sha::sha256(verifier.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(digest).parse().unwrap()
    }

    #[test]
    fn the_example_of_the_specification_holds() {
        assert!(challenge().verify(VERIFIER));
        assert_eq!(challenge().as_str(), CHALLENGE);
    }

    #[test]
    fn plain_is_refused_said_or_unsaid() {
        for method in [None, Some("plain"), Some("s256"), Some("")] {
            let refusal = CodeChallenge::read(CHALLENGE, method).unwrap_err();
            assert_eq!(refusal.code.as_str(), "invalid_request", "{method:?}");
        }
    }

    #[test]
    fn what_is_no_digest_is_no_challenge() {
        let padded = format!("{CHALLENGE}=");
        let loose_bits = format!("{}N", &CHALLENGE[..42]);
        let standard_alphabet = CHALLENGE.replace('-', "+");
        for wrong in [
            "",
            &CHALLENGE[..42],
            &padded,
            &loose_bits,
            &standard_alphabet,
            VERIFIER.get(1..).unwrap(),
        ] {
            assert!(wrong.parse::<CodeChallenge>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        for (length, good) in [(42, false), (43, true), (128, true), (129, false)] {
            let verifier = "a".repeat(length);
            assert_eq!(challenge_of(&verifier).verify(&verifier), good, "{length}");
        }
        let with_a_space = VERIFIER.replace('-', " ");
        assert!(!challenge_of(&with_a_space).verify(&with_a_space));
    }

    #[test]
    fn a_missing_wrong_or_unexpected_verifier_is_an_invalid_grant() {
        let challenge = challenge();
        assert_eq!(verify(None, None), Ok(()));
        assert_eq!(verify(Some(&challenge), Some(VERIFIER)), Ok(()));
        let other = "a".repeat(43);
        for (challenge, verifier) in [
            (Some(&challenge), None),
            (Some(&challenge), Some(other.as_str())),
            (None, Some(VERIFIER)),
        ] {
            let refusal = verify(challenge, verifier).unwrap_err();
            assert_eq!(refusal.code.as_str(), "invalid_grant");
        }
    }

    proptest! {
        #[test]
        fn only_the_verifier_itself_fits(
            verifier in "[A-Za-z0-9._~-]{43,128}", other in "[A-Za-z0-9._~-]{43,128}"
        ) {
            prop_assert!(challenge_of(&verifier).verify(&verifier));
            prop_assert_eq!(challenge_of(&verifier).verify(&other), verifier == other);
        }

        #[test]
        fn no_text_breaks_the_check(text in any::<String>()) {
            let _ = text.parse::<CodeChallenge>();
            prop_assert!(!challenge().verify(&text));
        }
    }
}
