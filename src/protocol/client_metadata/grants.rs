//! Grant types, response types and authentication: what goes together (RFC 7591 §2.1).

use std::collections::BTreeSet;

use super::{
    AssertionAlg, Offer, TokenEndpointAuthMethod as Method, check::Rules, members::ProposedMetadata,
};
use crate::protocol::{
    error::{OAuthError, invalid_client_metadata},
    grant_type::GrantType,
    response::ResponseType,
};

/// The grant types: `authorization_code` unless said.
pub(super) fn grant_types(said: &ProposedMetadata) -> BTreeSet<GrantType> {
    said.grant_types.clone().unwrap_or_else(|| BTreeSet::from([GrantType::AuthorizationCode]))
}

/// The response types: `code` unless said, and nothing for a client that never opens a browser.
pub(super) fn response_types(
    said: &ProposedMetadata,
    grant_types: &BTreeSet<GrantType>,
) -> BTreeSet<ResponseType> {
    said.response_types.clone().unwrap_or_else(|| {
        let code = grant_types.contains(&GrantType::AuthorizationCode);
        code.then_some(ResponseType::Code).into_iter().collect()
    })
}

/// Judges grant types and response types against each other and against what is offered.
pub(super) fn judge(
    grant_types: &BTreeSet<GrantType>,
    response_types: &BTreeSet<ResponseType>,
    rules: Rules,
) -> Result<(), OAuthError> {
    let has = |grant_type| grant_types.contains(&grant_type);
    let expects = |wanted: fn(ResponseType) -> bool| response_types.iter().copied().any(wanted);
    let refusal = if rules.offer == Offer::CodeOnly
        && (has(GrantType::Implicit) || expects(ResponseType::has_front_tokens))
    {
        "this server returns codes: implicit and hybrid response types are not offered"
    } else if response_types.iter().any(|it| !rules.offer.response_types().contains(it)) {
        "the response type token is not offered: an ID token comes with every access token"
    } else if expects(ResponseType::has_code) && !has(GrantType::AuthorizationCode) {
        "a response type with code needs the authorization_code grant type"
    } else if expects(ResponseType::has_front_tokens) && !has(GrantType::Implicit) {
        "a response type with token or id_token needs the implicit grant type"
    } else if has(GrantType::AuthorizationCode) && !expects(ResponseType::has_code) {
        "the authorization_code grant type needs a response type with code"
    } else if has(GrantType::Implicit) && !expects(ResponseType::has_front_tokens) {
        "the implicit grant type needs a response type with token or id_token"
    } else if grant_types.is_empty() {
        "grant_types is empty"
    } else if has(GrantType::RefreshToken) && !grant_types.iter().any(|it| it.may_be_refreshed()) {
        "the refresh_token grant type needs another that gives refresh tokens"
    } else {
        return Ok(());
    };
    Err(invalid_client_metadata(refusal))
}

/// Judges how the client proves who it is by what it wants to do.
pub(super) fn judge_authentication(
    said: &ProposedMetadata,
    method: Method,
    grant_types: &BTreeSet<GrantType>,
) -> Result<(), OAuthError> {
    let public = method == Method::None;
    let refusal = match (method, said.token_endpoint_auth_signing_alg) {
        _ if public && grant_types.iter().any(|it| it.needs_authentication()) => {
            "this grant type is for clients that authenticate, not for token_endpoint_auth_method none"
        }
        _ if public && said.require_pkce == Some(false) => {
            "only a client that authenticates may turn require_pkce off"
        }
        (Method::PrivateKeyJwt, Some(AssertionAlg::Secret(_))) => {
            "token_endpoint_auth_signing_alg must be an asymmetric one for private_key_jwt"
        }
        (Method::ClientSecretJwt, Some(AssertionAlg::KeyPair(_))) => {
            "token_endpoint_auth_signing_alg must be an HMAC for client_secret_jwt"
        }
        _ => return Ok(()),
    };
    Err(invalid_client_metadata(refusal))
}
