//! Both well-known documents and the keys (OpenID Connect Discovery, RFC 8414, RFC 7517).

use std::collections::BTreeSet;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::Value;

use crate::support::{databases::on_every_database, http::Request, world::World};

const OPENID: &str = "/.well-known/openid-configuration";
const OAUTH: &str = "/.well-known/oauth-authorization-server";

/// What RFC 8414, OpenID Connect and their extensions register; others draw a warning from the
/// conformance suite.
const KNOWN: &[&str] = &[
    "acr_values_supported",
    "authorization_endpoint",
    "authorization_response_iss_parameter_supported",
    "backchannel_logout_session_supported",
    "backchannel_logout_supported",
    "claim_types_supported",
    "claims_locales_supported",
    "claims_parameter_supported",
    "claims_supported",
    "code_challenge_methods_supported",
    "device_authorization_endpoint",
    "display_values_supported",
    "dpop_signing_alg_values_supported",
    "end_session_endpoint",
    "frontchannel_logout_session_supported",
    "frontchannel_logout_supported",
    "grant_types_supported",
    "id_token_encryption_alg_values_supported",
    "id_token_encryption_enc_values_supported",
    "id_token_signing_alg_values_supported",
    "introspection_endpoint",
    "introspection_endpoint_auth_methods_supported",
    "introspection_endpoint_auth_signing_alg_values_supported",
    "introspection_encryption_alg_values_supported",
    "introspection_encryption_enc_values_supported",
    "introspection_signing_alg_values_supported",
    "issuer",
    "jwks_uri",
    "op_policy_uri",
    "op_tos_uri",
    "prompt_values_supported",
    "pushed_authorization_request_endpoint",
    "registration_endpoint",
    "request_object_signing_alg_values_supported",
    "request_parameter_supported",
    "request_uri_parameter_supported",
    "require_pushed_authorization_requests",
    "require_request_uri_registration",
    "response_modes_supported",
    "response_types_supported",
    "revocation_endpoint",
    "revocation_endpoint_auth_methods_supported",
    "revocation_endpoint_auth_signing_alg_values_supported",
    "scopes_supported",
    "service_documentation",
    "subject_types_supported",
    "token_endpoint",
    "token_endpoint_auth_methods_supported",
    "token_endpoint_auth_signing_alg_values_supported",
    "ui_locales_supported",
    "userinfo_encryption_alg_values_supported",
    "userinfo_encryption_enc_values_supported",
    "userinfo_endpoint",
    "userinfo_signing_alg_values_supported",
];

fn list<'a>(document: &'a Value, name: &str) -> Vec<&'a str> {
    let list = document[name].as_array().unwrap_or_else(|| panic!("{name} is no list"));
    list.iter().map(|value| value.as_str().expect("a string")).collect()
}

on_every_database! {
    async fn both_documents_name_the_issuer_and_its_endpoints(world: World) {
        let issuer = world.url.as_str().trim_end_matches('/');
        for path in [OPENID, OAUTH] {
            let answer = world.get(path).await.expect(200);
            assert_eq!(answer.header("content-type"), Some("application/json"));
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "for apps in browsers");
            let document = answer.json();
            assert_eq!(document["issuer"], issuer);
            for (name, value) in document.as_object().unwrap() {
                assert!(KNOWN.contains(&name.as_str()), "{name} is no registered member");
                if name.ends_with("_endpoint") || name == "jwks_uri" {
                    let value = value.as_str().unwrap();
                    assert!(value.starts_with(&format!("{issuer}/oauth/")), "{name} is {value}");
                }
                if name.ends_with("_supported") {
                    assert!(value.is_array() || value.is_boolean(), "{name} is {value}");
                }
            }
        }
    }

    async fn discovery_tells_what_the_conformance_suite_looks_for(world: World) {
        let document = world.get(OPENID).await.expect(200).json();
        let has = |name: &str, wanted: &[&str]| {
            let list = list(&document, name);
            assert!(wanted.iter().all(|value| list.contains(value)), "{name} is {list:?}");
        };
        has("response_types_supported", &["code"]);
        has("response_modes_supported", &["query", "form_post"]);
        has("grant_types_supported", &["authorization_code", "refresh_token", "client_credentials"]);
        for grant_type in ["device_code", "token-exchange", "jwt-bearer"] {
            let named = format!("urn:ietf:params:oauth:grant-type:{grant_type}");
            assert!(list(&document, "grant_types_supported").contains(&&*named), "{named}");
        }
        has("code_challenge_methods_supported", &["S256"]);
        has("id_token_signing_alg_values_supported", &["RS256", "ES256"]);
        for answer in ["id_token", "userinfo", "introspection"] {
            has(&format!("{answer}_signing_alg_values_supported"), &["RS256", "PS256", "ES256", "EdDSA"]);
            has(&format!("{answer}_encryption_alg_values_supported"), &["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES"]);
            has(&format!("{answer}_encryption_enc_values_supported"), &["A128CBC-HS256", "A256GCM"]);
        }
        has("scopes_supported", &["openid", "profile", "email", "address", "phone"]);
        has("token_endpoint_auth_methods_supported", &["client_secret_basic", "client_secret_post", "none"]);
        has("claims_supported", &["sub", "name", "email", "email_verified"]);
        assert_eq!(list(&document, "code_challenge_methods_supported"), ["S256"], "and never plain");
        assert!(!list(&document, "id_token_signing_alg_values_supported").contains(&"none"));
        for kind in list(&document, "subject_types_supported") {
            assert!(["pairwise", "public"].contains(&kind));
        }
        assert_eq!(document["authorization_response_iss_parameter_supported"], true);
    }

    async fn the_keys_are_public_distinct_and_plainly_written(world: World) {
        let answer = world.get("/oauth/jwks").await.expect(200);
        let keys = answer.json()["keys"].as_array().expect("keys").clone();
        let ids: BTreeSet<_> = keys.iter().map(|key| key["kid"].as_str().expect("a kid")).collect();
        assert_eq!(ids.len(), keys.len(), "kids are distinct");
        for key in &keys {
            assert!(["RSA", "EC", "OKP"].contains(&key["kty"].as_str().unwrap()), "{key}");
            for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
                assert!(key.get(private).is_none(), "{private} is private");
            }
            for number in ["n", "e", "x", "y"] {
                let Some(number) = key.get(number) else { continue };
                assert!(BASE64.decode(number.as_str().unwrap()).is_ok(), "{key}");
            }
        }
        let algorithms: BTreeSet<_> = keys.iter().map(|key| key["alg"].as_str().unwrap()).collect();
        assert!(algorithms.contains("RS256") && algorithms.contains("ES256"), "{algorithms:?}");
    }

    async fn a_document_that_is_known_already_is_not_sent_again(world: World) {
        let known = world.get(OPENID).await.expect(200);
        let tag = known.header("etag").expect("a tag");
        let request = Request::get(&world.at(OPENID)).header("if-none-match", tag);
        assert!(request.send().await.expect(304).body.is_empty());
    }
}
