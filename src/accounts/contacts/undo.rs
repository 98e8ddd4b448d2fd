//! A change of the contacts taken back by the link in a message: without being signed in, and once.
//!
//! Opening the link does nothing, since mail scanners open every link; the button acts.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    accounts::notices::{self, Notice, Undo},
    app::App,
    clock::Moment,
    delivery::messages::Alarm,
    store::{
        self,
        activity::{self, Activity, Event},
        contact_changes::{self, ContactChange},
        users,
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
#[template(path = "accounts/contacts_undo.html")]
struct UndoPage<'a> {
    page: &'a Page,
    /// The link's own secret, and when the change was made.
    armed: Option<(&'a str, Moment)>,
    /// It is done: where "This wasn't me" leads.
    done: Option<String>,
}

/// Asks whether to take the change back.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let page = &visitor.page;
    let answer = match find(&app, &query).await? {
        Some((_, change)) => {
            let sealed = query.get("change").unwrap_or_default();
            let armed = Some((sealed, change.made_at));
            page::show(&UndoPage { page, armed, done: None })?
        }
        None => too_old(&visitor)?,
    };
    Ok(answer)
}

/// Takes it back, and every later one with it.
///
/// # Errors
/// If the form is not from our page in this browser, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let Some((undo, change)) = find(&app, &form).await? else { return too_old(&visitor) };
    let (user_id, now) = (change.user_id, app.clock.now());
    let notice = Notice::of(&app, &visitor, Alarm::ContactChangeUndone, now);
    let happened = Activity {
        user_id: Some(user_id),
        session_id: None,
        ..visitor.activity(Event::ContactChangeUndone, now)
    };
    let undone = app
        .store
        .write(move |db| {
            let undone = contact_changes::undo(db, &change, now)?;
            if undone {
                notice.send(db, user_id, None)?;
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(undone)
        })
        .await?;
    if !undone {
        return too_old(&visitor);
    }
    let done = Some(notices::not_me(&app, user_id, undo.contact_id, now));
    page::show(&UndoPage { page: &visitor.page, armed: None, done })
}

/// The change that a link speaks of, as long as it can be taken back.
async fn find(app: &App, named: &Parameters) -> Result<Option<(Undo, ContactChange)>, PageError> {
    let sealed = named.get("change").unwrap_or_default();
    let Some(undo) = Undo::open(sealed, &app.seals.contact_change) else { return Ok(None) };
    let (id, now) = (undo.change_id, app.clock.now());
    let found = app.store.read(move |db| {
        let Some(change) = contact_changes::find(db, id)? else { return Ok(None) };
        let user = users::find(db, change.user_id)?;
        Ok::<_, store::Error>(user.filter(|it| it.deleted_at.is_none()).map(|_| change))
    });
    let change = found.await?.filter(|change| change.undoable(now));
    Ok(change.map(|change| (undo, change)))
}

fn too_old(visitor: &Visitor) -> Result<HttpResponse, PageError> {
    let template = UndoPage { page: &visitor.page, armed: None, done: None };
    page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default())
}
