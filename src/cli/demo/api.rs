//! The sample API: gives a person's orders to whoever brings a good access token.
//!
//! Knows nothing of the shop. It asks the provider about each token it is shown (RFC 7662), with
//! credentials of its own, and remembers no answer: what was taken back is refused at once. Whoever
//! orders must have signed in lately (RFC 9470).

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use openidconnect::{
    AccessToken, Client, ClientId, ClientSecret, EmptyAdditionalClaims, EndpointNotSet,
    ExtraTokenFields, IssuerUrl, StandardErrorResponse, StandardTokenIntrospectionResponse,
    TokenIntrospectionResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse,
        CoreTokenResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::shop::{
    http::Http,
    metadata::Discovery,
    trouble::{Kind, Trouble},
};
use crate::clock::{Clock, Moment};

/// The scope without which nobody gets orders.
const NEEDED: &str = "profile";

/// How long ago somebody who orders may have signed in.
const LATELY: Duration = Duration::from_mins(5);

/// What the provider says of a token beyond RFC 7662: how the person signed in (RFC 9470 §6.2).
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SignedIn {
    auth_time: Option<i64>,
}

impl ExtraTokenFields for SignedIn {}

type Told = StandardTokenIntrospectionResponse<SignedIn, CoreTokenType>;

type Asking = Client<
    EmptyAdditionalClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    CoreTokenResponse,
    Told,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
>;

/// What the API has to know.
#[derive(Clone)]
pub struct Settings {
    /// Whose tokens it takes.
    pub issuer: IssuerUrl,
    /// The API's own name there.
    pub client_id: String,
    /// And its proof.
    pub client_secret: String,
    /// What it is called in tokens (RFC 8707).
    pub resource: String,
}

/// The API, as one worker has it.
pub struct Api {
    settings: Settings,
    discovery: Discovery,
    http: Http,
    clock: Clock,
}

/// Its one address.
pub fn routes(api: &mut web::ServiceConfig) {
    let orders =
        web::resource("/api/orders").route(web::get().to(orders)).route(web::post().to(order));
    api.service(orders);
}

impl Api {
    /// Nothing is fetched before somebody calls.
    #[must_use]
    pub fn new(settings: &Settings, clock: &Clock) -> Self {
        Self {
            settings: settings.clone(),
            discovery: Discovery::new(settings.issuer.clone(), clock.clone()),
            http: Http::new(),
            clock: clock.clone(),
        }
    }

    /// Whether the person who signed in for this token did so lately.
    fn signed_in_lately(&self, told: &Told) -> bool {
        let auth_time = told.extra_fields().auth_time.map(Moment::from_seconds);
        auth_time.is_some_and(|at| self.clock.now() <= at + LATELY)
    }

    /// Asks the provider about a token (RFC 7662 §2).
    async fn introspect(&self, token: &str) -> Result<Told, Trouble> {
        let metadata = self.discovery.metadata(&self.http).await?;
        let Some(endpoint) = metadata.additional_metadata().introspection_endpoint.clone() else {
            return Err(Trouble::because(Kind::BadlySetUp, "there is no introspection endpoint"));
        };
        let client = Asking::new(
            ClientId::new(self.settings.client_id.clone()),
            metadata.issuer().clone(),
            metadata.jwks().clone(),
        )
        .set_client_secret(ClientSecret::new(self.settings.client_secret.clone()))
        .set_introspection_url(endpoint);
        let token = AccessToken::new(token.to_owned());
        let asked = client.introspect(&token).set_token_type_hint("access_token");
        let answer = asked.request_async(&self.http).await;
        answer.map_err(|error| Trouble::at_token(error, Kind::BadlySetUp))
    }
}

/// `GET /api/orders`
async fn orders(api: web::Data<Api>, http: HttpRequest) -> HttpResponse {
    admit(&api, &http).await.map_or_else(|refused| refused, |told| answer(&told, &of(&told)))
}

/// `POST /api/orders`: the first order once more. Nobody spends a person's money who only found their
/// browser open (RFC 9470 §3).
async fn order(api: web::Data<Api>, http: HttpRequest) -> HttpResponse {
    let told = match admit(&api, &http).await {
        Ok(told) => told,
        Err(refused) => return refused,
    };
    if !api.signed_in_lately(&told) {
        let seconds = LATELY.as_secs();
        return challenge(
            HttpResponse::Unauthorized(),
            &format!(
                r#"Bearer error="insufficient_user_authentication", error_description="a more recent sign-in is needed", max_age="{seconds}""#
            ),
        );
    }
    let (items, total) = FIRST;
    let mut orders = of(&told);
    orders.insert(0, order_line(&told, 9, items, total));
    answer(&told, &orders)
}

/// What the provider says of a token that is good here; else the challenges of RFC 6750 §3.
async fn admit(api: &Api, http: &HttpRequest) -> Result<Told, HttpResponse> {
    let Some(token) = bearer(http) else {
        return Err(challenge(HttpResponse::Unauthorized(), "Bearer"));
    };
    let told = api.introspect(token).await.map_err(|trouble| {
        tracing::warn!("The sample API cannot check a token: {}", trouble.detail);
        HttpResponse::ServiceUnavailable()
            .insert_header((header::RETRY_AFTER, "5"))
            .json(json!({"error": "temporarily_unavailable"}))
    })?;
    let may = told.scopes().is_some_and(|all| all.iter().any(|scope| **scope == *NEEDED));
    let meant_for_us = told.aud().is_some_and(|aud| aud.contains(&api.settings.resource));
    let invalid = r#"Bearer error="invalid_token""#;
    if !told.active() || !meant_for_us || told.sub().is_none() {
        return Err(challenge(HttpResponse::Unauthorized(), invalid));
    }
    if may {
        return Ok(told);
    }
    let insufficient = format!(r#"Bearer error="insufficient_scope", scope="{NEEDED}""#);
    Err(challenge(HttpResponse::Forbidden(), &insufficient))
}

fn answer(told: &Told, orders: &[Value]) -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "subject": told.sub(),
        "client_id": told.client_id().map(|id| id.as_str()),
        "scope": scope(told),
        "orders": orders,
    }))
}

fn scope(told: &Told) -> String {
    let words = told.scopes().into_iter().flatten().map(|word| word.as_str());
    words.collect::<Vec<_>>().join(" ")
}

fn bearer(http: &HttpRequest) -> Option<&str> {
    let header = http.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn challenge(mut answer: actix_web::HttpResponseBuilder, challenge: &str) -> HttpResponse {
    answer.insert_header((header::WWW_AUTHENTICATE, challenge)).finish()
}

/// What is ordered again.
const FIRST: (&str, &str) = ("Breakwater espresso, 1 kg", "€ 29.00");

/// The sample's order book: everybody has drunk the same coffee, under a number of their own.
fn of(told: &Told) -> Vec<Value> {
    let (items, total) = FIRST;
    vec![
        order_line(told, 7, items, total),
        order_line(told, 3, "Lantern filter roast, 250 g; paper filters", "€ 14.50"),
        order_line(told, 0, "Two mugs, harbour blue", "€ 24.00"),
    ]
}

fn order_line(told: &Told, nth: u32, items: &str, total: &str) -> Value {
    let subject = told.sub().unwrap_or_default().bytes();
    let number = subject.fold(nth, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let number = format!("HS-{:05}", number % 100_000);
    json!({"number": number, "items": items, "total": total})
}
