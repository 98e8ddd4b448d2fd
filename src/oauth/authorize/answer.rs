//! What a request is answered with: a code, and under the certification profile tokens beside it or
//! instead (OpenID Connect Core §3.2.2.5, §3.3.2.5).
//!
//! A code begins its family when it is redeemed. Tokens that leave from here are in use at once, so
//! they hang on a family of their own, which begins with the answer and ends with the same grant,
//! session and person. The code knows it: whoever replays the code ends both.

use std::{sync::Arc, time::Duration};

use super::Asked;
use crate::{
    app::App,
    clock::Moment,
    oauth::{
        client_keys::ClientKeys,
        encryption::{self, Encryption},
        issue::{self, Form, Front, FrontTokens, Granted, Person, code::AuthorizationCode},
    },
    protocol::error::{OAuthError, access_denied},
    store::{
        Db,
        clients::Client,
        grants::Grant,
        reach, sessions,
        token_families::{self, FamilyId, TokenFamily},
    },
    web::visitor::SignedIn,
};

/// Makes the parameters of the answer, but for those that every answer has.
///
/// # Errors
/// If what the tokens hang on has ended since it was looked at, or a signature fails.
pub(super) async fn make(
    app: &App,
    keys: &ClientKeys,
    asked: &Asked,
    signed_in: &SignedIn,
    grant: &Grant,
) -> Result<Vec<(&'static str, String)>, OAuthError> {
    let (response_type, now) = (asked.request.response_type, app.clock.now());
    let facts = facts(asked, signed_in, grant, now);
    let code = response_type.has_code().then(|| facts.seal(&app.seals));
    let mut answer: Vec<_> = code.clone().map(|code| ("code", code)).into_iter().collect();
    if let Some(beside) = facts.beside {
        let id_token = &Encryption::of(encryption::Kind::IdToken, app, keys, &asked.client).await?;
        let (granted, api) = begin(app, &asked.client, facts, beside, now).await?;
        let form = Form { api: api.as_deref(), id_token };
        let front = Front { response_type, code: code.as_deref() };
        let tokens = issue::in_front(app, &granted, &form, front, now)?;
        app.sightings.note(grant.id);
        app.metrics.issued("implicit");
        answer.extend(parameters(tokens));
    }
    Ok(answer)
}

/// What the code says: sealed facts, no row.
fn facts(asked: &Asked, signed_in: &SignedIn, grant: &Grant, now: Moment) -> AuthorizationCode {
    let request = &asked.request;
    let wanted = request.wanted().intersection(&grant.scope);
    let scope = if request.include_granted { grant.scope.clone() } else { wanted };
    AuthorizationCode {
        family: FamilyId::random(),
        beside: request.response_type.has_front_tokens().then(FamilyId::random),
        client: asked.client.id,
        redirect_uri: asked.back.return_to.uri().to_owned(),
        code_challenge: request.code_challenge.as_ref().map(|it| it.as_str().to_owned()),
        user: signed_in.user.id,
        grant: grant.id,
        session: signed_in.session.id,
        scope,
        resource: request.resource.clone(),
        nonce: request.nonce.clone(),
        claims: request.claims_text(),
        acr: request.told_acr(&signed_in.session.acr),
        amr: signed_in.session.amr.clone(),
        auth_at: signed_in.session.auth_at,
        issued_at: now,
    }
}

/// Begins the family of the tokens that leave now. It is never refreshed, so it holds nothing that
/// outlasts the session. With what was granted comes the API that it is for.
async fn begin(
    app: &App,
    client: &Client,
    facts: AuthorizationCode,
    beside: FamilyId,
    now: Moment,
) -> Result<(Granted, Option<Arc<Client>>), OAuthError> {
    let lifetime = Duration::from_secs(app.config.tokens.refresh_token_lifetime_seconds);
    let family =
        TokenFamily { id: beside, scope: facts.scope.online(), ..facts.family(lifetime, now) };
    let (session, resource, known) = (facts.session, facts.resource.clone(), app.clients.clone());
    let begin = move |db: &mut Db<'_>| -> Result<_, OAuthError> {
        if !sessions::stands(db, session)? {
            return Err(ended());
        }
        token_families::begin(db, &family)?;
        let lineage = token_families::find(db, family.id)?.ok_or_else(ended)?;
        let scope = lineage.standing_scope(now).ok_or_else(ended)?;
        let reach = reach::find(db, lineage.user.id, lineage.grant.email())?;
        let api = resource.as_deref().map(|resource| known.find_api(db, resource));
        Ok((scope, Person { reach, lineage }, api.transpose()?.flatten()))
    };
    let (scope, person, api) = app.store.write(begin).await?;
    let granted = Granted {
        client: Arc::new(client.clone()),
        scope,
        resource: facts.resource,
        person: Some(person),
        generation: None,
        nonce: facts.nonce,
        delegation: None,
    };
    Ok((granted, api))
}

/// RFC 6749 §4.2.2, OpenID Connect Core §3.2.2.5
fn parameters(tokens: FrontTokens) -> Vec<(&'static str, String)> {
    let mut parameters = Vec::new();
    if let Some(access_token) = tokens.access_token {
        parameters.push(("access_token", access_token.expose().to_owned()));
        parameters.push(("token_type", "Bearer".to_owned()));
        parameters.push(("expires_in", tokens.expires_in.as_secs().to_string()));
        if !tokens.scope.is_empty() {
            parameters.push(("scope", tokens.scope.to_string()));
        }
    }
    parameters.extend(tokens.id_token.map(|id_token| ("id_token", id_token)));
    parameters
}

fn ended() -> OAuthError {
    access_denied("the consent or the session has ended")
}
