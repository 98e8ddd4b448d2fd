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
        parts::{Happening, Mood},
        visitor::Visitor,
    },
};

/// As many stand on one page.
const ON_A_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "accounts/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    happenings: Vec<Happening>,
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
        happenings: happened.iter().map(|it| describe(&visitor.page, it, &apps)).collect(),
    };
    let answer = page::show(&template)?;
    Ok(visitor.greet(&http, answer))
}

/// An event in words, as it looks on a page.
pub(super) fn describe(page: &Page, happened: &Activity, apps: &[Client]) -> Happening {
    let client = happened.client_id.and_then(|id| apps.iter().find(|app| app.id == id));
    let app = client.map_or_else(|| page.text("some-app").to_string(), |app| app.name.clone());
    let key = format!("event-{}", happened.event.as_str().replace('_', "-"));
    let (mood, drawing) = look(happened.event);
    Happening {
        text: page.text_with(&key, "app", app).to_string(),
        at: happened.happened_at,
        device: UserAgent::read(&happened.user_agent).to_string(),
        place: happened.address.clone(),
        mood,
        drawing,
    }
}

/// How an event looks: what somebody else may have tried stands out.
fn look(event: Event) -> (Mood, &'static str) {
    match event {
        Event::SignedUp => (Mood::Good, "person"),
        Event::SignedIn => (Mood::Usual, "lock"),
        Event::Unsuspended | Event::Unlocked | Event::SignInReset => (Mood::Good, "lock"),
        Event::SignedOut => (Mood::Usual, "out"),
        Event::DeviceLinked | Event::DeviceRenamed => (Mood::Usual, "tv"),
        Event::SessionEnded | Event::DeviceRemoved => (Mood::Good, "devices"),
        Event::ConsentGiven
        | Event::AppSignedIn
        | Event::AppRegistered
        | Event::AppChanged
        | Event::AppDeleted => (Mood::Usual, "apps"),
        Event::ConsentRefused => (Mood::Usual, "cross"),
        Event::AccessRemoved => (Mood::Good, "check"),
        Event::PasswordChanged | Event::Recovered | Event::PasskeyAdded => (Mood::Good, "key"),
        Event::PasskeyRenamed | Event::PasskeyRemoved => (Mood::Usual, "key"),
        Event::ContactAdded | Event::PrimaryContactChanged => (Mood::Usual, "mail"),
        Event::ContactRemoved | Event::ContactChangeUndone => (Mood::Good, "mail"),
        Event::ProfileChanged => (Mood::Usual, "person"),
        Event::SignUpRepeated
        | Event::SignInFailed
        | Event::RecoveryBegun
        | Event::ContactClaimed
        | Event::Suspended
        | Event::SignInLinkMade
        | Event::SignedInByLink
        | Event::Frozen
        | Event::TokenReused
        | Event::Refused => (Mood::Caution, "alert"),
    }
}
