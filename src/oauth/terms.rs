//! What an app asks of a person, in the words of every page that asks, and what they answer.

use serde_json::{Map, Value};

use super::issue::claims;
use crate::{
    protocol::scope::Scope,
    store::{clients::Client, grants::Consent, reach::EmailChoice, users::User},
    web::{
        error::PageError,
        form::Parameters,
        page::Page,
        parts::{AddressChoice, Permission, SharedValue},
        scopes,
        shared_email::{self, Shareable},
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
    /// Which mail address they chose for it.
    pub email: Option<EmailChoice>,
}

/// What the page says of it.
pub struct Terms {
    /// The claims that go with a yes, by their values.
    pub shared: Vec<SharedValue>,
    /// The mail addresses that the person may choose from; none where there is no choice.
    pub addresses: Vec<AddressChoice>,
    /// What the app may do with a yes, and what the person may leave out of it.
    pub permissions: Vec<Permission>,
}

impl Terms {
    /// The terms of this app for this person.
    #[must_use]
    pub fn of(page: &Page, asking: &Asking<'_>, user: &User, emails: &Shareable) -> Self {
        let optional = optional(asking.client, asking.new);
        let needed = asking.new.difference(&optional);
        let addresses = if shared_email::is_told(asking.new) {
            emails.choices(asking.email)
        } else {
            Vec::new()
        };
        let mut reach = emails.reach(asking.email);
        if !addresses.is_empty() {
            // The choice shows it.
            reach.email = None;
        }
        let told = |scope: &Scope| values(page, &claims::allowed(scope, user, &reach));
        let doing = needed.iter().filter(|name| scopes::is_permission(name));
        let doing = doing.map(|name| Permission {
            sentence: scopes::sentence(page, name),
            choice: None,
            ..asking.permission(page, name)
        });
        let chosen = optional.iter().map(|name| Permission {
            sentence: meaning(page, name, told),
            choice: Some(asking.standing.contains(name)),
            ..asking.permission(page, name)
        });
        Self { shared: told(&needed), addresses, permissions: doing.chain(chosen).collect() }
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
///
/// # Errors
/// If it names a mail address that is not among these.
pub fn answer(
    form: &Parameters,
    client: &Client,
    new: &Scope,
    emails: &Shareable,
) -> Result<Consent, PageError> {
    let ticked = |name: &&str| form.get(&format!("allow:{name}")) == Some("yes");
    let optional = optional(client, new);
    let declined = optional.iter().filter(|name| !ticked(name)).collect::<Vec<_>>().join(" ");
    let declined = declined.parse().unwrap_or(optional);
    let allowed = new.difference(&declined);
    let told = shared_email::is_told(&allowed);
    let email = if told { emails.read(form)? } else { None };
    Ok(Consent { allowed, declined, email })
}

fn optional(client: &Client, asked: &Scope) -> Scope {
    asked.intersection(&client.optional_scope())
}

/// Each claim with its present value.
fn values(page: &Page, told: &Map<String, Value>) -> Vec<SharedValue> {
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
fn meaning(page: &Page, scope: &str, told: impl Fn(&Scope) -> Vec<SharedValue>) -> String {
    match scope {
        "offline_access" => page.text("consent-offline").to_string(),
        _ if scopes::is_permission(scope) => scopes::sentence(page, scope),
        _ => {
            let told = told(&scope.parse().unwrap_or_default());
            let said = told.iter().map(|value| format!("{}: {}", value.label, value.value));
            said.collect::<Vec<_>>().join(" · ")
        }
    }
}

/// What is told but not worth a line: whether something is proved, and when it changed.
const UNSAID: &[&str] =
    &["email_verified", claims::IS_PRIVATE, "phone_number_verified", "updated_at"];

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
