//! The password: changed by whoever knows the old one; every other browser is signed out.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    guesses::{self, Guess},
    next,
    notices::Notice,
    strength,
};
use crate::{
    app::App,
    clock::Moment,
    crypto::password::Verdict,
    delivery::messages::Alarm,
    store::{
        self,
        activity::{self, Event},
        passkeys, passwords, sessions, trusted_browsers,
    },
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{Problems, Strength},
        submission::Submission,
        urls,
        visitor::{SignedIn, Visitor},
    },
};

#[derive(Template)]
#[template(path = "accounts/security.html")]
struct SecurityPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// How good the new password is that was refused.
    strength: Option<Strength>,
    /// Whether the password has just been changed.
    changed: bool,
    /// Whether somebody else was in, so that everything here should be looked through.
    review: bool,
    /// Whether there is a password to be changed.
    has_password: bool,
    minimum: usize,
    /// How many browsers are signed in.
    sessions: usize,
    /// Since when two-step verification is on.
    two_step: Option<Moment>,
    /// How many passkeys and security keys there are; nothing where there can be none.
    passkeys: Option<usize>,
}

/// What the page begins with.
#[derive(Default)]
struct Said {
    changed: bool,
    review: bool,
}

/// Shows how this account is kept safe.
///
/// # Errors
/// If nobody is signed in.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let said =
        Said { changed: query.get("changed").is_some(), review: query.get("review").is_some() };
    render(&app, &visitor, (Problems::none(), None), said).await
}

/// Leads here from the address that password managers know.
pub async fn lead_here() -> HttpResponse {
    next::go(urls::ACCOUNT_SECURITY)
}

/// Changes the password.
///
/// # Errors
/// If the form is not from our page in this browser and session, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let user_id = signed_in.user.id;
    let hash = app.store.read(move |db| passwords::find(db, user_id)).await?;
    if signed_in.user.two_step_at.is_some() || hash.is_none() {
        // Where the browser is trusted, nobody has shown more than the password.
        visitor.lately_proved(&app)?;
    }
    let wrong = judge(&app, &visitor, signed_in, &form, hash).await?;
    if !wrong.0.is_empty() {
        return render(&app, &visitor, wrong, Said::default()).await;
    }
    let fresh = form.get("password").unwrap_or_default().nfc().collect();
    let hash = app.hasher.hash(fresh).await.map_err(store::Error::from)?;
    let (here, now) = (signed_in.session.id, app.clock.now());
    let browser = visitor.browser_digest();
    let happened = visitor.activity(Event::PasswordChanged, now);
    let notice = Notice::of(&app, &visitor, Alarm::PasswordChanged, now);
    app.store
        .write(move |db| {
            passwords::set(db, user_id, &hash, now)?;
            sessions::end_others(db, user_id, Some(here), "password_changed", now)?;
            trusted_browsers::end_others(db, user_id, Some(&browser))?;
            notice.send(db, user_id, None)?;
            activity::add(db, &happened)
        })
        .await?;
    Ok(next::go(&urls::with_query(urls::ACCOUNT_SECURITY, &[("changed", "yes")])))
}

/// What is wrong, and how good the new password is.
type Wrong = (Problems, Option<Strength>);

async fn judge(
    app: &App,
    visitor: &Visitor,
    signed_in: &SignedIn,
    form: &Parameters,
    hash: Option<String>,
) -> Result<Wrong, PageError> {
    let (page, mut problems) = (&visitor.page, Problems::none());
    let first = hash.is_none();
    let guess = Guess::signed_in(signed_in);
    if let Err(left) = guess.count(app).await? {
        let said = guesses::too_soon(page, "password-wrong", left);
        return Ok((problems.with("current-password", &said), None));
    }
    let current: String = form.get("current_password").unwrap_or_default().nfc().collect();
    let verdict = app.hasher.verify(current, hash).await.map_err(store::Error::from)?;
    if verdict == Verdict::Wrong && !first {
        problems = problems.with("current-password", &page.text("password-wrong"));
    } else {
        guess.take_back(app).await?;
    }
    let about = [&*signed_in.user.name, &*signed_in.email];
    let fresh = form.get("password").unwrap_or_default();
    let judged = strength::judge(app, page, fresh, &about).await?;
    Ok((judged.add_to(problems, "new-password"), judged.strength))
}

async fn render(
    app: &App,
    visitor: &Visitor,
    (problems, strength): Wrong,
    said: Said,
) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let found = app.store.survey(move |db| {
        let sessions = sessions::list_of_user(db, user_id, now)?.len();
        let password = passwords::find(db, user_id)?.is_some();
        Ok::<_, store::Error>((sessions, passkeys::list_of_user(db, user_id)?.len(), password))
    });
    let (sessions, passkeys, has_password) = found.await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = SecurityPage {
        page: &visitor.page,
        problems,
        strength,
        two_step: visitor.signed_in()?.user.two_step_at,
        changed: said.changed,
        review: said.review,
        has_password,
        minimum: app.config.sign_in.password_minimum_length,
        sessions,
        passkeys: app.relying_party.as_ref().map(|_| passkeys),
    };
    page::show_with(&template, status, &ContentPolicy::default())
}
