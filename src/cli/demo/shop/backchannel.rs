//! The provider tells the shop that somebody has signed out (Back-Channel Logout 1.0).

use std::str::FromStr;

use actix_web::{HttpResponse, web};
use openidconnect::{
    AdditionalClaims, IdToken, JsonWebTokenType, Nonce,
    core::{CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    Shop,
    provider::Provider,
    trouble::{Kind, Trouble},
};

/// The member of `events` that makes a token a logout token (§2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What the provider posts (§2.5).
#[derive(Deserialize)]
pub struct Notice {
    logout_token: String,
}

/// The claims beside those of every token of the provider (§2.4).
#[derive(Clone, Debug, Deserialize, Serialize)]
struct LogoutClaims {
    events: Map<String, Value>,
    sid: Option<String>,
}

impl AdditionalClaims for LogoutClaims {}

type LogoutToken = IdToken<
    LogoutClaims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// Who has signed out, and where.
pub struct SignedOut {
    subject: String,
    session: Option<String>,
}

/// `POST /backchannel-logout`: answered with nothing but a status (§2.8).
pub async fn submit(shop: web::Data<Shop>, notice: web::Form<Notice>) -> HttpResponse {
    let SignedOut { subject, session } = match read(&shop.provider, &notice.logout_token).await {
        Ok(signed_out) => signed_out,
        Err(trouble) => {
            tracing::info!("The sample shop refuses a logout token: {}", trouble.detail);
            return HttpResponse::BadRequest().json(json!({"error": "invalid_request"}));
        }
    };
    let ended = shop.visits.end(|member| match &session {
        Some(session) => member.session() == Some(session),
        None => *member.subject == subject,
    });
    tracing::info!("The sample shop was told of a sign-out and ended {ended} visits");
    HttpResponse::Ok().finish()
}

/// Checks a logout token (§2.6): as an ID token, and that it is nothing else than a logout token.
async fn read(provider: &Provider, token: &str) -> Result<SignedOut, Trouble> {
    let token = LogoutToken::from_str(token).map_err(not_one)?;
    let kind = JsonWebTokenType::new("logout+jwt".to_owned()).normalize().map_err(not_one)?;
    let verifier = provider.verifier().await?.set_allowed_jose_types([kind]);
    let no_nonce = |nonce: Option<&Nonce>| match nonce {
        None => Ok(()),
        Some(_) => Err("a logout token has no nonce".to_owned()),
    };
    let claims = token.claims(&verifier, no_nonce)?;
    if !claims.additional_claims().events.contains_key(EVENT) {
        return Err(not_one("no logout event"));
    }
    Ok(SignedOut {
        subject: claims.subject().to_string(),
        session: claims.additional_claims().sid.clone(),
    })
}

fn not_one(why: impl std::fmt::Display) -> Trouble {
    Trouble::because(Kind::NotTrusted, format!("not a logout token: {why}"))
}
