//! What registration refuses, by its code (RFC 7591 §3.2.2, RFC 7592 §2).

use actix_web::http::Method;
use serde_json::{Value, json};

use super::{BACK, Registered, open, register, shop, with};
use crate::support::{databases::FreshDatabase, http::Request, world::World};

#[actix_web::test]
async fn an_update_names_its_client_and_chooses_no_secret() {
    let world = open().await;
    let told = Registered::as_told(&world, &shop()).await;
    let id = &told.0["client_id"];
    for (name, value, code) in [
        ("client_id", json!(null), "invalid_request"),
        ("client_id", json!("another"), "invalid_request"),
        ("client_id", json!(1), "invalid_client_metadata"),
        ("client_secret", json!("one of my own"), "invalid_client_metadata"),
        ("redirect_uris", json!(["https://shop.example/#x"]), "invalid_redirect_uri"),
    ] {
        let mut said = with("client_id", id.clone());
        said[name] = value.clone();
        assert_eq!(told.update(&said).await.expect(400).error(), code, "{name}: {value}");
    }
    let known = told.about(Method::GET).send().await.expect(200).json();
    assert_eq!(known["redirect_uris"], json!([BACK]), "a refused update changes nothing");
}

#[actix_web::test]
async fn metadata_that_will_not_do_is_refused_by_its_code() {
    let world = open().await;
    for (name, value, code) in [
        ("redirect_uris", json!([]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["https://shop.example/cb#x"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["javascript:alert(1)"]), "invalid_redirect_uri"),
        ("redirect_uris", json!("https://shop.example/cb"), "invalid_client_metadata"),
        ("initiate_login_uri", json!("http://shop.example/start"), "invalid_client_metadata"),
        ("logo_uri", json!("javascript:alert(1)"), "invalid_client_metadata"),
        ("token_endpoint_auth_method", json!("tls_client_auth"), "invalid_client_metadata"),
        ("token_endpoint_auth_method", json!("private_key_jwt"), "invalid_client_metadata"),
        ("id_token_signed_response_alg", json!("none"), "invalid_client_metadata"),
        ("response_types", json!(["id_token"]), "invalid_client_metadata"),
        ("grant_types", json!(["client_credentials"]), "invalid_redirect_uri"),
        (
            "grant_types",
            json!(["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"]),
            "invalid_client_metadata",
        ),
        ("resources", json!(["https://api.example"]), "invalid_client_metadata"),
        ("sector_identifier_uri", json!("https://127.0.0.1/list"), "invalid_client_metadata"),
    ] {
        let refused = register(&world, &with(name, value.clone())).await.expect(400);
        assert_eq!(refused.error(), code, "{name}: {value}");
        assert_eq!(refused.header("cache-control"), Some("no-store"));
    }
}

#[actix_web::test]
async fn what_is_not_a_json_object_is_refused() {
    let world = open().await;
    let url = world.at("/oauth/register");
    let text = shop().to_string().into_bytes();
    for (kind, body, code) in [
        ("application/json", b"[]".to_vec(), "invalid_client_metadata"),
        ("application/json", b"{".to_vec(), "invalid_client_metadata"),
        ("application/json", vec![b' '; 65_537], "invalid_client_metadata"),
        ("text/plain", text.clone(), "invalid_request"),
        ("application/x-www-form-urlencoded", text, "invalid_request"),
    ] {
        let refused = Request::post(&url).body(kind, body).send().await.expect(400);
        assert_eq!(refused.error(), code, "{kind}");
    }
}

#[actix_web::test]
async fn a_closed_server_registers_nobody_and_says_so_in_discovery() {
    let world = World::with(FreshDatabase::sqlite(), &[]).await;
    let refused = register(&world, &shop()).await.expect(400);
    assert_eq!(refused.error(), "registration_not_supported");
    let discovery = world.get("/.well-known/openid-configuration").await.json();
    assert_eq!(discovery.get("registration_endpoint"), None);
}

#[actix_web::test]
async fn an_initial_access_token_admits() {
    const TOKEN: &str = "qpMgKsVvqgMOLCVhaodXFLKCuTdQtNpXH4YNvZ8mZRE";
    let settings =
        [("CLIENTS__REGISTRATION", "initial-token"), ("CLIENTS__INITIAL_ACCESS_TOKEN", TOKEN)];
    let world = World::with(FreshDatabase::sqlite(), &settings).await;
    let ask = || Request::post(&world.at("/oauth/register")).json(&shop());
    for refused in [ask(), ask().bearer("another"), ask().header("authorization", TOKEN)] {
        let refused = refused.send().await.expect(401);
        assert_eq!(refused.error(), "invalid_token");
        assert!(refused.header("www-authenticate").unwrap().starts_with("Bearer "));
    }
    let twice = ask().bearer(TOKEN).bearer(TOKEN).send().await.expect(400);
    assert_eq!(twice.error(), "invalid_request");
    ask().bearer(TOKEN).send().await.expect(201);
}

#[actix_web::test]
async fn pkce_is_waived_for_certification_and_only_there() {
    let certified = [("CLIENTS__REGISTRATION", "open"), ("COMPATIBILITY", "openid-certification")];
    for (settings, must) in [(&certified[..1], true), (&certified[..], false)] {
        let world = World::with(FreshDatabase::sqlite(), settings).await;
        let answer = without_pkce(&world, &shop()).await;
        assert_eq!(answer.contains("error=invalid_request"), must, "{answer}");
        let public = with("token_endpoint_auth_method", json!("none"));
        let answer = without_pkce(&world, &public).await;
        assert!(answer.contains("error=invalid_request"), "{answer}");
    }
}

/// Where a client without PKCE is sent that has just registered.
async fn without_pkce(world: &World, said: &Value) -> String {
    let app = Registered::as_told(world, said).await.app(world).await;
    let asked = app.ask("openid").without("code_challenge").without("code_challenge_method");
    Request::get(&asked.url()).send().await.must_redirect().to_string()
}
