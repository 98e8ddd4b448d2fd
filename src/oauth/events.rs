//! What a client's server is told of what happens between it and a person: a Security Event Token
//! (RFC 8417), pushed (RFC 8935).
//!
//! Where a registered event type says what we mean, it is used; the others are ours, under the issuer.

use serde_json::{Map, Value, json};
use url::Url;

use crate::{
    app::App,
    oauth::issue::subject,
    outbound::{Call, Error},
    store::{
        client_notices::{ClientNotice, Kind},
        clients::Client,
    },
    text::one_line,
};

/// Why a client did not take it.
pub struct Untold {
    /// A sentence for its delivery log.
    pub why: String,
    /// Whether trying again makes no sense.
    pub for_good: bool,
}

impl Untold {
    /// It may hear it later.
    #[must_use]
    pub fn for_now(why: String) -> Self {
        Self { why, for_good: false }
    }
}

/// Tells a client of an event. `Ok` is that it heard, or does not want to.
///
/// # Errors
/// What the client answered, or that it could not be reached.
pub async fn tell(app: &App, client: &Client, notice: &ClientNotice) -> Result<(), Untold> {
    let Some(address) = notice.kind.address(&client.metadata) else { return Ok(()) };
    let url: Url = address.parse().map_err(|_| Untold::for_now("its address is none".into()))?;
    let token = token(app, client, notice).map_err(Untold::for_now)?;
    let call = Call::post_text(&url, "application/secevent+jwt", &token);
    let call = call.header("accept", "application/json");
    let answer = app.outbound.send(call).await;
    let answer = answer.map_err(|error: Error| Untold::for_now(error.to_string()))?;
    match answer.status {
        200..=299 => Ok(()),
        // RFC 8935 §2.3: the token itself was refused; it will not be another one next time.
        400 => {
            let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let error = said["err"].as_str().unwrap_or("without saying why");
            let why = format!("it refused the event: {}", one_line(error, 200));
            Err(Untold { why, for_good: true })
        }
        status => Err(Untold::for_now(format!("it answered {status}"))),
    }
}

/// The token: typed, so that it is no ID token (RFC 8417 §2.3), with the person as the client knows them
/// (RFC 9493 §3.2.2).
fn token(app: &App, client: &Client, notice: &ClientNotice) -> Result<String, String> {
    let key = app.keys.active(client.metadata.id_token_signed_response_alg);
    let key = key.map_err(|error| error.to_string())?;
    let issuer = app.config.http.public_url.as_str();
    let details: Map<String, Value> = serde_json::from_str(&notice.details).unwrap_or_default();
    let claims = json!({
        "iss": issuer,
        "aud": client.id,
        "iat": app.clock.now().seconds(),
        "toe": notice.created_at.seconds(),
        "jti": notice.id.to_string(),
        "sub_id": {
            "format": "iss_sub",
            "iss": issuer,
            "sub": subject::of(&app.seals, client, notice.user_id),
        },
        "events": { event_type(notice.kind, issuer): details },
    });
    key.sign_compact(Some("secevent+jwt"), &claims).map_err(|error| error.to_string())
}

/// What an event is called (OpenID RISC Profile §2; ours where there is none).
fn event_type(kind: Kind, issuer: &str) -> String {
    let registered =
        |name: &str| format!("https://schemas.openid.net/secevent/risc/event-type/{name}");
    let own = |name: &str| format!("{issuer}/events/{name}");
    match kind {
        Kind::AccountClosed => registered("account-disabled"),
        Kind::AccountKept => registered("account-enabled"),
        Kind::AccountDeleted => registered("account-purged"),
        Kind::GrantChanged => own("grant-changed"),
        Kind::GrantRevoked => own("grant-revoked"),
        Kind::EmailChanged => own("email-changed"),
        Kind::SignedOut => own("signed-out"),
    }
}
