//! Introspection (RFC 7662): an API asks about a token it was handed. It is told in JSON, or in a
//! signed JWT that it can show to others (RFC 9701).

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, Accept, Header, Quality},
    web::Data,
};
use serde_json::{Map, Value, json};

use super::{
    bearer::{self, Presented},
    client_auth,
    client_keys::ClientKeys,
    encryption::{self, Encryption, sign},
    error::Refusal,
    issue::{access_token::AccessToken, claims, refresh_token::RefreshToken, subject},
};
use crate::{
    app::App,
    crypto::jose::Algorithm,
    protocol::error::{OAuthError, invalid_request},
    store::{
        clients::Client,
        token_families::{self, Lineage},
    },
    web::form::{Form, Malformed},
};

const JSON: &str = "application/json";
/// RFC 9701 §4, §5.
const JWT: &str = "application/token-introspection+jwt";
const TYP: &str = "token-introspection+jwt";

/// Answers whether a token is good, for whom and for what: to the client it was made for and to the
/// API it is meant for. To anybody else no token is active (RFC 7662 §4).
///
/// # Errors
/// If the caller is not a client with credentials.
pub async fn introspect(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, Refusal> {
    let Form(form) = form?;
    let caller = client_auth::authenticate_confidential(&app, &keys, &http, &form).await?;
    let text = form.get("token").ok_or_else(|| invalid_request("token is missing"))?;
    let told = match AccessToken::read(text, &app) {
        Some(token) => access_token(&app, &caller, token).await?,
        None => match RefreshToken::open(text, &app.seals) {
            Some(token) => refresh_token(&app, &caller, token).await?,
            None => None,
        },
    };
    let told = told.unwrap_or_else(|| Map::from_iter([("active".to_owned(), json!(false))]));
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_jwt(&http) {
        let jwt = signed(&app, &keys, &caller, told).await?;
        return Ok(answer.content_type(JWT).body(jwt));
    }
    Ok(answer.json(told))
}

/// Whether the caller would rather have a signed answer than a plain one (RFC 9701 §4).
fn wants_jwt(http: &HttpRequest) -> bool {
    let Ok(Accept(wanted)) = Accept::parse(http) else { return false };
    let best = |kind: &str| {
        let named = wanted.iter().filter(|item| item.item.essence_str() == kind);
        named.map(|item| item.quality).max()
    };
    best(JWT).is_some_and(|quality| quality > Quality::ZERO && Some(quality) >= best(JSON))
}

/// The same, signed for this caller (RFC 9701 §5), and encrypted if it registered that.
async fn signed(
    app: &App,
    keys: &ClientKeys,
    caller: &Client,
    told: Map<String, Value>,
) -> Result<String, OAuthError> {
    let encryption = Encryption::of(encryption::Kind::Introspection, app, keys, caller).await?;
    let claims = json!({
        "iss": app.config.http.public_url.as_str(),
        "aud": caller.id,
        "iat": app.clock.now().seconds(),
        "token_introspection": told,
    });
    let algorithm = caller.metadata.introspection_signed_response_alg.unwrap_or(Algorithm::Rs256);
    encryption.of_signed(sign(app, algorithm, Some(TYP), &claims)?.into())
}

/// What is said of an access token that is good now.
async fn access_token(
    app: &App,
    caller: &Client,
    token: AccessToken,
) -> Result<Option<Map<String, Value>>, OAuthError> {
    let own = token.presenter() == caller.id;
    let audience = token.resource.as_ref().is_some_and(|resource| caller.serves(resource));
    if !own && !audience {
        return Ok(None);
    }
    let now = app.clock.now();
    let known = app.clients.clone();
    let presented = app.store.read(move |db| bearer::find(db, &known, &token, now)).await?;
    if let Some(lineage) = presented.as_ref().and_then(|presented| presented.lineage.as_ref()) {
        app.sightings.note(lineage.grant.id);
    }
    Ok(presented.map(|presented| describe(app, caller, &presented)))
}

fn describe(app: &App, caller: &Client, presented: &Presented) -> Map<String, Value> {
    let token = &presented.token;
    let issuer = app.config.http.public_url.as_str();
    let audience = token.resource.as_deref().unwrap_or(issuer);
    let mut told = Map::from_iter([
        ("active".to_owned(), json!(true)),
        ("token_type".to_owned(), json!("Bearer")),
        ("client_id".to_owned(), json!(token.presenter())),
        ("iss".to_owned(), json!(issuer)),
        ("aud".to_owned(), json!(audience)),
        ("jti".to_owned(), json!(token.id)),
        ("iat".to_owned(), json!(token.issued_at.seconds())),
        ("exp".to_owned(), json!(token.expires_at.seconds())),
    ]);
    let scope = claims::public(&presented.scope);
    if !scope.is_empty() {
        told.insert("scope".into(), json!(scope.as_str()));
    }
    if let Some(act) = token.act_claim() {
        told.insert("act".into(), act);
    }
    let sub = match &presented.lineage {
        Some(lineage) => person(app, caller, lineage, &mut told),
        None => token.client.to_string(),
    };
    told.insert("sub".into(), json!(sub));
    told
}

/// How the person signed in, for an API that wants more certainty (RFC 9470 §6.2); returns who that is
/// to the caller.
fn person(app: &App, caller: &Client, lineage: &Lineage, told: &mut Map<String, Value>) -> String {
    told.insert("acr".into(), json!(lineage.family.acr));
    told.insert("auth_time".into(), json!(lineage.family.auth_at.seconds()));
    subject::of(&app.seals, caller, lineage.user.id)
}

/// What is said of a refresh token: to its own client only.
async fn refresh_token(
    app: &App,
    caller: &Client,
    token: RefreshToken,
) -> Result<Option<Map<String, Value>>, OAuthError> {
    let (now, idle) = (app.clock.now(), app.config.tokens.refresh_token_idle_lifetime_seconds);
    let found = app.store.read(move |db| token_families::find(db, token.family)).await?;
    let Some(lineage) = found.filter(|lineage| lineage.family.client_id == caller.id) else {
        return Ok(None);
    };
    let unused_until = lineage.family.rotated_at + std::time::Duration::from_secs(idle);
    let live = lineage.family.generation == token.generation && now < unused_until;
    let Some(scope) = lineage.standing_scope(now).filter(|_| live) else { return Ok(None) };
    let expires_at = unused_until.min(lineage.family.expires_at);
    Ok(Some(Map::from_iter([
        ("active".to_owned(), json!(true)),
        ("client_id".to_owned(), json!(caller.id)),
        ("iss".to_owned(), json!(app.config.http.public_url.as_str())),
        ("scope".to_owned(), json!(claims::public(&scope).as_str())),
        ("sub".to_owned(), json!(subject::of(&app.seals, caller, lineage.user.id))),
        ("iat".to_owned(), json!(lineage.family.rotated_at.seconds())),
        ("exp".to_owned(), json!(expires_at.seconds())),
    ])))
}
