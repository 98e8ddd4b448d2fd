//! What is held, said once: for the page, for the page in a copy, and as JSON.

use serde_json::{Map, Value as Json, json};

use super::held::Held;
use crate::{
    app::App,
    clock::Moment,
    identity::display_name::DisplayName,
    protocol::scope::Scope,
    store::{
        clients::ClientId,
        grants::Grant,
        sessions::Session,
        token_families::Connection,
        trusted_browsers::TrustedBrowser,
        users::{Profile, User},
    },
    web::{page::Page, parts, scopes, urls, whereabouts},
};

/// A part of what is held: entries of one kind.
pub(super) struct Section {
    /// Its name in JSON; `held-<name>` is its title.
    pub name: &'static str,
    /// Where it is changed.
    pub change: Option<&'static str>,
    pub entries: Vec<Vec<Fact>>,
}

/// One thing about an entry: its name in JSON (`held-<name>` is what it is called) and its value.
pub(super) type Fact = (&'static str, Value);

/// A value, as it is kept.
pub(super) enum Value {
    Text(String),
    At(Moment),
    Count(i64),
    Yes(bool),
    Scope(Vec<String>),
    /// What a browser calls itself.
    Agent(String),
    /// Where something called from.
    Place(String),
    /// A word of ours, and the key of what it is called.
    Word(String, &'static str),
}

impl Value {
    fn said(&self, app: &App, page: &Page) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::At(moment) => page.time(moment),
            Self::Count(count) => count.to_string(),
            Self::Yes(yes) => page.text(if *yes { "yes" } else { "no" }).to_string(),
            Self::Scope(scope) => {
                let titles: Vec<_> = scope.iter().map(|name| scopes::title(page, name)).collect();
                titles.join(" · ")
            }
            Self::Agent(agent) => whereabouts::device(agent, page.language),
            Self::Place(address) => whereabouts::place(app, address, page.language),
            Self::Word(_, key) => page.text(key).to_string(),
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Text(text) | Self::Agent(text) | Self::Place(text) | Self::Word(text, _) => {
                json!(text)
            }
            Self::At(moment) => json!(moment.to_string()),
            Self::Count(count) => json!(count),
            Self::Yes(yes) => json!(yes),
            Self::Scope(scope) => json!(scope),
        }
    }
}

impl Section {
    /// As it is shown; of many entries the first `most`.
    pub fn shown(&self, app: &App, page: &Page, most: usize) -> parts::HeldSection {
        let named = |name: &str| page.text(&key(name)).to_string();
        let fact = |(name, value): &Fact| (named(name), value.said(app, page));
        let entry = |facts: &Vec<Fact>| facts.iter().map(fact).collect();
        parts::HeldSection {
            title: named(self.name),
            change: self.change,
            count: self.entries.len(),
            entries: self.entries.iter().take(most).map(entry).collect(),
        }
    }

    /// As it stands in the JSON of a copy.
    pub fn json(&self) -> Json {
        let entry = |facts: &Vec<Fact>| {
            let members = facts.iter().map(|(name, value)| ((*name).to_owned(), value.json()));
            Json::Object(members.collect::<Map<_, _>>())
        };
        self.entries.iter().map(entry).collect()
    }
}

fn key(name: &str) -> String {
    format!("held-{}", name.replace('_', "-"))
}

/// A fact, where there is one.
fn at(name: &'static str, moment: Option<Moment>) -> Option<Fact> {
    moment.map(|moment| (name, Value::At(moment)))
}

fn text(name: &'static str, text: Option<&str>) -> Option<Fact> {
    text.map(|text| (name, Value::Text(text.to_owned())))
}

