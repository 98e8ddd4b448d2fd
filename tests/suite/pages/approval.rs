//! A sign-in that waits for a yes: the door, and the browser where it is said.

use std::time::Duration;

use askama::Template;
use countersign::web::page::Page;
use countersign::web::parts::{AppCard, Problems, ProofStep, SignInRequest};

use super::{
    sample::{NOW, Sample, Weight},
    steps::proof_step,
};

#[derive(Template)]
#[template(path = "accounts/second_factor_approval.html")]
struct ApprovalPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    problems: &'a Problems,
    step: ProofStep,
    number: Option<&'a str>,
    approved: bool,
    over_there: &'a str,
    here: &'a str,
}

#[derive(Template)]
#[template(path = "accounts/approve.html")]
struct ApprovePage<'a> {
    page: &'a Page,
    done: Option<&'static str>,
    requests: Vec<SignInRequest>,
}

pub fn samples(weight: Weight) -> Vec<Sample> {
    let (page, app) = (weight.page(), weight.app());
    let door = |name: &str, number: Option<&str>, approved| {
        weight.sample(
            name,
            &ApprovalPage {
                page: &page,
                app: weight.full().then_some(&app),
                problems: &weight.problems(&page, "", "approval-not-yet"),
                step: proof_step(weight, &page),
                number,
                approved,
                over_there: &weight.say("https://login.example/account/approve"),
                here: &weight.say("/sign-in/second-factor?sign_in=s1&by=approval"),
            },
        )
    };
    let request = SignInRequest {
        id: weight.say("p1"),
        device: weight.say("Firefox on Linux"),
        place: weight.say("203.0.113.5"),
        at: NOW - Duration::from_secs(20),
        numbers: ["17", "42", "93"].map(|number| weight.say(number)).into(),
    };
    let over_there = ApprovePage {
        page: &weight.own_page(),
        done: (weight == Weight::Full).then_some("approve-refused"),
        requests: weight.list([request]),
    };
    vec![
        door("accounts/second_factor_approval", weight.some("42").as_deref(), false),
        door("accounts/second_factor_approval approved", None, weight.full()),
        weight.sample("accounts/approve", &over_there),
    ]
}
