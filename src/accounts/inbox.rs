//! Messages kept for developers: only where delivery is a sandbox, which is only on a loopback
//! address.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use askama::Template;
use serde::Serialize;

use crate::{
    app::App,
    clock::Moment,
    store::{
        contacts::Channel,
        outbox::{self, Letter},
    },
    web::{
        error::PageError,
        page::{self, Page},
        visitor::Visitor,
    },
};

/// As many are shown.
const MOST: i64 = 100;

/// A message as programs read it.
#[derive(Serialize)]
struct Shown {
    id: String,
    to: String,
    channel: Channel,
    subject: String,
    text: String,
    code: Option<String>,
    link: Option<String>,
    sent_at: String,
    #[serde(skip)]
    at: Moment,
}

#[derive(Template)]
#[template(path = "accounts/inbox.html")]
struct InboxPage<'a> {
    page: &'a Page,
    messages: &'a [Shown],
}

/// Shows every mail and SMS, the newest first; to programs as JSON.
///
/// # Errors
/// If the store cannot answer.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let letters = app.store.survey(|db| outbox::list_latest(db, MOST)).await?;
    let messages: Vec<Shown> = letters.iter().filter_map(|it| open(&app, it)).collect();
    let accepted = http.headers().get(header::ACCEPT).and_then(|it| it.to_str().ok());
    if accepted.is_some_and(|accepted| accepted.contains("application/json")) {
        return Ok(HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .json(&messages));
    }
    page::show(&InboxPage { page: &visitor.page, messages: &messages })
}

fn open(app: &App, letter: &Letter) -> Option<Shown> {
    let message = app.courier.open(letter)?;
    Some(Shown {
        id: letter.id.to_string(),
        to: letter.recipient.clone(),
        channel: letter.channel,
        subject: message.subject,
        text: message.text,
        code: message.code,
        link: message.link,
        sent_at: letter.created_at.to_string(),
        at: letter.created_at,
    })
}
