//! What happened on this account: listed, narrowed, and handed out as a file.

mod file;
mod filter;

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, resource},
};
use askama::Template;

pub(super) use file::as_json;
use filter::Filter;

use crate::{
    app::App,
    store::{
        self,
        activity::{self, Activity, Event},
        clients::{self, Client},
    },
    web::{
        error::PageError,
        form::{Malformed, Query},
        page::{self, Page},
        parts::{Choice, Happening, Mood, Occurrence},
        urls,
        visitor::Visitor,
        whereabouts,
    },
};

/// As many stand on one page.
const ON_A_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "accounts/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    happenings: Vec<Happening>,
    /// What the list can be narrowed to.
    kinds: Vec<Choice>,
    apps: Vec<Choice>,
    times: Vec<Choice>,
    /// Whether it is.
    narrowed: bool,
    /// Where older ones are.
    older: Option<String>,
    /// Where it is to be had as a file.
    csv: String,
    json: String,
}

/// Mounts the list and the file.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_ACTIVITY).route(get().to(show)))
        .service(resource(urls::ACCOUNT_ACTIVITY_FILE).route(get().to(file::show)));
}

/// Lists what happened, the newest first.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let filter = Filter::read(&query);
    let found = Found::read(&app, &visitor, &filter, ON_A_PAGE).await?;
    let full = i64::try_from(found.happened.len()).is_ok_and(|count| count == ON_A_PAGE);
    let last = found.happened.last().filter(|_| full);
    let page = &visitor.page;
    let template = ActivityPage {
        page,
        kinds: filter.kinds(page),
        apps: filter.apps(found.apps.iter().map(|app| (app.id, app.name.clone()))),
        times: filter.times(page),
        narrowed: filter.narrows(),
        older: last.map(|last| filter.older_than(last)),
        csv: filter.file("csv"),
        json: filter.file("json"),
        happenings: found.happened.iter().map(|it| describe(&app, page, it, &found.apps)).collect(),
    };
    page::show(&template)
}

/// What the store knows of an account's activity.
struct Found {
    happened: Vec<Activity>,
    /// Every app that anything ever happened with.
    apps: Vec<Client>,
}

impl Found {
    async fn read(
        app: &App,
        visitor: &Visitor,
        filter: &Filter,
        most: i64,
    ) -> Result<Self, PageError> {
        let user_id = visitor.signed_in()?.user.id;
        let wanted = filter.wanted(app.clock.now());
        let found = app.store.survey(move |db| {
            let happened = activity::list_of_user(db, user_id, &wanted, most)?;
            let apps = activity::clients_of_user(db, user_id)?;
            Ok::<_, store::Error>(Self { happened, apps: clients::list(db, &apps)? })
        });
        Ok(found.await?)
    }
}

/// An event in words, as it looks on a page.
pub(super) fn describe(app: &App, page: &Page, happened: &Activity, apps: &[Client]) -> Happening {
    let (mood, drawing) = look(happened.event);
    Happening {
        text: words(page, happened, apps),
        at: happened.happened_at,
        device: match &*happened.user_agent {
            "" => String::new(),
            known => whereabouts::device(known, page.language),
        },
        place: whereabouts::place(app, &happened.address, page.language),
        mood,
        drawing,
    }
}

/// An event as a line of a list.
pub(super) fn occurrence(
    app: &App,
    page: &Page,
    happened: &Activity,
    apps: &[Client],
) -> Occurrence {
    let Happening { text, at, device, place, .. } = describe(app, page, happened, apps);
    Occurrence { text, at, device, place }
}

/// An event in words.
fn words(page: &Page, happened: &Activity, apps: &[Client]) -> String {
    let client = happened.client_id.and_then(|id| apps.iter().find(|app| app.id == id));
    let app = client.map_or_else(|| page.text("some-app").to_string(), |app| app.name.clone());
    let key = format!("event-{}", happened.event.as_str().replace('_', "-"));
    page.text_with(&key, "app", app).to_string()
}

/// How an event looks: what somebody else may have tried stands out.
fn look(event: Event) -> (Mood, &'static str) {
    match event {
        Event::SignedUp => (Mood::Good, "person"),
        Event::SignedIn | Event::SignInApproved | Event::ProvedAgain => (Mood::Usual, "lock"),
        Event::Unsuspended | Event::Unlocked | Event::SignInReset => (Mood::Good, "lock"),
        Event::SignedOut => (Mood::Usual, "out"),
        Event::BrowserTrusted => (Mood::Caution, "shield"),
        Event::DeviceLinked | Event::DeviceRenamed => (Mood::Usual, "tv"),
        Event::SessionEnded | Event::TrustEnded | Event::DeviceRemoved => (Mood::Good, "devices"),
        Event::ConsentGiven
        | Event::AppSignedIn
        | Event::AppRegistered
        | Event::AppChanged
        | Event::AppDeleted => (Mood::Usual, "apps"),
        Event::ConsentRefused => (Mood::Usual, "cross"),
        Event::AccessRemoved
        | Event::ScopeRemoved
        | Event::AppSignedOut
        | Event::DelayedRecoveryCancelled => (Mood::Good, "check"),
        Event::TwoStepOn
        | Event::TwoStepChanged
        | Event::AuthenticatorAdded
        | Event::RecoveryCodesMade => (Mood::Good, "shield"),
        Event::TwoStepOff | Event::AuthenticatorRemoved | Event::RecoveryCodeUsed => {
            (Mood::Caution, "shield")
        }
        Event::PasswordChanged | Event::Recovered | Event::PasskeyAdded => (Mood::Good, "key"),
        Event::PasskeyRenamed | Event::PasskeyRemoved => (Mood::Usual, "key"),
        Event::ContactAdded
        | Event::PrimaryContactChanged
        | Event::SharedEmailChanged
        | Event::PrivateEmailResumed
        | Event::PrivateEmailMoved => (Mood::Usual, "mail"),
        Event::ContactRemoved | Event::ContactChangeUndone | Event::PrivateEmailStopped => {
            (Mood::Good, "mail")
        }
        Event::ProfileChanged => (Mood::Usual, "person"),
        Event::ExportAsked | Event::ExportFetched => (Mood::Usual, "data"),
        Event::AppReported => (Mood::Usual, "alert"),
        Event::AccountKept => (Mood::Good, "undo"),
        Event::DeletionAsked | Event::AccountErased => (Mood::Caution, "trash"),
        Event::SignUpRepeated
        | Event::SignInFailed
        | Event::SecondFactorFailed
        | Event::SignInRefused
        | Event::PasskeyRefused
        | Event::RecoveryBegun
        | Event::DelayedRecoveryBegun
        | Event::DelayedRecoveryDone
        | Event::ContactClaimed
        | Event::Suspended
        | Event::SignInLinkMade
        | Event::SignedInByLink
        | Event::Frozen
        | Event::TokenReused
        | Event::Refused => (Mood::Caution, "alert"),
    }
}
