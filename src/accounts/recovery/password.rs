//! The new password: whoever was in is out, everybody concerned is told, and the person goes on.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use unicode_normalization::UnicodeNormalization as _;

use super::Facts;
use crate::{
    accounts::{
        codes,
        new_session::Proof,
        notices::Notice,
        sign_in::enter::{Comer, enter},
        strength,
    },
    app::App,
    clock::Moment,
    crypto::random,
    delivery::messages::Alarm,
    store::{
        self,
        activity::Event,
        challenges::{self, Challenge, ChallengeId},
        passwords,
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

/// What a proved recovery is kept under: a challenge that asks for no code any more.
const PROVED: &str = "new_password";

/// As long the new password may take.
const GOOD_FOR: Duration = Duration::from_mins(15);

#[derive(Template)]
#[template(path = "accounts/recover_password.html")]
struct PasswordPage<'a> {
    page: &'a Page,
    problems: Problems,
    challenge: String,
    identifier: &'a str,
    minimum: usize,
    strength: Option<Strength>,
}

/// What a right code is worth: the same browser may choose a new password, once.
pub(super) fn proof(answered: &Challenge, now: Moment) -> Challenge {
    Challenge {
        id: ChallengeId::random(),
        purpose: PROVED.to_owned(),
        code_digest: random::bytes::<32>().to_vec(),
        attempts: 0,
        sent_at: now,
        expires_at: now + GOOD_FOR,
        used_at: None,
        ..answered.clone()
    }
}

/// Asks for the new password.
///
/// # Errors
/// If this browser has proved nothing, or the account is suspended.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let (proof, _) = find(&app, &visitor, &query).await?;
    render(&app, &visitor, &query, &proof, (Problems::none(), None))
}

/// Sets it, and signs the person in.
///
/// # Errors
/// If the form is not from our page in this browser, this browser has proved nothing, or the store
/// cannot answer.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let (proof, user) = find(&app, &visitor, &form).await?;
    let fresh = form.get("password").unwrap_or_default();
    let about = [&*user.name, &*proof.address];
    let judged = strength::judge(&app, &visitor.page, fresh, &about).await?;
    let problems = judged.add_to(Problems::none(), "recover-password");
    if !problems.is_empty() {
        return render(&app, &visitor, &form, &proof, (problems, judged.strength));
    }
    let hash = app.hasher.hash(fresh.nfc().collect()).await.map_err(store::Error::from)?;
    let facts: Facts = app.seals.challenge.open(&proof.sealed_facts).ok_or(Kind::FlowLost)?;
    let channel = proof.channel;
    let proof = Proof::code(channel, set(&app, &visitor, proof, hash).await?);
    // Somebody else was in: what they may have left behind is looked through first.
    let form = match user.frozen_at {
        Some(_) => {
            form.with("next", &urls::with_query(urls::ACCOUNT_SECURITY, &[("review", "yes")]))
        }
        None => form,
    };
    let form = facts.next.iter().fold(form, |form, next| form.with("next", next));
    let comer = Comer { user, proof, event: Event::Recovered };
    enter(&app, &http, &visitor, &form, comer).await
}

/// Takes the proof and sets the password, both or neither; when.
async fn set(
    app: &Data<App>,
    visitor: &Visitor,
    proof: Challenge,
    hash: String,
) -> Result<Moment, PageError> {
    let now = app.clock.now();
    let user_id = proof.user_id.ok_or(Kind::FlowLost)?;
    let notice = Notice::of(app, visitor, Alarm::Recovered, now);
    let set = app
        .store
        .write(move |db| {
            if !challenges::take(db, &proof, now)? {
                return Ok::<_, store::Error>(false);
            }
            passwords::reset(db, user_id, &hash, now)?;
            notice.send(db, user_id, None)?;
            Ok(true)
        })
        .await?;
    if set { Ok(now) } else { Err(Kind::FlowLost.into()) }
}

/// The proof that this browser holds, and whose account it opens.
async fn find(
    app: &App,
    visitor: &Visitor,
    named: &Parameters,
) -> Result<(Challenge, User), PageError> {
    let proof = codes::find(app, visitor, PROVED, named).await?;
    let (user_id, now) = (proof.user_id.ok_or(Kind::FlowLost)?, app.clock.now());
    let user = app.store.read(move |db| users::find(db, user_id)).await?;
    let user = user.filter(|_| now < proof.expires_at).ok_or(Kind::FlowLost)?;
    if user.may_recover() { Ok((proof, user)) } else { Err(PageError::suspended(&user)) }
}

fn render(
    app: &App,
    visitor: &Visitor,
    named: &Parameters,
    proof: &Challenge,
    (problems, strength): (Problems, Option<Strength>),
) -> Result<HttpResponse, PageError> {
    let mut page = visitor.page.clone();
    page.flow = named.get("flow").map(str::to_owned);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = PasswordPage {
        page: &page,
        problems,
        challenge: proof.id.to_string(),
        identifier: &proof.address,
        minimum: app.config.sign_in.password_minimum_length,
        strength,
    };
    page::show_with(&template, status, &ContentPolicy::default())
}
