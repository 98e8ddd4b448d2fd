//! "This wasn't me": the link in a security message freezes the account and begins recovery.
//!
//! Opening the link does nothing, since mail scanners open every link; the button acts. Pressing it
//! again does no harm: once the account was taken back, messages from before freeze nothing.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    accounts::{codes, identifier::Identifier, notices::NotMe},
    app::App,
    store::{
        self,
        activity::{self, Activity, ActivityId, Event},
        contacts::{self, Contact},
        passkeys, users,
    },
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/not_me.html")]
struct NotMePage<'a> {
    page: &'a Page,
    /// The link's own secret, and where the code will go; nothing if the link is too old.
    armed: Option<(&'a str, &'a str)>,
}

/// Asks whether to freeze the account.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let found = find(&app, &query).await?;
    Ok(match &found {
        Some((_, contact)) => ask(&visitor, &query, contact)?,
        None => too_old(&visitor)?,
    })
}

/// Freezes the account, removes the passkeys that were made since the message, and sends a code to the contact that the message was sent to.
///
/// # Errors
/// If the form is not from our page in this browser, too many codes were asked for, or the store
/// cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let Some((not_me, contact)) = find(&app, &form).await? else { return too_old(&visitor) };
    let (user_id, since, now) = (not_me.user_id, not_me.sent_at, app.clock.now());
    let happened = Activity {
        user_id: Some(user_id),
        session_id: None,
        ..visitor.activity(Event::Frozen, now)
    };
    let removed = Activity { event: Event::PasskeyRemoved, ..happened.clone() };
    let removed = Activity { id: ActivityId::random(), ..removed };
    app.store
        .write(move |db| {
            if users::freeze(db, user_id, now)? {
                activity::add(db, &happened)?;
                if passkeys::remove_since(db, user_id, since)? > 0 {
                    activity::add(db, &removed)?;
                }
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    let Ok(to) = Identifier::read(&contact.address) else { return too_old(&visitor) };
    let id = super::begin(&app, &visitor, to, None).await?;
    Ok(codes::lead_to(urls::RECOVER_CODE, id, &Parameters::default()))
}

/// Who says that it was not them, and at which contact; nobody if the link is too old, or the
/// account was taken back since.
async fn find(app: &App, named: &Parameters) -> Result<Option<(NotMe, Contact)>, PageError> {
    let sealed = named.get("alarm").unwrap_or_default();
    let Some(not_me) = NotMe::open(sealed, &app.seals.alarm, app.clock.now()) else {
        return Ok(None);
    };
    let (user_id, contact_id) = (not_me.user_id, not_me.contact_id);
    let found = app.store.read(move |db| {
        let user = users::find(db, user_id)?;
        Ok::<_, store::Error>(user.zip(contacts::find(db, contact_id)?))
    });
    let Some((user, contact)) = found.await? else { return Ok(None) };
    let stands = user.deleted_at.is_none()
        && contact.user_id == user.id
        && contact.verified_at.is_some()
        && user.thawed_at.is_none_or(|thawed| thawed <= not_me.sent_at);
    Ok(stands.then_some((not_me, contact)))
}

fn ask(
    visitor: &Visitor,
    query: &Parameters,
    contact: &Contact,
) -> Result<HttpResponse, PageError> {
    let alarm = query.get("alarm").unwrap_or_default();
    let page = &visitor.page;
    page::show(&NotMePage { page, armed: Some((alarm, &contact.address)) })
}

fn too_old(visitor: &Visitor) -> Result<HttpResponse, PageError> {
    let template = NotMePage { page: &visitor.page, armed: None };
    page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default())
}
