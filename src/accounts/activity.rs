//! What happened on this account.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    app::App,
    clock::Moment,
    identity::user_agent::UserAgent,
    store::{
        self,
        activity::{self, Activity, Event},
        clients::{self, Client},
    },
    web::{
        error::PageError,
        form::{Malformed, Query},
        page::{self, Page},
        visitor::Visitor,
    },
};

/// As many stand on one page.
const ON_A_PAGE: i64 = 50;

/// Something that happened.
struct Entry {
    /// In a few words.
    what: String,
    /// With which app.
    app: Option<String>,
    /// "Firefox on Linux".
    device: String,
    address: String,
    at: Moment,
}

#[derive(Template)]
#[template(path = "accounts/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    entries: Vec<Entry>,
    /// Where older ones are.
    older: Option<String>,
}

/// Lists what happened, the newest first.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let user_id = visitor.signed_in()?.user.id;
    let before = query.get("before").and_then(|micros| micros.parse().ok());
    let before =
        before.map_or(app.clock.now() + std::time::Duration::from_secs(1), Moment::from_micros);
    let (happened, apps) = app
        .store
        .survey(move |db| {
            let happened = activity::list_of_user(db, user_id, before, ON_A_PAGE)?;
            let ids: Vec<_> = happened.iter().filter_map(|it| it.client_id).collect();
            Ok::<_, store::Error>((happened, clients::list(db, &ids)?))
        })
        .await?;
    let full = i64::try_from(happened.len()).is_ok_and(|count| count == ON_A_PAGE);
    let last = happened.last().filter(|_| full);
    let template = ActivityPage {
        page: &visitor.page,
        older: last.map(|last| last.happened_at.micros().to_string()),
        entries: happened.iter().map(|it| describe(&visitor.page, it, &apps)).collect(),
    };
    let answer = page::show(&template)?;
    Ok(visitor.greet(&http, answer))
}

/// The key of an event's words.
pub(super) fn key(event: Event) -> String {
    format!("event-{}", event.as_str().replace('_', "-"))
}

fn describe(page: &Page, happened: &Activity, apps: &[Client]) -> Entry {
    let app = happened.client_id.and_then(|id| apps.iter().find(|app| app.id == id));
    Entry {
        what: page.text(&key(happened.event)).to_string(),
        app: app.map(|app| app.name.clone()),
        device: UserAgent::read(&happened.user_agent).to_string(),
        address: happened.address.clone(),
        at: happened.happened_at,
    }
}
