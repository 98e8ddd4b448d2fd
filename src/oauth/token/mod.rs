//! The token endpoint (RFC 6749 §3.2).
//!
//! Five beats, the same for every grant: read, authenticate, decide, issue, answer. A grant
//! supplies the third and cannot skip the others.

mod grants;
pub mod request;
mod response;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use self::request::TokenRequest;
use super::{client_auth, client_keys::ClientKeys, encryption::Encryption, error::Refusal, issue};
use crate::{
    app::App,
    protocol::error::OAuthError,
    store::Db,
    web::form::{Form, Malformed},
};

/// Exchanges what a client holds for tokens.
///
/// # Errors
/// Every refusal by its code of RFC 6749 §5.2 or of the grant's own specification.
pub async fn token(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, Refusal> {
    let Form(form) = form?;
    let client = client_auth::authenticate(&app, &keys, &http, &form).await?;
    let request = Arc::new(TokenRequest::read(&form, &app.seals)?);
    let encryption = Encryption::of_id_tokens(&app, &keys, &client).await?;
    let now = app.clock.now();
    let policy = grants::Policy::of(&app.config);
    let (asked, asking, known) = (request.clone(), client.clone(), app.clients.clone());
    let decide = move |db: &mut Db<'_>| -> Result<_, OAuthError> {
        let granted = grants::decide(db, &asking, &asked, &policy, now)?;
        let api = granted.resource.as_deref().map(|resource| known.find_api(db, resource));
        Ok((granted, api.transpose()?.flatten()))
    };
    let (granted, api) = if request.changes_nothing() {
        app.store.read(decide).await?
    } else {
        app.store.write(decide).await?
    };
    let form = issue::Form { api: api.as_deref(), id_token: &encryption };
    let tokens = issue::tokens(&app, &granted, &form, now)?;
    app.metrics.issued(request.grant_type().as_str());
    tracing::info!(
        client.id = %client.id,
        grant.r#type = %request.grant_type(),
        "Issued tokens to `{}`",
        client.name,
    );
    Ok(response::answer(&tokens))
}
