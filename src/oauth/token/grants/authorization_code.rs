//! A code for tokens (RFC 6749 §4.1.3): looks, judges, then takes. Whoever cannot prove that the
//! code is theirs leaves no mark on it.

use std::{mem, sync::Arc};

use oxide_auth::code_grant::accesstoken::{AccessToken, Input, Output};

use super::{Policy, person, same_resource};
use crate::{
    clock::Moment,
    oauth::{
        engine::{self, Exchanging},
        issue::{Granted, code::AuthorizationCode},
        token::request::CodeExchange,
    },
    protocol::{
        error::{OAuthError, invalid_grant, server_error},
        grant_type::GrantType,
        pkce,
    },
    store::{Db, clients::Client, sessions, token_families},
};

pub(super) fn decide(
    db: &mut Db<'_>,
    client: &Arc<Client>,
    request: &CodeExchange,
    policy: &Policy,
    now: Moment,
) -> Result<Granted, OAuthError> {
    let code = &request.code;
    judge(client, request)?;
    walk(request)?;
    let resource = same_resource(code.resource.as_ref(), request.resource.as_ref())?;
    let good = judge_age(code, policy, now).and_then(|()| judge_session(db, code));
    let family = code.family(policy.family_lifetime, now);
    match good {
        Ok(()) if token_families::begin(db, &family)? => {}
        Err(refusal) if token_families::find(db, code.family)?.is_none() => return Err(refusal),
        _ => {
            for family in code.families() {
                token_families::end(db, family, "code_replayed", now)?;
            }
            return Err(not_valid().because("redeemed before"));
        }
    }
    let lineage = token_families::find_lineage(db, family)?.ok_or_else(not_valid)?;
    let standing = lineage.standing_scope(now);
    let scope = standing.ok_or_else(|| not_valid().because("the consent has ended"))?;
    Ok(Granted {
        client: client.clone(),
        scope,
        resource,
        person: Some(person(db, lineage)?),
        generation: client.may_use(GrantType::RefreshToken).then_some(0),
        nonce: code.nonce.clone(),
        delegation: None,
    })
}

fn judge(client: &Client, request: &CodeExchange) -> Result<(), OAuthError> {
    let code = &request.code;
    if code.client != client.id {
        return Err(not_valid().because("it was made for another client"));
    }
    if code.redirect_uri != request.redirect_uri {
        return Err(invalid_grant("redirect_uri is not the one of the authorization request"));
    }
    Ok(())
}

fn judge_age(code: &AuthorizationCode, policy: &Policy, now: Moment) -> Result<(), OAuthError> {
    if now >= code.issued_at + policy.code_lifetime {
        return Err(not_valid().because("expired"));
    }
    Ok(())
}

/// Whether the person is still signed in where they allowed it: who signs out within the minute that a
/// code lives has changed their mind.
fn judge_session(db: &mut Db<'_>, code: &AuthorizationCode) -> Result<(), OAuthError> {
    if sessions::stands(db, code.session)? {
        Ok(())
    } else {
        Err(not_valid().because("the person has signed out"))
    }
}

/// Lets oxide-auth walk the exchange, and answers each of its questions.
fn walk(request: &CodeExchange) -> Result<(), OAuthError> {
    let code = &request.code;
    let client_id = code.client.to_string();
    let mut exchange = AccessToken::new(&Exchanging {
        client_id: &client_id,
        code: &request.text,
        redirect_uri: &request.redirect_uri,
    });
    let mut input = Input::None;
    loop {
        input = match exchange.advance(input) {
            Output::Authenticate { .. } => Input::Authenticated,
            Output::Recover { .. } => Input::Recovered(Some(Box::new(engine::grant(
                code.user.to_string(),
                &client_id,
                &code.redirect_uri,
                &code.scope,
            )?))),
            Output::Extend { extensions } => {
                let challenge = code.code_challenge.as_deref().map(str::parse).transpose()?;
                pkce::verify(challenge.as_ref(), request.code_verifier.as_deref())?;
                Input::Extended { access_extensions: mem::take(extensions) }
            }
            Output::Issue { .. } => return Ok(()),
            Output::Ok(_) => return Err(server_error("the request cannot be walked")),
            Output::Err(mut error) => {
                return Err(error.description().map_or_else(
                    || server_error("the request cannot be walked"),
                    |description| engine::token_refusal(description.kind()),
                ));
            }
        };
    }
}

fn not_valid() -> OAuthError {
    invalid_grant("code is not valid")
}
