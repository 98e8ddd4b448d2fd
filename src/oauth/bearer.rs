//! An access token presented to us: whose, for what, still good?

use std::sync::Arc;

use actix_web::{HttpRequest, http::header};

use super::issue::access_token::{AccessToken, Actor, Holder};
use crate::{
    app::App,
    clock::Moment,
    protocol::{
        error::{OAuthError, invalid_request, invalid_token},
        scope::Scope,
    },
    store::{
        ClientCache, Db,
        clients::Client,
        revoked_tokens,
        token_families::{self, FamilyId, Lineage},
    },
};

/// An access token that is good now, with all it hangs on.
pub struct Presented {
    /// What the token says.
    pub token: AccessToken,
    /// Whose it is.
    pub client: Arc<Client>,
    /// The person it speaks for, if it does.
    pub lineage: Option<Lineage>,
    /// What it may be used for now: what it says, as far as that is still allowed.
    pub scope: Scope,
}

/// What is said to whoever brought no token at all.
pub const MISSING: &str = "an access token is needed";

/// The token in the `Authorization` header or in the form (RFC 6750 §2.1, §2.2); never in the query.
///
/// # Errors
/// `invalid_token` if there is none that we made, `invalid_request` if there are two.
pub fn read(
    app: &App,
    http: &HttpRequest,
    in_form: Option<&str>,
) -> Result<AccessToken, OAuthError> {
    let in_header = in_header(http)?;
    if in_header.is_some() && in_form.is_some() {
        return Err(twice());
    }
    let text = in_header.or(in_form).ok_or_else(|| invalid_token(MISSING))?;
    AccessToken::read(text, app).ok_or_else(not_valid)
}

/// The bearer token in the `Authorization` header, whatever it is (RFC 6750 §2.1).
///
/// # Errors
/// `invalid_request` if there are two such headers.
pub fn in_header(http: &HttpRequest) -> Result<Option<&str>, OAuthError> {
    let mut headers = http.headers().get_all(header::AUTHORIZATION);
    let token = headers.next().and_then(|value| value.to_str().ok()).and_then(scheme_bearer);
    if headers.next().is_some() { Err(twice()) } else { Ok(token) }
}

fn twice() -> OAuthError {
    invalid_request("the access token was sent in two ways at once")
}

fn scheme_bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Reads all that the token hangs on; nothing if any of it no longer stands.
///
/// # Errors
/// If the store cannot answer.
pub fn find(
    db: &mut Db<'_>,
    known: &ClientCache,
    token: &AccessToken,
    now: Moment,
) -> Result<Option<Presented>, OAuthError> {
    if now >= token.expires_at {
        return Ok(None);
    }
    for actor in &token.act {
        if !may_act(db, known, token, *actor)? {
            return Ok(None);
        }
    }
    let found = match token.holder {
        Holder::Client if revoked_tokens::find(db, token.id)? => None,
        Holder::Client => of_client(db, known, token)?,
        Holder::Family(id) => of_family(db, known, token, id, now)?,
    };
    Ok(found.filter(|presented| presented.client.in_good_standing()))
}

/// Whether a client may still act by the token that it exchanged.
fn may_act(
    db: &mut Db<'_>,
    known: &ClientCache,
    token: &AccessToken,
    actor: Actor,
) -> Result<bool, OAuthError> {
    let client = known.find(db, actor.client)?.map(|known| known.client);
    let stands = |client: &Arc<Client>| client.in_good_standing() && !too_old(token, client);
    Ok(client.as_ref().is_some_and(stands) && !revoked_tokens::find(db, actor.token)?)
}

/// Whether a token was made before all that its client had was ended.
fn too_old(token: &AccessToken, client: &Client) -> bool {
    client.tokens_not_before.is_some_and(|at| token.issued_at < at)
}

fn of_client(
    db: &mut Db<'_>,
    known: &ClientCache,
    token: &AccessToken,
) -> Result<Option<Presented>, OAuthError> {
    let client = known.find(db, token.client)?.map(|known| known.client);
    Ok(client.filter(|client| !too_old(token, client)).map(|client| Presented {
        client,
        lineage: None,
        scope: token.scope.clone(),
        token: token.clone(),
    }))
}

fn of_family(
    db: &mut Db<'_>,
    known: &ClientCache,
    token: &AccessToken,
    id: FamilyId,
    now: Moment,
) -> Result<Option<Presented>, OAuthError> {
    let Some(lineage) = token_families::find_for_token(db, id, token.id)? else { return Ok(None) };
    let Some(standing) = lineage.standing_scope(now) else { return Ok(None) };
    let known = known.find_stamped(db, token.client, lineage.client)?;
    Ok(known.map(|known| Presented {
        client: known.client,
        scope: token.scope.intersection(&standing),
        lineage: Some(lineage),
        token: token.clone(),
    }))
}

/// As [`find`], for an endpoint that the token itself is to open.
///
/// # Errors
/// `invalid_token` if it is not good now, or the store's.
pub async fn present(app: &App, token: AccessToken) -> Result<Presented, OAuthError> {
    let now = app.clock.now();
    let known = app.clients.clone();
    let cause = if now >= token.expires_at {
        "expired"
    } else {
        "it was revoked, or what it hangs on has ended"
    };
    let presented = app.store.read(move |db| find(db, &known, &token, now)).await?;
    let presented = presented.ok_or_else(|| not_valid().because(cause))?;
    if let Some(lineage) = &presented.lineage {
        app.sightings.note(lineage.grant.id);
    }
    Ok(presented)
}

fn not_valid() -> OAuthError {
    invalid_token("the access token is expired, revoked or not one of ours")
}
