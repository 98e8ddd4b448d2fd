//! Setting up the second step.

use askama::Template;
use countersign::clock::Moment;
use countersign::web::page::Page;
use countersign::web::parts::{Authenticator, CodeChannel, OtherWay, Problems};

use super::sample::{NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/two_step.html")]
struct TwoStepPage<'a> {
    page: &'a Page,
    problems: Problems,
    done: Option<&'a str>,
    since: Option<Moment>,
    apps: Vec<Authenticator>,
    channels: Vec<CodeChannel>,
    codes_left: i64,
    ways: Vec<OtherWay>,
}

#[derive(Template)]
#[template(path = "accounts/authenticator.html")]
struct AuthenticatorPage<'a> {
    page: &'a Page,
    problems: Problems,
    drawing: (String, usize),
    secret: String,
    sealed: String,
    name: &'a str,
}

#[derive(Template)]
#[template(path = "accounts/recovery_codes.html")]
struct RecoveryCodesPage<'a> {
    page: &'a Page,
    problems: Problems,
    codes: &'a [String],
    sealed: String,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let page = &weight.own_page();
    let authenticator = AuthenticatorPage {
        page,
        problems: weight.problems(page, "authenticator-code", "authenticator-wrong"),
        drawing: ("M4 4h1v1h-1z".to_owned(), 37),
        secret: weight.say("GEZD GNBV GY3T QOJQ"),
        sealed: weight.say("sealed-33b0"),
        name: &weight.say("My phone"),
    };
    let codes = RecoveryCodesPage {
        page,
        problems: weight.problems(page, "recovery-code", "recovery-codes-wrong"),
        codes: &weight.list([weight.say("12345-67890"), weight.say("09876-54321")]),
        sealed: weight.say("sealed-77c1"),
    };
    vec![
        two_step(weight, page),
        weight.sample("accounts/authenticator", &authenticator),
        weight.sample("accounts/recovery_codes", &codes),
    ]
}

fn two_step(weight: Weight, page: &Page) -> Sample {
    let app = |id: &str, name: &str, last_used| Authenticator {
        id: weight.say(id),
        name: weight.say(name),
        since: NOW,
        last_used,
    };
    let way = |drawing, title: &str| OtherWay {
        by: weight.say("totp"),
        title: weight.say(title),
        state: weight.say("The code that the app shows now"),
        drawing,
    };
    let channel = |name, title, address: &str, chosen| CodeChannel {
        name,
        title,
        addresses: weight.say(address),
        chosen,
    };
    weight.sample(
        "accounts/two_step",
        &TwoStepPage {
            page,
            problems: weight.problems(page, "", "two-step-too-few"),
            done: (weight == Weight::Full).then_some("two-step-changed"),
            since: weight.full().then_some(NOW),
            apps: weight.list([app("a1", "My phone", Some(NOW)), app("a2", "Tablet", None)]),
            channels: weight.list([
                channel("email", "factor-email", "ana.pop@example.org", true),
                channel("sms", "factor-sms", "+40 721 234 542", false),
            ]),
            codes_left: if weight.full() { 7 } else { 0 },
            ways: weight.list([way("phone", "Authenticator app"), way("mail", "A code by email")]),
        },
    )
}
