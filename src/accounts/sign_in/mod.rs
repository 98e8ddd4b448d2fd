//! Signing in: who is at the keyboard?
//!
//! Owns the sign-in page, the second step, and "is it still you?". Does not decide whether an app
//! needs more certainty (that is `oauth::authorize::next_step`), what a method of the second step is
//! (`factors`), nor how a password is hashed.

pub mod again;
pub(super) mod enter;
mod finish;
pub mod passkey;
pub mod second_factor;

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;
use unicode_normalization::UnicodeNormalization as _;

use self::enter::{Comer, enter};
use super::{
    ceremonies, deletion,
    guesses::{self, Guess},
    identifier::Identifier,
    new_session::Proof,
    next,
};
use crate::{
    app::App,
    clock::Moment,
    crypto::{password::Verdict, webauthn::Refusal},
    store::{
        self,
        activity::{self, Activity, Event},
        clients,
        contacts::{self, Channel},
        known_browsers, passwords,
        users::{self, User, UserId},
    },
    web::{
        app_card,
        error::{Kind, PageError},
        flow::Flow,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{self, AppCard, Problems},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// Mounts its pages, in the order of the journey.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::SIGN_IN).route(get().to(show)).route(post().to(submit)))
        .service(
            resource(urls::SIGN_IN_PASSKEY)
                .route(get().to(passkey::show))
                .route(post().to(passkey::submit)),
        )
        .service(
            resource(urls::SECOND_FACTOR)
                .route(get().to(second_factor::show))
                .route(post().to(second_factor::submit)),
        )
        .service(resource(urls::SECOND_FACTOR_START).route(post().to(second_factor::start)))
        .service(
            resource(urls::SIGN_IN_AGAIN)
                .route(get().to(again::show))
                .route(post().to(again::submit)),
        );
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    identifier: &'a str,
    next: Option<&'a str>,
    /// What asks for a passkey, where there can be one.
    passkey: Option<parts::Ceremony>,
    /// Whether a passkey was just refused.
    refused: bool,
    /// Where a forgotten password leads.
    recover: &'a str,
}

/// Shows the page; the app that waits behind it is shown too.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let flow = open_flow(&app, &query);
    if flow.is_none() && visitor.signed_in.is_some() {
        return Ok(next::go(&next::after(&query)));
    }
    let hint = flow.as_ref().and_then(|flow| flow.parameters.get("login_hint"));
    let template = SignInPage {
        page: &visitor.page,
        app: waiting_app(&app, flow.as_ref()).await?,
        problems: Problems::none(),
        identifier: hint.unwrap_or_default(),
        next: query.get("next"),
        passkey: passkey::offer(&app, &visitor),
        refused: false,
        recover: &recover(&query),
    };
    render(&template, StatusCode::OK)
}

/// Checks the password, and lets the person in or asks for more.
///
/// # Errors
/// If the form is not from our page in this browser, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let identifier = form.get("identifier").unwrap_or_default();
    let password = form.get("password").unwrap_or_default();
    let proof = Proof::password(app.clock.now());
    let user = match prove(&app, &visitor, identifier, password).await? {
        Outcome::Good(user) => *user,
        Outcome::Leaving(id) => return lead_back(&app, id).await,
        bad => {
            let outcome = if matches!(bad, Outcome::TooSoon(_)) { "too_soon" } else { "refused" };
            app.metrics.sign_in("password", outcome);
            return refuse(&app, &visitor, &form, &bad).await;
        }
    };
    app.metrics.sign_in("password", "accepted");
    let comer = Comer { user, proof, event: Event::SignedIn };
    enter(&app, &http, &visitor, &form, comer).await
}

/// Leads the owner of an account on its way out to where that is taken back.
async fn lead_back(app: &App, user_id: UserId) -> Result<HttpResponse, PageError> {
    Ok(deletion::keep::lead(app, user_id).await?.ok_or(Kind::Suspended)?)
}

/// The flow named in a query or form; a page of ours works without one.
pub(super) fn open_flow(app: &App, named: &Parameters) -> Option<Flow> {
    Flow::open(named.get("flow")?, &app.seals.flow)
}

/// The app that waits behind this page.
pub(super) async fn waiting_app(
    app: &App,
    flow: Option<&Flow>,
) -> Result<Option<AppCard>, PageError> {
    let Some(id) = flow.map(|flow| flow.client_id) else { return Ok(None) };
    let client = app.store.read(move |db| clients::find(db, id)).await?;
    Ok(client.as_ref().map(app_card::of))
}

/// Where a forgotten password leads: whoever wanted a page is brought there afterwards.
fn recover(named: &Parameters) -> String {
    let next = named.get("next").map(|next| ("next", next));
    urls::with_query(urls::RECOVER, next.as_slice())
}

