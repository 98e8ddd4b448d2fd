//! Scopes → what is told of a person (OpenID Connect Core §5.4).

use serde_json::{Map, Value, json};

use crate::{
    protocol::scope::Scope,
    store::{
        contacts::{Channel, Contact},
        users::User,
    },
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
    ("email", &["email", "email_verified"]),
    ("address", &["address"]),
    ("phone", &["phone_number", "phone_number_verified"]),
];

/// Every scope this server knows, in the order discovery lists them.
pub const KNOWN_SCOPES: &[&str] =
    &["openid", "profile", "email", "address", "phone", "offline_access"];

/// Every claim a person can have, in the order discovery lists them.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCOPES.iter().flat_map(|(_, claims)| claims.iter().copied())
}

/// What `scope` tells of this person. What they have not said is left out, never null or empty.
#[must_use]
pub fn told(scope: &Scope, user: &User, contacts: &[Contact]) -> Map<String, Value> {
    let all = everything(user, contacts);
    let asked = SCOPES.iter().filter(|(name, _)| scope.contains(name));
    let asked = asked.flat_map(|(_, claims)| claims.iter());
    asked
        .filter_map(|name| all.get(*name).map(|value| ((*name).to_owned(), value.clone())))
        .collect()
}

/// Every claim we could tell of this person.
fn everything(user: &User, contacts: &[Contact]) -> Map<String, Value> {
    let mut claims = match serde_json::to_value(user.profile()) {
        Ok(Value::Object(claims)) => claims,
        _ => Map::new(),
    };
    claims.insert("name".into(), json!(user.name));
    claims.insert("updated_at".into(), json!(user.updated_at.seconds()));
    if let Some(email) = primary(contacts, Channel::Email) {
        claims.insert("email".into(), json!(email.address));
        claims.insert("email_verified".into(), json!(email.verified_at.is_some()));
    }
    if let Some(phone) = primary(contacts, Channel::Sms) {
        claims.insert("phone_number".into(), json!(phone.canonical));
        claims.insert("phone_number_verified".into(), json!(phone.verified_at.is_some()));
    }
    claims
}

fn primary(contacts: &[Contact], channel: Channel) -> Option<&Contact> {
    contacts.iter().find(|contact| contact.channel == channel && contact.is_primary)
}
