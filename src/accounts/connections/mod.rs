//! Connected apps: what each may do, and the end of it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{activity::describe as describe_event, next};
use crate::{
    app::App,
    store::{
        self, Db,
        activity::{self, Activity, Event, Wanted},
        clients::{self, Client},
        grants::{self, Grant, GrantId},
        users::UserId,
    },
    web::{
        app_card,
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        form::{Form, Malformed},
        page::{self, Page},
        parts::{AppCard, ConnectedApp, Happening},
        scopes, urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/connections.html")]
struct ConnectionsPage<'a> {
    page: &'a Page,
    /// The name of the app whose access has just been removed.
    removed: Option<String>,
    /// Apps that can see or change more than who somebody is.
    using: Vec<ConnectedApp>,
    /// Apps that only sign people in.
    signing_in: Vec<ConnectedApp>,
}

#[derive(Template)]
#[template(path = "accounts/connection.html")]
struct ConnectionPage<'a> {
    page: &'a Page,
    connected: ConnectedApp,
    /// What it may see or do, each in a few words.
    allowed: Vec<String>,
    happenings: Vec<Happening>,
}

#[derive(Template)]
#[template(path = "accounts/connection_remove.html")]
struct RemovePage<'a> {
    page: &'a Page,
    id: String,
    app: AppCard,
}

/// Lists every app that has access.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn list(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let user_id = visitor.signed_in()?.user.id;
    let found = app.store.survey(move |db| all(db, user_id)).await?;
    let (using, signing_in): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(grant, _)| does_more_than_sign_in(grant));
    let drawn = |found: Vec<(Grant, Client)>| -> Vec<_> {
        found.iter().map(|(grant, client)| describe(&visitor.page, grant, client)).collect()
    };
    let (using, signing_in) = (drawn(using), drawn(signing_in));
    let policy = using
        .iter()
        .chain(&signing_in)
        .fold(ContentPolicy::default(), |policy, it| policy.images_from(it.app.logo.as_deref()));
    let removed = removed_name(&app, &http, user_id).await?;
    let template = ConnectionsPage { page: &visitor.page, removed, using, signing_in };
    let answer = page::show_with(&template, StatusCode::OK, &policy)?;
    Ok(visitor.greet(&http, answer))
}

/// As much of what an app did is shown.
const RECENT: i64 = 50;

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
    let (user_id, client_id) = (grant.user_id, Some(client.id));
    let wanted = Wanted { client_id, ..Wanted::everything() };
    let happened = app.store.survey(move |db| activity::list_of_user(db, user_id, &wanted, RECENT));
    let page = &visitor.page;
    let happenings = happened
        .await?
        .iter()
        .map(|happened| describe_event(&app, page, happened, std::slice::from_ref(&client)))
        .collect();
    let connected = describe(page, &grant, &client);
    let policy = app_card::policy(&connected.app);
    let allowed = titles(page, &grant);
    let template = ConnectionPage { page, connected, allowed, happenings };
    page::show_with(&template, StatusCode::OK, &policy)
}

/// Says what removing means, and asks.
///
/// # Errors
/// As [`show`].
pub async fn ask_remove(
    app: Data<App>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, client) = find(&app, &visitor, &path).await?;
    let card = app_card::of(&client);
    let policy = app_card::policy(&card);
    let template = RemovePage { page: &visitor.page, id: grant.id.to_string(), app: card };
    page::show_with(&template, StatusCode::OK, &policy)
}

/// Ends an app's access: the consent and every token of it, in one transaction, at once.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such app.
pub async fn remove(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    path: Path<String>,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Form(form) = form?;
    visitor.check_form(&http, &form)?;
    let (grant, client) = find(&app, &visitor, &path).await?;
    let now = app.clock.now();
    let happened = Activity {
        client_id: Some(client.id),
        details: client.name.clone(),
        ..visitor.activity(Event::AccessRemoved, now)
    };
    app.store
        .write(move |db| {
            if grants::end(db, grant.id, grant.user_id, "removed_by_user", now)? {
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    let id = path.into_inner();
    Ok(next::go(&urls::with_query(urls::ACCOUNT_APPS, &[("removed", &id)])))
}

fn all(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<(Grant, Client)>, store::Error> {
    let grants = grants::list_standing(db, user_id)?;
    let ids: Vec<_> = grants.iter().map(|grant| grant.client_id).collect();
    let clients = clients::list(db, &ids)?;
    let client_of = |grant: &Grant| clients.iter().find(|client| client.id == grant.client_id);
    Ok(grants.iter().filter_map(|grant| Some((grant.clone(), client_of(grant)?.clone()))).collect())
}

/// The app of this address, if this person has it connected.
async fn find(app: &App, visitor: &Visitor, path: &str) -> Result<(Grant, Client), PageError> {
    let user_id = visitor.signed_in()?.user.id;
    let id = GrantId::parse(path).ok_or(Kind::NotFound)?;
    let found = app
        .store
        .read(move |db| {
            let grant = grants::find(db, id)?.filter(|grant| grant.user_id == user_id);
            let Some(grant) = grant.filter(|grant| grant.ended_at.is_none()) else {
                return Ok::<_, store::Error>(None);
            };
            Ok(clients::find(db, grant.client_id)?.map(|client| (grant, client)))
        })
        .await?;
    found.ok_or_else(|| Kind::NotFound.into())
}

/// The name of the app that was just removed, if the address says so and it is true.
async fn removed_name(
    app: &App,
    http: &HttpRequest,
    user_id: UserId,
) -> Result<Option<String>, PageError> {
    let query = crate::web::form::Parameters::read(http.query_string().as_bytes())?;
    let Some(id) = query.get("removed").and_then(GrantId::parse) else { return Ok(None) };
    let name = move |db: &mut Db<'_>| {
        let grant = grants::find(db, id)?.filter(|grant| grant.user_id == user_id);
        let Some(grant) = grant.filter(|grant| grant.ended_at.is_some()) else { return Ok(None) };
        Ok::<_, store::Error>(clients::find(db, grant.client_id)?.map(|client| client.name))
    };
    Ok(app.store.read(name).await?)
}

fn describe(page: &Page, grant: &Grant, client: &Client) -> ConnectedApp {
    ConnectedApp {
        id: grant.id.to_string(),
        app: app_card::of(client),
        summary: titles(page, grant).join(" · "),
        since: grant.created_at,
        last_used: grant.last_used_at,
        offline: grant.scope.contains(OFFLINE),
    }
}

/// The scope by which an app keeps access while the person is away (OpenID Connect Core §11).
const OFFLINE: &str = "offline_access";

/// What an app may see or do, each in a few words. That it knows people again goes without saying.
fn titles(page: &Page, grant: &Grant) -> Vec<String> {
    let said = grant.scope.iter().filter(|name| *name != OFFLINE);
    let all = grant.scope.iter().count();
    said.filter(|name| *name != "openid" || all == 1)
        .map(|name| scopes::title(page, name))
        .collect()
}

fn does_more_than_sign_in(grant: &Grant) -> bool {
    grant.scope.iter().any(|name| name == OFFLINE || scopes::is_permission(name))
}
