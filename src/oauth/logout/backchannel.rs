//! What a client's server is told of a sign-out (OpenID Connect Back-Channel Logout §2.4, §2.5).

use std::time::Duration;

use serde_json::json;
use url::Url;

use crate::{
    app::App,
    clock::Moment,
    oauth::issue::subject,
    outbound::{Call, Error},
    store::{client_notices::ClientNotice, clients::Client},
};

/// What a logout token is about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// How long a logout token may travel.
const LIFETIME: Duration = Duration::from_mins(2);

/// Tells a client of a sign-out. `Ok` is that it heard, or does not want to.
///
/// # Errors
/// A sentence for the log: what the client answered, or that it could not be reached.
pub async fn tell(app: &App, client: &Client, notice: &ClientNotice) -> Result<(), String> {
    let Some(address) = &client.metadata.backchannel_logout_uri else { return Ok(()) };
    let url: Url = address.parse().map_err(|_| "its address is none".to_owned())?;
    let token = token(app, client, notice, app.clock.now())?;
    let call = Call::post_form(&url, &[("logout_token", &token)]);
    let answer = app.outbound.send(call).await.map_err(|error: Error| error.to_string())?;
    match answer.status {
        200..=299 => Ok(()),
        status => Err(format!("it answered {status}")),
    }
}

/// The logout token: never with a `nonce`, so that it is no ID token (§2.4).
fn token(app: &App, client: &Client, notice: &ClientNotice, now: Moment) -> Result<String, String> {
    let key = app.keys.active(client.metadata.id_token_signed_response_alg);
    let key = key.map_err(|error| error.to_string())?;
    let claims = json!({
        "iss": app.config.http.public_url.as_str(),
        "aud": client.id,
        "iat": now.seconds(),
        "exp": (now + LIFETIME).seconds(),
        "jti": notice.id.to_string(),
        "sub": subject::of(&app.seals, client, notice.user_id),
        "sid": notice.session_id.map(|id| id.to_string()),
        "events": { EVENT: {} },
    });
    key.sign_compact(Some("logout+jwt"), &claims).map_err(|error| error.to_string())
}
