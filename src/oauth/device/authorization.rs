//! A device asks for its codes (RFC 8628 §3.1).

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use serde_json::json;

use super::{digest, new_code, user_code_digest};
use crate::{
    app::App,
    clock::Moment,
    config,
    crypto::random,
    identity::display_name::DisplayName,
    oauth::{
        authorize::{
            checks::{self, Door},
            request,
        },
        client_auth,
        client_keys::ClientKeys,
        error::Refusal,
    },
    protocol::{
        error::{OAuthError, invalid_request, server_error, too_many_requests},
        user_code::UserCode,
    },
    store::{
        Db,
        attempts::{self, Counted, Limit},
        device_codes::{self, DeviceCode},
        token_families::FamilyId,
    },
    web::{
        client_ip,
        form::{Form, Malformed, Parameters},
        urls,
    },
};

/// How long somebody has to find another device and type the code.
const LIFETIME: Duration = Duration::from_mins(10);

/// How long a device waits between two polls, to begin with.
const INTERVAL_SECONDS: i64 = 5;

/// A user code that is taken is drawn again, so often at most.
const DRAWS: usize = 5;

/// Hands out a device code and a user code. A device may send `device_name`, which its owner is
/// shown.
///
/// # Errors
/// By RFC 6749 §5.2 (RFC 8628 §3.2); `too_many_requests` if the client or its address asks too often.
pub async fn ask(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, Refusal> {
    let Form(form) = form?;
    let client = client_auth::authenticate(&app, &keys, &http, &form).await?;
    let asked = request::read_device(&form)?;
    checks::check(Door::Device, &asked, &client)?;
    let text = new_code();
    let now = app.clock.now();
    let code = DeviceCode {
        id: FamilyId::random(),
        code_digest: digest(&text).unwrap_or_default(),
        user_code_digest: Vec::new(),
        client_id: client.id,
        scope: asked.scope,
        resource: asked.resource,
        device_name: device_name(&form)?,
        address: client_ip::of(&http, &app.config),
        user_agent: user_agent(&http),
        created_at: now,
        expires_at: now + LIFETIME,
        interval_seconds: INTERVAL_SECONDS,
        polled_at: None,
        user_id: None,
        grant_id: None,
        acr: None,
        amr: None,
        auth_at: None,
        allowed_at: None,
        denied_at: None,
        redeemed_at: None,
    };
    let user_code = add(&app, code).await?;
    Ok(answer(&app, &text, &user_code))
}

fn device_name(form: &Parameters) -> Result<Option<DisplayName>, OAuthError> {
    let name = form.get("device_name").map(str::parse).transpose();
    name.map_err(|problem| {
        invalid_request("device_name is no name that can be shown").because(problem)
    })
}

fn user_agent(http: &HttpRequest) -> String {
    let sent = http.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    sent.unwrap_or_default().chars().take(400).collect()
}

/// Keeps the request under a user code that no other one has.
async fn add(app: &App, mut code: DeviceCode) -> Result<UserCode, OAuthError> {
    let limits = limits(&app.config.clients, &code);
    for draw in 0..DRAWS {
        let user_code = UserCode::from_random(random::bytes());
        code.user_code_digest = user_code_digest(&user_code, &app.seals);
        let (drawn, limits) = (code.clone(), limits.clone());
        let add = move |db: &mut Db<'_>| {
            if draw == 0 {
                count(db, &limits, drawn.created_at)?;
            }
            Ok::<_, OAuthError>(device_codes::add(db, &drawn)?)
        };
        if app.store.write(add).await? {
            return Ok(user_code);
        }
    }
    Err(server_error("the server cannot answer now").because("every user code drawn was taken"))
}

/// The counters of a request, each with its limit.
fn limits(settings: &config::Clients, code: &DeviceCode) -> Vec<(Vec<u8>, Limit)> {
    let network = client_ip::network(&code.address);
    let counted = [
        ("device_codes_of_address", network.as_bytes(), settings.device_codes_per_address),
        ("device_codes_of_client", code.client_id.as_bytes(), settings.device_codes_per_app),
    ];
    let counted = counted.into_iter().filter(|(_, _, most)| *most > 0);
    let limit = |most| Limit { most: i64::from(most), within: LIFETIME };
    counted.map(|(what, whose, most)| (attempts::key(what, whose), limit(most))).collect()
}

/// Codes that wait are chances to guess one (RFC 8628 §5.1): nobody gets many at once.
fn count(db: &mut Db<'_>, limits: &[(Vec<u8>, Limit)], now: Moment) -> Result<(), OAuthError> {
    for (counter, limit) in limits {
        if attempts::count(db, counter, *limit, now)? != Counted::Within {
            return Err(too_many_requests("too many device codes were asked for lately"));
        }
    }
    Ok(())
}

fn answer(app: &App, device_code: &str, user_code: &UserCode) -> HttpResponse {
    let page = format!("{}{}", app.config.http.public_url.as_str(), urls::DEVICE);
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(json!({
        "device_code": device_code,
        "user_code": user_code.to_string(),
        "verification_uri": page,
        "verification_uri_complete":
            urls::with_query(&page, &[("user_code", &user_code.to_string())]),
        "expires_in": LIFETIME.as_secs(),
        "interval": INTERVAL_SECONDS,
    }))
}
