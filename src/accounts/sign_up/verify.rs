//! The code in the mail: whoever types it in the browser that asked for it gets the account.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{Facts, PURPOSE, digest};
use crate::{
    accounts::{
        next,
        sign_in::{BY_PASSWORD, begin_session},
    },
    app::App,
    clock::Moment,
    identity::email_address::EmailAddress,
    store::{
        self, Db,
        activity::Event,
        challenges::{self, Challenge, ChallengeId, Guess, Guesser},
        contacts::{self, Channel, Contact, ContactId},
        passwords,
        users::{self, User},
    },
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::{Form, Malformed, Parameters, Query},
        page::{self, Page},
        parts::Problems,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/sign_up_verify.html")]
struct VerifyPage<'a> {
    page: &'a Page,
    problems: Problems,
    challenge: String,
    address: &'a str,
    /// Seconds until another code may be asked for.
    wait: u64,
}

/// Asks for the code.
///
/// # Errors
/// If this browser waits for no code.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let challenge = find(&app, &visitor, &query).await?;
    let answer = ask(&app, &visitor.page, &challenge, Problems::none())?;
    Ok(visitor.greet(&http, answer))
}

/// Judges the code; a right one makes the account and signs its owner in.
///
/// # Errors
/// If the form is not from our page in this browser, or this browser waits for no code.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Form(form) = form?;
    visitor.check_form(&http, &form)?;
    let challenge = find(&app, &visitor, &form).await?;
    let typed: String =
        form.get("code").unwrap_or_default().chars().filter(|it| !is_gap(*it)).collect();
    let mut page = visitor.page.clone();
    page.flow = form.get("flow").map(str::to_owned);
    match guess(&app, &visitor, &challenge, &typed).await? {
        Outcome::Made(user) => {
            let cookie = begin_session(&app, &visitor, *user, BY_PASSWORD, Event::SignedUp).await?;
            let mut answer = next::go(&next::after(&form));
            let _ = answer.add_cookie(&cookie);
            Ok(answer)
        }
        Outcome::Wrong { left } => {
            let text = page.text_with("code-wrong", "left", left);
            ask(&app, &page, &challenge, Problems::none().with("sign-up-code", &text))
        }
        Outcome::Gone => {
            let text = page.text("code-gone");
            ask(&app, &page, &challenge, Problems::none().with("sign-up-code", &text))
        }
    }
}

/// People type codes as they are printed: with gaps.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || character == '-'
}

/// The challenge that this browser began.
pub(super) async fn find(
    app: &App,
    visitor: &Visitor,
    named: &Parameters,
) -> Result<Challenge, PageError> {
    let id = named.get("challenge").and_then(ChallengeId::parse).ok_or(Kind::FlowLost)?;
    let browser = visitor.browser_digest();
    let found = app.store.read(move |db| challenges::find(db, id, PURPOSE, &browser)).await?;
    found.ok_or_else(|| Kind::FlowLost.into())
}

fn ask(
    app: &App,
    page: &Page,
    challenge: &Challenge,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = VerifyPage {
        page,
        problems,
        challenge: challenge.id.to_string(),
        address: &challenge.address,
        wait: super::resend::wait(app, challenge).as_secs(),
    };
    page::show_with(&template, status, &ContentPolicy::default())
}

enum Outcome {
    Made(Box<User>),
    Wrong { left: i64 },
    Gone,
}

async fn guess(
    app: &App,
    visitor: &Visitor,
    challenge: &Challenge,
    typed: &str,
) -> Result<Outcome, PageError> {
    let facts: Facts = app.seals.challenge.open(&challenge.sealed_facts).ok_or(Kind::FlowLost)?;
    let (id, now) = (challenge.id, app.clock.now());
    let (code_digest, browser) = (digest(app, id, typed), visitor.browser_digest());
    let most = i64::from(app.config.sign_in.one_time_code_attempts);
    let outcome = app
        .store
        .write(move |db| {
            let guesser = Guesser { purpose: PURPOSE, browser_digest: &browser, most };
            match challenges::guess(db, id, &guesser, &code_digest, now)? {
                Guess::Right(_) => Ok(Outcome::Made(Box::new(make(db, &facts, now)?))),
                Guess::Wrong { left } => Ok(Outcome::Wrong { left }),
                Guess::Gone => Ok(Outcome::Gone),
            }
        })
        .await;
    match outcome {
        // Somebody proved the same address a moment before.
        Err(store::Error::Taken) => Ok(Outcome::Gone),
        outcome => Ok(outcome?),
    }
}

/// Makes the account: person, address, password, all or nothing.
pub(in crate::accounts) fn make(
    db: &mut Db<'_>,
    facts: &Facts,
    now: Moment,
) -> Result<User, store::Error> {
    let user = User::named(&facts.name, now);
    let address: EmailAddress =
        facts.email.parse().map_err(|_| store::Error::Broken("a proved address is none".into()))?;
    users::add(db, &user)?;
    contacts::add(
        db,
        &Contact {
            id: ContactId::random(),
            user_id: user.id,
            channel: Channel::Email,
            address: address.as_str().to_owned(),
            canonical: address.canonical().to_owned(),
            is_primary: true,
            created_at: now,
            verified_at: Some(now),
        },
    )?;
    passwords::set(db, user.id, &facts.password_hash, now)?;
    Ok(user)
}
