//! May this client have tokens, and for what? One file per grant type.
//!
//! Plain synchronous rules inside one transaction; nothing here signs, seals or waits.

mod authorization_code;
mod client_credentials;
mod device_code;
mod refresh_token;

use std::{sync::Arc, time::Duration};

use super::request::TokenRequest;
use crate::{
    clock::Moment,
    config::Config,
    oauth::issue::{Granted, Person},
    protocol::error::{OAuthError, invalid_target, unauthorized_client},
    store::{Db, clients::Client, contacts, token_families::Lineage},
};

/// The lifetimes that grants judge by.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How long a code may wait.
    pub code_lifetime: Duration,
    /// How long a refresh token is good unused.
    pub refresh_idle: Duration,
    /// How long a family lives at most.
    pub family_lifetime: Duration,
    /// How long a lost answer may be asked for again.
    pub grace: Duration,
}

impl Policy {
    /// As configured.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let tokens = &config.tokens;
        Self {
            code_lifetime: Duration::from_secs(tokens.authorization_code_lifetime_seconds),
            refresh_idle: Duration::from_secs(tokens.refresh_token_idle_lifetime_seconds),
            family_lifetime: Duration::from_secs(tokens.refresh_token_lifetime_seconds),
            grace: Duration::from_secs(tokens.refresh_token_grace_seconds),
        }
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
    if !client.may_use(request.grant_type()) {
        return Err(unauthorized_client("the client is not registered for this grant_type"));
    }
    match request {
        TokenRequest::AuthorizationCode(exchange) => {
            authorization_code::decide(db, client, exchange, policy, now)
        }
        TokenRequest::RefreshToken(refresh) => {
            refresh_token::decide(db, client, refresh, policy, now)
        }
        TokenRequest::ClientCredentials(machine) => client_credentials::decide(client, machine),
        TokenRequest::DeviceCode(poll) => device_code::decide(db, client, poll, policy, now),
    }
}

/// The person of a family, with what an ID token may tell of them: read only if something was asked
/// for there.
fn person(db: &mut Db<'_>, lineage: Lineage) -> Result<Person, OAuthError> {
    let asked = lineage.family.claims.is_some();
    let contacts = if asked { contacts::list_of_user(db, lineage.user.id)? } else { Vec::new() };
    Ok(Person { contacts, lineage })
}

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
