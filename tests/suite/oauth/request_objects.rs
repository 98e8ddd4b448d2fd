//! Request objects by value (RFC 9101, OpenID Connect Core §6.1): what the client signed counts, and
//! nothing else in its place.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use countersign::crypto::jose::{Algorithm, SigningKey};
use serde_json::{Value, json};

use crate::support::{
    assertion::Assertion,
    browser::Browser,
    databases::on_every_database,
    key_page::set,
    relying_party::{Asked, RelyingParty, claims},
    request_object,
    world::World,
};

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
}

/// An app that signs with this key, with these members beside.
async fn shop(world: &World, key: &SigningKey, more: Value) -> RelyingParty {
    let mut metadata = json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb", "https://shop.example/other"],
        "jwks": set(&[key]),
    });
    let members = metadata.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    world.register(metadata).await
}

/// The refusal that is carried back to the app, which named a place for it outside the object.
async fn refused(asked: &Asked, outside: &Asked) -> String {
    let outside = outside.clone().with("redirect_uri", "https://shop.example/cb");
    let outside = outside.with("state", &asked.state);
    outside.answer(&Browser::new().open(&outside.url()).await.must_redirect()).error()
}

on_every_database! {
    async fn a_signed_request_is_all_that_counts(world: World) {
        let mut ada = world.person("Ada").await;
        for algorithm in [Algorithm::Rs256, Algorithm::Ps256, Algorithm::Es256, Algorithm::EdDsa] {
            let key = key(algorithm);
            let app = shop(&world, &key, json!({})).await;
            let asked = app.ask("openid email").with("redirect_uri", "https://shop.example/other");
            let signed = asked.signed(&app, &world, &key)
                .with("redirect_uri", "https://shop.example/cb")
                .with("scope", "openid")
                .with("nonce", "another");
            let back = ada.go(&signed.url()).await.must_redirect();
            assert!(back.as_str().starts_with("https://shop.example/other?"), "{back}");
            let mut there = app.clone();
            there.redirect_uri = "https://shop.example/other".into();
            let tokens = there.redeem(&asked.answer(&back).code(), &asked.verifier).await.expect(200);
            let tokens = tokens.json();
            assert_eq!(tokens["scope"], "email openid", "{algorithm:?}");
            assert_eq!(claims(tokens["id_token"].as_str().unwrap())["nonce"], asked.nonce);
        }
    }

    async fn numbers_and_objects_in_it_are_read_as_such(world: World) {
        let (mut ada, key) = (world.person("Ada").await, key(Algorithm::Es256));
        let app = shop(&world, &key, json!({})).await;
        let asked = app.ask("openid");
        let object = request_object::of(&asked, &app, &world)
            .with("max_age", json!(3600))
            .with("claims", json!({ "id_token": { "email": { "essential": true } } }));
        let signed = asked.carrying("request", &object.signed(&key));
        let code = asked.answer(&ada.go(&signed.url()).await.must_redirect()).code();
        let tokens = app.redeem(&code, &asked.verifier).await.expect(200).json();
        assert_eq!(claims(tokens["id_token"].as_str().unwrap())["email"], "ada@example.org");
    }

    async fn a_redirect_uri_in_it_must_be_registered_too(world: World) {
        let key = key(Algorithm::Es256);
        let app = shop(&world, &key, json!({})).await;
        let asked = app.ask("openid").with("redirect_uri", "https://evil.example/");
        let signed = asked.signed(&app, &world, &key);
        for outside in [signed.clone(), signed.with("redirect_uri", "https://shop.example/cb")] {
            let shown = Browser::new().open(&outside.url()).await.expect(400);
            assert!(shown.page_error().contains("redirect_uri"), "{}", shown.summary());
        }
    }

    async fn one_that_will_not_do_is_refused_by_its_code(world: World) {
        let key = key(Algorithm::Es256);
        let app = shop(&world, &key, json!({})).await;
        let (asked, now) = (app.ask("openid"), world.clock.now().seconds());
        let object = |name: &str, value: Value| {
            request_object::of(&asked, &app, &world).with(name, value)
        };
        for (name, value) in [
            ("iss", json!("another")),
            ("aud", json!("https://another.example")),
            ("client_id", json!("another")),
            ("exp", json!(now - 60)),
            ("exp", json!("soon")),
            ("nbf", json!(now + 60)),
            ("request", json!("e30.e30.")),
            ("request_uri", json!("https://shop.example/r")),
            ("prompt", json!(true)),
        ] {
            let signed = asked.carrying("request", &object(name, value.clone()).signed(&key));
            assert_eq!(refused(&asked, &signed).await, "invalid_request_object", "{name}: {value}");
        }
        let other = asked.carrying("request", &object("response_type", json!("id_token")).signed(&key));
        assert_eq!(refused(&asked, &other).await, "invalid_request", "one inside, another outside");
    }

    async fn only_the_clients_own_signature_counts(world: World) {
        let (own, another) = (key(Algorithm::Es256), key(Algorithm::Es256));
        let rsa = key(Algorithm::Rs256);
        let more = json!({ "request_object_signing_alg": "ES256", "jwks": set(&[&own, &rsa]) });
        let app = shop(&world, &own, more).await;
        let asked = app.ask("openid");
        let object: Assertion = request_object::of(&asked, &app, &world);
        let part = |value: &Value| BASE64.encode(value.to_string());
        let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&object.claims));
        let hmac = object.signed_with(app.secret.as_deref().unwrap(), "HS256");
        let foreign = object.signed(&another);
        for wrong in [unsigned, hmac, foreign, object.signed(&rsa), "not a JWT".to_owned()] {
            let signed = asked.carrying("request", &wrong);
            assert_eq!(refused(&asked, &signed).await, "invalid_request_object", "{wrong}");
        }
    }

    async fn an_app_may_bind_itself_to_sign(world: World) {
        let (mut ada, key) = (world.person("Ada").await, key(Algorithm::Es256));
        let app = shop(&world, &key, json!({ "require_signed_request_object": true })).await;
        let asked = app.ask("openid");
        assert_eq!(refused(&asked, &asked).await, "invalid_request");
        let signed = asked.signed(&app, &world, &key);
        asked.answer(&ada.go(&signed.url()).await.must_redirect()).code();
    }

    async fn a_refused_object_that_alone_knew_the_way_back_is_shown(world: World) {
        let key = key(Algorithm::Es256);
        let app = shop(&world, &key, json!({})).await;
        let asked = app.ask("openid");
        let broken = asked.carrying("request", "e30.e30.");
        let shown = Browser::new().open(&broken.url()).await.expect(400);
        assert!(shown.page_error().contains("invalid_request_object"), "{}", shown.summary());
    }
}
