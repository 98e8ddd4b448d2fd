//! The sample API: gives a person's orders to whoever brings a good access token.
//!
//! Knows nothing of the shop. It asks the provider about each token it is shown (RFC 7662), with
//! credentials of its own, and remembers no answer: what was taken back is refused at once.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use openidconnect::{
    AccessToken, ClientId, ClientSecret, IssuerUrl, TokenIntrospectionResponse,
    core::{CoreClient, CoreTokenIntrospectionResponse},
};
use serde_json::{Value, json};

use super::shop::{
    http::Http,
    metadata::Discovery,
    trouble::{Kind, Trouble},
};
use crate::clock::Clock;

/// The scope without which nobody gets orders.
const NEEDED: &str = "profile";

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
}

/// Its one address.
pub fn routes(api: &mut web::ServiceConfig) {
    api.route("/api/orders", web::get().to(orders));
}

impl Api {
    /// Nothing is fetched before somebody calls.
    #[must_use]
    pub fn new(settings: &Settings, clock: &Clock) -> Self {
        Self {
            settings: settings.clone(),
            discovery: Discovery::new(settings.issuer.clone(), clock.clone()),
            http: Http::new(),
        }
    }

    /// Asks the provider about a token (RFC 7662 §2).
    async fn introspect(&self, token: &str) -> Result<CoreTokenIntrospectionResponse, Trouble> {
        let metadata = self.discovery.metadata(&self.http).await?;
        let Some(endpoint) = metadata.additional_metadata().introspection_endpoint.clone() else {
            return Err(Trouble::because(Kind::BadlySetUp, "there is no introspection endpoint"));
        };
        let client = CoreClient::new(
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

/// `GET /api/orders`: the challenges are those of RFC 6750 §3.
async fn orders(api: web::Data<Api>, http: HttpRequest) -> HttpResponse {
    let Some(token) = bearer(&http) else {
        return challenge(HttpResponse::Unauthorized(), "Bearer");
    };
    let told = match api.introspect(token).await {
        Ok(told) => told,
        Err(trouble) => {
            tracing::warn!("The sample API cannot check a token: {}", trouble.detail);
            let mut answer = HttpResponse::ServiceUnavailable();
            return answer
                .insert_header((header::RETRY_AFTER, "5"))
                .json(json!({"error": "temporarily_unavailable"}));
        }
    };
    let may = |wanted: &str| told.scopes().is_some_and(|all| all.iter().any(|s| **s == *wanted));
    let meant_for_us = told.aud().is_some_and(|aud| aud.contains(&api.settings.resource));
    let ours = told.active() && meant_for_us;
    match told.sub() {
        Some(subject) if ours && may(NEEDED) => HttpResponse::Ok().json(json!({
            "subject": subject,
            "client_id": told.client_id().map(|id| id.as_str()),
            "scope": scope(&told),
            "orders": of(subject),
        })),
        Some(_) if ours => challenge(
            HttpResponse::Forbidden(),
            &format!(r#"Bearer error="insufficient_scope", scope="{NEEDED}""#),
        ),
        _ => challenge(HttpResponse::Unauthorized(), r#"Bearer error="invalid_token""#),
    }
}

fn scope(told: &CoreTokenIntrospectionResponse) -> String {
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

/// The sample's order book: everybody has drunk the same coffee, under a number of their own.
fn of(subject: &str) -> Value {
    let number =
        subject.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let order = |nth: u32, items: &str, total: &str| {
        let number = format!("HS-{:05}", number.wrapping_add(nth) % 100_000);
        json!({"number": number, "items": items, "total": total})
    };
    json!([
        order(7, "Breakwater espresso, 1 kg", "€ 29.00"),
        order(3, "Lantern filter roast, 250 g; paper filters", "€ 14.50"),
        order(0, "Two mugs, harbour blue", "€ 24.00"),
    ])
}