/// The same page again, with the same words and in the same time whether or not there is such an
/// account (security rule 13). Only who knows the password learns that it is frozen.
async fn refuse(
    app: &App,
    visitor: &Visitor,
    form: &Parameters,
    outcome: &Outcome,
) -> Result<HttpResponse, PageError> {
    let mut page = visitor.page.clone();
    page.flow = form.get("flow").map(str::to_owned);
    let flow = open_flow(app, form);
    let (problem, status) = match outcome {
        Outcome::Frozen => (page.text("sign-in-frozen").to_string(), StatusCode::FORBIDDEN),
        Outcome::TooSoon(left) => {
            (guesses::too_soon(&page, "sign-in-wrong", *left), StatusCode::TOO_MANY_REQUESTS)
        }
        Outcome::Refused(refusal) => {
            (ceremonies::sentence(&page, *refusal), StatusCode::UNAUTHORIZED)
        }
        _ => (page.text("sign-in-wrong").to_string(), StatusCode::UNAUTHORIZED),
    };
    let template = SignInPage {
        page: &page,
        app: waiting_app(app, flow.as_ref()).await?,
        problems: Problems::none().with(blamed(outcome), &problem),
        identifier: form.get("identifier").unwrap_or_default(),
        next: form.get("next"),
        passkey: passkey::offer(app, visitor),
        refused: matches!(outcome, Outcome::Refused(_)),
        recover: &recover(form),
    };
    let mut answer = render(&template, status)?;
    if let Outcome::TooSoon(left) = outcome {
        let seconds = Kind::wait(*left).retry_after().unwrap_or(1);
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

/// The field that is to blame; none for a passkey.
const fn blamed(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Refused(_) => "",
        _ => "sign-in-identifier",
    }
}

fn render(template: &SignInPage<'_>, status: StatusCode) -> Result<HttpResponse, PageError> {
    let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
    page::show_with(template, status, &policy)
}

/// What came of a password, or a passkey.
enum Outcome {
    /// It is this person's.
    Good(Box<User>),
    /// It is nobody's.
    Wrong,
    /// Nobody looked: so many were wrong that the next one must wait.
    TooSoon(Duration),
    /// It is right, and the account is frozen by its owner.
    Frozen,
    /// It is right, and the account is on its way out.
    Leaving(UserId),
    /// It was no password but a passkey, and is not accepted.
    Refused(Refusal),
}

/// Whose password this is. The guess is counted, a hash is computed and a row is written either way.
async fn prove(
    app: &App,
    visitor: &Visitor,
    typed: &str,
    password: &str,
) -> Result<Outcome, PageError> {
    let named = Identifier::read(typed).ok();
    let Found { user, hash, at_home } = Found::read(app, visitor, named.clone()).await?;
    let guess = match user.as_ref().filter(|_| at_home) {
        Some(user) => Guess::at_home(visitor, user.id),
        None => Guess::of_stranger(visitor, typed, named.as_ref(), user.as_ref()),
    };
    if let Err(left) = guess.count(app).await? {
        return Ok(Outcome::TooSoon(left));
    }
    let password: String = password.nfc().collect();
    let verdict = app.hasher.verify(password.clone(), hash.clone()).await;
    let verdict = verdict.map_err(store::Error::from)?;
    if verdict == Verdict::Wrong {
        let now = app.clock.now();
        let happened = attempt(visitor, user.as_ref(), now);
        app.store.write(move |db| activity::add(db, &happened)).await?;
        return Ok(Outcome::Wrong);
    }
    guess.take_back(app).await?;
    if let (Verdict::RightButOld, Some(user), Some(old)) = (verdict, &user, hash) {
        upgrade(app, user, old, password).await?;
    }
    match user {
        Some(user) if user.leaves() => Ok(Outcome::Leaving(user.id)),
        Some(user) if user.in_good_standing() => Ok(Outcome::Good(Box::new(user))),
        Some(user) if user.may_recover() => Ok(Outcome::Frozen),
        Some(user) => Err(PageError::suspended(&user)),
        None => Ok(Outcome::Wrong),
    }
}

/// What the store knows of whoever was named.
struct Found {
    user: Option<User>,
    hash: Option<String>,
    /// Whether this is one of their browsers.
    at_home: bool,
}

impl Found {
    /// Looks as often for nobody as for somebody, so that it takes as long.
    async fn read(
        app: &App,
        visitor: &Visitor,
        named: Option<Identifier>,
    ) -> Result<Self, store::Error> {
        let browser = visitor.browser_digest();
        let since = app.clock.now() - app.config.sign_in.browser_known_for();
        let named = named.map(|named| (named.channel, named.canonical));
        app.store
            .read(move |db| {
                let (channel, canonical) =
                    named.as_ref().map_or((Channel::Email, ""), |(channel, it)| (*channel, it));
                let contact = contacts::find_verified(db, channel, canonical)?;
                let id = contact.map_or_else(UserId::random, |contact| contact.user_id);
                Ok(Self {
                    user: users::find(db, id)?,
                    hash: passwords::find(db, id)?,
                    at_home: known_browsers::knows(db, id, &browser, since)?,
                })
            })
            .await
    }
}

fn attempt(visitor: &Visitor, user: Option<&User>, now: Moment) -> Activity {
    Activity {
        user_id: user.map(|user| user.id),
        session_id: None,
        ..visitor.activity(Event::SignInFailed, now)
    }
}

/// Hashes a right password anew at today's cost.
async fn upgrade(app: &App, user: &User, old: String, password: String) -> Result<(), PageError> {
    let fresh = app.hasher.hash(password).await.map_err(store::Error::from)?;
    let id = user.id;
    app.store.write(move |db| passwords::set_upgraded(db, id, &old, &fresh)).await?;
    Ok(())
}