/// Everything, in the order in which it is shown.
pub(super) fn sections(held: &Held) -> Vec<Section> {
    let section = |name, change, entries| Section { name, change, entries };
    let app = |id: ClientId| {
        let known = held.apps.iter().find(|client| client.id == id);
        text("app", known.map(|client| &*client.name))
    };
    let browsers = held.browsers.iter().map(|(first, last)| {
        vec![("first_seen_at", Value::At(*first)), ("last_seen_at", Value::At(*last))]
    });
    let own_apps = held.own_apps.iter().map(|client| {
        vec![
            ("app", Value::Text(client.name.clone())),
            ("client_id", Value::Text(client.id.to_string())),
            ("created_at", Value::At(client.created_at)),
        ]
    });
    let grants = held.grants.iter().map(|grant| granted(grant, app(grant.client_id)));
    let connections = held.connections.iter().map(|it| connected(it, app(it.family.client_id)));
    let private_emails = held.private_emails.iter().map(|it| {
        let facts = [
            text("contact", Some(&it.address)),
            app(it.client_id),
            at("created_at", Some(it.created_at)),
            at("ended_at", it.stopped_at),
        ];
        facts.into_iter().flatten().collect()
    });
    let reports = held.reports.iter().map(|report| {
        let facts = [
            app(report.client_id),
            text("reason", Some(report.reason.as_str())),
            text("details", Some(&report.details)),
            at("created_at", Some(report.reported_at)),
        ];
        facts.into_iter().flatten().collect()
    });
    vec![
        section("account", None, vec![account(&held.user)]),
        section("contacts", Some(urls::ACCOUNT_CONTACTS), contacts(held)),
        section("proofs", Some(urls::ACCOUNT_SECURITY), vec![proofs(held)]),
        section("keys", Some(urls::ACCOUNT_PASSKEYS), keys(held)),
        section("authenticators", Some(urls::ACCOUNT_TWO_STEP), authenticators(held)),
        section(
            "sessions",
            Some(urls::ACCOUNT_DEVICES),
            held.sessions.iter().map(session).collect(),
        ),
        section("browsers", None, browsers.collect()),
        section("trusted", Some(urls::ACCOUNT_DEVICES), held.trusted.iter().map(trusted).collect()),
        section("linked_devices", Some(urls::ACCOUNT_DEVICES), linked(held)),
        section("apps", Some(urls::ACCOUNT_APPS), grants.collect()),
        section("connections", Some(urls::ACCOUNT_APPS), connections.collect()),
        section("private_emails", Some(urls::ACCOUNT_APPS), private_emails.collect()),
        section("own_apps", None, own_apps.collect()),
        section("reports", None, reports.collect()),
        section("messages", None, messages(held)),
    ]
}

fn account(user: &User) -> Vec<Fact> {
    let own = [
        text("name", Some(&user.name)),
        text("language", user.language.as_deref()),
        at("created_at", Some(user.created_at)),
        at("terms_accepted_at", user.terms_accepted_at),
        text("terms_version", user.terms_version.as_deref()),
        at("suspended_at", user.suspended_at),
        text("suspended_reason", user.suspended_reason.as_deref()),
    ];
    own.into_iter().flatten().chain(profile(&user.profile())).collect()
}

fn profile(profile: &Profile) -> Vec<Fact> {
    let address = profile.address.as_ref().and_then(|it| serde_json::to_value(it).ok());
    let lines = address.as_ref().and_then(Json::as_object).map(|members| {
        let texts: Vec<_> = members.values().filter_map(Json::as_str).collect();
        let whole = members.get("formatted").and_then(Json::as_str);
        whole.map_or_else(|| texts.join(", "), str::to_owned)
    });
    let claims = [
        text("given_name", profile.given_name.as_deref()),
        text("family_name", profile.family_name.as_deref()),
        text("middle_name", profile.middle_name.as_deref()),
        text("nickname", profile.nickname.as_deref()),
        text("preferred_username", profile.preferred_username.as_deref()),
        text("profile", profile.profile.as_deref()),
        text("picture", profile.picture.as_deref()),
        text("website", profile.website.as_deref()),
        text("gender", profile.gender.as_deref()),
        text("birthdate", profile.birthdate.as_deref()),
        text("zoneinfo", profile.zoneinfo.as_deref()),
        text("locale", profile.locale.as_deref()),
        text("address", lines.as_deref()),
    ];
    claims.into_iter().flatten().collect()
}

fn contacts(held: &Held) -> Vec<Vec<Fact>> {
    let each = held.contacts.iter().map(|contact| {
        let facts = [
            text("contact", Some(&contact.address)),
            Some(("primary", Value::Yes(contact.is_primary))),
            at("added_at", Some(contact.created_at)),
            at("verified_at", contact.verified_at),
        ];
        facts.into_iter().flatten().collect()
    });
    each.collect()
}

