//! Which client a request is about: noted once it is known, so that a refusal can be put to whoever
//! develops it.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

use super::error::{Kind, PageError};
use crate::{
    app::App,
    store::clients::{Client, ClientId},
};

/// The client that asks, or in whose name somebody does.
struct Asking(ClientId);

/// Notes a client that there is: nobody may make us keep refusals of others.
pub fn note(http: &HttpRequest, id: ClientId) {
    http.extensions_mut().insert(Asking(id));
}

/// The client of this request, as far as it is known.
#[must_use]
pub fn of(http: &HttpRequest) -> Option<ClientId> {
    http.extensions().get::<Asking>().map(|asking| asking.0)
}

/// Finds the client that a browser brings a request of, and notes it.
///
/// # Errors
/// [`Kind::UnknownClient`] if there is none, or it may not be used.
pub async fn find(app: &App, http: &HttpRequest, id: ClientId) -> Result<Arc<Client>, PageError> {
    let known = app.clients.clone();
    let client = app.store.read(move |db| known.find(db, id)).await?;
    let client = client.ok_or(Kind::UnknownClient)?.client;
    note(http, id);
    Ok(Some(client).filter(|client| client.in_good_standing()).ok_or(Kind::UnknownClient)?)
}
