//! Both well-known documents (OpenID Connect Discovery §3, RFC 8414 §2), read off the tables that
//! answer requests.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use serde_json::{Value, json};

use super::{
    cached::{self, Document},
    issue::claims,
    token::grants,
};
use crate::{
    config::{Config, Registration},
    crypto::jose::{Algorithm, ContentEncryption, HmacAlgorithm, KeyManagement},
    language::Language,
    protocol::{
        auth_context::Acr,
        client_metadata::{Offer, TokenEndpointAuthMethod},
        grant_type::GrantType,
    },
    web::urls,
};

/// The documents, made once at the start.
pub struct Metadata(Document);

impl Metadata {
    /// Writes what this server can do.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self(Document::json(&describe(config)))
    }
}

/// Tells what this server can do. Both documents are one: each names its own members, and ignores
/// the other's.
pub async fn metadata(metadata: Data<Metadata>, http: HttpRequest) -> HttpResponse {
    cached::answer(&http, &metadata.0)
}

fn describe(config: &Config) -> Value {
    let (issuer, offer) = (config.http.public_url.as_str(), config.client_rules().offer);
    let at = |path: &str| format!("{issuer}{path}");
    let languages: Vec<&str> = Language::all().map(Language::code).collect();
    let mut claims: Vec<&str> = vec!["sub", "iss", "aud", "auth_time", "acr", "amr", "sid"];
    let hiding = config.hide_my_email.domain.is_some();
    claims.extend(claims::names().filter(|name| hiding || *name != claims::IS_PRIVATE));
    let mut told = json!({
        "issuer": issuer,
        "authorization_endpoint": at(urls::AUTHORIZE),
        "pushed_authorization_request_endpoint": at(urls::PAR),
        "device_authorization_endpoint": at(urls::DEVICE_AUTHORIZATION),
        "token_endpoint": at(urls::TOKEN),
        "userinfo_endpoint": at(urls::USERINFO),
        "jwks_uri": at(urls::JWKS),
        "introspection_endpoint": at(urls::INTROSPECT),
        "revocation_endpoint": at(urls::REVOKE),
        "end_session_endpoint": at(urls::LOGOUT),
        "scopes_supported": claims::KNOWN_SCOPES,
        "claims_supported": claims,
        "response_types_supported": offer.response_types(),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": grant_types(offer),
        "subject_types_supported": ["pairwise", "public"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account", "create"],
        "acr_values_supported": [Acr::OneFactor, Acr::TwoFactors, Acr::PhishingResistant],
        "ui_locales_supported": languages,
        "claims_parameter_supported": true,
        "request_parameter_supported": true,
        "request_uri_parameter_supported": offer == Offer::Certification,
        "require_request_uri_registration": offer == Offer::Certification,
        "request_object_signing_alg_values_supported": Algorithm::ALL.map(Algorithm::as_str),
        "require_pushed_authorization_requests": false,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "authorization_response_iss_parameter_supported": true,
    });
    extend(&mut told, authentication());
    extend(&mut told, answers());
    if config.clients.registration != Registration::Closed {
        told["registration_endpoint"] = json!(at(urls::REGISTER));
    }
    told
}

fn grant_types(offer: Offer) -> Vec<GrantType> {
    let implicit = (offer == Offer::Certification).then_some(GrantType::Implicit);
    grants::OFFERED.iter().copied().chain(implicit).collect()
}

fn extend(told: &mut Value, more: Value) {
    if let (Value::Object(told), Value::Object(more)) = (told, more) {
        told.extend(more);
    }
}

/// How answers may be signed and encrypted.
fn answers() -> Value {
    json!({
        "id_token_signing_alg_values_supported": Algorithm::OURS,
        "id_token_encryption_alg_values_supported": KeyManagement::ALL,
        "id_token_encryption_enc_values_supported": ContentEncryption::ALL,
        "userinfo_signing_alg_values_supported": Algorithm::OURS,
        "userinfo_encryption_alg_values_supported": KeyManagement::ALL,
        "userinfo_encryption_enc_values_supported": ContentEncryption::ALL,
        "introspection_signing_alg_values_supported": Algorithm::OURS,
        "introspection_encryption_alg_values_supported": KeyManagement::ALL,
        "introspection_encryption_enc_values_supported": ContentEncryption::ALL,
    })
}

/// How clients may prove who they are. Introspection is for those that can.
fn authentication() -> Value {
    let all = TokenEndpointAuthMethod::ALL;
    let none = TokenEndpointAuthMethod::None;
    let proving: Vec<_> = all.iter().filter(|method| **method != none).collect();
    let pairs = Algorithm::ALL.iter().map(|known| known.as_str());
    let secrets = HmacAlgorithm::ALL.iter().map(|known| known.as_str());
    let algorithms: Vec<&str> = pairs.chain(secrets).collect();
    json!({
        "token_endpoint_auth_methods_supported": all,
        "token_endpoint_auth_signing_alg_values_supported": algorithms,
        "introspection_endpoint_auth_methods_supported": proving,
        "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
        "revocation_endpoint_auth_methods_supported": all,
        "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
    })
}
