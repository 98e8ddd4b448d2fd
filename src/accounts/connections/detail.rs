//! One connected app: what it may do, where it is connected, and each part of that taken back.

use std::time::Duration;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{describe, email, find, private_email};
use crate::{
    accounts::{activity::describe as describe_event, next},
    app::App,
    identity::user_agent::UserAgent,
    protocol::scope::Scope,
    store::{
        self, Db,
        activity::{self, Activity, Event, Wanted},
        clients::Client,
        grants::{self, Grant},
        token_families::{self, Connection, FamilyId},
    },
    web::{
        app_card,
        error::{Kind, PageError},
        page::{self, Page},
        parts::{
            AddressChoice, AllowedScope, ConnectedApp, ConnectedPlace, Happening, PrivateAddress,
        },
        scopes,
        shared_email::Shareable,
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/connection.html")]
struct ConnectionPage<'a> {
    page: &'a Page,
    connected: ConnectedApp,
    /// Where the app begins a sign-in, or its home.
    start: Option<String>,
    allowed: Vec<AllowedScope>,
    /// The mail addresses that the app could be told.
    addresses: Vec<AddressChoice>,
    /// The address that was made for the app.
    private: Option<PrivateAddress>,
    places: Vec<ConnectedPlace>,
    /// Whether the person is asked again next time.
    asks_again: bool,
    happenings: Vec<Happening>,
    /// Where the app is reported.
    report: Option<String>,
}

/// As much of what an app did is shown.
const RECENT: i64 = 50;

/// As far back.
const LOOKED_BACK: Duration = Duration::from_hours(30 * 24);

/// Shows one app.
///
/// # Errors
/// If there is no such app among this person's.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, client) = find(&app, &visitor, &path).await?;
    let (user_id, grant_id, now) = (grant.user_id, grant.id, app.clock.now());
    let since = now - LOOKED_BACK;
    let wanted = Wanted { client_id: Some(client.id), since, ..Wanted::everything() };
    let look = move |db: &mut Db<'_>| {
        let happened = activity::list_of_user(db, user_id, &wanted, RECENT)?;
        let connections = token_families::list_under(db, grant_id, now)?;
        Ok::<_, store::Error>((happened, connections))
    };
    let (happened, connections) = app.store.survey(look).await?;
    let emails = Shareable::find(&app, user_id, client.id).await?;
    let page = &visitor.page;
    let happenings = happened
        .iter()
        .map(|happened| describe_event(&app, page, happened, std::slice::from_ref(&client)))
        .collect();
    let connected = describe(page, &grant, &client);
    let policy = app_card::policy(&connected.app);
    let template = ConnectionPage {
        page,
        start: start(&app, &client),
        allowed: allowed(page, &grant),
        addresses: email::choices(&grant, &emails),
        private: private_email::describe(&emails),
        places: places(&connections),
        asks_again: grant.ask_again_at.is_some(),
        connected,
        happenings,
        report: Some(urls::report(client.id)),
    };
    page::show_with(&template, StatusCode::OK, &policy)
}

/// Takes one thing out of what an app may do, at once for every token it has.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such app or scope.
pub async fn narrow(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, client) = find(&app, &visitor, &path).await?;
    let named = form.get("scope").filter(|name| removable(&grant, name)).ok_or(Kind::NotFound)?;
    let without: Scope = named.parse().map_err(|_| Kind::NotFound)?;
    let now = app.clock.now();
    let happened = Activity {
        client_id: Some(client.id),
        details: without.to_string(),
        ..visitor.activity(Event::ScopeRemoved, now)
    };
    app.store
        .write(move |db| {
            let narrowed = grants::narrow(db, grant.id, grant.user_id, &without, now)?;
            if narrowed.is_some() { activity::add(db, &happened) } else { Ok(()) }
        })
        .await?;
    Ok(back_to(&path))
}

/// Has the person asked again when the app next asks for anything.
///
/// # Errors
/// As [`narrow`].
pub async fn ask_again(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, _) = find(&app, &visitor, &path).await?;
    let now = app.clock.now();
    app.store.write(move |db| grants::set_ask_again(db, grant.id, grant.user_id, now)).await?;
    Ok(back_to(&path))
}

/// Ends an app's access in one place; elsewhere it stays connected.
///
/// # Errors
/// As [`narrow`].
pub async fn disconnect(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, client) = find(&app, &visitor, &path).await?;
    let family = form.get("place").and_then(FamilyId::parse).ok_or(Kind::NotFound)?;
    let now = app.clock.now();
    let happened = Activity {
        client_id: Some(client.id),
        details: client.name.clone(),
        ..visitor.activity(Event::AppSignedOut, now)
    };
    let end = move |db: &mut Db<'_>| -> Result<bool, store::Error> {
        let ended = token_families::end_place(db, grant.id, family, "ended_by_user", now)?;
        if ended {
            activity::add(db, &happened)?;
        }
        Ok(ended)
    };
    if app.store.write(end).await? { Ok(back_to(&path)) } else { Err(Kind::NotFound.into()) }
}

pub(super) fn back_to(path: &str) -> HttpResponse {
    next::go(&format!("{}/{path}", urls::ACCOUNT_APPS))
}

/// Where the app is opened: signed in at once, where it registered how (OpenID Connect Core §4).
fn start(app: &App, client: &Client) -> Option<String> {
    let start = client.initiate_login(app.config.http.public_url.as_str());
    start.or_else(|| client.metadata.client_uri.clone())
}

fn allowed(page: &Page, grant: &Grant) -> Vec<AllowedScope> {
    let each = grant.scope.iter().map(|name| AllowedScope {
        scope: name.to_owned(),
        title: scopes::title(page, name),
        removable: removable(grant, name),
    });
    each.collect()
}

/// Whether this may be taken out alone: that the app knows the person again ends with everything.
fn removable(grant: &Grant, name: &str) -> bool {
    name != "openid" && grant.scope.contains(name)
}

/// One place for each session, and for each device that was linked.
fn places(connections: &[Connection]) -> Vec<ConnectedPlace> {
    let mut places: Vec<ConnectedPlace> = Vec::new();
    let mut sessions = Vec::new();
    for connection in connections {
        let family = &connection.family;
        if family.session_id.is_some() && sessions.contains(&family.session_id) {
            continue;
        }
        sessions.push(family.session_id);
        let browser =
            connection.user_agent.as_deref().map(|text| UserAgent::read(text).to_string());
        places.push(ConnectedPlace {
            id: family.id.to_string(),
            device: connection.device_name.clone().or(browser),
            since: family.created_at,
            last_used: family.rotated_at,
        });
    }
    places
}
