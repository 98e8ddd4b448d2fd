//! What an app asks of a person, in the words of every page that asks, and what they answer.

use serde_json::Value;

use super::issue::claims;
use crate::{
    protocol::scope::Scope,
    store::{clients::Client, contacts::Contact, grants::Consent, users::User},
    web::{
        form::Parameters,
        page::Page,
        parts::{Permission, SharedValue},
        scopes,
    },
};

/// What is asked, and what stood before.
pub struct Asking<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// What the person is asked about.
    pub new: &'a Scope,
    /// What else the request is for, allowed before.
    pub old: &'a Scope,
    /// What the person allows the app now.
    pub standing: &'a Scope,
}

/// What the page says of it.
pub struct Terms {
    /// The claims that go with a yes, by their values.
    pub shared: Vec<SharedValue>,
    /// What the app may do with a yes, and what the person may leave out of it.
    pub permissions: Vec<Permission>,
}

impl Terms {
    /// The terms of this app for this person.
    #[must_use]
    pub fn of(page: &Page, asking: &Asking<'_>, user: &User, contacts: &[Contact]) -> Self {
        let optional = optional(asking.client, asking.new);
        let needed = asking.new.difference(&optional);
        let doing = needed.iter().filter(|name| scopes::is_permission(name));
        let doing = doing.map(|name| Permission {
            sentence: scopes::sentence(page, name),
            choice: None,
            ..asking.permission(page, name)
        });
        let chosen = optional.iter().map(|name| Permission {
            sentence: meaning(page, name, user, contacts),
            choice: Some(asking.standing.contains(name)),
            ..asking.permission(page, name)
        });
        Self {
            shared: values(page, &needed, user, contacts),
            permissions: doing.chain(chosen).collect(),
        }
    }
}

impl Asking<'_> {
    fn permission(&self, page: &Page, scope: &str) -> Permission {
        let reasons = self.client.metadata.scope_reasons.as_ref();
        Permission {
            scope: scope.to_owned(),
            title: scopes::title(page, scope),
            sentence: String::new(),
            changes: false,
            reason: reasons.and_then(|reasons| reasons.get(scope).cloned()),
            choice: None,
            new: !self.old.is_empty(),
        }
    }
}

/// What a yes on this form means: what could be left out and is not ticked is declined.
#[must_use]
pub fn answer(form: &Parameters, client: &Client, new: &Scope) -> Consent {
    let ticked = |name: &&str| form.get(&format!("allow:{name}")) == Some("yes");
    let optional = optional(client, new);
    let declined = optional.iter().filter(|name| !ticked(name)).collect::<Vec<_>>().join(" ");
    let declined = declined.parse().unwrap_or(optional);
    Consent { allowed: new.difference(&declined), declined }
}

fn optional(client: &Client, asked: &Scope) -> Scope {
    asked.intersection(&client.optional_scope())
}

/// Each claim with its present value.
fn values(page: &Page, scope: &Scope, user: &User, contacts: &[Contact]) -> Vec<SharedValue> {
    let told = claims::allowed(scope, user, contacts);
    let shown = told.iter().filter(|(name, _)| !UNSAID.contains(&name.as_str()));
    shown
        .map(|(name, value)| SharedValue {
            label: page.text(&format!("claim-{}", name.replace('_', "-"))).to_string(),
            value: words(value),
            new: false,
        })
        .collect()
}

/// What leaving a tick or setting it comes to: the values themselves, where it tells any.
fn meaning(page: &Page, scope: &str, user: &User, contacts: &[Contact]) -> String {
    let alone = scope.parse().unwrap_or_default();
    let values = values(page, &alone, user, contacts);
    match scope {
        "offline_access" => page.text("consent-offline").to_string(),
        _ if scopes::is_permission(scope) => scopes::sentence(page, scope),
        _ => {
            let said = values.iter().map(|value| format!("{}: {}", value.label, value.value));
            said.collect::<Vec<_>>().join(" · ")
        }
    }
}

/// What is told but not worth a line: whether something is proved, and when it changed.
const UNSAID: &[&str] = &["email_verified", "phone_number_verified", "updated_at"];

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(address) => {
            let formatted = address.get("formatted").and_then(Value::as_str);
            formatted.map_or_else(
                || address.values().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
                |formatted| formatted.replace('\n', ", "),
            )
        }
        other => other.to_string(),
    }
}
