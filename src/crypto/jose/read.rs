//! Reading a JWT without believing it.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::JoseError;

/// The largest JWT we read. A request object with everything in it has about two kilobytes.
const MOST_BYTES: usize = 32 * 1024;

/// The members of a JWT's header or body. A member of the wrong type is an error, not an absence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims(Map<String, Value>);

impl Claims {
    /// A text, if the claim is there.
    pub fn text(&self, name: &'static str) -> Result<Option<&str>, JoseError> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(JoseError::Claim(name)),
        }
    }

    /// A text that must be there.
    pub fn required_text(&self, name: &'static str) -> Result<&str, JoseError> {
        self.text(name)?.ok_or(JoseError::Claim(name))
    }

    /// One text or a list of them, such as `aud` (RFC 7519 §4.1.3); none if the claim is not there.
    pub fn texts(&self, name: &'static str) -> Result<Vec<&str>, JoseError> {
        match self.0.get(name) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text]),
            Some(Value::Array(list)) => {
                let texts = list.iter().map(|value| value.as_str().ok_or(JoseError::Claim(name)));
                texts.collect()
            }
            Some(_) => Err(JoseError::Claim(name)),
        }
    }

    /// Whole seconds since 1970, such as `exp` (RFC 7519 §2, `NumericDate`), fractions dropped.
    pub fn seconds(&self, name: &'static str) -> Result<Option<i64>, JoseError> {
        /// Seconds until the year 9999: nothing beyond is a date.
        const MOST: i64 = 253_402_300_799;
        let Some(value) = self.0.get(name) else { return Ok(None) };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` saturates, and the range is next"
        )]
        let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64));
        let date = seconds.filter(|seconds| (-MOST..=MOST).contains(seconds));
        date.map(Some).ok_or(JoseError::Claim(name))
    }

    /// Any other claim.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All of them.
    #[must_use]
    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

impl From<Map<String, Value>> for Claims {
    fn from(members: Map<String, Value>) -> Self {
        Self(members)
    }
}

/// A JWT taken apart (RFC 7515 §7.1), not yet verified: nothing in it is true.
#[derive(Debug)]
pub struct Unverified<'a> {
    pub(super) header: Claims,
    pub(super) claims: Claims,
    /// What the signature is over.
    pub(super) signed: &'a [u8],
    pub(super) signature: Vec<u8>,
}

impl<'a> Unverified<'a> {
    /// Takes a JWT apart. One that brings its own key or demands extensions is refused here, for
    /// every use.
    pub fn read(jwt: &'a str) -> Result<Self, JoseError> {
        if jwt.len() > MOST_BYTES {
            return Err(JoseError::TooLarge);
        }
        let (signed, signature) = jwt.rsplit_once('.').ok_or(JoseError::Malformed)?;
        let (header, body) = signed.split_once('.').ok_or(JoseError::Malformed)?;
        let header = object(header)?;
        if ["jwk", "jku", "x5u", "x5c"].iter().any(|name| header.get(name).is_some()) {
            return Err(JoseError::KeySource);
        }
        if ["crit", "b64"].iter().any(|name| header.get(name).is_some()) {
            return Err(JoseError::Critical);
        }
        Ok(Self {
            claims: object(body)?,
            header,
            signed: signed.as_bytes(),
            signature: bytes(signature)?,
        })
    }

    /// What it says of itself.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// What it says of its signature and key.
    #[must_use]
    pub const fn header(&self) -> &Claims {
        &self.header
    }
}

/// What a JWT claims, true or not: good for finding out whose keys it should be verified with.
pub fn peek_unverified(jwt: &str) -> Result<Claims, JoseError> {
    Unverified::read(jwt).map(|jwt| jwt.claims)
}

pub(super) fn object(part: &str) -> Result<Claims, JoseError> {
    let members = serde_json::from_slice(&bytes(part)?).map_err(|_| JoseError::Malformed)?;
    Ok(Claims(members))
}

pub(super) fn bytes(part: &str) -> Result<Vec<u8>, JoseError> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| JoseError::Malformed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        let Value::Object(members) = value else { panic!("an object") };
        Claims(members)
    }

    fn jwt(header: &str, body: &str) -> String {
        let part = |text| BASE64_URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.AA", part(header), part(body))
    }

    #[test]
    fn times_that_are_no_times_are_errors_and_never_panics() {
        let read = |value| claims(json!({ "exp": value })).seconds("exp");
        assert_eq!(read(json!(1_300_819_380)), Ok(Some(1_300_819_380)));
        assert_eq!(read(json!(1_300_819_380.9)), Ok(Some(1_300_819_380)));
        assert_eq!(read(json!(-1)), Ok(Some(-1)));
        for wrong in [json!(1e300), json!(u64::MAX), json!(i64::MIN), json!("1"), json!(null)] {
            assert_eq!(read(wrong), Err(JoseError::Claim("exp")));
        }
        assert_eq!(Claims::default().seconds("exp"), Ok(None));
    }

    #[test]
    fn a_wrong_type_is_not_an_absence() {
        let claims =
            claims(json!({ "iss": 7, "aud": ["a", 7], "sub": "s", "one": "a", "n": null }));
        assert_eq!(claims.text("iss"), Err(JoseError::Claim("iss")));
        assert_eq!(claims.text("n"), Err(JoseError::Claim("n")));
        assert_eq!(claims.text("sub"), Ok(Some("s")));
        assert_eq!(claims.text("none"), Ok(None));
        assert_eq!(claims.required_text("none"), Err(JoseError::Claim("none")));
        assert_eq!(claims.texts("aud"), Err(JoseError::Claim("aud")));
        assert_eq!(claims.texts("one"), Ok(vec!["a"]));
        assert_eq!(claims.texts("none"), Ok(vec![]));
    }

    #[test]
    fn a_jwt_that_brings_a_key_or_demands_extensions_is_refused() {
        let refused = |header: &str| Unverified::read(&jwt(header, "{}")).map(|_| ()).unwrap_err();
        for source in ["jwk", "jku", "x5u", "x5c"] {
            assert_eq!(
                refused(&json!({ "alg": "ES256", source: 1 }).to_string()),
                JoseError::KeySource
            );
        }
        for demand in ["crit", "b64"] {
            let header = json!({ "alg": "ES256", demand: null }).to_string();
            assert_eq!(refused(&header), JoseError::Critical);
        }
    }

    #[test]
    fn what_is_no_jwt_is_malformed() {
        let wrong =
            ["", ".", "..", "a.b.c", "e30.e30", "e30.e30.e30.e30", "e30.W10.AA", "e30.e30.A"];
        for text in wrong {
            let error = Unverified::read(text).map(|_| ()).unwrap_err();
            assert_eq!(error, JoseError::Malformed, "{text}");
        }
        let long = jwt("{}", &format!("{{\"a\":\"{}\"}}", "x".repeat(MOST_BYTES)));
        assert_eq!(Unverified::read(&long).map(|_| ()), Err(JoseError::TooLarge));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,200}", header in ".{0,80}", body in ".{0,80}") {
            let _ = Unverified::read(&text).map(|_| ());
            let _ = Unverified::read(&jwt(&header, &body)).map(|_| ());
        }
    }
}
