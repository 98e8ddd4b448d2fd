//! The token endpoint (RFC 6749 §3.2).
//!
//! Five beats, the same for every grant: read, authenticate, decide, issue, answer. A grant
//! supplies the third and cannot skip the others.

pub mod grants;
pub mod request;
mod response;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use self::request::TokenRequest;
use super::{
    client_auth,
    client_keys::ClientKeys,
    encryption::{self, Encryption},
    error::Refusal,
    issue,
};
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
    let grant_type = request::grant_type(&form)?;
    grants::admit(&client, grant_type)?;
    let request = TokenRequest::read(&app, &keys, &client, &form).await?;
    let encryption = Encryption::of(encryption::Kind::IdToken, &app, &keys, &client).await?;
    let now = app.clock.now();
    let policy = grants::Policy::of(&app);
    let (seals, asking) = (app.clone(), client.clone());
    let changes_nothing = request.changes_nothing();
    let decide = move |db: &mut Db<'_>| -> Result<_, OAuthError> {
        let granted = grants::decide(db, &asking, &request, &policy, now)?;
        let api = granted.resource.as_deref();
        let api = api.map(|resource| policy.clients.find_api(db, resource)).transpose()?;
        Ok((granted, api.flatten()))
    };
    let (granted, api) = if changes_nothing {
        app.store.read(decide).await?
    } else {
        let note = move |db: &mut Db<'_>| {
            let (granted, api) = decide(db)?;
            grants::note_subject(db, &granted, &seals.seals)?;
            Ok::<_, OAuthError>((granted, api))
        };
        app.store.write(note).await?
    };
    let form = issue::Form { api: api.as_deref(), id_token: &encryption };
    let tokens = issue::tokens(&app, &granted, &form, now)?;
    app.metrics.issued(grant_type.as_str());
    tracing::info!(
        client.id = %client.id,
        grant.r#type = %grant_type,
        "Issued tokens to `{}`",
        client.name,
    );
    Ok(response::answer(&tokens))
}
