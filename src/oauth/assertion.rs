//! A JWT that a client signed, to be believed once (RFC 7521 §4, RFC 7523 §3): it proves who the client
//! is, or says for whom it asks.

use std::time::Duration;

use crate::{
    app::App,
    clock::Moment,
    crypto::{
        jose::{Algorithm, Claims, Typ},
        secret,
    },
    oauth::client_keys::{self, ClientKeys, Unproven},
    protocol::{
        client_metadata::AssertionAlg,
        error::{OAuthError, invalid_grant},
    },
    store::clients::Client,
    web::urls,
};

/// Clocks may differ by this much.
const LEEWAY: Duration = Duration::from_secs(30);

/// Nobody needs an assertion for longer, and its id must be remembered as long.
const LONGEST: Duration = Duration::from_hours(1);

/// What the header of an assertion that is a grant may say it is, if anything.
const GRANT: Typ = Typ::OrPlain("authorization-grant+jwt");

/// What a good assertion says.
#[derive(Debug, PartialEq, Eq)]
pub struct Once {
    /// Of whom it speaks.
    pub subject: String,
    /// Its name among everything that counts once.
    pub id: Vec<u8>,
    /// As long it must be remembered: nobody believes the assertion after that, however their clock
    /// differs.
    pub until: Moment,
}

/// Believes an assertion that a client presents as a grant (RFC 7523 §2.1), but for whether it was
/// presented before.
///
/// # Errors
/// `invalid_grant`, with what is wrong with it.
pub async fn granting(
    app: &App,
    keys: &ClientKeys,
    client: &Client,
    jwt: &str,
) -> Result<Once, OAuthError> {
    let claims = by_key_pair(app, keys, client, jwt, GRANT).await.map_err(|error| {
        invalid_grant("the assertion is not signed with a key that the client registered")
            .because(error)
    })?;
    judge(&claims, client, &audience(app, urls::TOKEN), app.clock.now()).map_err(invalid_grant)
}

/// Believes a JWT under one of the client's keys, in the one way it registered, if it did.
///
/// # Errors
/// What is wrong with the JWT, or that the client's keys cannot be had.
pub async fn by_key_pair(
    app: &App,
    keys: &ClientKeys,
    client: &Client,
    jwt: &str,
    typ: Typ,
) -> Result<Claims, Unproven> {
    let allowed = match client.metadata.token_endpoint_auth_signing_alg {
        Some(AssertionAlg::KeyPair(only)) => vec![only],
        Some(AssertionAlg::Secret(_)) | None => Algorithm::ALL.to_vec(),
    };
    client_keys::verify(app, keys, client, jwt, (&allowed, typ)).await
}

/// Whom an assertion may be for: the issuer, the token endpoint, the endpoint that is called.
#[must_use]
pub fn audience(app: &App, path: &str) -> [String; 3] {
    let issuer = app.config.http.public_url.as_str();
    [issuer.to_owned(), format!("{issuer}{}", urls::TOKEN), format!("{issuer}{path}")]
}

/// What every assertion must say (RFC 7523 §3, OpenID Connect Core §9); the refusal says what it does
/// not.
///
/// # Errors
/// A sentence.
pub fn judge(
    claims: &Claims,
    client: &Client,
    audience: &[String],
    now: Moment,
) -> Result<Once, &'static str> {
    let text = |name, refusal| {
        let text = claims.required_text(name).ok().filter(|text| !text.is_empty());
        text.ok_or(refusal)
    };
    let refusal = "iss of the assertion must be the client_id";
    if text("iss", refusal)? != client.id.to_string() {
        return Err(refusal);
    }
    let subject = text("sub", "sub of the assertion must say of whom it speaks")?;
    let refusal = "aud of the assertion must be the issuer or the endpoint that is called";
    let said = claims.texts("aud").map_err(|_| refusal)?;
    if !said.iter().any(|said| audience.iter().any(|ours| ours == said)) {
        return Err(refusal);
    }
    let expires_at = judge_times(claims, now)?;
    let jti = text("jti", "jti of the assertion must name it")?;
    let until = expires_at + LEEWAY + LEEWAY;
    Ok(Once { subject: subject.to_owned(), id: id(client, jti), until })
}

/// When it is good; returns when it stops.
fn judge_times(claims: &Claims, now: Moment) -> Result<Moment, &'static str> {
    let seconds = |name, refusal| {
        let seconds = claims.seconds(name).map_err(|_| refusal)?;
        Ok::<_, &str>(seconds.map(Moment::from_seconds))
    };
    let refusal = "exp of the assertion must say when it expires";
    let expires_at = seconds("exp", refusal)?.ok_or(refusal)?;
    if expires_at + LEEWAY <= now {
        return Err("the assertion has expired");
    }
    if expires_at > now + LONGEST + LEEWAY {
        return Err("the assertion must expire within an hour");
    }
    for (name, refusal) in [
        ("nbf", "nbf of the assertion lies in the future"),
        ("iat", "iat of the assertion lies in the future"),
    ] {
        if seconds(name, refusal)?.is_some_and(|from| from > now + LEEWAY) {
            return Err(refusal);
        }
    }
    Ok(expires_at)
}

/// The name of this assertion among everything that counts once: another client's, or a proof of
/// another kind, with the same `jti` is another one.
fn id(client: &Client, jti: &str) -> Vec<u8> {
    let name = [b"client_assertion ", &client.id.as_bytes()[..], jti.as_bytes()].concat();
    secret::digest(&name).to_vec()
}

#[cfg(test)]
mod tests;
