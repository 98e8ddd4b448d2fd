//! Introspection answered in a signed JWT (RFC 9701).

use countersign::crypto::jose::{Algorithm, Typ};
use serde_json::{Value, json};

use crate::support::{
    answer::Answer,
    databases::on_every_database,
    opener::Opener,
    relying_party::{RelyingParty, claims, header},
    world::World,
};

const KIND: &str = "application/token-introspection+jwt";
const TYP: Typ = Typ::Exactly("token-introspection+jwt");
const ORDERS: &str = "https://orders.example/";

/// An API with these members beside what every API has.
async fn api(world: &World, more: Value) -> RelyingParty {
    let mut said = json!({
        "client_name": "Orders",
        "grant_types": ["client_credentials"],
        "resources": [ORDERS],
    });
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.register(said).await
}

async fn ask(caller: &RelyingParty, token: &str, accept: &str) -> Answer {
    let asked = caller.call("introspection_endpoint", &[("token", token)]);
    let answer = asked.header("accept", accept).send().await.expect(200);
    assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
    answer
}

on_every_database! {
    async fn an_api_gets_a_signed_answer_when_it_asks_for_one(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect_for(&shop, "openid email", ORDERS).await;
        for (registered, algorithm) in [(None, Algorithm::Rs256)]
            .into_iter()
            .chain(Algorithm::OURS.map(|algorithm| (Some(algorithm), algorithm)))
        {
            let api = api(&world, json!({ "introspection_signed_response_alg": registered })).await;
            let plain = ask(&api, tokens.access(), "application/json").await.json();
            let answer = ask(&api, tokens.access(), KIND).await;
            assert_eq!(answer.header("content-type"), Some(KIND));
            let told = world.believe(&answer.text(), algorithm, TYP);
            assert_eq!(told["iss"], api.metadata["issuer"]);
            assert_eq!(told["aud"], api.id, "for whoever asked, and nobody else");
            assert_eq!(told["iat"], world.clock.now().seconds());
            assert_eq!(told["token_introspection"], plain);
            assert_eq!(told["token_introspection"]["active"], true);
            for of_the_token in ["sub", "exp", "jti", "scope", "client_id"] {
                assert_eq!(told.get(of_the_token), None, "{of_the_token} says nothing of the answer");
            }
        }
    }

    async fn a_token_that_is_not_for_the_caller_is_inactive_and_nothing_more(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect_for(&shop, "openid", ORDERS).await;
        let other = api(&world, json!({ "resources": ["https://other.example/"] })).await;
        for token in [tokens.access(), "x"] {
            let answer = ask(&other, token, KIND).await;
            let told = world.believe(&answer.text(), Algorithm::Rs256, TYP);
            assert_eq!(told["token_introspection"], json!({ "active": false }));
        }
    }

    async fn the_answer_is_plain_unless_a_signed_one_is_wanted_more(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let token = ada.connect(&shop, "openid").await;
        for (accept, kind) in [
            ("*/*", "application/json"),
            ("application/json", "application/json"),
            ("application/jwt", "application/json"),
            (&*format!("{KIND};q=0, application/json"), "application/json"),
            (&*format!("{KIND};q=0.5, application/json"), "application/json"),
            (&*format!("application/json;q=0.9, {KIND}"), KIND),
            (&*format!("{KIND}, application/json"), KIND),
            ("nonsense", "application/json"),
        ] {
            let answer = ask(&shop, token.access(), accept).await;
            assert_eq!(answer.header("content-type"), Some(kind), "{accept}");
        }
        let without = shop.introspect(token.access()).await.expect(200);
        assert_eq!(without.header("content-type"), Some("application/json"));
    }

    async fn a_signed_answer_is_encrypted_if_its_api_registered_that(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect_for(&shop, "openid", ORDERS).await;
        let opener = Opener::of("ECDH-ES+A128KW");
        let api = api(&world, json!({
            "jwks": { "keys": [opener.public] },
            "introspection_signed_response_alg": "ES256",
            "introspection_encrypted_response_alg": "ECDH-ES+A128KW",
            "introspection_encrypted_response_enc": "A256GCM",
        })).await;
        let answer = ask(&api, tokens.access(), KIND).await;
        assert_eq!(answer.header("content-type"), Some(KIND));
        let jwt = opener.open_nested(&answer.text(), ("ECDH-ES+A128KW", "A256GCM"));
        let told = world.believe(&jwt, Algorithm::Es256, TYP);
        assert_eq!(told["token_introspection"]["client_id"], shop.id);
    }

    async fn a_signed_answer_is_never_taken_for_a_token(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid").await;
        let jwt = ask(&shop, tokens.access(), KIND).await.text();
        assert_eq!(header(&jwt)["typ"], "token-introspection+jwt");
        assert_eq!(claims(&jwt)["aud"], shop.id);
        shop.userinfo(&jwt).await.expect(401);
        assert_eq!(shop.introspect(&jwt).await.expect(200).json()["active"], false);
        let asked = shop.ask("openid").with("prompt", "none").with("id_token_hint", &jwt);
        let back = asked.answer(&ada.browser.open(&asked.url()).await.must_redirect());
        assert_eq!(back.error(), "login_required");
    }

    async fn strangers_are_refused_in_plain_json(world: World) {
        let page = world.public_app("Page").await;
        let asked = page.call("introspection_endpoint", &[("token", "x")]).header("accept", KIND);
        assert_eq!(asked.send().await.expect(401).error(), "invalid_client");
    }
}
