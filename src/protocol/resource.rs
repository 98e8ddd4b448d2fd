//! Resource indicators (RFC 8707): for which API a token is meant.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use url::Url;

use super::error::{OAuthError, invalid_target};

const MOST_CHARACTERS: usize = 500;

/// The name of an API: an absolute URI without fragment, compared as it is written (RFC 8707 §2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Resource(String);

impl Resource {
    /// The URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Resource {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        let sentence = if text.len() > MOST_CHARACTERS {
            "resource is longer than 500 characters"
        } else if text.contains('#') {
            "resource must not have a fragment"
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) || Url::parse(text).is_err() {
            "resource must be an absolute URI"
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(invalid_target(sentence).because(format_args!("{text:.200?}")))
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl serde::Serialize for Resource {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

from_text!(Resource);
crate::text_column!(Resource);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_uri_is_kept_as_it_is() {
        for good in ["https://api.example/", "https://api.example/orders?v=1", "urn:example:api"] {
            assert_eq!(good.parse::<Resource>().unwrap().as_str(), good);
        }
    }

    #[test]
    fn anything_else_is_an_invalid_target() {
        let long = format!("https://api.example/{}", "a".repeat(500));
        for (wrong, piece) in [
            ("", "absolute"),
            ("/orders", "absolute"),
            ("api.example", "absolute"),
            ("https://api.example/a b", "absolute"),
            ("https://api.example/ü", "absolute"),
            ("https://api.example/#", "fragment"),
            ("https://api.example/#orders", "fragment"),
            (&long, "500"),
        ] {
            let refusal = wrong.parse::<Resource>().unwrap_err();
            assert_eq!(refusal.code.as_str(), "invalid_target", "{wrong:?}");
            assert!(refusal.description.contains(piece), "{wrong:?}: {refusal}");
        }
    }

    #[test]
    fn json_holds_the_uri() {
        let resource: Resource = serde_json::from_str(r#""urn:example:api""#).unwrap();
        assert_eq!(serde_json::to_string(&resource).unwrap(), r#""urn:example:api""#);
        assert!(serde_json::from_str::<Resource>(r#""orders""#).is_err());
    }
}