fn proofs(held: &Held) -> Vec<Fact> {
    let facts = [
        at("password_changed_at", held.password_at),
        at("two_step_at", held.user.two_step_at),
        text("preferred_factor", held.user.preferred_factor.as_deref()),
        Some(("recovery_codes", Value::Count(held.recovery_codes))),
        at("frozen_at", held.user.frozen_at),
        at("thawed_at", held.user.thawed_at),
    ];
    facts.into_iter().flatten().collect()
}

fn keys(held: &Held) -> Vec<Vec<Fact>> {
    let each = held.passkeys.iter().map(|key| {
        let kind = match key.kind.as_str() {
            "passkey" => "held-kind-passkey",
            _ => "held-kind-security-key",
        };
        let facts = [
            text("label", key.name.as_ref().map(DisplayName::as_str)),
            Some(("kind", Value::Word(key.kind.as_str().to_owned(), kind))),
            at("created_at", Some(key.created_at)),
            at("last_used_at", key.last_used_at),
        ];
        facts.into_iter().flatten().collect()
    });
    each.collect()
}

fn authenticators(held: &Held) -> Vec<Vec<Fact>> {
    let each = held.authenticators.iter().map(|it| {
        let facts = [
            text("label", Some(&it.name)),
            at("created_at", Some(it.created_at)),
            at("last_used_at", it.last_used_at),
        ];
        facts.into_iter().flatten().collect()
    });
    each.collect()
}

fn session(session: &Session) -> Vec<Fact> {
    vec![
        ("browser", Value::Agent(session.user_agent.clone())),
        ("place", Value::Place(session.address.clone())),
        ("created_at", Value::At(session.created_at)),
        ("proved_at", Value::At(session.auth_at)),
        ("last_seen_at", Value::At(session.last_seen_at)),
    ]
}

fn trusted(browser: &TrustedBrowser) -> Vec<Fact> {
    vec![
        ("browser", Value::Agent(browser.user_agent.clone())),
        ("place", Value::Place(browser.address.clone())),
        ("created_at", Value::At(browser.trusted_at)),
        ("last_used_at", Value::At(browser.last_used_at)),
        ("expires_at", Value::At(browser.expires_at)),
    ]
}

fn linked(held: &Held) -> Vec<Vec<Fact>> {
    let each = held.linked.iter().map(|device| {
        let facts = [
            text("label", device.name.as_ref().map(DisplayName::as_str)),
            at("linked_at", Some(device.linked_at)),
        ];
        facts.into_iter().flatten().collect()
    });
    each.collect()
}

fn granted(grant: &Grant, app: Option<Fact>) -> Vec<Fact> {
    let names = |scope: &Scope| Value::Scope(scope.iter().map(str::to_owned).collect());
    let declined = (!grant.declined.is_empty()).then(|| ("declined", names(&grant.declined)));
    let facts = [
        app,
        Some(("scope", names(&grant.scope))),
        declined,
        at("connected_at", Some(grant.created_at)),
        at("consented_at", Some(grant.consented_at)),
        at("last_used_at", grant.last_used_at),
        at("ended_at", grant.ended_at),
    ];
    facts.into_iter().flatten().collect()
}

fn connected(connection: &Connection, app: Option<Fact>) -> Vec<Fact> {
    let agent = connection.user_agent.clone().map(|agent| ("browser", Value::Agent(agent)));
    let facts = [
        app,
        agent,
        text("label", connection.device_name.as_deref()),
        at("connected_at", Some(connection.family.created_at)),
        at("last_used_at", Some(connection.family.rotated_at)),
    ];
    facts.into_iter().flatten().collect()
}

fn messages(held: &Held) -> Vec<Vec<Fact>> {
    let each = held.letters.iter().map(|letter| {
        let facts = [
            text("contact", Some(&letter.recipient)),
            at("created_at", Some(letter.created_at)),
            at("sent_at", letter.sent_at),
        ];
        facts.into_iter().flatten().collect()
    });
    each.collect()
}
