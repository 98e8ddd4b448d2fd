//! `private_key_jwt` and `client_secret_jwt` (RFC 7523 §2.2 and §3, OpenID Connect Core §9): a JWT
//! that the client signed proves who it is, once.

use std::time::Duration;

use actix_web::HttpRequest;

use crate::{
    app::App,
    clock::Moment,
    crypto::{
        jose::{Algorithm, Claims, HmacAlgorithm, JoseError, Typ, verify_with_secret},
        secret::{self, Secret},
    },
    oauth::client_keys::{self, ClientKeys, Unproven},
    protocol::{
        client_metadata::{AssertionAlg, TokenEndpointAuthMethod},
        error::{OAuthError, invalid_client},
    },
    store::{client_secrets::ClientSecret, clients::Client, used_ids},
    web::urls,
};

/// What `client_assertion_type` says (RFC 7523 §2.2).
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Clocks may differ by this much.
const LEEWAY: Duration = Duration::from_secs(30);

/// Nobody needs an assertion for longer, and its id must be remembered as long.
const LONGEST: Duration = Duration::from_hours(1);

/// What an assertion's header may say it is, if anything.
const TYP: Typ = Typ::OrPlain("client-authentication+jwt");

/// An assertion, and who is said to have made it.
pub(super) struct Asserted<'a> {
    /// The client it names.
    pub client: &'a Client,
    /// That client's secrets.
    pub secrets: &'a [ClientSecret],
    /// What it sent.
    pub jwt: &'a str,
}

/// Believes the assertion if the client signed it for us, lately, and never sent it before.
pub(super) async fn check(
    app: &App,
    keys: &ClientKeys,
    http: &HttpRequest,
    asserted: &Asserted<'_>,
) -> Result<(), OAuthError> {
    let client = asserted.client;
    let now = app.clock.now();
    let verified = match client.metadata.token_endpoint_auth_method {
        TokenEndpointAuthMethod::PrivateKeyJwt => {
            by_key_pair(app, keys, client, asserted.jwt).await
        }
        TokenEndpointAuthMethod::ClientSecretJwt => {
            by_secret(app, asserted, now).map_err(Unproven::Jwt)
        }
        _ => return Err(super::another_method()),
    };
    let claims = verified.map_err(|error| {
        invalid_client("client_assertion is not signed by the client as it registered")
            .because(error)
    })?;
    let issuer = app.config.http.public_url.as_str();
    let audience =
        [issuer.to_owned(), format!("{issuer}{}", urls::TOKEN), format!("{issuer}{}", http.path())];
    let once = judge(&claims, &client.id.to_string(), &audience, now).map_err(invalid_client)?;
    let (id, until) = (id(client, once.jti), once.until);
    if app.store.write(move |db| used_ids::redeem(db, &id, until).map_err(OAuthError::from)).await?
    {
        Ok(())
    } else {
        Err(invalid_client("client_assertion was used before"))
    }
}

async fn by_key_pair(
    app: &App,
    keys: &ClientKeys,
    client: &Client,
    jwt: &str,
) -> Result<Claims, Unproven> {
    let allowed = match client.metadata.token_endpoint_auth_signing_alg {
        None => Algorithm::ALL.to_vec(),
        Some(AssertionAlg::KeyPair(only)) => vec![only],
        Some(AssertionAlg::Secret(_)) => Vec::new(),
    };
    client_keys::verify(app, keys, client, jwt, (&allowed, TYP)).await
}

/// With any of the secrets that count now: while one replaces another there are two.
fn by_secret(app: &App, asserted: &Asserted<'_>, now: Moment) -> Result<Claims, JoseError> {
    let allowed = match asserted.client.metadata.token_endpoint_auth_signing_alg {
        None => HmacAlgorithm::ALL.to_vec(),
        Some(AssertionAlg::Secret(only)) => vec![only],
        Some(AssertionAlg::KeyPair(_)) => Vec::new(),
    };
    let live = asserted.secrets.iter().filter(|secret| secret.counts(now));
    let known = live.filter_map(|row| row.sealed_secret.as_deref());
    let opened = known.filter_map(|sealed| app.seals.client_secret.open::<String>(sealed));
    let mut verified = Err(JoseError::Key);
    for secret in opened.map(Secret::new) {
        verified = verify_with_secret(asserted.jwt, &secret, &allowed, TYP);
        if verified.is_ok() {
            break;
        }
    }
    verified
}

/// What makes an assertion count once.
#[derive(Debug, PartialEq, Eq)]
struct Once<'a> {
    jti: &'a str,
    /// As long it must be remembered: nobody believes the assertion after that, however their clock
    /// differs.
    until: Moment,
}

/// What an assertion must say (RFC 7523 §3, OpenID Connect Core §9); the refusal says what it does
/// not.
fn judge<'a>(
    claims: &'a Claims,
    client_id: &str,
    audience: &[String],
    now: Moment,
) -> Result<Once<'a>, &'static str> {
    let text = |name, refusal| claims.required_text(name).map_err(|_| refusal);
    let seconds = |name, refusal| {
        let seconds = claims.seconds(name).map_err(|_| refusal)?;
        Ok::<_, &str>(seconds.map(Moment::from_seconds))
    };
    for (name, refusal) in [
        ("iss", "iss of client_assertion must be the client_id"),
        ("sub", "sub of client_assertion must be the client_id"),
    ] {
        if text(name, refusal)? != client_id {
            return Err(refusal);
        }
    }
    let refusal = "aud of client_assertion must be the issuer or the endpoint that is called";
    let said = claims.texts("aud").map_err(|_| refusal)?;
    if !said.iter().any(|said| audience.iter().any(|ours| ours == said)) {
        return Err(refusal);
    }
    let refusal = "exp of client_assertion must say when it expires";
    let expires_at = seconds("exp", refusal)?.ok_or(refusal)?;
    if expires_at + LEEWAY <= now {
        return Err("client_assertion has expired");
    }
    if expires_at > now + LONGEST + LEEWAY {
        return Err("client_assertion must expire within an hour");
    }
    for (name, refusal) in [
        ("nbf", "nbf of client_assertion lies in the future"),
        ("iat", "iat of client_assertion lies in the future"),
    ] {
        if seconds(name, refusal)?.is_some_and(|from| from > now + LEEWAY) {
            return Err(refusal);
        }
    }
    let refusal = "jti of client_assertion must name it";
    let jti = text("jti", refusal)?;
    if jti.is_empty() {
        return Err(refusal);
    }
    Ok(Once { jti, until: expires_at + LEEWAY + LEEWAY })
}

/// The name of this assertion among everything that counts once: another client's, or a proof of
/// another kind, with the same `jti` is another one.
fn id(client: &Client, jti: &str) -> Vec<u8> {
    let name = [b"client_assertion ", &client.id.as_bytes()[..], jti.as_bytes()].concat();
    secret::digest(&name).to_vec()
}

#[cfg(test)]
mod tests;
