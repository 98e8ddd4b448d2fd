//! Going out, the front door, refusals, and the inbox of a server that sends nothing.

use actix_web::body::MessageBody;
use askama::Template;
use countersign::clock::Moment;
use countersign::web::error::{Kind, PageError};
use countersign::web::page::Page;

use super::sample::{HARM, NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/sign_out.html")]
struct SignOutPage<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "accounts/signed_out.html")]
struct SignedOutPage<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "accounts/home.html")]
struct HomePage<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "accounts/inbox.html")]
struct InboxPage<'a> {
    page: &'a Page,
    messages: &'a [Shown],
}

/// A message as the page shows it.
struct Shown {
    to: String,
    subject: String,
    text: String,
    code: Option<String>,
    link: Option<String>,
    at: Moment,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let page = weight.page();
    let own = if weight.full() { weight.own_page() } else { weight.page() };
    vec![
        weight.sample("accounts/sign_out", &SignOutPage { page: &weight.own_page() }),
        weight.sample("accounts/signed_out", &SignedOutPage { page: &page }),
        weight.sample("accounts/home", &HomePage { page: &own }),
        error(weight),
        inbox(weight),
    ]
}

fn inbox(weight: Weight) -> Sample {
    let message = |subject: &str, code: Option<&str>| Shown {
        to: weight.say("ana.pop@example.org"),
        subject: weight.say(subject),
        text: weight.say("Your code is 481 902.\n\nIt is for creating your account."),
        code: code.map(|code| weight.say(code)),
        link: weight.some("http://localhost:8080/sign-up/verify"),
        at: NOW,
    };
    let messages =
        weight.list([message("Your code for Countersign", Some("481902")), message("", None)]);
    weight.sample("accounts/inbox", &InboxPage { page: &weight.page(), messages: &messages })
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
