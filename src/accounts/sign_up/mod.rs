//! Signing up: the form, and a code to the address. No account is made before the code is typed.
//!
//! Whoever tries an address that has an account gets the same answer as anybody else; its owner is
//! told by message (security rule 13).

pub(super) mod passkey;
pub(super) mod resend;
pub(super) mod verify;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    codes::{self, Addressee, claim::Claim},
    identifier::Identifier,
    notices,
    sign_in::{open_flow, waiting_app},
    strength,
};
use crate::{
    app::App,
    clock::Moment,
    delivery::messages::{Purpose, Tried},
    identity::{display_name::DisplayName, email_address::EmailAddress, phone_number::PhoneNumber},
    store::{
        self, activity::Event, challenges::ChallengeId, contacts::Channel, outbox::Letter,
        users::UserId,
    },
    web::{
        app_card,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{AppCard, Problems, Strength},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/sign_up.html")]
struct SignUpPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    full_name: &'a str,
    email: &'a str,
    phone: &'a str,
    /// Is a mobile number asked for, not a mail address?
    by_phone: bool,
    /// Is there a choice?
    by_sms: bool,
    /// Can there be a passkey in the place of a password?
    by_key: bool,
    suggestion: Option<String>,
    strength: Option<Strength>,
    minimum: usize,
}

/// What a sign-up must remember until its code is typed.
#[derive(Serialize, Deserialize)]
pub(super) struct Facts {
    pub name: String,
    /// The address or number, as it was typed.
    pub contact: String,
    pub credential: Credential,
    /// The language of whoever signs up.
    pub language: String,
    /// When they accepted the terms, and which.
    pub terms: Option<(Moment, String)>,
}

/// What the account will be opened with.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Credential {
    Password {
        hash: String,
    },
    /// A passkey, made for this account once the address is proved.
    Passkey {
        user_id: UserId,
    },
}

/// Somebody's form, read: every piece by itself is fine.
pub(super) struct Applicant {
    pub name: DisplayName,
    pub contact: Identifier,
    /// None if a passkey is to be made.
    pub password: Option<String>,
}

/// Shows the form.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    form(&app, &visitor, &query, Problems::none(), None).await
}

/// Sends the code, whoever asks.
///
/// # Errors
/// If the form is not from our page in this browser, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: sent }: Submission,
) -> Result<HttpResponse, PageError> {
    let applicant = match read(&app, &visitor.page, &sent).await? {
        Ok(applicant) => applicant,
        Err((problems, strength)) => {
            return form(&app, &visitor, &sent, problems, strength).await;
        }
    };
    let id = begin(&app, &visitor, applicant).await?;
    Ok(codes::lead_to(urls::SIGN_UP_VERIFY, id, &sent))
}

async fn form(
    app: &App,
    visitor: &Visitor,
    sent: &Parameters,
    problems: Problems,
    strength: Option<Strength>,
) -> Result<HttpResponse, PageError> {
    let mut page = visitor.page.clone();
    page.flow = sent.get("flow").map(str::to_owned);
    let flow = open_flow(app, sent);
    let hint = flow.as_ref().and_then(|flow| flow.parameters.get("login_hint"));
    let email = sent.get("email").or(hint).unwrap_or_default();
    let typed = email.parse::<EmailAddress>().ok();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = SignUpPage {
        page: &page,
        app: waiting_app(app, flow.as_ref()).await?,
        problems,
        full_name: sent.get("name").unwrap_or_default(),
        email,
        phone: sent.get("phone").unwrap_or_default(),
        by_phone: by_phone(app, sent),
        by_sms: notices::reaches(app, Channel::Sms),
        by_key: app.relying_party.is_some(),
        suggestion: typed.and_then(|typed| typed.suggestion()),
        strength,
        minimum: app.config.sign_in.password_minimum_length,
    };
    let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
    page::show_with(&template, status, &policy)
}

/// Whether this is the form for a mobile number, or was.
fn by_phone(app: &App, sent: &Parameters) -> bool {
    let asked = sent.get("phone").is_some() || sent.get("by") == Some("phone");
    asked && notices::reaches(app, Channel::Sms)
}

/// Reads where the code goes; `Err` with the field and the key of the sentence that says what is wrong.
fn read_contact(app: &App, sent: &Parameters) -> Result<Identifier, (&'static str, &'static str)> {
    if by_phone(app, sent) {
        let number = PhoneNumber::read(sent.get("phone").unwrap_or_default(), None);
        let number = number.map_err(|problem| ("sign-up-phone", problem.key()))?;
        return Ok(Identifier::of_number(&number));
    }
    let email = sent.get("email").unwrap_or_default().parse::<EmailAddress>();
    let email = email.map_err(|problem| ("sign-up-email", problem.key()))?;
    Ok(Identifier::of_address(&email))
}

/// What is wrong, and how good the password is.
pub(super) type Wrong = (Problems, Option<Strength>);

/// Reads the form; everything that is wrong is said at once.
pub(super) async fn read(
    app: &App,
    page: &Page,
    sent: &Parameters,
) -> Result<Result<Applicant, Wrong>, PageError> {
    let name = sent.get("name").unwrap_or_default();
    let password = sent.get("password").unwrap_or_default();
    let by_key = sent.get("with") == Some("passkey") && app.relying_party.is_some();
    let mut problems = Problems::none();
    let name = name.parse::<DisplayName>();
    if let Err(problem) = &name {
        problems = problems.with("sign-up-name", &page.text(problem.key()));
    }
    let contact = read_contact(app, sent);
    if let Err((field, key)) = &contact {
        problems = problems.with(field, &page.text(key));
    }
    let told = |field| sent.get(field).unwrap_or_default();
    let personal = [told("name"), told("email"), told("phone")];
    let judged = strength::judge(app, page, password, &personal).await?;
    let problems = if by_key { problems } else { judged.add_to(problems, "sign-up-password") };
    Ok(match (name, contact) {
        (Ok(name), Ok(contact)) if problems.is_empty() => {
            let password = (!by_key).then(|| password.nfc().collect());
            Ok(Applicant { name, contact, password })
        }
        _ => Err((problems, judged.strength.filter(|_| !by_key))),
    })
}

/// Begins the challenge. The password is hashed whether or not the address is free.
async fn begin(
    app: &App,
    visitor: &Visitor,
    applicant: Applicant,
) -> Result<ChallengeId, PageError> {
    let Applicant { name, contact: to, password } = applicant;
    let credential = match password {
        Some(password) => Credential::Password {
            hash: app.hasher.hash(password).await.map_err(store::Error::from)?,
        },
        None => Credential::Passkey { user_id: UserId::random() },
    };
    let facts = Facts {
        name: name.as_str().to_owned(),
        contact: to.typed.clone(),
        credential,
        language: visitor.page.language.code().to_owned(),
        terms: app.config.brand.terms_in_force().map(|version| (app.clock.now(), version)),
    };
    let (challenge, code) = codes::begin(app, visitor, Purpose::SignUp, &to, &facts);
    let letter = code_letter(app, &facts, &to, &code)?;
    let (tried, event) = (Tried::SignUp, Event::SignUpRepeated);
    Claim { to: &to, challenge, letter, tried, event }.make(app, visitor).await
}

fn code_letter(app: &App, facts: &Facts, to: &Identifier, code: &str) -> Result<Letter, PageError> {
    let addressee = Addressee {
        recipient: to.recipient.clone(),
        name: facts.name.clone(),
        language: facts.language.clone(),
    };
    codes::letter(app, Purpose::SignUp, to.channel, &addressee, code)
}
