//! Signed requests (RFC 9101, OpenID Connect Core §6), by value or by reference: what the client
//! signed replaces what stands beside it.

use serde_json::Value;

use super::request_uri;
use crate::{
    app::App,
    clock::Moment,
    crypto::jose::{Algorithm, Claims, Typ},
    oauth::client_keys::{self, ClientKeys},
    protocol::error::{OAuthError, invalid_request, invalid_request_object},
    store::clients::Client,
    web::form::Parameters,
};

/// Clocks may differ by this much.
const LEEWAY: std::time::Duration = std::time::Duration::from_secs(30);

/// What a JWT says of itself; everything else in it is a parameter.
const OWN: &[&str] = &["iss", "aud", "exp", "iat", "nbf", "jti", "sub", "request", "request_uri"];

/// The parameters of a request, with those that the client signed in the place of those that it did
/// not; and whether it signed any.
///
/// # Errors
/// `invalid_request_object` if the object is not the client's own, or says something else of the
/// client or of where it should go than the request that carries it.
pub async fn open(
    app: &App,
    keys: &ClientKeys,
    client: &Client,
    parameters: &Parameters,
) -> Result<(Parameters, bool), OAuthError> {
    let Some((object, carrier)) = find(app, client, parameters).await? else {
        return if client.metadata.require_signed_request_object {
            Err(invalid_request("the client always signs its requests"))
        } else {
            Ok((parameters.clone(), false))
        };
    };
    let registered = client.metadata.request_object_signing_alg;
    let allowed = registered.map_or_else(|| Algorithm::ALL.to_vec(), |only| vec![only]);
    let typ = Typ::OrPlain("oauth-authz-req+jwt");
    let claims = client_keys::verify(app, keys, client, &object, (&allowed, typ)).await;
    let claims = claims.map_err(|error| not_valid().because(error))?;
    judge(app, client, &claims, app.clock.now())?;
    let signed = read(claims)?;
    if let (Some(outside), Some(inside)) =
        (parameters.get("response_type"), signed.get("response_type"))
        && outside != inside
    {
        return Err(invalid_request("response_type differs inside and outside the request object"));
    }
    Ok((parameters.overridden_by(&signed, carrier), true))
}

/// The object, and the parameter that brought it: by value or by reference, never both (RFC 9101 §5).
async fn find(
    app: &App,
    client: &Client,
    parameters: &Parameters,
) -> Result<Option<(String, &'static str)>, OAuthError> {
    let (value, reference) = (parameters.get("request"), parameters.get("request_uri"));
    match (value, reference) {
        (Some(_), Some(_)) => Err(invalid_request("request and request_uri exclude each other")),
        (Some(object), None) => Ok(Some((object.to_owned(), "request"))),
        (None, Some(address)) => {
            let object = request_uri::fetch(app, client, address).await?;
            Ok(Some((object, "request_uri")))
        }
        (None, None) => Ok(None),
    }
}

fn judge(app: &App, client: &Client, claims: &Claims, now: Moment) -> Result<(), OAuthError> {
    let wrong = |what| Err(not_valid().because(what));
    let text = |name| claims.text(name).map_err(|error| not_valid().because(error));
    let seconds = |name| claims.seconds(name).map_err(|error| not_valid().because(error));
    let id = client.id.to_string();
    if text("iss")?.is_some_and(|issuer| issuer != id) {
        return wrong("iss is not the client");
    }
    if text("client_id")?.is_some_and(|named| named != id) {
        return wrong("client_id is not the client");
    }
    if claims.get("request").is_some() || claims.get("request_uri").is_some() {
        return wrong("a request object in a request object");
    }
    let audience = claims.texts("aud").map_err(|error| not_valid().because(error))?;
    if claims.get("aud").is_some() && !audience.contains(&app.config.http.public_url.as_str()) {
        return wrong("aud is not this server");
    }
    if seconds("exp")?.is_some_and(|exp| Moment::from_seconds(exp) + LEEWAY <= now) {
        return wrong("expired");
    }
    if seconds("nbf")?.is_some_and(|nbf| Moment::from_seconds(nbf) > now + LEEWAY) {
        return wrong("not valid yet");
    }
    Ok(())
}

/// The parameters in the object: numbers and objects as the text they would be outside.
fn read(claims: Claims) -> Result<Parameters, OAuthError> {
    let said = claims.into_map().into_iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    let pairs = said.map(|(name, value)| match value {
        Value::String(text) => Ok((name, text)),
        Value::Number(_) | Value::Object(_) | Value::Array(_) => Ok((name, value.to_string())),
        Value::Bool(_) | Value::Null => {
            Err(not_valid().because("a parameter is neither text nor number"))
        }
    });
    pairs.collect::<Result<Vec<_>, _>>().map(Parameters::from_pairs)
}

fn not_valid() -> OAuthError {
    invalid_request_object("the request object is not valid")
}
