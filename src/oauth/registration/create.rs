//! The registration endpoint (RFC 7591 §3).

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};

use super::{answer, body, happened, judge, registration_token, secret_for, tell};
use crate::{
    app::App,
    config::{self, Registration},
    crypto::secret,
    oauth::{bearer, error::Refusal},
    protocol::error::{OAuthError, invalid_token, registration_not_supported, too_many_requests},
    store::{
        Db,
        activity::{self, Activity, Event},
        attempts::{self, Counted, Limit},
        client_secrets::{self, ClientSecret},
        clients::{self, Client},
    },
    web::client_ip,
};

/// What the limit counts: the registrations of an address within so long.
const WINDOW: Duration = Duration::from_hours(1);

/// Registers a client, and tells it all that is now known of it.
///
/// # Errors
/// By RFC 7591 §3.2.2; `invalid_token` if the caller may not register, `too_many_requests` if its
/// address registers too often.
pub async fn register(
    app: Data<App>,
    http: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Refusal> {
    admit(&app.config.clients, &http)?;
    let metadata = judge(&app, &body(&http, payload).await?).await?;
    let now = app.clock.now();
    let token = registration_token();
    let mut client = Client::registered(metadata, None, now);
    client.live_at = Some(now);
    client.registration_token_digest = Some(secret::digest(token.expose().as_bytes()).to_vec());
    let (row, text) = secret_for(&app, &client, now).unzip();
    let told = tell(&app.config, &client, &token, text.as_ref());
    let happened = happened(&app, &http, client.id, Event::AppRegistered);
    let most = app.config.clients.registrations_per_hour;
    app.store.write(move |db| add(db, &client, row.as_ref(), &happened, most)).await?;
    Ok(answer(StatusCode::CREATED, told))
}

/// Whether the caller may register at all.
fn admit(settings: &config::Clients, http: &HttpRequest) -> Result<(), OAuthError> {
    let wanted = match settings.registration {
        Registration::Open => return Ok(()),
        Registration::Closed => {
            return Err(registration_not_supported("clients cannot register themselves here"));
        }
        Registration::InitialToken => settings.initial_access_token.as_ref(),
    };
    let digest = |text: &str| secret::digest(text.as_bytes());
    match (bearer::in_header(http)?, wanted) {
        (Some(presented), Some(wanted))
            if secret::equal(&digest(presented), &digest(wanted.expose())) =>
        {
            Ok(())
        }
        _ => Err(invalid_token("an initial access token is needed to register")),
    }
}

/// Adds the client, unless its address has added too many.
fn add(
    db: &mut Db<'_>,
    client: &Client,
    secret: Option<&ClientSecret>,
    happened: &Activity,
    most: u32,
) -> Result<(), OAuthError> {
    let network = client_ip::network(&happened.address);
    let counter = attempts::key("registration", network.as_bytes());
    let limit = Limit { most: i64::from(most), within: WINDOW };
    if most > 0 && attempts::count(db, &counter, limit, client.created_at)? != Counted::Within {
        return Err(too_many_requests("this address has registered too many clients"));
    }
    clients::add(db, client)?;
    secret.map_or(Ok(()), |secret| client_secrets::add(db, secret))?;
    Ok(activity::add(db, happened)?)
}
