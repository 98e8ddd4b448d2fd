//! A client that asks for itself (RFC 6749 §4.4): no person, no refresh token, no row.

use std::sync::Arc;

use oxide_auth::{
    code_grant::client_credentials::{ClientCredentials, Input, Output},
    primitives::grant::Extensions,
};

use crate::{
    oauth::{
        engine::{self, Machine as Asking},
        issue::Granted,
        token::request::Machine,
    },
    protocol::{
        error::{OAuthError, invalid_scope, server_error},
        scope::Scope,
    },
    store::clients::Client,
};

/// What belongs to people and is never a machine's.
const PEOPLES: &[&str] = &["openid", "profile", "email", "address", "phone", "offline_access"];

pub(super) fn decide(client: &Arc<Client>, request: &Machine) -> Result<Granted, OAuthError> {
    let scope = walk(client, &request.scope)?;
    Ok(of_its_own(client, scope, request.resource.clone()))
}

/// What a client gets for itself: no person, no refresh token.
pub(super) fn of_its_own(client: &Arc<Client>, scope: Scope, resource: Option<String>) -> Granted {
    Granted {
        client: client.clone(),
        scope,
        resource,
        person: None,
        generation: None,
        nonce: None,
        delegation: None,
    }
}

/// Lets oxide-auth walk the request, and answers each of its questions.
fn walk(client: &Client, asked: &Scope) -> Result<Scope, OAuthError> {
    let client_id = client.id.to_string();
    let mut machine = ClientCredentials::new(&Asking { client_id: &client_id, scope: asked });
    let mut input = Input::None;
    loop {
        input = match machine.advance(input) {
            Output::Authenticate { .. } => Input::Authenticated,
            Output::Binding { .. } => Input::Bound {
                bound_client: engine::bound(&client_id, "urn:ietf:wg:oauth:2.0:oob")?,
            },
            Output::Extend => Input::Extended { extensions: Extensions::default() },
            Output::Negotiate { bound_client, .. } => Input::Negotiated {
                pre_grant: engine::negotiated(bound_client, &judge(client, asked)?)?,
            },
            Output::Ok { .. } => return judge(client, asked),
            Output::Err(_) => return Err(server_error("the request cannot be walked")),
        };
    }
}

/// A machine gets what it registered, and nothing that belongs to a person.
pub(super) fn judge(client: &Client, asked: &Scope) -> Result<Scope, OAuthError> {
    if let Some(name) = asked.iter().find(|name| PEOPLES.contains(name)) {
        return Err(invalid_scope("a scope that needs a person was asked for").because(name));
    }
    if client.may_ask_for(asked) {
        Ok(asked.clone())
    } else {
        Err(invalid_scope("the client is not registered for this scope"))
    }
}
