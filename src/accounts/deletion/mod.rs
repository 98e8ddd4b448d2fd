//! The end of an account: asked for with what will break in sight, taken back for a while, then really
//! the end.
//!
//! From the moment it is asked for, nobody is signed in and no app gets anything. Whoever still knows
//! the password, has a passkey or reads a contact can take it back until the day comes.

mod erase;
pub(super) mod keep;

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;

pub use erase::advance;

use crate::{
    app::App,
    clock::Moment,
    delivery::{Letterhead, messages::DeletionBegun},
    language::Language,
    store::{
        self, Db,
        activity::{self, Event},
        clients,
        contacts::{self, Contact},
        deletions::{self, Deletion},
        grants, linked_devices,
        outbox::{self, Letter},
        users::{User, UserId},
    },
    web::{
        error::{Kind, PageError},
        page::{self, Page},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// Mounts the pages of this room.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_DELETE).route(get().to(show)).route(post().to(submit)))
        .service(
            resource(urls::KEEP_ACCOUNT).route(get().to(keep::show)).route(post().to(keep::submit)),
        );
}

#[derive(Template)]
#[template(path = "accounts/deletion.html")]
struct DeletionPage<'a> {
    page: &'a Page,
    /// What will break: apps that are connected, devices that are linked, apps of one's own.
    apps: Vec<String>,
    devices: Vec<String>,
    own_apps: Vec<String>,
    /// Until when it can be taken back.
    until: Moment,
}

#[derive(Template)]
#[template(path = "accounts/deletion_done.html")]
struct DonePage<'a> {
    page: &'a Page,
    until: Moment,
}

/// Says what will break, and asks.
///
/// # Errors
/// If nobody is signed in who has lately proved who they are, or the store cannot answer.
pub async fn show(app: Data<App>, visitor: Visitor) -> Result<HttpResponse, PageError> {
    let (user_id, now) = (visitor.lately_proved(&app)?.user.id, app.clock.now());
    let Breaking { apps, devices, own_apps } =
        app.store.survey(move |db| Breaking::read(db, user_id, now)).await?;
    let until = now + deletions::GRACE;
    page::show(&DeletionPage { page: &visitor.page, apps, devices, own_apps, until })
}

/// What will not work any more.
struct Breaking {
    apps: Vec<String>,
    devices: Vec<String>,
    own_apps: Vec<String>,
}

impl Breaking {
    fn read(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<Self, store::Error> {
        let grants = grants::list_standing(db, user_id)?;
        let ids: Vec<_> = grants.iter().map(|grant| grant.client_id).collect();
        let names = |found: Vec<clients::Client>| found.into_iter().map(|it| it.name).collect();
        let devices = linked_devices::list_of_user(db, user_id, now)?;
        let devices = devices.into_iter().filter_map(|(device, _)| device.name);
        Ok(Self {
            apps: names(clients::list(db, &ids)?),
            devices: devices.map(|name| name.as_str().to_owned()).collect(),
            own_apps: names(clients::list_of_owner(db, user_id)?),
        })
    }
}

/// Closes the account, and tells every contact.
///
/// # Errors
/// If the form is not from our page in this browser and session, or nobody is signed in who has lately
/// proved who they are.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
) -> Result<HttpResponse, PageError> {
    let (user, now) = (visitor.lately_proved(&app)?.user.clone(), app.clock.now());
    let happened = visitor.activity(Event::DeletionAsked, now);
    let (with, language) = (app.clone(), visitor.page.language);
    let asked = app.store.write(move |db| {
        let Some(deletion) = deletions::ask(db, user.id, now)? else { return Ok(None) };
        activity::add(db, &happened)?;
        for contact in contacts::list_of_user(db, user.id)? {
            let letter = letter(&with, &user, &contact, &deletion, language)?;
            letter.iter().try_for_each(|letter| outbox::add(db, letter))?;
        }
        Ok::<_, store::Error>(Some(deletion))
    });
    let deletion: Deletion = asked.await?.ok_or(Kind::Expired)?;
    let page = Page { account: None, ..visitor.page };
    page::show(&DonePage { page: &page, until: deletion.due_at })
}

/// What one contact is told, with the way to take it back.
fn letter(
    app: &App,
    user: &User,
    contact: &Contact,
    deletion: &Deletion,
    language: Language,
) -> Result<Option<Letter>, store::Error> {
    if !erase::reaches(app, contact) {
        return Ok(None);
    }
    let own = user.language.as_deref().and_then(|tag| Language::first_of([tag]));
    let head = Letterhead::new(&app.config, own.unwrap_or(language));
    let path = keep::path(app, deletion);
    let link = format!("{}{path}", app.config.http.public_url.as_str());
    let message = DeletionBegun { name: &user.name, until: deletion.due_at, link: &link };
    let message = message.write(&head, contact.channel);
    let message = message.map_err(|error| store::Error::Broken(error.to_string()))?;
    let (to, now) = (contact.recipient(), deletion.asked_at);
    Ok(Some(app.courier.letter(contact.channel, &to, &message, now)))
}
