//! The pages of a flow: sign-in, consent, and what stands between.

use actix_web::body::MessageBody;
use askama::Template;
use countersign::web::error::{Kind, PageError};
use countersign::web::page::Page;
use countersign::web::parts::{AppCard, Destination, Lasting, Permission, Problems, SharedValue};

use super::sample::{HARM, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    identifier: &'a str,
    next: Option<&'a str>,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "oauth/consent.html")]
struct ConsentPage<'a> {
    page: &'a Page,
    app: &'a AppCard,
    in_test: bool,
    warn_loopback: bool,
    shared: &'a [SharedValue],
    permissions: &'a [Permission],
    already: &'a [String],
    lasting: Lasting,
    offline: bool,
    destination: Destination,
    report_url: Option<&'a str>,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    vec![sign_in(weight), consent(weight), error(weight)]
}

fn sign_in(weight: Weight) -> Sample {
    let page = weight.page();
    let app = weight.app();
    weight.sample(
        "accounts/sign_in",
        &SignInPage {
            page: &page,
            app: weight.full().then_some(&app),
            next: None,
            identifier: &weight.some("").unwrap_or_default(),
            problems: &weight.problems(&page, "sign-in-password", "sign-in-wrong"),
        },
    )
}

fn error(weight: Weight) -> Sample {
    let page = weight.page();
    let error = match weight {
        Weight::Empty => PageError::from(Kind::NotFound),
        Weight::Full => PageError::request("invalid_scope", "The scope `orders` is not declared."),
        Weight::Hostile => PageError::from(Kind::RedirectUri).because(HARM),
    };
    let body = error.answer(&page).into_body().try_into_bytes().expect("it is all there");
    let html = String::from_utf8(body.to_vec()).expect("it is text");
    Sample { name: format!("oauth/error {weight:?}").to_lowercase(), html }
}

fn consent(weight: Weight) -> Sample {
    let page = Page { flow: weight.some("flow-51c2"), ..weight.own_page() };
    let value = |label: &str, value: &str| SharedValue {
        label: weight.say(label),
        value: weight.say(value),
        new: false,
    };
    let permission =
        |scope: &str, title: &str, sentence: &str, changes, choice: Option<bool>| Permission {
            scope: weight.say(scope),
            title: weight.say(title),
            sentence: weight.say(sentence),
            changes,
            reason: choice.is_some().then(|| weight.say("We put each book you buy on your shelf.")),
            choice,
            new: choice.is_some(),
        };
    weight.sample(
        "oauth/consent",
        &ConsentPage {
            page: &page,
            app: &weight.app(),
            in_test: weight == Weight::Hostile,
            warn_loopback: weight == Weight::Hostile,
            shared: &weight.list([value("Name", "Ana Pop"), value("Email", "ana.pop@example.org")]),
            permissions: &weight.list([
                permission(
                    "orders.read",
                    "See your orders",
                    "What you bought, when, and what it cost. Not how you paid.",
                    false,
                    None,
                ),
                permission(
                    "shelf.write",
                    "Add books to your shelf",
                    "It can add and rearrange books, but not remove any.",
                    true,
                    Some(false),
                ),
            ]),
            already: &weight.list([weight.say("See your profile")]),
            lasting: if weight.full() { Lasting::UntilRemoved } else { Lasting::Hours(1) },
            offline: weight.full(),
            destination: if weight.full() {
                Destination::Site(weight.say("lumenbooks.example"))
            } else {
                Destination::ThisComputer
            },
            report_url: weight.some("/report/lumen").as_deref(),
        },
    )
}
