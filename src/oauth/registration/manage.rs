//! A client looks after its own registration (RFC 7592).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path, Payload},
};
use serde::Deserialize;

use super::{answer, body, happened, is_signed_with, judge, secret_for, tell};
use crate::{
    app::App,
    clock::Moment,
    crypto::secret::{self, Secret},
    oauth::{bearer, error::Refusal},
    protocol::error::{OAuthError, invalid_client_metadata, invalid_request, invalid_token},
    store::{
        Db,
        activity::{self, Activity, Event},
        client_secrets::{self, ClientSecret},
        clients::{self, Client, ClientId},
        grants,
    },
    web::asking_client,
};

/// What a client sends of itself besides its metadata (RFC 7592 §2.2).
#[derive(Deserialize)]
struct Named {
    client_id: Option<String>,
    client_secret: Option<Secret>,
}

/// Tells a client what is known of it (§2.1).
///
/// # Errors
/// `invalid_token` unless the caller holds its registration access token.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    path: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let (client, token) = authenticate(&app, &http, &path).await?;
    Ok(answer(StatusCode::OK, tell(&app.config, &client, &token, None)))
}

/// Replaces all that a client said of itself (§2.2): what it leaves out has its default again.
///
/// # Errors
/// As [`show`], and those of a registration.
pub async fn update(
    app: Data<App>,
    http: HttpRequest,
    path: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Refusal> {
    let (mut client, token) = authenticate(&app, &http, &path).await?;
    let body = body(&http, payload).await?;
    check_name(&app, &client, &body).await?;
    let now = app.clock.now();
    client.metadata = judge(&app, &body).await?;
    client.name = client.metadata.client_name.clone().unwrap_or_else(|| client.id.to_string());
    client.updated_at = now;
    let fresh = secret_for(&app, &client, now);
    let happened = happened(&app, &http, client.id, Event::AppChanged);
    let (written, row) = (client.clone(), fresh.as_ref().map(|(row, _)| row.clone()));
    let given = app
        .store
        .write(move |db| {
            clients::set_details(db, &written)?;
            activity::add(db, &happened)?;
            settle_secrets(db, &written, row.as_ref(), now)
        })
        .await?;
    let secret = fresh.map(|(_, text)| text).filter(|_| given);
    Ok(answer(StatusCode::OK, tell(&app.config, &client, &token, secret.as_ref())))
}

/// Ends a client, with every consent and token (§2.3).
///
/// # Errors
/// As [`show`].
pub async fn remove(
    app: Data<App>,
    http: HttpRequest,
    path: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let (mut client, _) = authenticate(&app, &http, &path).await?;
    let now = app.clock.now();
    client.registration_token_digest = None;
    client.tokens_not_before = Some(now);
    client.deleted_at = Some(now);
    client.updated_at = now;
    let happened = happened(&app, &http, client.id, Event::AppDeleted);
    app.store.write(move |db| end(db, &client, &happened)).await?;
    Ok(HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish())
}

fn end(db: &mut Db<'_>, client: &Client, happened: &Activity) -> Result<(), OAuthError> {
    let now = happened.happened_at;
    clients::set_details(db, client)?;
    client_secrets::revoke_all(db, client.id, now)?;
    grants::end_of_client(db, client.id, "client_deleted", now)?;
    Ok(activity::add(db, happened)?)
}

/// Finds the client whose registration access token this is. A client that is not there is answered
/// like a token that is wrong (§2.1).
async fn authenticate(
    app: &App,
    http: &HttpRequest,
    named: &str,
) -> Result<(Client, Secret), OAuthError> {
    let refused = || invalid_token("the registration access token is not this client's");
    let token = bearer::in_header(http)?.ok_or_else(refused)?;
    let id = ClientId::parse(named).ok_or_else(refused)?;
    let client = app.store.read(move |db| clients::find(db, id)).await?;
    let client = client.filter(Client::in_good_standing).ok_or_else(refused)?;
    asking_client::note(http, id);
    let digest = secret::digest(token.as_bytes());
    match &client.registration_token_digest {
        Some(known) if secret::equal(known, &digest) => Ok((client, Secret::new(token.to_owned()))),
        _ => Err(refused()),
    }
}

/// An update names the client it is about, and may not choose its secret (§2.2).
async fn check_name(app: &App, client: &Client, body: &[u8]) -> Result<(), OAuthError> {
    let named: Named = serde_json::from_slice(body).map_err(|error| {
        invalid_client_metadata("client metadata is not a JSON object").because(error)
    })?;
    if named.client_id != Some(client.id.to_string()) {
        return Err(invalid_request("client_id is not the client's own"));
    }
    let Some(presented) = named.client_secret else { return Ok(()) };
    let (id, now) = (client.id, app.clock.now());
    let live = app.store.read(move |db| client_secrets::list_live(db, id, now)).await?;
    let digest = secret::digest(presented.expose().as_bytes());
    if live.iter().any(|known| secret::equal(&known.secret_digest, &digest)) {
        Ok(())
    } else {
        Err(invalid_client_metadata("client_secret is not the client's own"))
    }
}

/// Leaves the client with a secret if, and only if, its method needs one; `true` if that is `fresh`.
fn settle_secrets(
    db: &mut Db<'_>,
    client: &Client,
    fresh: Option<&ClientSecret>,
    now: Moment,
) -> Result<bool, OAuthError> {
    let Some(fresh) = fresh else {
        client_secrets::revoke_all(db, client.id, now)?;
        return Ok(false);
    };
    let whole = is_signed_with(client.metadata.token_endpoint_auth_method);
    let live = client_secrets::list_live(db, client.id, now)?;
    if live.iter().any(|known| !whole || known.sealed_secret.is_some()) {
        return Ok(false);
    }
    client_secrets::revoke_all(db, client.id, now)?;
    client_secrets::add(db, fresh)?;
    Ok(true)
}
