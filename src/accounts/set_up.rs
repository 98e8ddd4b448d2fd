//! The first account, which runs the installation: made by whoever holds the link that the first
//! start prints. There is never a default password.

use std::time::Duration;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{
    new_session::{self, Proof},
    next,
    sign_up::{self, Applicant, Credential, Facts, verify::Proved},
};
use crate::{
    app::App,
    clock::Moment,
    language::Language,
    store::{
        self,
        activity::Event,
        used_ids,
        users::{self, User},
    },
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{Problems, Strength},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// As long a printed link is good; the next start prints another.
const LIFETIME: Duration = Duration::from_hours(24);

/// What is used up by the first account.
const ONCE: &[u8] = b"set-up";

#[derive(Template)]
#[template(path = "accounts/set_up.html")]
struct SetUpPage<'a> {
    page: &'a Page,
    problems: Problems,
    key: &'a str,
    full_name: &'a str,
    email: &'a str,
    strength: Option<Strength>,
    minimum: usize,
}

/// What the link carries, sealed.
#[derive(Serialize, Deserialize)]
struct Key {
    made_at: Moment,
}

/// The link that makes the first account, as long as nobody runs this installation.
///
/// # Errors
/// If the store cannot answer.
pub async fn link(app: &App) -> Result<Option<String>, store::Error> {
    if app.store.read(users::has_operator).await? {
        return Ok(None);
    }
    let key = app.seals.set_up.seal(&Key { made_at: app.clock.now() });
    let key = BASE64_URL_SAFE_NO_PAD.encode(key);
    let path = urls::with_query(urls::SET_UP, &[("key", &key)]);
    Ok(Some(format!("{}{path}", app.config.http.public_url.as_str())))
}

/// Shows the form.
///
/// # Errors
/// If the link is old or not ours, or the first account is made.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    admit(&app, &query).await?;
    form(&app, &visitor.page, &query, Problems::none(), None)
}

/// Makes the account and signs its owner in.
///
/// # Errors
/// As [`show`], or if the form is not from our page in this browser.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: sent }: Submission,
) -> Result<HttpResponse, PageError> {
    admit(&app, &sent).await?;
    let applicant = match sign_up::read(&app, &visitor.page, &sent).await? {
        Ok(applicant) => applicant,
        Err((problems, strength)) => {
            return form(&app, &visitor.page, &sent, problems, strength);
        }
    };
    let Some(user) = make(&app, applicant, visitor.page.language).await? else {
        let text = visitor.page.text("set-up-taken");
        let problems = Problems::none().with("sign-up-email", &text);
        return form(&app, &visitor.page, &sent, problems, None);
    };
    let proof = Proof::password(app.clock.now());
    let cookie = new_session::begin(&app, &visitor, &user, &proof, Event::SignedUp).await?;
    let mut answer = next::go(urls::ACCOUNT);
    let _ = answer.add_cookie(&cookie);
    Ok(answer)
}

/// Lets in whoever holds a link that is good now.
async fn admit(app: &App, sent: &Parameters) -> Result<(), PageError> {
    let key = sent.get("key").and_then(|key| BASE64_URL_SAFE_NO_PAD.decode(key).ok());
    let key = key.and_then(|sealed| app.seals.set_up.open::<Key>(&sealed));
    let key = key.ok_or(Kind::NotFound)?;
    let stale = app.clock.now() >= key.made_at + LIFETIME;
    if stale || app.store.read(users::has_operator).await? {
        return Err(Kind::Expired.into());
    }
    Ok(())
}

/// Of any number who hold a link, one makes the account. Nobody, if its address is somebody's already.
async fn make(
    app: &App,
    applicant: Applicant,
    language: Language,
) -> Result<Option<User>, PageError> {
    let Applicant { name, contact, password } = applicant;
    let password = password.ok_or(Kind::Unreadable)?;
    let hash = app.hasher.hash(password).await.map_err(store::Error::from)?;
    let facts = Facts {
        name: name.as_str().to_owned(),
        contact: contact.typed,
        credential: Credential::Password { hash: hash.clone() },
        language: language.code().to_owned(),
        terms: None,
    };
    let now = app.clock.now();
    let made = app.store.write(move |db| {
        // Two at once may both see nobody; only one of them is the first.
        if users::has_operator(db)? || !used_ids::redeem(db, ONCE, now + LIFETIME)? {
            return Ok(None);
        }
        let mut user = sign_up::verify::make(db, &facts, &Proved::Password(hash.clone()), now)?;
        user.operator = true;
        users::set_details(db, &user, now)?;
        Ok(Some(user))
    });
    match made.await {
        Ok(None) => Err(Kind::Expired.into()),
        Err(store::Error::Taken) => Ok(None),
        made => Ok(made?),
    }
}

fn form(
    app: &App,
    page: &Page,
    sent: &Parameters,
    problems: Problems,
    strength: Option<Strength>,
) -> Result<HttpResponse, PageError> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = SetUpPage {
        page,
        problems,
        key: sent.get("key").unwrap_or_default(),
        full_name: sent.get("name").unwrap_or_default(),
        email: sent.get("email").unwrap_or_default(),
        strength,
        minimum: app.config.sign_in.password_minimum_length,
    };
    page::show_with(&template, status, &ContentPolicy::default())
}
