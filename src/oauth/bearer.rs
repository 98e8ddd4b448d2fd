//! An access token presented to us: whose, for what, still good?

use actix_web::{HttpRequest, http::header};

use super::issue::access_token::{AccessToken, Holder};
use crate::{
    app::App,
    clock::Moment,
    protocol::{
        error::{OAuthError, invalid_request, invalid_token},
        scope::Scope,
    },
    store::{
        Db,
        clients::{self, Client},
        revoked_tokens,
        token_families::{self, Lineage},
    },
};

/// An access token that is good now, with all it hangs on.
pub struct Presented {
    /// What the token says.
    pub token: AccessToken,
    /// Whose it is.
    pub client: Client,
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
    let mut headers = http.headers().get_all(header::AUTHORIZATION);
    let in_header = headers.next().and_then(|value| value.to_str().ok()).and_then(scheme_bearer);
    if headers.next().is_some() || (in_header.is_some() && in_form.is_some()) {
        return Err(invalid_request("the access token was sent in two ways at once"));
    }
    let text = in_header.or(in_form).ok_or_else(|| invalid_token(MISSING))?;
    AccessToken::open(text, &app.seals).ok_or_else(not_valid)
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
    token: &AccessToken,
    now: Moment,
) -> Result<Option<Presented>, OAuthError> {
    if now >= token.expires_at || revoked_tokens::find(db, token.id)? {
        return Ok(None);
    }
    let client = clients::find(db, token.client)?.filter(Client::in_good_standing);
    let Some(client) = client else { return Ok(None) };
    let (lineage, standing) = match token.holder {
        Holder::Client if client.tokens_not_before.is_some_and(|at| token.issued_at < at) => {
            return Ok(None);
        }
        Holder::Client => (None, token.scope.clone()),
        Holder::Family(id) => {
            let lineage = token_families::find(db, id)?;
            let standing = lineage.as_ref().and_then(|lineage| lineage.standing_scope(now));
            let Some(standing) = standing else { return Ok(None) };
            (lineage, standing)
        }
    };
    let scope = token.scope.intersection(&standing);
    Ok(Some(Presented { token: token.clone(), client, lineage, scope }))
}

/// As [`find`], for an endpoint that the token itself is to open.
///
/// # Errors
/// `invalid_token` if it is not good now, or the store's.
pub async fn present(app: &App, token: AccessToken) -> Result<Presented, OAuthError> {
    let now = app.clock.now();
    let presented = app.store.read(move |db| find(db, &token, now)).await?;
    let presented = presented.ok_or_else(not_valid)?;
    if let Some(lineage) = &presented.lineage {
        app.sightings.note(lineage.grant.id);
    }
    Ok(presented)
}

fn not_valid() -> OAuthError {
    invalid_token("the access token is expired, revoked or not one of ours")
}
