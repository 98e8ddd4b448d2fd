//! Every check on a request for authorization, in order, and the doors it stands at.

use super::request::AuthorizationRequest;
use crate::{
    oauth::issue::claims::KNOWN_SCOPES,
    protocol::{
        error::{OAuthError, invalid_request, invalid_scope, unauthorized_client},
        grant_type::GrantType,
    },
    store::clients::Client,
};

/// The doors through which a request for authorization comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A browser at the authorization endpoint.
    Browser,
    /// The client itself, ahead of the browser (RFC 9126).
    Pushed,
    /// A device that has no browser (RFC 8628).
    Device,
}

use Door::{Browser as B, Device as D, Pushed as P};

type Check = fn(&AuthorizationRequest, &Client) -> Result<(), OAuthError>;

/// To know what we demand, read this table.
#[rustfmt::skip]
const CHECKS: &[(&[Door], Check)] = &[
    (&[B      ], it_was_pushed_if_it_must_be),
    (&[B, P   ], response_type_is_registered),
    (&[B, P   ], grant_types_are_registered),
    (&[      D], device_code_is_registered),
    (&[B, P   ], pkce_is_present),
    (&[B, P   ], nonce_is_present),
    (&[B, P   ], openid_is_asked_for),
    (&[B, P, D], scope_is_known),
    (&[B, P, D], scope_is_registered),
];

/// Checks a request at this door; the first check that fails speaks.
///
/// # Errors
/// By RFC 6749 §4.1.2.1.
pub fn check(door: Door, asked: &AuthorizationRequest, client: &Client) -> Result<(), OAuthError> {
    let mut here = CHECKS.iter().filter(|(doors, _)| doors.contains(&door));
    here.try_for_each(|(_, check)| check(asked, client))
}

/// RFC 9126 §6. What was pushed comes through its own door.
fn it_was_pushed_if_it_must_be(
    _: &AuthorizationRequest,
    client: &Client,
) -> Result<(), OAuthError> {
    if client.metadata.require_pushed_authorization_requests {
        Err(invalid_request("the client always pushes its requests"))
    } else {
        Ok(())
    }
}

fn response_type_is_registered(
    asked: &AuthorizationRequest,
    client: &Client,
) -> Result<(), OAuthError> {
    if client.metadata.may_expect(asked.response_type) {
        Ok(())
    } else {
        Err(unauthorized_client("the client is not registered for this response_type"))
    }
}

/// OpenID Connect Dynamic Registration §2: codes are asked for by one grant type, tokens from the
/// authorization endpoint by another.
fn grant_types_are_registered(
    asked: &AuthorizationRequest,
    client: &Client,
) -> Result<(), OAuthError> {
    let answer = asked.response_type;
    if answer.has_code() && !client.may_use(GrantType::AuthorizationCode) {
        Err(unauthorized_client("the client is not registered for authorization_code"))
    } else if answer.has_front_tokens() && !client.may_use(GrantType::Implicit) {
        Err(unauthorized_client("the client is not registered for implicit"))
    } else {
        Ok(())
    }
}

/// RFC 8628 §3.2 answers as RFC 6749 §5.2 does.
fn device_code_is_registered(_: &AuthorizationRequest, client: &Client) -> Result<(), OAuthError> {
    if client.may_use(GrantType::DeviceCode) {
        Ok(())
    } else {
        Err(unauthorized_client("the client is not registered for the device grant"))
    }
}

/// RFC 9700 §2.1.1: demanded of every code, but of a confidential client that registered otherwise.
fn pkce_is_present(asked: &AuthorizationRequest, client: &Client) -> Result<(), OAuthError> {
    let needed = asked.response_type.has_code() && client.metadata.must_use_pkce();
    if needed && asked.code_challenge.is_none() {
        Err(invalid_request("code_challenge is missing (PKCE with S256 is required)"))
    } else {
        Ok(())
    }
}

/// OpenID Connect Core §3.2.2.1, §3.3.2.11: an ID token that comes through the browser must be tied
/// to the request.
fn nonce_is_present(asked: &AuthorizationRequest, _: &Client) -> Result<(), OAuthError> {
    if asked.response_type.has_id_token() && asked.nonce.is_none() {
        Err(invalid_request("nonce is missing (this response_type needs one)"))
    } else {
        Ok(())
    }
}

/// OpenID Connect Core §3.1.2.1: only a request with this scope is one of OpenID Connect.
fn openid_is_asked_for(asked: &AuthorizationRequest, _: &Client) -> Result<(), OAuthError> {
    if asked.response_type.has_id_token() && !asked.scope.contains("openid") {
        Err(invalid_scope("an ID token needs the scope openid"))
    } else {
        Ok(())
    }
}

fn scope_is_known(asked: &AuthorizationRequest, client: &Client) -> Result<(), OAuthError> {
    let own = client.metadata.scope.as_ref();
    let known =
        |name: &str| KNOWN_SCOPES.contains(&name) || own.is_some_and(|own| own.contains(name));
    match asked.scope.iter().find(|name| !known(name)) {
        Some(name) => Err(invalid_scope("a scope is not known here").because(name)),
        None => Ok(()),
    }
}

fn scope_is_registered(asked: &AuthorizationRequest, client: &Client) -> Result<(), OAuthError> {
    if client.may_ask_for(&asked.scope) {
        Ok(())
    } else {
        Err(invalid_scope("the client is not registered for a scope it asked for"))
    }
}
