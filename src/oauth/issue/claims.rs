//! Scopes → what is told of a person (OpenID Connect Core §5.4).

use serde_json::{Map, Value, json};

use crate::{
    protocol::{
        claims_request::{Claims, ClaimsRequest},
        scope::Scope,
    },
    store::{reach::Reach, users::User},
};

/// Which claims each scope asks for. To know what a scope tells, read this table.
const SCOPES: &[(&str, &[&str])] = &[
    (
        "profile",
        &[
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
        ],
    ),
    ("email", &["email", "email_verified", IS_PRIVATE]),
    ("address", &["address"]),
    ("phone", &["phone_number", "phone_number_verified"]),
];

/// Whether the mail address hides another: told only where it does.
pub const IS_PRIVATE: &str = "is_private_email";

/// Every scope this server knows, in the order discovery lists them.
pub const KNOWN_SCOPES: &[&str] =
    &["openid", "profile", "email", "address", "phone", "offline_access"];

/// Every claim a person can have, in the order discovery lists them.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCOPES.iter().flat_map(|(_, claims)| claims.iter().copied())
}

/// What stands before the name of a single claim in the scope of a grant or a token: what the
/// `claims` parameter asks for is consented to, narrowed and removed like any scope.
const SINGLE: &str = "claim:";

/// A scope with the single claims that a `claims` parameter adds to it (OpenID Connect Core §5.5).
/// Claims that the scope tells anyway, or that nobody has, add nothing.
#[must_use]
pub fn widened(scope: &Scope, request: &ClaimsRequest) -> Scope {
    let told: Vec<&str> = names_in(scope).collect();
    let asked = request.userinfo().iter().chain(request.id_token().iter());
    let asked = asked.map(|(name, _, _)| name);
    let single = asked.filter(|name| names().any(|known| known == *name) && !told.contains(name));
    let single = single.map(|name| format!("{SINGLE}{name}")).collect::<Vec<_>>().join(" ");
    single.parse().map_or_else(|_| scope.clone(), |single| scope.union(&single))
}

/// A scope as programs see it: without the single claims.
#[must_use]
pub fn public(scope: &Scope) -> Scope {
    scope.only(|word| !word.starts_with(SINGLE))
}

/// The names of the claims that a scope covers.
pub fn names_in(scope: &Scope) -> impl Iterator<Item = &str> {
    let asked = SCOPES.iter().filter(|(name, _)| scope.contains(name));
    let single = scope.iter().filter_map(|word| word.strip_prefix(SINGLE));
    asked.flat_map(|(_, claims)| claims.iter().copied()).chain(single)
}

/// Whether a scope covers a mail address or a number, which stand in rows of their own.
#[must_use]
pub fn need_reach(scope: &Scope) -> bool {
    names_in(scope).any(|name| name.starts_with("email") || name.starts_with("phone"))
}

/// What an app with this scope may be told of this person. What they have not said is left out,
/// never null or empty.
#[must_use]
pub fn allowed(scope: &Scope, user: &User, reach: &Reach) -> Map<String, Value> {
    let names: Vec<&str> = names_in(scope).collect();
    let mut told = everything(user, reach);
    told.retain(|name, _| names.contains(&name.as_str()));
    told
}

/// What the `UserInfo` endpoint tells: what the scopes ask for, and the single claims asked for
/// there (OpenID Connect Core §5.3.2, §5.5).
#[must_use]
pub fn for_userinfo(
    scope: &Scope,
    request: &ClaimsRequest,
    user: &User,
    reach: &Reach,
) -> Map<String, Value> {
    let mut told = allowed(&public(scope), user, reach);
    if !request.userinfo().is_empty() {
        told.extend(asked_at(request.userinfo(), allowed(scope, user, reach)));
    }
    told
}

/// What the ID token tells beyond who and when: only what was asked for there.
#[must_use]
pub fn for_id_token(
    scope: &Scope,
    request: &ClaimsRequest,
    user: &User,
    reach: &Reach,
) -> Map<String, Value> {
    if request.id_token().is_empty() {
        return Map::new();
    }
    asked_at(request.id_token(), allowed(scope, user, reach)).collect()
}

fn asked_at(place: &Claims, allowed: Map<String, Value>) -> impl Iterator<Item = (String, Value)> {
    allowed.into_iter().filter(|(name, _)| place.iter().any(|(asked, _, _)| asked == name))
}

/// Every claim we could tell of this person.
fn everything(user: &User, reach: &Reach) -> Map<String, Value> {
    let mut claims = match serde_json::to_value(user.profile()) {
        Ok(Value::Object(claims)) => claims,
        _ => Map::new(),
    };
    claims.insert("name".into(), json!(user.name));
    claims.insert("updated_at".into(), json!(user.updated_at.seconds()));
    if let Some(email) = &reach.email {
        claims.insert("email".into(), json!(email.address));
        claims.insert("email_verified".into(), json!(email.verified));
        if reach.private {
            claims.insert(IS_PRIVATE.into(), json!(true));
        }
    }
    if let Some(phone) = &reach.phone {
        claims.insert("phone_number".into(), json!(phone.address));
        claims.insert("phone_number_verified".into(), json!(phone.verified));
    }
    claims
}

#[cfg(test)]
mod tests;
