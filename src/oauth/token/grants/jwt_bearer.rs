//! A signed assertion for a token (RFC 7523 §2.1): a client with keys asks for itself, or for somebody
//! who allowed it access while they are away. No refresh token: it may sign again.

use std::sync::Arc;

use super::{Policy, client_credentials, person, without_person};
use crate::{
    clock::Moment,
    oauth::{issue::Granted, token::request::Asserted},
    protocol::{
        error::{OAuthError, invalid_grant, invalid_scope, server_error},
        scope::Scope,
    },
    store::{
        Db,
        clients::Client,
        grants::{self, Grant},
        token_families::{self, FamilyId, Lineage, TokenFamily},
        used_ids,
    },
};

/// How sure we are of somebody who is not there (OpenID Connect Core §2: not even of level 1).
const NOBODY_SIGNED_IN: &str = "0";

pub(super) fn decide(
    db: &mut Db<'_>,
    client: &Arc<Client>,
    request: &Asserted,
    policy: &Policy,
    now: Moment,
) -> Result<Granted, OAuthError> {
    if request.subject == client.id.to_string() {
        let asked = request.scope.clone().unwrap_or_default();
        let scope = client_credentials::judge(client, &asked)?;
        redeem(db, request)?;
        return Ok(client_credentials::of_its_own(client, scope, request.resource.clone()));
    }
    let grant = grants::find_of_subject(db, client.id, &request.subject)?;
    let grant = grant.filter(|grant| grant.scope.contains("offline_access")).ok_or_else(|| {
        invalid_grant("sub of the assertion is nobody who allowed this client access while away")
    })?;
    let scope = narrowed(client, &grant.scope, request.scope.as_ref())?;
    redeem(db, request)?;
    let lineage = begin(db, &family(&grant, scope.clone(), request, policy, now))?;
    Ok(Granted {
        client: client.clone(),
        scope,
        resource: request.resource.clone(),
        person: Some(person(db, lineage)?),
        generation: None,
        nonce: None,
        delegation: None,
    })
}

/// Whoever presents the same assertion a second time has no part in it.
fn redeem(db: &mut Db<'_>, request: &Asserted) -> Result<(), OAuthError> {
    if used_ids::redeem(db, &request.id, request.until)? {
        Ok(())
    } else {
        Err(invalid_grant("the assertion was used before"))
    }
}

/// At most what the person allows now; all of it, unless something is named.
fn narrowed(client: &Client, allowed: &Scope, asked: Option<&Scope>) -> Result<Scope, OAuthError> {
    let allowed = without_person(allowed);
    let scope = asked.cloned().unwrap_or_else(|| allowed.clone());
    if !scope.is_subset_of(&allowed) {
        return Err(invalid_scope("scope exceeds what the person allows while away"));
    }
    if client.may_ask_for(&scope) {
        Ok(scope)
    } else {
        Err(invalid_scope("the client is not registered for this scope"))
    }
}

/// Begins the family that the token hangs on. Whether the person is in good standing is judged where
/// every token is made.
fn begin(db: &mut Db<'_>, family: &TokenFamily) -> Result<Lineage, OAuthError> {
    let not_begun = || server_error("the token cannot be made").because("an id was drawn twice");
    if !token_families::begin(db, family)? {
        return Err(not_begun());
    }
    token_families::find(db, family.id)?.ok_or_else(not_begun)
}

/// An act of authorization by somebody who is not there: it lasts as long as its one token.
fn family(
    grant: &Grant,
    scope: Scope,
    request: &Asserted,
    policy: &Policy,
    now: Moment,
) -> TokenFamily {
    TokenFamily {
        id: FamilyId::random(),
        grant_id: grant.id,
        client_id: grant.client_id,
        user_id: grant.user_id,
        session_id: None,
        scope,
        resource: request.resource.clone(),
        claims: None,
        acr: NOBODY_SIGNED_IN.to_owned(),
        amr: String::new(),
        auth_at: grant.consented_at,
        generation: 0,
        rotated_at: now,
        created_at: now,
        expires_at: now + policy.access_token_lifetime,
        ended_at: None,
        end_reason: None,
    }
}
