//! What was granted → tokens. The only place where tokens are made.
//!
//! Owns the forms of code, access token, refresh token and ID token, and what they say. Does not
//! decide whether somebody may have them: that is `token::grants`, which hands in [`Granted`].

pub mod access_token;
pub mod claims;
pub mod code;
pub mod id_token;
pub mod refresh_token;
pub mod subject;

use std::{sync::Arc, time::Duration};

use crate::{
    app::App,
    clock::Moment,
    crypto::secret::Secret,
    oauth::encryption::Encryption,
    protocol::{
        error::{OAuthError, invalid_grant, server_error, unauthorized_client},
        response::ResponseType,
        scope::Scope,
    },
    store::{clients::Client, reach::Reach, token_families::Lineage},
};

use access_token::{AccessToken, Actor, Holder};
use id_token::Hashes;
use refresh_token::RefreshToken;

/// What a grant type's rules allow, read from the store in the deciding transaction.
pub struct Granted {
    /// Who gets the tokens.
    pub client: Arc<Client>,
    /// What they may be used for.
    pub scope: Scope,
    /// The API they are for, if one was named (RFC 8707).
    pub resource: Option<String>,
    /// The person they speak for; none for a client that speaks for itself.
    pub person: Option<Person>,
    /// The generation of the refresh token that goes with them, if one does.
    pub generation: Option<i64>,
    /// What the ID token must repeat (OpenID Connect Core §3.1.2.1).
    pub nonce: Option<String>,
    /// What comes of the token that this one is exchanged for, if it is.
    pub delegation: Option<Delegation>,
}

/// What a token inherits from the one that was exchanged for it (RFC 8693).
pub struct Delegation {
    /// Who acts, the latest first.
    pub act: Vec<Actor>,
    /// When the exchanged token stops.
    pub until: Moment,
}

/// The person tokens speak for, with what the ID token may tell of them.
pub struct Person {
    /// By what they are reached.
    pub reach: Reach,
    /// The family, the grant and the person.
    pub lineage: Lineage,
}

/// What tokens look like: what was registered for them.
pub struct Form<'a> {
    /// The API that the access token is for, if that is one we know.
    pub api: Option<&'a Client>,
    /// How the client wants its ID token encrypted.
    pub id_token: &'a Encryption,
}

/// Tokens, ready to be sent.
pub struct Tokens {
    /// The access token.
    pub access_token: Secret,
    /// What kind of token it is, for whoever asked for a kind (RFC 8693 §2.2.1).
    pub issued_token_type: Option<&'static str>,
    /// How long it is good.
    pub expires_in: Duration,
    /// What for.
    pub scope: Scope,
    /// The refresh token that is live now.
    pub refresh_token: Option<Secret>,
    /// The ID token, if `openid` was granted.
    pub id_token: Option<String>,
}

/// What the authorization endpoint is asked to hand out itself.
#[derive(Clone, Copy)]
pub struct Front<'a> {
    /// What it names.
    pub response_type: ResponseType,
    /// The code that goes with it, if one does.
    pub code: Option<&'a str>,
}

/// What the authorization endpoint hands out itself (OpenID Connect Core §3.2.2.5, §3.3.2.5).
pub struct FrontTokens {
    /// The access token, if the response type has one.
    pub access_token: Option<Secret>,
    /// How long it is good.
    pub expires_in: Duration,
    /// What for.
    pub scope: Scope,
    /// The ID token, if the response type has one.
    pub id_token: Option<String>,
}

/// Makes the tokens that were granted. Client, person, grant and family are judged once more here,
/// whatever the way they were come by (security rule 3).
///
/// # Errors
/// If something they hang on no longer stands, or a signature fails.
pub fn tokens(
    app: &App,
    granted: &Granted,
    form: &Form<'_>,
    now: Moment,
) -> Result<Tokens, OAuthError> {
    judge(granted, now)?;
    let (access_token, expires_in) = access_token(app, granted, form, now)?;
    let refresh_token =
        granted.person.as_ref().zip(granted.generation).map(|(person, generation)| {
            RefreshToken { family: person.lineage.family.id, generation }.seal(&app.seals)
        });
    let id_token = match &granted.person {
        Some(person) if granted.scope.contains("openid") => {
            let hashes = Hashes { access_token: Some(access_token.expose()), code: None };
            let signed = id_token::make(app, granted, person, &hashes, now)?;
            Some(form.id_token.of_signed(signed)?)
        }
        _ => None,
    };
    if let Some(person) = &granted.person {
        app.sightings.note(person.lineage.grant.id);
    }
    let scope = claims::public(&granted.scope);
    Ok(Tokens {
        access_token,
        issued_token_type: granted.delegation.as_ref().map(|_| access_token::TYPE),
        expires_in,
        scope,
        refresh_token,
        id_token,
    })
}

/// Makes the tokens that the response type names, to go with this code. Judged like all others.
///
/// # Errors
/// As [`tokens`].
pub fn in_front(
    app: &App,
    granted: &Granted,
    form: &Form<'_>,
    front: Front<'_>,
    now: Moment,
) -> Result<FrontTokens, OAuthError> {
    judge(granted, now)?;
    let (access_token, expires_in) = access_token(app, granted, form, now)?;
    let access_token = front.response_type.has_token().then_some(access_token);
    let id_token = match &granted.person {
        Some(person) if front.response_type.has_id_token() => {
            let access_token = access_token.as_ref().map(Secret::expose);
            let hashes = Hashes { access_token, code: front.code };
            let signed = id_token::make(app, granted, person, &hashes, now)?;
            Some(form.id_token.of_signed(signed)?)
        }
        _ => None,
    };
    Ok(FrontTokens { access_token, expires_in, scope: claims::public(&granted.scope), id_token })
}

fn access_token(
    app: &App,
    granted: &Granted,
    form: &Form<'_>,
    now: Moment,
) -> Result<(Secret, Duration), OAuthError> {
    let lifetime = Duration::from_secs(app.config.tokens.access_token_lifetime_seconds);
    let until = granted.delegation.as_ref().map_or(now + lifetime, |exchanged| exchanged.until);
    let expires_at = until.min(now + lifetime);
    let lineage = granted.person.as_ref().map(|person| &person.lineage);
    let holder = lineage.map_or(Holder::Client, |lineage| Holder::Family(lineage.family.id));
    let token = AccessToken::new(granted, holder, now, expires_at);
    Ok((token.write(app, form.api, lineage)?, expires_at.since(now)))
}

fn judge(granted: &Granted, now: Moment) -> Result<(), OAuthError> {
    if !granted.client.in_good_standing() {
        return Err(unauthorized_client("the client may not be used"));
    }
    let Some(person) = &granted.person else { return Ok(()) };
    let standing = person.lineage.standing_scope(now);
    let standing = standing.ok_or_else(|| invalid_grant("the grant is not valid any more"))?;
    if granted.scope.is_subset_of(&standing) {
        Ok(())
    } else {
        Err(server_error("the tokens cannot be made").because("scope exceeds the grant"))
    }
}
