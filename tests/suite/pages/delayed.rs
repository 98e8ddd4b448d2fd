//! Every way in is lost: asking, cancelling, coming back.

use askama::Template;
use countersign::{
    clock::Moment,
    web::{
        page::Page,
        parts::{Problems, Strength},
    },
};

use super::sample::{NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/delayed.html")]
struct DelayedPage<'a> {
    page: &'a Page,
    problems: Problems,
    hours: u32,
    identifier: &'a str,
    email: &'a str,
    begun: Option<Moment>,
}

#[derive(Template)]
#[template(path = "accounts/delayed_cancel.html")]
struct CancelPage<'a> {
    page: &'a Page,
    armed: Option<(&'a str, Moment)>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/delayed_finish.html")]
struct FinishPage<'a> {
    page: &'a Page,
    problems: Problems,
    recovery: Option<&'a str>,
    identifier: &'a str,
    minimum: usize,
    strength: Option<Strength>,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let page = &weight.page();
    let (identifier, email) =
        (&*weight.say("ana.pop@example.org"), &*weight.say("ana@new.example"));
    let sealed = weight.say("sealed-1d4e");
    let ask = |begun| DelayedPage {
        page,
        problems: weight.problems(page, "delayed-email", "email-no-at"),
        hours: 72,
        identifier,
        email,
        begun,
    };
    let cancel = |armed, done| CancelPage { page, armed, done };
    let finish = FinishPage {
        page,
        problems: weight.problems(page, "recover-password", "password-guessable"),
        recovery: (weight != Weight::Empty).then_some(&*sealed),
        identifier: email,
        minimum: 8,
        strength: weight.full().then_some(Strength { score: 3, advice: None }),
    };
    let armed = weight.full().then_some((&*sealed, NOW));
    vec![
        weight.sample("accounts/delayed", &ask(None)),
        weight.sample("accounts/delayed begun", &ask(Some(NOW))),
        weight.sample("accounts/delayed_cancel", &cancel(armed, None)),
        weight
            .sample("accounts/delayed_cancel done", &cancel(None, weight.some("/recover/not-me"))),
        weight.sample("accounts/delayed_finish", &finish),
    ]
}
