//! Which client is calling? Proved by the method it registered, and no other kind.
//!
//! Owns the reading of credentials and their comparison. Whether that client may do what it asks is
//! judged later, by each endpoint.

mod secret;

use actix_web::{HttpRequest, http::header};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{
    app::App,
    crypto::secret::Secret,
    protocol::{
        client_metadata::TokenEndpointAuthMethod,
        error::{OAuthError, invalid_client, invalid_request},
    },
    store::clients::{Client, ClientId},
    web::{
        cors,
        form::{self, Parameters},
    },
};

/// What a client says of itself.
struct Credentials {
    client_id: String,
    secret: Option<Secret>,
}

/// Finds the client that sent this form, and checks that it is.
///
/// # Errors
/// `invalid_client` if it is nobody, or cannot prove it; `invalid_request` for two ways at once.
pub async fn authenticate(
    app: &App,
    http: &HttpRequest,
    form: &Parameters,
) -> Result<Client, OAuthError> {
    let credentials = read(http, form)?;
    let id = ClientId::parse(&credentials.client_id).ok_or_else(unknown)?;
    let known = app.clients.clone();
    let client = app.store.read(move |db| known.find(db, id)).await?;
    let client = client.filter(|client| client.in_good_standing()).ok_or_else(unknown)?;
    let client = Client::clone(&client);
    cors::allow(http, &client);
    match (client.metadata.token_endpoint_auth_method, credentials.secret) {
        (TokenEndpointAuthMethod::None, None) => Ok(client),
        (TokenEndpointAuthMethod::None, Some(_)) => {
            Err(invalid_client("the client is public and has no secret"))
        }
        (
            TokenEndpointAuthMethod::ClientSecretBasic | TokenEndpointAuthMethod::ClientSecretPost,
            Some(presented),
        ) => {
            secret::check(app, &client, &presented).await?;
            Ok(client)
        }
        _ => Err(invalid_client("the client did not authenticate by the method it registered")),
    }
}

/// As [`authenticate`], for endpoints that only clients with credentials may use.
///
/// # Errors
/// As [`authenticate`], and for public clients.
pub async fn authenticate_confidential(
    app: &App,
    http: &HttpRequest,
    form: &Parameters,
) -> Result<Client, OAuthError> {
    let client = authenticate(app, http, form).await?;
    if client.is_confidential() {
        Ok(client)
    } else {
        Err(invalid_client("this endpoint is for clients that prove who they are"))
    }
}

fn unknown() -> OAuthError {
    invalid_client("the client is unknown or its credentials are wrong").because("no such client")
}

/// Reads the credentials: in the header or in the form, never both (RFC 6749 §2.3).
fn read(http: &HttpRequest, form: &Parameters) -> Result<Credentials, OAuthError> {
    let in_form = form.get("client_secret").map(|secret| Secret::new(secret.to_owned()));
    let named = form.get("client_id");
    if let Some(basic) = basic(http)? {
        if in_form.is_some() {
            return Err(invalid_request("the client authenticated in two ways at once"));
        }
        if named.is_some_and(|named| named != basic.client_id) {
            return Err(invalid_request("client_id is not the client that authenticated"));
        }
        return Ok(basic);
    }
    let client_id = named.ok_or_else(|| invalid_client("the client did not say who it is"))?;
    Ok(Credentials { client_id: client_id.to_owned(), secret: in_form })
}

/// The `Basic` header; id and secret in it are form-encoded (RFC 6749 §2.3.1).
fn basic(http: &HttpRequest) -> Result<Option<Credentials>, OAuthError> {
    let mut headers = http.headers().get_all(header::AUTHORIZATION);
    let Some(value) = headers.next() else { return Ok(None) };
    let unreadable = || invalid_client("the Authorization header cannot be read");
    if headers.next().is_some() {
        return Err(invalid_request("the client authenticated in two ways at once"));
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
    let secret = (!secret.is_empty()).then(|| Secret::new(secret));
    Ok(Some(Credentials { client_id, secret }))
}
