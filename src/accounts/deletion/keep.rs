//! "Keep my account": whoever signs in, or follows the link in the message, takes the deletion back.
//! Opening the link does nothing; the button acts.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{next, notices::Notice},
    app::App,
    clock::Moment,
    delivery::messages::Alarm,
    store::{
        self,
        activity::{self, Activity, Event},
        deletions::{self, Deletion},
        users::UserId,
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

/// Whoever may take a deletion back, and which.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Ticket {
    user_id: UserId,
    asked_at: Moment,
}

#[derive(Template)]
#[template(path = "accounts/deletion_keep.html")]
struct KeepPage<'a> {
    page: &'a Page,
    /// The ticket, and when everything goes.
    armed: Option<(&'a str, Moment)>,
    /// Whether it was taken back.
    kept: bool,
}

/// Where this deletion is taken back.
pub(super) fn path(app: &App, deletion: &Deletion) -> String {
    let ticket = Ticket { user_id: deletion.user_id, asked_at: deletion.asked_at };
    let sealed = BASE64_URL_SAFE_NO_PAD.encode(app.seals.deletion.seal(&ticket));
    urls::with_query(urls::KEEP_ACCOUNT, &[("account", &sealed)])
}

/// Leads somebody who has just proved who they are to where their deletion is taken back; nobody, if
/// there is no way back.
///
/// # Errors
/// If the store cannot answer.
pub(in crate::accounts) async fn lead(
    app: &App,
    user_id: UserId,
) -> Result<Option<HttpResponse>, PageError> {
    let open = app.store.read(move |db| deletions::find_open(db, user_id)).await?;
    Ok(open.map(|deletion| next::go(&path(app, &deletion))))
}

/// Asks whether to keep the account.
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
        Some(deletion) => {
            let sealed = query.get("account").unwrap_or_default();
            page::show(&KeepPage { page, armed: Some((sealed, deletion.due_at)), kept: false })?
        }
        None => over(page)?,
    };
    Ok(answer)
}

/// Takes the deletion back, and tells every contact.
///
/// # Errors
/// If the form is not from our page in this browser, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let Some(Deletion { user_id, asked_at, .. }) = find(&app, &form).await? else {
        return over(&visitor.page);
    };
    let now = app.clock.now();
    let notice = Notice::of(&app, &visitor, Alarm::AccountKept, now);
    let happened = Activity {
        user_id: Some(user_id),
        session_id: None,
        ..visitor.activity(Event::AccountKept, now)
    };
    let kept = app.store.write(move |db| {
        let kept = deletions::keep(db, user_id, asked_at, now)?;
        if kept {
            notice.send(db, user_id, None)?;
            activity::add(db, &happened)?;
        }
        Ok::<_, store::Error>(kept)
    });
    if !kept.await? {
        return over(&visitor.page);
    }
    page::show(&KeepPage { page: &visitor.page, armed: None, kept: true })
}

/// The deletion that is named, if it can be taken back.
async fn find(app: &App, named: &Parameters) -> Result<Option<Deletion>, PageError> {
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(named.get("account").unwrap_or_default()).ok();
    let ticket = sealed.and_then(|sealed| app.seals.deletion.open::<Ticket>(&sealed));
    let Some(Ticket { user_id, asked_at }) = ticket else { return Ok(None) };
    let open = app.store.read(move |db| deletions::find_open(db, user_id)).await?;
    Ok(open.filter(|deletion| deletion.asked_at == asked_at))
}

fn over(page: &Page) -> Result<HttpResponse, PageError> {
    let template = KeepPage { page, armed: None, kept: false };
    page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default())
}
