//! The `claims` parameter (OpenID Connect Core §5.5): single claims asked for, one by one.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::Value;

use super::{
    error::{OAuthError, invalid_request},
    json_object::JsonObject,
};

const MOST_BYTES: usize = 8 * 1024;
const MOST_CLAIMS: usize = 64;
const MOST_VALUES: usize = 32;
const MOST_NAME_BYTES: usize = 100;
const DEEPEST_VALUE: usize = 3;

/// The claims asked for, by where they should be told.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Places {
    #[serde(default, skip_serializing_if = "Claims::is_empty")]
    userinfo: Claims,
    #[serde(default, skip_serializing_if = "Claims::is_empty")]
    id_token: Claims,
}

/// A `claims` parameter. In JSON it is text, as it is in a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimsRequest(Places);

/// Claims asked for at one place, by name. A name may carry a language: `name#ja`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims(BTreeMap<String, ClaimRequest>);

/// How one claim is asked for (OpenID Connect Core §5.5.1). Unknown members are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ClaimRequest {
    /// Whether the client cannot go on well without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub essential: bool,
    /// The one value that will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The values that will do, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

impl ClaimsRequest {
    /// Reads the object that stands in a signed request (OpenID Connect Core §6.1).
    pub fn from_value(value: &Value) -> Result<Self, OAuthError> {
        value.to_string().parse()
    }

    /// What should be told at the userinfo endpoint.
    #[must_use]
    pub const fn userinfo(&self) -> &Claims {
        &self.0.userinfo
    }

    /// What should be told in the ID token.
    #[must_use]
    pub const fn id_token(&self) -> &Claims {
        &self.0.id_token
    }
}

impl Claims {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How a claim is asked for, if it is, by its full name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&ClaimRequest> {
        self.0.get(name)
    }

    /// Every claim asked for: name, language (OpenID Connect Core §5.2), and how.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>, &ClaimRequest)> {
        self.0.iter().map(|(name, how)| match name.split_once('#') {
            Some((name, language)) => (name, Some(language), how),
            None => (name.as_str(), None, how),
        })
    }
}

impl ClaimRequest {
    /// Whether this value will do: the one asked for, one of those, or any if none was named.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        let free = self.value.is_none() && self.values.is_empty();
        free || self.value.as_ref() == Some(value) || self.values.contains(value)
    }

    fn judge(&self) -> Result<(), &'static str> {
        if self.values.len() > MOST_VALUES {
            return Err("too many values");
        }
        let flat = self.value.iter().chain(&self.values).all(|value| depth(value) <= DEEPEST_VALUE);
        if flat { Ok(()) } else { Err("a value is nested too deeply") }
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

impl FromStr for ClaimsRequest {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        if text.len() > MOST_BYTES {
            return Err(invalid_request("claims is longer than 8 KiB"));
        }
        let places = serde_json::from_str::<JsonObject<Places>>(text);
        places.map(|places| Self(places.0)).map_err(|error| {
            invalid_request("claims is not an object as OpenID Connect Core 5.5 has it")
                .because(error)
        })
    }
}

impl fmt::Display for ClaimsRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for ClaimsRequest {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

from_text!(ClaimsRequest);

impl Serialize for Claims {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

/// By hand, so that a claim named twice is a refusal and `null` is a claim (OpenID Connect Core
/// §5.5.1: asked for in the default manner).
impl<'de> Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Claims;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object of claims")
            }

            fn visit_unit<E>(self) -> Result<Claims, E> {
                Ok(Claims::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Claims, A::Error> {
                let mut claims = BTreeMap::new();
                while let Some((name, how)) =
                    members.next_entry::<String, Option<JsonObject<ClaimRequest>>>()?
                {
                    let how = how.unwrap_or_default().0;
                    how.judge().map_err(A::Error::custom)?;
                    let sound =
                        (1..=MOST_NAME_BYTES).contains(&name.len()) && claims.len() < MOST_CLAIMS;
                    if !sound || claims.insert(name, how).is_some() {
                        return Err(A::Error::custom("a claim twice, unnamed or one too many"));
                    }
                }
                Ok(Claims(claims))
            }
        }

        from.deserialize_any(Members)
    }
}

#[cfg(test)]
mod tests;
