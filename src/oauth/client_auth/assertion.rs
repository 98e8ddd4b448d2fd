//! `private_key_jwt` and `client_secret_jwt` (RFC 7523 §2.2 and §3, OpenID Connect Core §9): a JWT
//! that the client signed proves who it is, once.

use actix_web::HttpRequest;

use crate::{
    app::App,
    clock::Moment,
    crypto::{
        jose::{Claims, HmacAlgorithm, JoseError, Typ, verify_with_secret},
        secret::Secret,
    },
    oauth::{
        assertion,
        client_keys::{ClientKeys, Unproven},
    },
    protocol::{
        client_metadata::{AssertionAlg, TokenEndpointAuthMethod},
        error::{OAuthError, invalid_client},
    },
    store::{Db, client_secrets::ClientSecret, clients::Client, used_ids},
};

/// What `client_assertion_type` says (RFC 7523 §2.2).
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

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
            assertion::by_key_pair(app, keys, client, asserted.jwt, TYP).await
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
    let audience = assertion::audience(app, http.path());
    let once = assertion::judge(&claims, client, &audience, now).map_err(invalid_client)?;
    if once.subject != client.id.to_string() {
        return Err(invalid_client("sub of client_assertion must be the client_id"));
    }
    let redeem = move |db: &mut Db<'_>| used_ids::redeem(db, &once.id, once.until);
    if app.store.write(redeem).await? {
        Ok(())
    } else {
        Err(invalid_client("client_assertion was used before"))
    }
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
