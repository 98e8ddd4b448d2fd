//! Coming in: sign-in, sign-up, the second step, recovery.

use askama::Template;
use countersign::web::page::Page;
use countersign::web::parts::{
    AppCard, Ceremony, CodeJourney, OtherWay, Problems, ProofStep, SentCode, Strength,
};

use super::passkeys::ceremony;
use super::sample::{Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    identifier: &'a str,
    next: Option<&'a str>,
    passkey: Option<Ceremony>,
    refused: bool,
    recover: &'a str,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "accounts/sign_up.html")]
struct SignUpPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    full_name: &'a str,
    email: &'a str,
    phone: &'a str,
    by_phone: bool,
    by_sms: bool,
    by_key: bool,
    suggestion: Option<String>,
    minimum: usize,
    strength: Option<&'a Strength>,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "accounts/set_up.html")]
struct SetUpPage<'a> {
    page: &'a Page,
    problems: &'a Problems,
    key: &'a str,
    full_name: &'a str,
    email: &'a str,
    strength: Option<&'a Strength>,
    minimum: usize,
}

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct CodePage<'a> {
    page: &'a Page,
    journey: &'a CodeJourney,
    sent: SentCode,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct SecondFactorPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    problems: &'a Problems,
    step: ProofStep,
    prompt: &'a str,
    asks: bool,
    resend: Option<u64>,
}

#[derive(Template)]
#[template(path = "accounts/again.html")]
struct AgainPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    problems: &'a Problems,
    password: bool,
    ways: Vec<OtherWay>,
    next: Option<&'a str>,
    acr: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "accounts/second_factor_key.html")]
struct SecondFactorKeyPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    problems: &'a Problems,
    step: ProofStep,
    ceremony: Ceremony,
}

#[derive(Template)]
#[template(path = "accounts/recover.html")]
struct RecoverPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    identifier: &'a str,
    next: Option<&'a str>,
    delayed: bool,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "accounts/recover_password.html")]
struct RecoverPasswordPage<'a> {
    page: &'a Page,
    challenge: &'a str,
    identifier: &'a str,
    minimum: usize,
    strength: Option<&'a Strength>,
    problems: &'a Problems,
}

#[derive(Template)]
#[template(path = "accounts/not_me.html")]
struct NotMePage<'a> {
    page: &'a Page,
    armed: Option<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "accounts/sign_in_link.html")]
struct LinkPage<'a> {
    page: &'a Page,
    armed: Option<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "accounts/contacts_undo.html")]
struct UndoPage<'a> {
    page: &'a Page,
    armed: Option<(&'a str, countersign::clock::Moment)>,
    done: Option<String>,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let mut all = vec![sign_in(weight), sign_up(weight), set_up(weight), second_factor(weight)];
    all.push(code(weight, "accounts/code", &CodeJourney::SIGN_UP));
    all.push(code(weight, "accounts/code phone", &CodeJourney::SIGN_UP_BY_PHONE));
    all.push(code(weight, "accounts/code recovery", &CodeJourney::RECOVERY));
    all.push(code(weight, "accounts/code contact", &CodeJourney::CONTACT));
    all.push(again(weight));
    all.push(second_factor_key(weight));
    all.extend(recovery(weight));
    all.extend(undo(weight));
    let (page, key, name) = (&weight.page(), weight.say("sealed-77aa"), weight.say("Ana Pop"));
    let link = LinkPage { page, armed: weight.full().then_some((&key, &name)) };
    all.push(weight.sample("accounts/sign_in_link", &link));
    all
}

fn undo(weight: Weight) -> Vec<Sample> {
    let page = &weight.page();
    let change = weight.say("sealed-9c02");
    let armed = Some((&*change, super::sample::NOW));
    let done = weight.some("/recover/not-me?alarm=x");
    vec![
        weight.sample("accounts/contacts_undo", &UndoPage { page, armed, done: None }),
        weight.sample("accounts/contacts_undo done", &UndoPage { page, armed: None, done }),
    ]
}

fn sign_in(weight: Weight) -> Sample {
    let page = weight.page();
    let app = weight.app();
    weight.sample(
        "accounts/sign_in",
        &SignInPage {
            page: &page,
            app: weight.full().then_some(&app),
            identifier: &weight.harmful(),
            next: weight.some("/account/apps").as_deref(),
            passkey: weight.full().then(|| ceremony(weight)),
            refused: weight == Weight::Hostile,
            recover: &weight.say("/recover?next=%2Faccount%2Fapps"),
            problems: &weight.problems(&page, "sign-in-password", "sign-in-wrong"),
        },
    )
}

