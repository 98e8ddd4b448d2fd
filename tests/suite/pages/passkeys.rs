//! Passkeys under one's own account.

use std::time::Duration;

use askama::Template;
use countersign::web::page::Page;
use countersign::web::parts::{Ceremony, Passkey, Problems, Strength};

use super::sample::{NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/passkeys.html")]
struct PasskeysPage<'a> {
    page: &'a Page,
    done: Option<&'static str>,
    keys: Vec<Passkey>,
    more: bool,
}

#[derive(Template)]
#[template(path = "accounts/passkey_add.html")]
struct AddPage<'a> {
    page: &'a Page,
    problems: Problems,
    kind: &'a str,
    ceremony: Ceremony,
}

#[derive(Template)]
#[template(path = "accounts/sign_up_passkey.html")]
struct SignUpPasskeyPage<'a> {
    page: &'a Page,
    problems: Problems,
    challenge: String,
    identifier: &'a str,
    ceremony: Ceremony,
    strength: Option<Strength>,
    minimum: usize,
}

#[derive(Template)]
#[template(path = "accounts/passkey.html")]
struct PasskeyPage<'a> {
    page: &'a Page,
    problems: Problems,
    key: Passkey,
    name: &'a str,
    last: bool,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let page = &weight.own_page();
    let list = PasskeysPage {
        page,
        done: weight.full().then_some("passkey-added"),
        keys: weight.list([key(weight, false), key(weight, true)]),
        more: weight != Weight::Hostile,
    };
    let add = |kind| AddPage {
        page,
        problems: weight.problems(page, "", "passkey-already"),
        kind,
        ceremony: ceremony(weight),
    };
    let sign_up = SignUpPasskeyPage {
        page: &weight.page(),
        problems: weight.problems(page, "sign-up-password", "password-guessable"),
        challenge: weight.say("c1"),
        identifier: &weight.say("ana.pop@example.org"),
        ceremony: ceremony(weight),
        strength: weight.full().then_some(Strength { score: 2, advice: None }),
        minimum: 8,
    };
    let one = PasskeyPage {
        page,
        problems: weight.problems(page, "passkey-name", "name-empty"),
        key: key(weight, false),
        name: &weight.say("Windows Hello"),
        last: !weight.full(),
    };
    vec![
        weight.sample("accounts/passkeys", &list),
        weight.sample("accounts/passkey_add", &add("passkey")),
        weight.sample("accounts/passkey_add security key", &add("security_key")),
        weight.sample("accounts/sign_up_passkey", &sign_up),
        weight.sample("accounts/passkey", &one),
    ]
}

fn key(weight: Weight, security_key: bool) -> Passkey {
    Passkey {
        id: weight.say("k1"),
        name: weight.say("Windows Hello, 1 Nov 2026"),
        security_key,
        synced: weight.full() && !security_key,
        since: NOW - Duration::from_hours(480),
        last_used: weight.full().then_some(NOW - Duration::from_hours(3)),
    }
}

/// A question that a script puts to the browser.
pub fn ceremony(weight: Weight) -> Ceremony {
    let options = format!("{{\"challenge\":\"AA\",\"x\":{:?}}}", weight.harmful());
    Ceremony { sealed: weight.say("sealed-99f0"), options }
}
