//! The end of an app's access: one app's, or that of all that nobody uses.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{all, describe, find, is_unused};
use crate::{
    accounts::next,
    app::App,
    clock::Moment,
    delivery::{Letterhead, messages::AccessRemoved},
    language::Language,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        clients::Client,
        contacts::{self, Channel},
        grants::{self, Grant},
        outbox::{self, Letter},
    },
    web::{
        app_card,
        content_policy::ContentPolicy,
        error::PageError,
        page::{self, Page},
        parts::{AppCard, ConnectedApp},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/connection_remove.html")]
struct RemovePage<'a> {
    page: &'a Page,
    id: String,
    app: AppCard,
}

#[derive(Template)]
#[template(path = "accounts/connections_unused.html")]
struct UnusedPage<'a> {
    page: &'a Page,
    unused: Vec<ConnectedApp>,
}

/// Says what removing means, and asks.
///
/// # Errors
/// If there is no such app among this person's.
pub async fn ask(
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
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let found = find(&app, &visitor, &path).await?;
    end(&app, &visitor, vec![found]).await?;
    let id = path.into_inner();
    Ok(next::go(&urls::with_query(urls::ACCOUNT_APPS, &[("removed", &id)])))
}

/// Lists the apps that nobody has used for half a year, and asks.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn ask_unused(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    let found = unused(&app, &visitor).await?;
    let described = found.iter().map(|(grant, client)| describe(&visitor.page, grant, client));
    let unused: Vec<_> = described.collect();
    let policy = unused
        .iter()
        .fold(ContentPolicy::default(), |policy, it| policy.images_from(it.app.logo.as_deref()));
    page::show_with(&UnusedPage { page: &visitor.page, unused }, StatusCode::OK, &policy)
}

/// Ends the access of those that were listed: one that was used meanwhile keeps it.
///
/// # Errors
/// If the form is not from our page in this browser and session.
pub async fn remove_unused(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let found = unused(&app, &visitor).await?;
    end(&app, &visitor, found).await?;
    Ok(next::go(urls::ACCOUNT_APPS))
}

async fn unused(app: &App, visitor: &Visitor) -> Result<Vec<(Grant, Client)>, PageError> {
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let mut found = app.store.survey(move |db| all(db, user_id)).await?;
    found.retain(|(grant, _)| is_unused(grant, now));
    Ok(found)
}

/// Ends these, all or none, and writes a receipt for each.
async fn end(app: &App, visitor: &Visitor, ended: Vec<(Grant, Client)>) -> Result<(), PageError> {
    let now = app.clock.now();
    let mut acts = Vec::new();
    for (grant, client) in ended {
        let happened = Activity {
            client_id: Some(client.id),
            details: client.name.clone(),
            ..visitor.activity(Event::AccessRemoved, now)
        };
        acts.push((grant, happened, receipt(app, visitor, &client, now).await?));
    }
    let write = move |db: &mut Db<'_>| -> Result<(), store::Error> {
        for (grant, happened, receipt) in &acts {
            if grants::end(db, grant.id, grant.user_id, "removed_by_user", now)? {
                activity::add(db, happened)?;
                receipt.iter().try_for_each(|letter| outbox::add(db, letter))?;
            }
        }
        Ok(())
    };
    Ok(app.store.write(write).await?)
}

/// What the person's mail address is told, if they have one.
async fn receipt(
    app: &App,
    visitor: &Visitor,
    client: &Client,
    now: Moment,
) -> Result<Option<Letter>, PageError> {
    let user = &visitor.signed_in()?.user;
    let user_id = user.id;
    let contacts = app.store.read(move |db| contacts::list_of_user(db, user_id)).await?;
    let mail = contacts.iter().find(|it| it.channel == Channel::Email && it.is_primary);
    let Some(mail) = mail else { return Ok(None) };
    let own = user.language.as_deref().and_then(|tag| Language::first_of([tag]));
    let head = Letterhead::new(&app.config, own.unwrap_or(visitor.page.language));
    let link = format!("{}{}", app.config.http.public_url.as_str(), urls::ACCOUNT_APPS);
    let message = AccessRemoved { name: &user.name, app: &client.name, link: &link };
    let message = message.write(&head, mail.channel);
    let message = message.map_err(|error| PageError::internal(error.to_string()))?;
    Ok(Some(app.courier.letter(mail.channel, &mail.recipient(), &message, now)))
}