fn sign_up(weight: Weight) -> Sample {
    let page = weight.page();
    let strength = Strength { score: 1, advice: weight.some("Add another word or two.") };
    weight.sample(
        "accounts/sign_up",
        &SignUpPage {
            page: &page,
            app: None,
            full_name: &weight.say("Ana Pop"),
            email: &weight.say("ana.pop@gmial.com"),
            phone: &weight.say("+40 712 345 678"),
            by_phone: weight == Weight::Hostile,
            by_sms: weight.full(),
            by_key: weight.full(),
            suggestion: weight.some("ana.pop@gmail.com"),
            minimum: 8,
            strength: weight.full().then_some(&strength),
            problems: &weight.problems(&page, "sign-up-password", "password-guessable"),
        },
    )
}

fn set_up(weight: Weight) -> Sample {
    let page = weight.page();
    weight.sample(
        "accounts/set_up",
        &SetUpPage {
            page: &page,
            problems: &weight.problems(&page, "sign-up-email", "email-no-at"),
            key: &weight.say("AX9k"),
            full_name: &weight.say("Ana Pop"),
            email: &weight.say("ana.pop@example.org"),
            strength: None,
            minimum: 8,
        },
    )
}

fn code(weight: Weight, name: &str, journey: &'static CodeJourney) -> Sample {
    let page = weight.page();
    let sent = SentCode {
        challenge: weight.say("c1"),
        address: weight.say("ana.pop@gmial.com"),
        suggestion: weight.some("ana.pop@gmail.com"),
        wait: if weight.full() { 30 } else { 0 },
    };
    let problems = &weight.problems(&page, journey.field, "code-gone");
    weight.sample(name, &CodePage { page: &page, journey, sent, problems })
}

fn ways(weight: Weight) -> Vec<OtherWay> {
    let way = |drawing, title: &str, state: &str| OtherWay {
        by: weight.say("sms.1"),
        title: weight.say(title),
        state: weight.say(state),
        drawing,
    };
    weight.list([
        way("phone", "Text message", "…42"),
        way("key", "Security key", "Blue key on my key ring"),
    ])
}

pub fn proof_step(weight: Weight, page: &Page) -> ProofStep {
    ProofStep {
        sign_in: weight.say("s1"),
        by: weight.say("email.1"),
        challenge: weight.some("c1"),
        next: weight.some("/account/apps"),
        why: page.text("second-factor-why-two-step").to_string(),
        trust_days: weight.full().then_some(30),
        others: ways(weight),
    }
}

fn second_factor_key(weight: Weight) -> Sample {
    let page = weight.page();
    let app = weight.app();
    weight.sample(
        "accounts/second_factor_key",
        &SecondFactorKeyPage {
            page: &page,
            app: weight.full().then_some(&app),
            problems: &weight.problems(&page, "", "second-factor-key-wrong"),
            step: proof_step(weight, &page),
            ceremony: ceremony(weight),
        },
    )
}

fn second_factor(weight: Weight) -> Sample {
    let page = weight.page();
    let app = weight.app();
    let to = weight.say("a…@example.org");
    weight.sample(
        "accounts/second_factor",
        &SecondFactorPage {
            page: &page,
            app: weight.full().then_some(&app),
            problems: &weight.problems(&page, "second-factor-code", "code-gone"),
            step: proof_step(weight, &page),
            prompt: &page.text_with("second-factor-email", "to", to).to_string(),
            asks: true,
            resend: weight.full().then_some(30),
        },
    )
}

fn again(weight: Weight) -> Sample {
    let page = Page { flow: weight.some("flow-51c2"), ..weight.own_page() };
    let app = weight.app();
    weight.sample(
        "accounts/again",
        &AgainPage {
            page: &page,
            app: weight.full().then_some(&app),
            problems: &weight.problems(&page, "again-password", "password-wrong"),
            password: weight.full(),
            ways: ways(weight),
            next: weight.some("/account/security").as_deref(),
            acr: weight.some("phr").as_deref(),
        },
    )
}

fn recovery(weight: Weight) -> Vec<Sample> {
    let page = weight.page();
    let identifier = &*weight.say("ana.pop@example.org");
    let app = weight.app();
    let strength = Strength { score: 3, advice: None };
    let next = weight.some("/account/apps");
    let ask = RecoverPage {
        page: &page,
        app: weight.full().then_some(&app),
        identifier,
        next: next.as_deref(),
        delayed: weight.full(),
        problems: &weight.problems(&page, "recover-identifier", "email-no-at"),
    };
    let choose = RecoverPasswordPage {
        page: &page,
        challenge: &weight.say("c1"),
        identifier,
        minimum: 8,
        strength: weight.full().then_some(&strength),
        problems: &weight.problems(&page, "recover-password", "password-guessable"),
    };
    let alarm = weight.say("sealed-4be1");
    vec![
        weight.sample("accounts/recover", &ask),
        weight.sample("accounts/recover_password", &choose),
        weight.sample(
            "accounts/not_me",
            &NotMePage { page: &page, armed: weight.full().then_some((&alarm, identifier)) },
        ),
    ]
}
