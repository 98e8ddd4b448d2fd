//! What is held about somebody, in words; a copy of it to take along.

mod copy;
mod file;
mod held;
mod prepare;
mod words;

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;

pub use prepare::prepare;

use self::held::Held;
use crate::{
    app::App,
    store::{
        self, Db,
        exports::{self, Export},
    },
    web::{
        error::{Kind, PageError},
        page::{self, Page},
        parts::{Copy, HeldSection},
        urls,
        visitor::Visitor,
    },
};

/// As many entries of a kind stand on the page; the copy has all.
const SHOWN: usize = 20;

/// Mounts the pages of this room.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_DATA).route(get().to(show)))
        .service(resource(urls::ACCOUNT_DATA_COPY).route(post().to(copy::ask)))
        .service(resource(urls::ACCOUNT_DATA_COPY_FILE).route(post().to(copy::fetch)));
}

#[derive(Template)]
#[template(path = "accounts/data.html")]
struct DataPage<'a> {
    page: &'a Page,
    held: Vec<HeldSection>,
    /// How much happened.
    activity: i64,
    copy: Option<Copy>,
}

/// Shows what is held, and how a copy of it stands.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let read = move |db: &mut Db<'_>| {
        let held = Held::read(db, user_id, now)?;
        Ok::<_, store::Error>((held, exports::find_of_user(db, user_id, now)?))
    };
    let (held, export) = app.store.survey(read).await?;
    let (held, page) = (held.ok_or(Kind::NotFound)?, &visitor.page);
    let sections = words::sections(&held).into_iter().filter(|it| !it.entries.is_empty());
    let template = DataPage {
        page,
        held: sections.map(|it| it.shown(&app, page, SHOWN)).collect(),
        activity: held.activity,
        copy: export.as_ref().map(describe),
    };
    page::show(&template)
}

fn describe(export: &Export) -> Copy {
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    match export.ready_at {
        Some(_) => Copy::Ready { bytes: count(export.size), until: export.expires_at },
        None => Copy::Preparing { done: count(export.done), total: count(export.total) },
    }
}
