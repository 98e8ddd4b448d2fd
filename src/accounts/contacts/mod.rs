//! How this person is reached: several mail addresses and mobile numbers, one of each kind primary.
//!
//! Owns adding one by a code, removing one, choosing the primary one, and taking such a change back
//! from a message. An address that is somebody else's is not told from one that is free.

mod add;
mod change;
mod undo;
mod verify;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;

use super::{next, notices};
use crate::{
    app::App,
    store::contacts::{self, Channel, Contact},
    web::{
        content_policy::ContentPolicy,
        error::PageError,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{ListedContact, Problems},
        urls,
        visitor::Visitor,
    },
};

/// Mounts its pages, in the order of the journey.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(
        resource(urls::ACCOUNT_CONTACTS).route(get().to(show)).route(post().to(add::submit)),
    )
    .service(
        resource(urls::ACCOUNT_CONTACTS_VERIFY)
            .route(get().to(verify::show))
            .route(post().to(verify::submit)),
    )
    .service(resource(urls::ACCOUNT_CONTACTS_RESEND).route(post().to(verify::resend)))
    .service(resource(urls::ACCOUNT_CONTACT_PRIMARY).route(post().to(change::make_primary)))
    .service(resource(urls::ACCOUNT_CONTACT_REMOVE).route(post().to(change::remove)))
    .service(
        resource(urls::UNDO_CONTACTS).route(get().to(undo::show)).route(post().to(undo::submit)),
    );
}

#[derive(Template)]
#[template(path = "accounts/contacts.html")]
struct ContactsPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// The key of the sentence that says what has just been done.
    done: Option<&'static str>,
    emails: Vec<ListedContact>,
    numbers: Vec<ListedContact>,
    /// Whether messages reach mobile numbers here.
    by_sms: bool,
    typed: &'a str,
}

/// What has just been done, by its word in the page's address.
const DONE: [(&str, &str); 3] = [
    ("added", "contacts-added"),
    ("removed", "contacts-removed"),
    ("primary", "contacts-primary-changed"),
];

/// Shows how this person is reached, to whoever has lately proved that it is them.
///
/// # Errors
/// If nobody is signed in or has lately proved it, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    visitor.lately_proved(&app)?;
    render(&app, &visitor, &query, Problems::none()).await
}

/// Leads back to the page, which says what was done.
fn done(word: &str) -> HttpResponse {
    next::go(&urls::with_query(urls::ACCOUNT_CONTACTS, &[("done", word)]))
}

async fn render(
    app: &App,
    visitor: &Visitor,
    sent: &Parameters,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let user_id = visitor.signed_in()?.user.id;
    let known = app.store.survey(move |db| contacts::list_of_user(db, user_id)).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let of = |channel| {
        let mine = known.iter().filter(move |contact| contact.channel == channel);
        mine.map(|contact| listed(contact, &known)).collect()
    };
    let word = sent.get("done").filter(|_| problems.is_empty());
    let template = ContactsPage {
        page: &visitor.page,
        done: DONE.iter().find(|(known, _)| Some(*known) == word).map(|(_, key)| *key),
        emails: of(Channel::Email),
        numbers: of(Channel::Sms),
        by_sms: notices::reaches(app, Channel::Sms),
        typed: sent.get("identifier").unwrap_or_default(),
        problems,
    };
    page::show_with(&template, status, &ContentPolicy::default())
}

fn listed(contact: &Contact, all: &[Contact]) -> ListedContact {
    ListedContact {
        id: contact.id.to_string(),
        address: contact.address.clone(),
        primary: contact.is_primary,
        proved: contact.verified_at.is_some(),
        removable: must_stay(contact, all).is_none(),
    }
}

/// Why a contact cannot be removed: the key of the sentence that says so.
fn must_stay(contact: &Contact, all: &[Contact]) -> Option<&'static str> {
    let mut others = all.iter().filter(|it| it.id != contact.id && it.verified_at.is_some());
    if contact.verified_at.is_none() {
        None
    } else if others.clone().next().is_none() {
        Some("contacts-last")
    } else if contact.is_primary && others.any(|other| other.channel == contact.channel) {
        Some("contacts-primary-stays")
    } else {
        None
    }
}
