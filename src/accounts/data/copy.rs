//! A copy of what is held, asked for and fetched by whoever has lately proved who they are.

use std::time::Duration;

use actix_web::{HttpResponse, http::header, web::Data};

use super::file;
use crate::{
    accounts::{next, notices::Notice},
    app::App,
    delivery::messages::Alarm,
    store::{
        self,
        activity::{self, Event},
        attempts::{self, Counted, Limit},
        exports::{self, Export},
    },
    web::{
        error::{Kind, PageError},
        submission::Submission,
        urls,
    },
};

/// As many copies somebody may ask for.
const LIMIT: Limit = Limit { most: 5, within: Duration::from_hours(24) };

/// Has a copy prepared, and tells all contacts that it was asked for.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved who they are, or there were too many today.
pub async fn ask(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.lately_proved(&app)?.user.id, app.clock.now());
    let wanted = Export::asked(user_id, visitor.page.language.code(), now);
    let limited = attempts::key("copies of", user_id.as_bytes());
    let notice = Notice::of(&app, &visitor, Alarm::ExportAsked, now);
    let happened = visitor.activity(Event::ExportAsked, now);
    let counted = app.store.write(move |db| {
        let counted = attempts::count(db, &limited, LIMIT, now)?;
        if counted == Counted::Within && exports::ask(db, &wanted)? {
            notice.send(db, user_id, None)?;
            activity::add(db, &happened)?;
        }
        Ok::<_, store::Error>(counted)
    });
    match counted.await? {
        Counted::Within => Ok(next::go(urls::ACCOUNT_DATA)),
        Counted::TooMany { until } => Err(Kind::wait(until.since(now)).into()),
    }
}

/// Hands it out.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in who has lately
/// proved who they are, or there is no copy of theirs.
pub async fn fetch(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.lately_proved(&app)?.user.id, app.clock.now());
    let find = move |db: &mut store::Db<'_>| exports::find_of_user(db, user_id, now);
    let export: Option<Export> = app.store.read(find).await?;
    let export = export.filter(|it| it.ready_at.is_some()).ok_or(Kind::NotFound)?;
    let bytes = file::read(&app, &export).await?;
    let happened = visitor.activity(Event::ExportFetched, now);
    app.store.write(move |db| activity::add(db, &happened)).await?;
    let day = now.as_chrono().format("%Y-%m-%d");
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"account-{day}.zip\""),
        ))
        .body(bytes))
}
