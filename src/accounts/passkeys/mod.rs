//! Passkeys and security keys: the list, a new one, another name, the end of one.
//!
//! Owns their pages under the account. Signing in with one is `sign_in`'s, how answers are judged
//! `crypto::webauthn`'s.

pub mod add;
pub mod edit;

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, post, resource},
};
use askama::Template;

use super::ceremonies;
use crate::{
    app::App,
    identity::authenticator,
    store::passkeys::{self, Kind, Passkey},
    web::{
        error::PageError,
        form::{Malformed, Query},
        page::{self, Page},
        parts, urls,
        visitor::Visitor,
    },
};

/// Mounts the pages.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_PASSKEYS).route(get().to(show)))
        .service(
            resource(urls::ACCOUNT_PASSKEY_ADD)
                .route(get().to(add::show))
                .route(post().to(add::submit)),
        )
        .service(
            resource(urls::ACCOUNT_PASSKEY)
                .route(get().to(edit::show))
                .route(post().to(edit::rename)),
        )
        .service(resource(urls::ACCOUNT_PASSKEY_REMOVE).route(post().to(edit::remove)));
}

#[derive(Template)]
#[template(path = "accounts/passkeys.html")]
struct PasskeysPage<'a> {
    page: &'a Page,
    /// What was just done, as the key of its sentence.
    done: Option<&'static str>,
    keys: Vec<parts::Passkey>,
    /// Whether another fits.
    more: bool,
}

/// Lists this person's keys.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    ceremonies::relying_party(&app)?;
    let user_id = visitor.signed_in()?.user.id;
    let keys = app.store.read(move |db| passkeys::list_of_user(db, user_id)).await?;
    let page = &visitor.page;
    let template = PasskeysPage {
        page,
        done: match query.get("done") {
            Some("added") => Some("passkey-added"),
            Some("removed") => Some("passkey-removed"),
            _ => None,
        },
        more: keys.len() < passkeys::MOST,
        keys: keys.iter().map(|key| describe(page, key)).collect::<Result<_, _>>()?,
    };
    page::show(&template)
}

/// Back to the list, which says what was done.
fn back(done: &str) -> HttpResponse {
    super::next::go(&urls::with_query(urls::ACCOUNT_PASSKEYS, &[("done", done)]))
}

/// A key as its pages show it: under its owner's name for it, or its model's and the date.
pub(super) fn describe(page: &Page, key: &Passkey) -> Result<parts::Passkey, PageError> {
    let security_key = key.kind == Kind::SecurityKey;
    let plain = if security_key { "security-key-plain" } else { "passkey-plain" };
    let model = key.aaguid().and_then(authenticator::model);
    let model = model.map_or_else(|| page.text(plain).to_string(), str::to_owned);
    let unnamed = page.text_with("passkey-named", "model", model);
    let unnamed = unnamed.and("date", page.date(&key.created_at)).to_string();
    Ok(parts::Passkey {
        id: key.id.to_string(),
        name: key.name.as_ref().map_or(unnamed, ToString::to_string),
        security_key,
        synced: key.credential()?.may_travel(),
        since: key.created_at,
        last_used: key.last_used_at,
    })
}
