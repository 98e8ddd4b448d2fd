//! A token for another API in exchange for the one that was handed to us (RFC 8693): an API calls the
//! next one for a person, and says so. Nobody is impersonated, and nothing is gained: the new token is
//! for the same person under the same grant, for no more, for no longer.

use super::{Policy, without_person};
use crate::{
    clock::Moment,
    oauth::{
        bearer::{self, Presented},
        issue::{Delegation, Granted, Person, access_token::Actor},
        token::request::{Exchange, Target},
    },
    protocol::{
        error::{OAuthError, invalid_request, invalid_scope, invalid_target},
        scope::Scope,
    },
    store::{
        Db,
        clients::{self, Client, ClientId},
        reach::Reach,
    },
};

/// As many may act one for another.
const MOST_ACTORS: usize = 5;

pub(super) fn decide(
    db: &mut Db<'_>,
    client: &Client,
    request: &Exchange,
    policy: &Policy,
    now: Moment,
) -> Result<Granted, OAuthError> {
    let subject = bearer::find(db, &policy.clients, &request.subject, now)?;
    let subject = subject.filter(|subject| is_for(subject, client)).ok_or_else(not_valid)?;
    if subject.token.act.len() == MOST_ACTORS {
        return Err(invalid_request("too many act one for another already"));
    }
    let resource = target(db, client, &request.target, policy)?;
    let scope = narrowed(client, &subject.scope, request.scope.as_ref())?;
    let latest = Actor { client: client.id, token: subject.token.id };
    let act = [&[latest], &*subject.token.act].concat();
    Ok(Granted {
        client: subject.client.clone(),
        scope,
        resource: Some(resource),
        person: subject.lineage.map(|lineage| Person { reach: Reach::default(), lineage }),
        generation: None,
        nonce: None,
        delegation: Some(Delegation { act, until: subject.token.expires_at }),
    })
}

/// Whether a token was handed to this client because it is the API that it is for.
fn is_for(subject: &Presented, client: &Client) -> bool {
    subject.token.resource.as_ref().is_some_and(|resource| client.serves(resource))
}

/// An invalid subject token is an invalid request (RFC 8693 §2.2.2).
fn not_valid() -> OAuthError {
    invalid_request("subject_token is not valid, or not meant for the API that presents it")
}

/// The API that the new token is for: another one, that somebody has registered.
fn target(
    db: &mut Db<'_>,
    client: &Client,
    asked: &Target,
    policy: &Policy,
) -> Result<String, OAuthError> {
    let resource = match asked {
        Target::Resource(resource) => Some(resource.clone()),
        Target::Audience(name) => named(db, name)?,
    };
    let resource = resource.ok_or_else(unknown)?;
    if client.serves(&resource) {
        return Err(invalid_target(
            "the token is to be for another API, not for the one that asks",
        ));
    }
    policy.clients.find_api(db, &resource)?.map(|_| resource).ok_or_else(unknown)
}

/// The API of this logical name (RFC 8693 §2.1): its resource, or the `client_id` of whoever serves
/// just one.
fn named(db: &mut Db<'_>, name: &str) -> Result<Option<String>, OAuthError> {
    let Some(id) = ClientId::parse(name) else { return Ok(Some(name.to_owned())) };
    let served = clients::find(db, id)?.and_then(|client| client.metadata.resources);
    Ok(served.and_then(|served| match <[String; 1]>::try_from(served) {
        Ok([only]) => Some(only),
        Err(_) => None,
    }))
}

fn unknown() -> OAuthError {
    invalid_target("no such API is registered here")
}

/// What the new token may be used for: what the exchanged one may, as far as the client may ask for it.
fn narrowed(client: &Client, held: &Scope, asked: Option<&Scope>) -> Result<Scope, OAuthError> {
    let held = without_person(held);
    let Some(asked) = asked else {
        let registered = client.metadata.scope.as_ref();
        return Ok(registered.map_or(held.clone(), |registered| held.intersection(registered)));
    };
    if !asked.is_subset_of(&held) {
        return Err(invalid_scope("scope exceeds what the subject_token may be used for"));
    }
    if client.may_ask_for(asked) {
        Ok(asked.clone())
    } else {
        Err(invalid_scope("the client is not registered for this scope"))
    }
}
