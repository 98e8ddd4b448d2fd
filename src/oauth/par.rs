//! Pushed authorization requests (RFC 9126): the client sends its request itself, and the browser
//! only carries a reference.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use serde_json::json;

use super::{
    authorize::{checks::Door, judge, request_object},
    client_auth,
    client_keys::ClientKeys,
    error::Refusal,
};
use crate::{
    app::App,
    crypto::{random, secret},
    protocol::error::{OAuthError, invalid_request},
    store::{
        clients::Client,
        pushed_requests::{self, PushedRequest},
    },
    web::form::{Form, Malformed, Parameters},
};

/// What a reference begins with (RFC 9126 §2.2).
const URN: &str = "urn:ietf:params:oauth:request_uri:";

/// How long a pushed request waits for the browser.
const LIFETIME: Duration = Duration::from_mins(1);

/// What proves who the client is, and is no part of its request.
const CREDENTIALS: &[&str] = &["client_secret", "client_assertion", "client_assertion_type"];

/// Takes a request, checks it as if a browser had brought it, and answers with a reference.
///
/// # Errors
/// By RFC 6749 §4.1.2.1, but straight to the client (RFC 9126 §2.3).
pub async fn push(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, Refusal> {
    let Form(form) = form?;
    let client = client_auth::authenticate(&app, &keys, &http, &form).await?;
    if form.get("request_uri").is_some() {
        return Err(invalid_request("request_uri does not belong in a pushed request").into());
    }
    let asked = form.without(CREDENTIALS);
    let (parameters, signed) = request_object::open(&app, &keys, &client, &asked).await?;
    check(&app, &client, &parameters)?;
    let token = random::token();
    let pushed = PushedRequest {
        id: digest(&token),
        client_id: client.id,
        parameters: parameters.encode(),
        signed,
        expires_at: app.clock.now() + LIFETIME,
        used_at: None,
    };
    app.store.write(move |db| pushed_requests::add(db, &pushed).map_err(OAuthError::from)).await?;
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({
        "request_uri": format!("{URN}{token}"),
        "expires_in": LIFETIME.as_secs(),
    })))
}

fn check(app: &App, client: &Client, parameters: &Parameters) -> Result<(), OAuthError> {
    let redirect_uri = parameters.get("redirect_uri");
    let redirect_uri = redirect_uri.ok_or_else(|| invalid_request("redirect_uri is missing"))?;
    let state = parameters.get("state").map(str::to_owned);
    let return_to = client.return_to(redirect_uri, state);
    let return_to = return_to.ok_or_else(|| invalid_request("redirect_uri is not registered"))?;
    let offer = app.config.client_rules().offer;
    judge(Door::Pushed, offer, parameters, client, &return_to).map(|_| ())
}

/// The key of the request that `request_uri` stands for, if it is a reference of our kind.
#[must_use]
pub fn referred(request_uri: &str) -> Option<Vec<u8>> {
    request_uri.strip_prefix(URN).map(digest)
}

fn digest(token: &str) -> Vec<u8> {
    secret::digest(token.as_bytes()).to_vec()
}
