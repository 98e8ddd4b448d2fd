//! May this client have tokens, and for what? One file per grant type.
//!
//! Plain synchronous rules inside one transaction; nothing here signs, seals or waits.

mod authorization_code;
mod client_credentials;
mod device_code;
mod jwt_bearer;
mod refresh_token;
mod token_exchange;

use std::{sync::Arc, time::Duration};

use super::request::TokenRequest;
use crate::{
    app::{App, Seals},
    clock::Moment,
    oauth::issue::{Granted, Person, claims, subject},
    protocol::{
        error::{OAuthError, invalid_target, unauthorized_client},
        grant_type::GrantType,
        scope::Scope,
    },
    store::{
        ClientCache, Db,
        clients::Client,
        grants as consents,
        reach::{self, Reach},
        token_families::Lineage,
    },
};

/// The grant types that are offered; every other one only has a name here.
pub const OFFERED: &[GrantType] = &[
    GrantType::AuthorizationCode,
    GrantType::RefreshToken,
    GrantType::ClientCredentials,
    GrantType::DeviceCode,
    GrantType::TokenExchange,
    GrantType::JwtBearer,
];

/// What grants judge by.
#[derive(Clone, Debug)]
pub struct Policy {
    /// How long a code may wait.
    pub code_lifetime: Duration,
    /// How long a refresh token is good unused.
    pub refresh_idle: Duration,
    /// How long a family lives at most.
    pub family_lifetime: Duration,
    /// How long a lost answer may be asked for again.
    pub grace: Duration,
    /// How long an access token lives at most.
    pub access_token_lifetime: Duration,
    /// The clients read before.
    pub clients: Arc<ClientCache>,
}

impl Policy {
    /// As configured.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let tokens = &app.config.tokens;
        Self {
            code_lifetime: Duration::from_secs(tokens.authorization_code_lifetime_seconds),
            refresh_idle: Duration::from_secs(tokens.refresh_token_idle_lifetime_seconds),
            family_lifetime: Duration::from_secs(tokens.refresh_token_lifetime_seconds),
            grace: Duration::from_secs(tokens.refresh_token_grace_seconds),
            access_token_lifetime: Duration::from_secs(tokens.access_token_lifetime_seconds),
            clients: app.clients.clone(),
        }
    }
}

/// Whether this client may ask this way at all.
///
/// # Errors
/// `unauthorized_client` if it did not register for it, or cannot prove who it is where that counts.
pub fn admit(client: &Client, grant_type: GrantType) -> Result<(), OAuthError> {
    if !client.may_use(grant_type) {
        Err(unauthorized_client("the client is not registered for this grant_type"))
    } else if grant_type.needs_authentication() && !client.is_confidential() {
        Err(unauthorized_client("this grant_type is for clients that prove who they are"))
    } else {
        Ok(())
    }
}

/// Decides: one arm per grant.
///
/// # Errors
/// By RFC 6749 §5.2.
pub fn decide(
    db: &mut Db<'_>,
    client: &Arc<Client>,
    request: &TokenRequest,
    policy: &Policy,
    now: Moment,
) -> Result<Granted, OAuthError> {
    match request {
        TokenRequest::AuthorizationCode(exchange) => {
            authorization_code::decide(db, client, exchange, policy, now)
        }
        TokenRequest::RefreshToken(refresh) => {
            refresh_token::decide(db, client, refresh, policy, now)
        }
        TokenRequest::ClientCredentials(machine) => client_credentials::decide(client, machine),
        TokenRequest::DeviceCode(poll) => device_code::decide(db, client, poll, policy, now),
        TokenRequest::TokenExchange(exchange) => {
            token_exchange::decide(db, client, exchange, policy, now)
        }
        TokenRequest::JwtBearer(asserted) => jwt_bearer::decide(db, client, asserted, policy, now),
    }
}

/// Notes under which subject a client knows the person, if it may speak of them later (RFC 7523).
///
/// # Errors
/// If the store cannot answer.
pub fn note_subject(db: &mut Db<'_>, granted: &Granted, seals: &Seals) -> Result<(), OAuthError> {
    let Some(person) = &granted.person else { return Ok(()) };
    if !granted.client.may_use(GrantType::JwtBearer) {
        return Ok(());
    }
    let Lineage { grant, user, .. } = &person.lineage;
    let subject = subject::of(seals, &granted.client, user.id);
    if grant.subject.as_ref() != Some(&subject) {
        consents::set_subject(db, grant.id, &subject)?;
    }
    Ok(())
}

/// The person of a family, with what an ID token may tell of them: read only if something was asked
/// for there.
fn person(db: &mut Db<'_>, lineage: Lineage) -> Result<Person, OAuthError> {
    let asked = lineage.family.claims.is_some();
    let reach = if asked {
        reach::find(db, lineage.user.id, lineage.grant.email())?
    } else {
        Reach::default()
    };
    Ok(Person { reach, lineage })
}

/// What of a scope may be used without the person: what speaks of a sign-in, of being away or of single
/// claims is between the person and the app they allowed it.
fn without_person(scope: &Scope) -> Scope {
    claims::public(scope).only(|word| !PRESENT.contains(&word))
}

/// Scopes that mean nothing where nobody signs in.
const PRESENT: &[&str] = &["openid", "offline_access"];

/// The API that tokens are for: the one authorized, which a token request may repeat but not
/// change (RFC 8707 §2.2).
fn same_resource(
    authorized: Option<&String>,
    asked: Option<&String>,
) -> Result<Option<String>, OAuthError> {
    match (authorized, asked) {
        (authorized, None) => Ok(authorized.cloned()),
        (Some(authorized), Some(asked)) if authorized == asked => Ok(Some(asked.clone())),
        _ => Err(invalid_target("resource is not the one that was authorized")),
    }
}
