//! Which keys and algorithms a client may name, and what it needs for them.

use serde_json::json;

use super::{RULES, assert_refused, client, judged, keys};
use crate::crypto::jose::ContentEncryption;

#[test]
fn authentication_must_fit_what_the_client_does() {
    for (members, piece) in [
        (
            json!({ "token_endpoint_auth_method": "none", "grant_types": ["client_credentials"] }),
            "authenticate",
        ),
        (json!({ "token_endpoint_auth_method": "none", "require_pkce": false }), "require_pkce"),
        (json!({ "token_endpoint_auth_method": "private_key_jwt" }), "jwks"),
        (
            json!({ "token_endpoint_auth_method": "private_key_jwt", "jwks": keys(), "token_endpoint_auth_signing_alg": "HS256" }),
            "asymmetric",
        ),
        (
            json!({ "token_endpoint_auth_method": "client_secret_jwt", "token_endpoint_auth_signing_alg": "ES256" }),
            "HMAC",
        ),
        (json!({ "jwks": keys(), "jwks_uri": "https://shop.example/keys" }), "both"),
    ] {
        assert_refused(&members, RULES, piece);
    }
    let public = judged(&client(&json!({ "token_endpoint_auth_method": "none" })), RULES).unwrap();
    assert!(public.is_public() && public.must_use_pkce());
}

#[test]
fn keys_are_public_few_and_well_formed() {
    for (jwks, piece) in [
        (json!([]), "list of keys"),
        (json!({ "keys": {} }), "list of keys"),
        (json!({ "keys": ["x"] }), "kty"),
        (json!({ "keys": [{ "kty": "oct", "k": "c2VjcmV0" }] }), "public"),
        (json!({ "keys": [{ "kty": "EC", "d": "c2VjcmV0" }] }), "public"),
        (json!({ "keys": vec![json!({ "kty": "EC" }); 21] }), "20 keys"),
    ] {
        assert_refused(&json!({ "jwks": jwks }), RULES, piece);
    }
}

#[test]
fn algorithms_must_be_ones_that_work_here() {
    for (members, piece) in [
        (json!({ "id_token_signed_response_alg": "HS256" }), "id_token_signed"),
        (json!({ "userinfo_signed_response_alg": "ES512" }), "userinfo_signed"),
        (json!({ "introspection_signed_response_alg": "HS256" }), "introspection_signed"),
        (json!({ "request_object_signing_alg": "HS256" }), "request_object_signing"),
        (json!({ "request_object_signing_alg": "ES256" }), "jwks"),
        (json!({ "require_signed_request_object": true }), "jwks"),
        (json!({ "userinfo_encrypted_response_alg": "ECDH-ES" }), "jwks"),
        (json!({ "id_token_encrypted_response_enc": "A128GCM", "jwks": keys() }), "needs"),
        (json!({ "userinfo_encrypted_response_enc": "A128GCM", "jwks": keys() }), "needs"),
        (json!({ "introspection_encrypted_response_enc": "A128GCM", "jwks": keys() }), "needs"),
        (json!({ "request_object_encryption_alg": "RSA-OAEP" }), "request_object_encryption_alg"),
        (json!({ "dpop_bound_access_tokens": true }), "bound"),
        (json!({ "tls_client_certificate_bound_access_tokens": true }), "bound"),
    ] {
        assert_refused(&members, RULES, piece);
    }
}

#[test]
fn what_is_to_be_encrypted_needs_a_key_that_fits() {
    let with = |member: &str, value: &str| {
        let mut jwks = keys();
        jwks["keys"][0][member] = json!(value);
        jwks
    };
    for name in [
        "id_token_encrypted_response_alg",
        "userinfo_encrypted_response_alg",
        "introspection_encrypted_response_alg",
    ] {
        for (alg, jwks) in [
            ("RSA-OAEP-256", keys()),
            ("ECDH-ES", with("use", "sig")),
            ("ECDH-ES", with("alg", "ECDH-ES+A128KW")),
            ("ECDH-ES", with("y", "AAAA")),
            ("ECDH-ES", json!({ "keys": [] })),
        ] {
            assert_refused(&json!({ name: alg, "jwks": jwks }), RULES, name);
        }
        for jwks in [keys(), with("use", "enc"), with("alg", "ECDH-ES")] {
            let said = client(&json!({ name: "ECDH-ES", "jwks": jwks }));
            assert!(judged(&said, RULES).is_ok(), "{said}");
        }
        // Keys at an address are looked at when they are used.
        let said = json!({ name: "RSA-OAEP", "jwks_uri": "https://shop.example/keys" });
        assert!(judged(&client(&said), RULES).is_ok());
    }
}

#[test]
fn content_encryption_is_filled_in_where_the_key_is_encrypted() {
    let said = json!({ "jwks": keys(), "userinfo_encrypted_response_alg": "ECDH-ES" });
    let client = judged(&client(&said), RULES).unwrap();
    assert_eq!(client.userinfo_encrypted_response_enc, Some(ContentEncryption::A128CbcHs256));
    assert_eq!(client.id_token_encrypted_response_enc, None);
}
