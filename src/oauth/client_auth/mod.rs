//! Which client is calling? Proved by the method it registered, and no other kind.
//!
//! Owns the reading of credentials and their comparison. Whether that client may do what it asks is
//! judged later, by each endpoint.

mod assertion;
mod secret;

use std::sync::Arc;

use actix_web::{HttpRequest, http::header};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use self::assertion::Asserted;
use crate::{
    app::App,
    crypto::{jose::peek_unverified, secret::Secret},
    oauth::client_keys::ClientKeys,
    protocol::{
        client_metadata::TokenEndpointAuthMethod,
        error::{OAuthError, invalid_client, invalid_request},
    },
    store::{
        Known,
        clients::{Client, ClientId},
    },
    web::{
        asking_client, cors,
        form::{self, Parameters},
    },
};

/// What a client says of itself.
struct Credentials {
    client_id: String,
    proof: Option<Proof>,
}

/// What it proves that with.
enum Proof {
    /// In the header or in the form.
    Secret(Secret),
    /// A signed JWT.
    Assertion(String),
}

/// Finds the client that sent this form, and checks that it is.
///
/// # Errors
/// `invalid_client` if it is nobody, or cannot prove it; `invalid_request` for two ways at once.
pub async fn authenticate(
    app: &App,
    keys: &ClientKeys,
    http: &HttpRequest,
    form: &Parameters,
) -> Result<Arc<Client>, OAuthError> {
    let credentials = match read(http, form) {
        Ok(credentials) => credentials,
        Err(unreadable) => {
            // Whoever it says it is may want to know.
            find(app, http, form.get("client_id").unwrap_or_default()).await?;
            return Err(unreadable);
        }
    };
    let known = find(app, http, &credentials.client_id).await?;
    let Known { client, secrets } = known.ok_or_else(unknown)?;
    if !client.in_good_standing() {
        return Err(unknown().because("the client is suspended or deleted"));
    }
    let now = app.clock.now();
    cors::allow(http, &client);
    match (client.metadata.token_endpoint_auth_method, credentials.proof) {
        (TokenEndpointAuthMethod::None, None) => {}
        (TokenEndpointAuthMethod::None, Some(_)) => {
            return Err(invalid_client("the client is public and has no secret"));
        }
        (
            TokenEndpointAuthMethod::ClientSecretBasic | TokenEndpointAuthMethod::ClientSecretPost,
            Some(Proof::Secret(presented)),
        ) => secret::check(&secrets, &presented, now)?,
        (
            TokenEndpointAuthMethod::ClientSecretJwt | TokenEndpointAuthMethod::PrivateKeyJwt,
            Some(Proof::Assertion(jwt)),
        ) => {
            let asserted = Asserted { client: &client, secrets: &secrets, jwt: &jwt };
            assertion::check(app, keys, http, &asserted).await?;
        }
        _ => return Err(another_method()),
    }
    Ok(client)
}

/// The client of this name, proved or not: from here on refusals are put to it.
async fn find(app: &App, http: &HttpRequest, client_id: &str) -> Result<Option<Known>, OAuthError> {
    let Some(id) = ClientId::parse(client_id) else { return Ok(None) };
    let clients = app.clients.clone();
    let known = app.store.read(move |db| clients.find(db, id)).await?;
    if known.is_some() {
        asking_client::note(http, id);
    }
    Ok(known)
}

/// As [`authenticate`], for endpoints that only clients with credentials may use.
///
/// # Errors
/// As [`authenticate`], and for public clients.
pub async fn authenticate_confidential(
    app: &App,
    keys: &ClientKeys,
    http: &HttpRequest,
    form: &Parameters,
) -> Result<Arc<Client>, OAuthError> {
    let client = authenticate(app, keys, http, form).await?;
    if client.is_confidential() {
        Ok(client)
    } else {
        Err(invalid_client("this endpoint is for clients that prove who they are"))
    }
}

fn unknown() -> OAuthError {
    invalid_client("the client is unknown or its credentials are wrong").because("no such client")
}

fn another_method() -> OAuthError {
    invalid_client("the client did not authenticate by the method it registered")
}

/// Reads the credentials: in the header or in the form, never in two ways (RFC 6749 §2.3).
fn read(http: &HttpRequest, form: &Parameters) -> Result<Credentials, OAuthError> {
    let in_form = form.get("client_secret").map(|secret| Secret::new(secret.to_owned()));
    let named = form.get("client_id");
    let asserted = asserted(form)?;
    if let Some(basic) = basic(http)? {
        if in_form.is_some() || asserted.is_some() {
            return Err(two_ways());
        }
        if named.is_some_and(|named| named != basic.client_id) {
            return Err(invalid_request("client_id is not the client that authenticated"));
        }
        return Ok(basic);
    }
    let proof = match (in_form, asserted) {
        (Some(_), Some(_)) => return Err(two_ways()),
        (Some(secret), None) => Some(Proof::Secret(secret)),
        (None, Some(jwt)) => Some(Proof::Assertion(jwt.to_owned())),
        (None, None) => None,
    };
    // RFC 7521 §4.2: an assertion says itself whose it is; whether that is true is judged later.
    let client_id = named.map(str::to_owned).or_else(|| {
        let claims = peek_unverified(asserted?).ok()?;
        claims.text("sub").ok()?.map(str::to_owned)
    });
    let client_id = client_id.ok_or_else(|| invalid_client("the client did not say who it is"))?;
    Ok(Credentials { client_id, proof })
}

/// The assertion in the form, which must be of the one type there is (RFC 7521 §4.2).
fn asserted(form: &Parameters) -> Result<Option<&str>, OAuthError> {
    match (form.get("client_assertion"), form.get("client_assertion_type")) {
        (None, None) => Ok(None),
        (Some(jwt), Some(assertion::TYPE)) => Ok(Some(jwt)),
        (Some(_), Some(_)) => Err(invalid_client("client_assertion_type is not one we know")),
        _ => Err(invalid_request("client_assertion and client_assertion_type go together")),
    }
}

fn two_ways() -> OAuthError {
    invalid_request("the client authenticated in two ways at once")
}

/// The `Basic` header; id and secret in it are form-encoded (RFC 6749 §2.3.1).
fn basic(http: &HttpRequest) -> Result<Option<Credentials>, OAuthError> {
    let mut headers = http.headers().get_all(header::AUTHORIZATION);
    let Some(value) = headers.next() else { return Ok(None) };
    let unreadable = || invalid_client("the Authorization header cannot be read");
    if headers.next().is_some() {
        return Err(two_ways());
    }
    let value = value.to_str().map_err(|_| unreadable())?;
    let (scheme, encoded) = value.split_once(' ').ok_or_else(unreadable)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(unreadable());
    }
    let pair = BASE64_STANDARD.decode(encoded.trim()).map_err(|_| unreadable())?;
    let colon = pair.iter().position(|byte| *byte == b':').ok_or_else(unreadable)?;
    let client_id = form::decode(&pair[..colon]).map_err(|_| unreadable())?;
    let secret = form::decode(&pair[colon + 1..]).map_err(|_| unreadable())?;
    let proof = (!secret.is_empty()).then(|| Proof::Secret(Secret::new(secret)));
    Ok(Some(Credentials { client_id, proof }))
}
