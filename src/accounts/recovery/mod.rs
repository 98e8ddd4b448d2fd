//! "I cannot get in": by any proved contact, a code and a new password.
//!
//! Whoever asks gets the same answer in the same time, whether or not the address has an account
//! (security rule 13).

mod code;
mod not_me;
mod password;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::{
    codes::{self, Addressee, Allowance},
    identifier::Identifier,
    next, notices,
    sign_in::{open_flow, waiting_app},
};
use crate::{
    app::App,
    delivery::{Courier, messages::Purpose},
    store::{
        self,
        activity::{self, Activity, Event},
        challenges::{self, Challenge, ChallengeId},
        contacts, outbox,
        users::{self, User, UserId},
    },
    web::{
        app_card,
        error::{Kind, PageError},
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{AppCard, Problems},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// Mounts its pages, in the order of the journey.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::RECOVER).route(get().to(show)).route(post().to(submit)))
        .service(
            resource(urls::RECOVER_CODE).route(get().to(code::show)).route(post().to(code::submit)),
        )
        .service(resource(urls::RECOVER_RESEND).route(post().to(code::resend)))
        .service(
            resource(urls::RECOVER_PASSWORD)
                .route(get().to(password::show))
                .route(post().to(password::submit)),
        )
        .service(
            resource(urls::NOT_ME).route(get().to(not_me::show)).route(post().to(not_me::submit)),
        );
}

#[derive(Template)]
#[template(path = "accounts/recover.html")]
struct RecoverPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    identifier: &'a str,
    next: Option<&'a str>,
    /// Is there a way for those who lost all others?
    delayed: bool,
}

/// What a recovery must remember until its code is typed.
#[derive(Serialize, Deserialize)]
struct Facts {
    to: Addressee,
    /// The page that was wanted when the way in was lost.
    next: Option<String>,
}

/// Asks for the address or number.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    form(&app, &visitor, &query, Problems::none()).await
}

/// Sends the code, if there is somebody to send it to.
///
/// # Errors
/// If the form is not from our page in this browser, too many codes were asked for, or the store
/// cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: sent }: Submission,
) -> Result<HttpResponse, PageError> {
    let to = match Identifier::read(sent.get("identifier").unwrap_or_default()) {
        Ok(to) => to,
        Err(key) => {
            let problems = Problems::none().with("recover-identifier", &visitor.page.text(key));
            return form(&app, &visitor, &sent, problems).await;
        }
    };
    let id = begin(&app, &visitor, to, sent.get("next")).await?;
    Ok(codes::lead_to(urls::RECOVER_CODE, id, &sent))
}

async fn form(
    app: &App,
    visitor: &Visitor,
    sent: &Parameters,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let mut page = visitor.page.clone();
    page.flow = sent.get("flow").map(str::to_owned);
    let flow = open_flow(app, sent);
    let hint = flow.as_ref().and_then(|flow| flow.parameters.get("login_hint"));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = RecoverPage {
        page: &page,
        app: waiting_app(app, flow.as_ref()).await?,
        problems,
        identifier: sent.get("identifier").or(hint).unwrap_or_default(),
        next: sent.get("next"),
        delayed: app.config.sign_in.delayed_recovery_hours > 0,
    };
    let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
    page::show_with(&template, status, &policy)
}

/// Begins a recovery. Where nobody is written to, the same rows are written for nobody.
async fn begin(
    app: &App,
    visitor: &Visitor,
    to: Identifier,
    next: Option<&str>,
) -> Result<ChallengeId, PageError> {
    let user = owner(app, &to).await?;
    let facts = Facts {
        to: addressee(visitor, &to, user.as_ref()),
        next: next.map(|path| next::ours(Some(path)).to_owned()),
    };
    let (challenge, code) = codes::begin(app, visitor, Purpose::Recovery, &to, &facts);
    let letter = codes::letter(app, Purpose::Recovery, to.channel, &facts.to, &code)?;
    let (challenge, letter) = match &user {
        Some(user) => (Challenge { user_id: Some(user.id), ..challenge }, letter),
        None => (codes::unanswerable(&challenge), Courier::decoy(&letter)),
    };
    let (id, now) = (challenge.id, challenge.sent_at);
    let allowance = Allowance::of(app, visitor, &to);
    let happened = Activity {
        user_id: challenge.user_id,
        session_id: None,
        ..visitor.activity(Event::RecoveryBegun, now)
    };
    let allowed = app
        .store
        .write(move |db| {
            let allowed = allowance.spend(db, now)?;
            if allowed.is_ok() {
                challenges::add(db, &challenge)?;
                activity::add(db, &happened)?;
                outbox::add(db, &letter)?;
            }
            Ok::<_, store::Error>(allowed)
        })
        .await?;
    allowed.map_err(|until| Kind::wait(until.since(now)))?;
    Ok(id)
}

/// Whose proved contact this is, if they can be written to there.
async fn owner(app: &App, to: &Identifier) -> Result<Option<User>, PageError> {
    let (channel, canonical) = (to.channel, to.canonical.clone());
    let found = app.store.read(move |db| {
        let contact = contacts::find_verified(db, channel, &canonical)?;
        // Looks as often for nobody as for somebody, so that it takes as long.
        let id = contact.map_or_else(UserId::random, |contact| contact.user_id);
        users::find(db, id)
    });
    let reached = |user: &User| user.deleted_at.is_none() && notices::reaches(app, channel);
    Ok(found.await?.filter(reached))
}

/// A stranger is addressed as somebody would be, so that writing to nobody takes as long.
fn addressee(visitor: &Visitor, to: &Identifier, user: Option<&User>) -> Addressee {
    let own = user.and_then(|user| user.language.clone());
    Addressee {
        recipient: to.recipient.clone(),
        name: user.map_or_else(|| "Nobody Anywhere".to_owned(), |user| user.name.clone()),
        language: own.unwrap_or_else(|| visitor.page.language.code().to_owned()),
    }
}
