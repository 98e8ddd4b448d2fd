//! A refresh token for new tokens (RFC 6749 §6), rotated at every use (RFC 9700 §4.14.2).
//!
//! A client that lost our answer presents the same token again, and within the grace is given the
//! same successor. Any other second use means that two hold it: the family ends.

use std::sync::Arc;

use oxide_auth::{
    code_grant::refresh::{Input, Output, Refresh as Machine},
    primitives::grant::Grant as OxideGrant,
};

use super::{Policy, person, same_resource};
use crate::{
    clock::Moment,
    oauth::{
        engine::{self, Refreshing},
        issue::{Granted, claims},
        token::request::Refresh,
    },
    protocol::{
        error::{OAuthError, invalid_grant, invalid_scope, server_error},
        scope::Scope,
    },
    store::{
        Db,
        clients::Client,
        sessions,
        token_families::{self, Lineage},
    },
};

pub(super) fn decide(
    db: &mut Db<'_>,
    client: &Arc<Client>,
    request: &Refresh,
    policy: &Policy,
    now: Moment,
) -> Result<Granted, OAuthError> {
    let found = token_families::find(db, request.token.family)?;
    let mut lineage = found.ok_or_else(|| not_valid().because("no such family"))?;
    let standing = judge(db, client, &lineage, policy, now)?;
    let scope = walk(client, request, &lineage, &standing)?;
    let resource = same_resource(lineage.family.resource.as_ref(), request.resource.as_ref())?;
    let generation = rotate(db, &lineage, request.token.generation, policy, now)?;
    lineage.family.generation = generation;
    Ok(Granted {
        client: client.clone(),
        scope,
        resource,
        person: Some(person(db, lineage)?),
        generation: Some(generation),
        nonce: None,
        delegation: None,
    })
}

/// Whose token it is, and whether all it hangs on still stands; for what scope.
fn judge(
    db: &mut Db<'_>,
    client: &Client,
    lineage: &Lineage,
    policy: &Policy,
    now: Moment,
) -> Result<Scope, OAuthError> {
    let family = &lineage.family;
    if family.client_id != client.id {
        return Err(not_valid().because("it was made for another client"));
    }
    if now >= family.rotated_at + policy.refresh_idle {
        return Err(not_valid().because("not used for too long"));
    }
    let standing = lineage.standing_scope(now);
    let standing = standing.ok_or_else(|| not_valid().because("the family or its grant ended"))?;
    let ended = match family.session_id {
        Some(id) if !standing.contains("offline_access") => sessions::has_ended(db, id)?,
        _ => false,
    };
    if ended {
        return Err(not_valid().because("the person signed out"));
    }
    Ok(standing)
}

/// Lets oxide-auth walk the refresh: it judges the narrowing of the scope (RFC 6749 §6).
fn walk(
    client: &Client,
    request: &Refresh,
    lineage: &Lineage,
    standing: &Scope,
) -> Result<Scope, OAuthError> {
    let narrowed = request.scope.as_ref().map(Scope::as_str).filter(|scope| !scope.is_empty());
    let client_id = client.id.to_string();
    let mut machine = Machine::new(&Refreshing {
        client_id: &client_id,
        refresh_token: &request.text,
        scope: narrowed,
    });
    let asked = || narrowed.map(Into::into);
    let recovered: OxideGrant = engine::grant(
        lineage.user.id.to_string(),
        &client_id,
        "urn:ietf:wg:oauth:2.0:oob",
        standing,
    )?;
    let mut grant = Some(Box::new(recovered));
    let mut input = Input::None;
    loop {
        input = match machine.advance(input) {
            Output::Unauthenticated { .. } => Input::Authenticated { scope: asked() },
            Output::RecoverRefresh { .. } => {
                Input::Recovered { scope: asked(), grant: grant.take() }
            }
            Output::Refresh { .. } => break,
            Output::Ok(_) => return Err(server_error("the request cannot be walked")),
            Output::Err(mut error) => {
                return Err(error.description().map_or_else(
                    || server_error("the request cannot be walked"),
                    |description| engine::token_refusal(description.kind()),
                ));
            }
        };
    }
    let asked = request.scope.clone().filter(|scope| !scope.is_empty());
    let scope = asked.unwrap_or_else(|| standing.clone());
    if scope.is_subset_of(standing) {
        // Single claims are none of the client's words: they stay.
        Ok(scope.union(&standing.difference(&claims::public(standing))))
    } else {
        Err(invalid_scope("scope exceeds what was granted"))
    }
}

/// Takes the presented generation, and says which one is live now.
fn rotate(
    db: &mut Db<'_>,
    lineage: &Lineage,
    presented: i64,
    policy: &Policy,
    now: Moment,
) -> Result<i64, OAuthError> {
    let family = &lineage.family;
    if token_families::rotate(db, family.id, presented, now)? {
        return Ok(presented + 1);
    }
    // Somebody rotated it, before us or just now: look again at what stands.
    let current = token_families::find(db, family.id)?.ok_or_else(not_valid)?.family;
    let lost = current.ended_at.is_none()
        && current.generation == presented + 1
        && now < current.rotated_at + policy.grace;
    if lost {
        return Ok(current.generation);
    }
    token_families::end(db, family.id, "refresh_token_reused", now)?;
    Err(not_valid().because("used before"))
}

fn not_valid() -> OAuthError {
    invalid_grant("refresh_token is not valid")
}

#[cfg(test)]
mod tests;
