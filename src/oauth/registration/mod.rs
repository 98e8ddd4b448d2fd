//! Clients that register themselves (RFC 7591), and look after their registration (RFC 7592).
//!
//! Owns who may register, how often, and what is answered. What a client may say of itself is
//! `protocol::client_metadata`.

pub mod create;
pub mod manage;
mod sector;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Payload,
};
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    clock::Moment,
    config::Config,
    crypto::{
        random,
        secret::{self, Prefix, Secret},
    },
    protocol::{
        client_metadata::{ClientMetadata, ProposedMetadata, TokenEndpointAuthMethod},
        error::{OAuthError, invalid_client_metadata, invalid_request},
    },
    store::{
        activity::{Activity, ActivityId, Event},
        client_secrets::ClientSecret,
        clients::{Client, ClientId},
    },
    web::{client_ip, form::FORM_LIMIT, request_id, urls},
};

/// The body of a request, as sent: refused unless it is JSON (RFC 7591 §3.1, RFC 7592 §2.2).
async fn body(http: &HttpRequest, payload: Payload) -> Result<Vec<u8>, OAuthError> {
    let kind = http.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(invalid_request("client metadata must be sent as application/json"));
    }
    let bytes = payload
        .to_bytes_limited(FORM_LIMIT)
        .await
        .map_err(|_| invalid_client_metadata("client metadata is longer than 64 KiB"))?
        .map_err(|_| invalid_request("the request cannot be read"))?;
    Ok(bytes.to_vec())
}

/// Judges what a client says of itself when nobody vouches for it.
async fn judge(app: &App, body: &[u8]) -> Result<ClientMetadata, OAuthError> {
    let metadata = ProposedMetadata::parse(body)?.check(app.config.client_rules())?;
    if metadata.resources.is_some() {
        // Whoever owns an API may look into its tokens: that takes more than saying so.
        return Err(invalid_client_metadata("resources cannot be registered here"));
    }
    sector::check(app, &metadata).await?;
    Ok(metadata)
}

/// A secret for the client, if its method needs one: kept as a whole only where the method's
/// signatures are made with it.
fn secret_for(app: &App, client: &Client, now: Moment) -> Option<(ClientSecret, Secret)> {
    let method = client.metadata.token_endpoint_auth_method;
    let sealer = is_signed_with(method).then_some(&app.seals.client_secret);
    method.needs_secret().then(|| ClientSecret::made(client.id, now, sealer))
}

/// Whether the secret itself must be known, not only its digest.
fn is_signed_with(method: TokenEndpointAuthMethod) -> bool {
    method == TokenEndpointAuthMethod::ClientSecretJwt
}

/// A new registration access token.
fn registration_token() -> Secret {
    Secret::new(secret::dress(Prefix::RegistrationAccessToken, &random::bytes::<32>()))
}

/// Where a client looks after its registration (RFC 7592 §2).
fn client_uri(config: &Config, id: ClientId) -> String {
    format!("{}{}/{id}", config.http.public_url.as_str(), urls::REGISTER)
}

/// The client information response (RFC 7591 §3.2.1, RFC 7592 §3). A secret is told once.
fn tell(
    config: &Config,
    client: &Client,
    token: &Secret,
    secret: Option<&Secret>,
) -> Map<String, Value> {
    let mut told = match serde_json::to_value(&client.metadata) {
        Ok(Value::Object(metadata)) => metadata,
        _ => Map::new(),
    };
    told.insert("client_id".into(), json!(client.id));
    told.insert("client_id_issued_at".into(), json!(client.created_at.seconds()));
    told.insert("registration_client_uri".into(), json!(client_uri(config, client.id)));
    told.insert("registration_access_token".into(), json!(token.expose()));
    if let Some(secret) = secret {
        told.insert("client_secret".into(), json!(secret.expose()));
        told.insert("client_secret_expires_at".into(), json!(0));
    }
    told
}

/// What to write down of a client's act.
fn happened(app: &App, http: &HttpRequest, client_id: ClientId, event: Event) -> Activity {
    let user_agent = http.headers().get(header::USER_AGENT).and_then(|it| it.to_str().ok());
    Activity {
        id: ActivityId::random(),
        user_id: None,
        client_id: Some(client_id),
        session_id: None,
        event,
        details: String::new(),
        address: client_ip::of(http, &app.config),
        user_agent: user_agent.unwrap_or_default().chars().take(300).collect(),
        trace_id: request_id::of(http),
        happened_at: app.clock.now(),
    }
}

fn answer(status: StatusCode, told: Map<String, Value>) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(told)
}
