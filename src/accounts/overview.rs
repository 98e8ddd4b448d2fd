//! One's own account at a glance.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{activity, approvals};
use crate::{
    app::App,
    clock::Moment,
    store::{
        self, Db,
        activity::{Activity, Wanted},
        clients::{self, Client},
        grants::{self, Grant},
        sessions,
        users::UserId,
    },
    web::{
        app_card,
        content_policy::ContentPolicy,
        error::PageError,
        page::{self, Page},
        parts::{AppCard, Happening},
        visitor::Visitor,
    },
};

/// As much of what happened is shown here.
const RECENT: i64 = 4;

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct OverviewPage<'a> {
    page: &'a Page,
    name: &'a str,
    /// The apps that have access.
    apps: Vec<AppCard>,
    /// How many browsers are signed in.
    sessions: usize,
    /// Whether a sign-in elsewhere waits for a yes.
    asked: bool,
    /// What happened last.
    recent: Vec<Happening>,
}

/// Shows who is signed in, and how much there is to look after.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let (owner, browser, now) = (signed_in.clone(), visitor.browser_digest(), app.clock.now());
    let read = move |db: &mut Db<'_>| {
        let asked = !approvals::waiting(db, &owner, &browser, now)?.is_empty();
        Ok::<_, store::Error>(Found { asked, ..Found::read(db, owner.user.id, now)? })
    };
    let found = app.store.survey(read).await?;
    let apps: Vec<_> = found.connected().map(app_card::of).collect();
    let policy = apps
        .iter()
        .fold(ContentPolicy::default(), |policy, app| policy.images_from(app.logo.as_deref()));
    let describe = |it| activity::describe(&app, &visitor.page, it, &found.clients);
    let template = OverviewPage {
        page: &visitor.page,
        name: &signed_in.user.name,
        apps,
        sessions: found.sessions,
        asked: found.asked,
        recent: found.recent.iter().map(describe).collect(),
    };
    page::show_with(&template, StatusCode::OK, &policy)
}

/// What the store knows of this account.
struct Found {
    grants: Vec<Grant>,
    recent: Vec<Activity>,
    /// The clients that either speaks of.
    clients: Vec<Client>,
    sessions: usize,
    asked: bool,
}

impl Found {
    fn read(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<Self, store::Error> {
        let grants = grants::list_standing(db, user_id)?;
        let recent = store::activity::list_of_user(db, user_id, &Wanted::everything(), RECENT)?;
        let spoken_of = recent.iter().filter_map(|happened| happened.client_id);
        let ids: Vec<_> = grants.iter().map(|grant| grant.client_id).chain(spoken_of).collect();
        let clients = clients::list(db, &ids)?;
        let sessions = sessions::list_of_user(db, user_id, now)?.len();
        Ok(Self { grants, recent, clients, sessions, asked: false })
    }

    /// The clients that have access.
    fn connected(&self) -> impl Iterator<Item = &Client> {
        self.grants
            .iter()
            .filter_map(|grant| self.clients.iter().find(|client| client.id == grant.client_id))
    }
}
