//! What each kind of app may do.

use serde_json::{Value, json};

use super::{CERTIFICATION, RULES, assert_refused, judged};
use crate::protocol::client_metadata::ClientType;

const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// What is said by an app of each kind, at its fullest.
fn full(kind: ClientType) -> Value {
    let web = json!(["https://shop.example/cb", "http://localhost/cb"]);
    match kind {
        ClientType::Web => json!({
            "redirect_uris": web,
            "grant_types": ["authorization_code", "refresh_token", "client_credentials", EXCHANGE, BEARER],
        }),
        ClientType::SinglePage => json!({
            "redirect_uris": web,
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "none",
        }),
        ClientType::Native => json!({
            "redirect_uris": ["com.example.app:/cb", "http://127.0.0.1/cb", "https://app.example/cb"],
            "grant_types": ["authorization_code", "refresh_token", DEVICE],
            "token_endpoint_auth_method": "none",
            "application_type": "native",
        }),
        ClientType::Device => json!({
            "grant_types": [DEVICE, "refresh_token"],
            "token_endpoint_auth_method": "none",
        }),
        ClientType::Machine => json!({ "grant_types": ["client_credentials", EXCHANGE, BEARER] }),
    }
}

/// The same with a list that is one longer.
fn with(kind: ClientType, name: &str, more: &str) -> Value {
    let mut said = full(kind);
    let mut list = said[name].as_array().cloned().unwrap_or_default();
    list.push(json!(more));
    said[name] = json!(list);
    said
}

#[test]
fn each_kind_may_do_what_it_is_for() {
    for kind in ClientType::ALL {
        let client =
            judged(&full(kind), RULES).unwrap_or_else(|refusal| panic!("{kind:?}: {refusal}"));
        assert_eq!(client.client_type(), kind);
    }
}

#[test]
fn nobody_may_do_what_another_kind_is_for() {
    use ClientType::{Device, Machine, Native, SinglePage, Web};
    for (kind, grant_type, piece) in [
        (Web, DEVICE, "client of its own"),
        (SinglePage, DEVICE, "in the browser"),
        (SinglePage, "client_credentials", "authenticate"),
        (SinglePage, EXCHANGE, "authenticate"),
        (Native, "client_credentials", "authenticate"),
        (Native, BEARER, "authenticate"),
        (Device, EXCHANGE, "authenticate"),
    ] {
        assert_refused(&with(kind, "grant_types", grant_type), RULES, piece);
    }
    for (kind, piece) in [(Native, "a native app may"), (Device, "a device may")] {
        let mut said = with(kind, "grant_types", "client_credentials");
        said["token_endpoint_auth_method"] = json!("client_secret_basic");
        let refusal = judged(&said, RULES).unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_client_metadata");
        assert!(refusal.description.contains(piece), "{refusal}");
    }
    for (kind, uri, piece) in [
        (Web, "com.example.app:/cb", "native"),
        (SinglePage, "com.example.app:/cb", "native"),
        (Device, "https://shop.example/cb", "no redirect_uris"),
        (Machine, "https://shop.example/cb", "no redirect_uris"),
        (Machine, "com.example.app:/cb", "no redirect_uris"),
    ] {
        let refusal = judged(&with(kind, "redirect_uris", uri), RULES).unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_redirect_uri", "{kind:?}");
        assert!(refusal.description.contains(piece), "{refusal}");
    }
    for kind in [Device, Machine] {
        let refusal = judged(&with(kind, "response_types", "code"), RULES).unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_client_metadata", "{kind:?}");
    }
}

#[test]
fn a_native_app_gets_nothing_by_fragment() {
    let mut said = with(ClientType::Native, "grant_types", "implicit");
    said["response_types"] = json!(["code", "id_token"]);
    assert_refused(&said, CERTIFICATION, "a native app may");
}
