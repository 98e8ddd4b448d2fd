//! Revocation (RFC 7009): a client gives up a token it holds.

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};

use super::{
    client_auth,
    client_keys::ClientKeys,
    error::Refusal,
    issue::{access_token::AccessToken, refresh_token::RefreshToken},
};
use crate::{
    app::App,
    clock::Moment,
    protocol::error::{OAuthError, invalid_grant, invalid_request},
    store::{Db, clients::Client, revoked_tokens, token_families},
    web::form::{Form, Malformed},
};

/// Ends a token. A refresh token ends its whole family (§2.1); an access token ends alone. A token
/// that is not one, or has ended, is answered like one that was revoked (§2.2).
///
/// # Errors
/// If the client is not who it says, or the token is another client's.
pub async fn revoke(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, Refusal> {
    let Form(form) = form?;
    let client = client_auth::authenticate(&app, &keys, &http, &form).await?;
    let text = form.get("token").ok_or_else(|| invalid_request("token is missing"))?;
    let now = app.clock.now();
    if let Some(token) = RefreshToken::open(text, &app.seals) {
        app.store.write(move |db| end_family(db, &client, &token, now)).await?;
    } else if let Some(token) = AccessToken::read(text, &app) {
        if token.presenter() != client.id {
            return Err(another_clients().into());
        }
        if now < token.expires_at {
            app.store
                .write(move |db| {
                    Ok::<_, OAuthError>(revoked_tokens::revoke(db, token.id, token.expires_at)?)
                })
                .await?;
        }
    }
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).finish())
}

fn end_family(
    db: &mut Db<'_>,
    client: &Client,
    token: &RefreshToken,
    now: Moment,
) -> Result<(), OAuthError> {
    let Some(lineage) = token_families::find(db, token.family)? else { return Ok(()) };
    if lineage.family.client_id != client.id {
        return Err(another_clients());
    }
    token_families::end(db, token.family, "revoked_by_client", now)?;
    Ok(())
}

fn another_clients() -> OAuthError {
    invalid_grant("the token was issued to another client")
}
