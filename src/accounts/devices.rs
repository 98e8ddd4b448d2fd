//! Where somebody is signed in: each browser, each device linked by a code, and the end of it.

pub mod linked;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;

use super::next;
use crate::{
    app::App,
    store::{
        self,
        activity::{self, Event},
        sessions::{self, SessionId},
    },
    web::{
        error::{Kind, PageError},
        page::{self, Page},
        parts,
        submission::Submission,
        urls,
        visitor::Visitor,
        whereabouts,
    },
};

#[derive(Template)]
#[template(path = "accounts/devices.html")]
struct DevicesPage<'a> {
    page: &'a Page,
    sessions: Vec<parts::Session>,
    linked: Vec<parts::Linked>,
}

/// Lists every browser that is signed in, and every linked device.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let (user_id, now) = (signed_in.user.id, app.clock.now());
    let found = app.store.survey(move |db| sessions::list_of_user(db, user_id, now)).await?;
    let mut sessions: Vec<_> = found
        .into_iter()
        .map(|session| parts::Session {
            id: session.id.to_string(),
            device: whereabouts::device(&session.user_agent, visitor.page.language),
            place: whereabouts::place(&app, &session.address, visitor.page.language),
            since: session.created_at,
            last_seen: session.last_seen_at,
            this: session.id == signed_in.session.id,
            trusted_until: None,
        })
        .collect();
    sessions.sort_by_key(|session| (!session.this, std::cmp::Reverse(session.last_seen)));
    let linked = app.store.survey(move |db| linked::list(db, user_id, now)).await?;
    let answer = page::show(&DevicesPage { page: &visitor.page, sessions, linked })?;
    Ok(visitor.greet(&http, answer))
}

/// Signs one browser out.
///
/// # Errors
/// If the form is not from our page in this browser and session, or it is not this person's.
pub async fn end(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = SessionId::parse(&path).ok_or(Kind::NotFound)?;
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let happened = visitor.activity(Event::SessionEnded, now);
    app.store
        .write(move |db| {
            if sessions::end(db, id, user_id, "ended_by_user", now)? {
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}

/// Signs every browser out but this one.
///
/// # Errors
/// As [`end`].
pub async fn end_others(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let (user_id, here, now) = (signed_in.user.id, signed_in.session.id, app.clock.now());
    let happened = visitor.activity(Event::SessionEnded, now);
    app.store
        .write(move |db| {
            if sessions::end_others(db, user_id, Some(here), "ended_by_user", now)? > 0 {
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}
