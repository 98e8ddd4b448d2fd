//! Connected apps: what each may do, and the end of it.

pub mod detail;
pub mod email;
pub mod private_email;
pub mod removal;

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;

use crate::{
    app::App,
    clock::Moment,
    store::{
        self, Db,
        clients::{self, Client},
        grants::{self, Grant, GrantId},
        users::UserId,
    },
    web::{
        app_card,
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        page::{self, Page},
        parts::ConnectedApp,
        scopes, urls,
        visitor::Visitor,
    },
};

/// Mounts the pages of this room.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_APPS).route(get().to(list)))
        .service(
            resource(urls::ACCOUNT_APPS_UNUSED)
                .route(get().to(removal::ask_unused))
                .route(post().to(removal::remove_unused)),
        )
        .service(resource(urls::ACCOUNT_APP).route(get().to(detail::show)))
        .service(
            resource(urls::ACCOUNT_APP_REMOVE)
                .route(get().to(removal::ask))
                .route(post().to(removal::remove)),
        )
        .service(resource(urls::ACCOUNT_APP_NARROW).route(post().to(detail::narrow)))
        .service(resource(urls::ACCOUNT_APP_EMAIL).route(post().to(email::submit)))
        .service(resource(urls::ACCOUNT_APP_PRIVATE_EMAIL).route(post().to(private_email::submit)))
        .service(resource(urls::ACCOUNT_APP_ASK_AGAIN).route(post().to(detail::ask_again)))
        .service(resource(urls::ACCOUNT_APP_DISCONNECT).route(post().to(detail::disconnect)));
}

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
    /// How many have not been used for half a year.
    unused: usize,
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
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let found = app.store.survey(move |db| all(db, user_id)).await?;
    let unused = found.iter().filter(|(grant, _)| is_unused(grant, now)).count();
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
    let template = ConnectionsPage { page: &visitor.page, removed, using, signing_in, unused };
    page::show_with(&template, StatusCode::OK, &policy)
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

/// An app that is not used for so long may be forgotten.
const LONG: Duration = Duration::from_hours(183 * 24);

fn is_unused(grant: &Grant, now: Moment) -> bool {
    grant.last_used_at.unwrap_or(grant.consented_at) + LONG <= now
}
