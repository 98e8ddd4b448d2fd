//! The wait cancelled from any contact. Opening the link does nothing; the button acts, and once.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::Link;
use crate::{
    accounts::notices,
    app::App,
    clock::Moment,
    store::{
        self,
        activity::{self, Activity, Event},
        delayed_recoveries::{self, DelayedRecovery},
    },
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        submission::Submission,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/delayed_cancel.html")]
struct CancelPage<'a> {
    page: &'a Page,
    /// The link's own secret, and when the wait is over.
    armed: Option<(&'a str, Moment)>,
    /// It is done: where "This wasn't me" leads.
    done: Option<String>,
}

/// Asks whether to cancel it.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let answer = match find(&app, &query).await? {
        Some((_, recovery)) => {
            let sealed = query.get("recovery").unwrap_or_default();
            let armed = Some((sealed, recovery.due_at));
            page::show(&CancelPage { page: &visitor.page, armed, done: None })?
        }
        None => over(&visitor)?,
    };
    Ok(answer)
}

/// Cancels it.
///
/// # Errors
/// If the form is not from our page in this browser, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let Some((link, recovery)) = find(&app, &form).await? else { return over(&visitor) };
    let now = app.clock.now();
    let happened = Activity {
        user_id: recovery.user_id,
        session_id: None,
        ..visitor.activity(Event::DelayedRecoveryCancelled, now)
    };
    let cancelled = app.store.write(move |db| {
        let cancelled = delayed_recoveries::end(db, link.id, "cancelled", now)?;
        if cancelled {
            activity::add(db, &happened)?;
        }
        Ok::<_, store::Error>(cancelled)
    });
    if !cancelled.await? {
        return over(&visitor);
    }
    let not_me = recovery.user_id.zip(link.contact_id);
    let done = not_me.map(|(user_id, contact_id)| notices::not_me(&app, user_id, contact_id, now));
    page::show(&CancelPage { page: &visitor.page, armed: None, done })
}

/// What a contact was told of, as long as it is not over.
async fn find(app: &App, named: &Parameters) -> Result<Option<(Link, DelayedRecovery)>, PageError> {
    let link = Link::read(named, &app.seals.delayed_recovery);
    let Some(link) = link.filter(|link| link.contact_id.is_some()) else { return Ok(None) };
    let id = link.id;
    let found = app.store.read(move |db| delayed_recoveries::find(db, id)).await?;
    let open = found.filter(|it| it.ended_at.is_none() && app.clock.now() < it.expires_at);
    Ok(open.map(|recovery| (link, recovery)))
}

fn over(visitor: &Visitor) -> Result<HttpResponse, PageError> {
    let template = CancelPage { page: &visitor.page, armed: None, done: None };
    page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default())
}
