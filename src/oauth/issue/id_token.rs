//! The ID token (OpenID Connect Core §2): who signed in, how and when, for this client alone.

use std::{collections::HashMap, time::Duration};

use openidconnect::{
    AccessTokenHash, AdditionalClaims, Audience, AuthenticationContextClass,
    AuthenticationMethodReference, AuthorizationCodeHash, IdTokenClaims, IssuerUrl, Nonce,
    StandardClaims, SubjectIdentifier, core::CoreGenderClaim,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Granted, Person, claims as told_claims, subject};
use crate::{
    app::App,
    clock::Moment,
    crypto::jose::left_half_hash,
    oauth::encryption::Signed,
    protocol::error::{OAuthError, server_error},
};

/// What the ID token is issued beside, for `at_hash` and `c_hash`.
pub struct Hashes<'a> {
    /// The access token that comes with it (§3.1.3.6).
    pub access_token: Option<&'a str>,
    /// The code that comes with it (§3.3.2.11).
    pub code: Option<&'a str>,
}

impl Hashes<'_> {
    /// Whether it is all that the client will get: then nothing opens the `UserInfo` endpoint, and
    /// what the scopes ask for is told here (§5.4).
    fn nothing_comes_beside(&self) -> bool {
        self.access_token.is_none() && self.code.is_none()
    }
}

/// What we say beyond the library's own claims.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Extra {
    /// The session, for logout (OpenID Connect Front-Channel Logout §3).
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    /// Claims asked for in the ID token (§5.5).
    #[serde(flatten)]
    told: HashMap<String, Value>,
}

impl AdditionalClaims for Extra {}

/// Makes and signs the ID token. What its client gets is made of it by [`Encryption::of_signed`].
///
/// [`Encryption::of_signed`]: crate::oauth::encryption::Encryption::of_signed
///
/// # Errors
/// If the key cannot sign.
pub fn make(
    app: &App,
    granted: &Granted,
    person: &Person,
    hashes: &Hashes<'_>,
    now: Moment,
) -> Result<Signed, OAuthError> {
    let algorithm = granted.client.metadata.id_token_signed_response_alg;
    let key = app.keys.active(algorithm).map_err(unsigned)?;
    let half = |text: &str| left_half_hash(algorithm, text);
    let claims = claims(app, granted, person, hashes, now)?
        .set_access_token_hash(hashes.access_token.map(half).map(AccessTokenHash::new))
        .set_code_hash(hashes.code.map(half).map(AuthorizationCodeHash::new));
    key.sign_compact(None, &claims).map(Signed::from).map_err(unsigned)
}

fn unsigned(error: impl std::fmt::Display) -> OAuthError {
    server_error("the ID token cannot be signed").because(error)
}

fn claims(
    app: &App,
    granted: &Granted,
    person: &Person,
    hashes: &Hashes<'_>,
    now: Moment,
) -> Result<IdTokenClaims<Extra, CoreGenderClaim>, OAuthError> {
    let family = &person.lineage.family;
    let issuer =
        IssuerUrl::new(app.config.http.public_url.as_str().to_owned()).map_err(unsigned)?;
    let sub = subject::of(&app.seals, &granted.client, person.lineage.user.id);
    let lifetime = Duration::from_secs(app.config.tokens.id_token_lifetime_seconds);
    let (scope, user, reach) = (&granted.scope, &person.lineage.user, &person.reach);
    let mut told = told_claims::for_id_token(scope, &family.claims_request(), user, reach);
    if hashes.nothing_comes_beside() {
        told.extend(told_claims::allowed(&told_claims::public(scope), user, reach));
    }
    let told = told.into_iter().collect();
    let extra = Extra { sid: family.session_id.map(|id| id.to_string()), told };
    Ok(IdTokenClaims::new(
        issuer,
        vec![Audience::new(granted.client.id.to_string())],
        (now + lifetime).as_chrono(),
        now.as_chrono(),
        StandardClaims::new(SubjectIdentifier::new(sub)),
        extra,
    )
    .set_nonce(granted.nonce.clone().map(Nonce::new))
    .set_auth_time(Some(family.auth_at.as_chrono()))
    .set_auth_context_ref(Some(AuthenticationContextClass::new(family.acr.clone())))
    .set_auth_method_refs(Some(
        family.amr.split(' ').map(|way| AuthenticationMethodReference::new(way.into())).collect(),
    )))
}
