//! The token endpoint with an authorization code (RFC 6749 §4.1.3, OpenID Connect Core §3.1.3).

use std::time::Duration;

use serde_json::json;

use crate::support::{
    databases::on_every_database,
    person::Tokens,
    relying_party::{Proves, claims, header},
    world::World,
};

on_every_database! {
    async fn a_code_becomes_tokens_that_a_foreign_library_accepts(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid profile email offline_access");
        let code = ada.authorize(&asked).await.code();
        let answer = shop.redeem(&code, &asked.verifier).await.expect(200);
        assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
        let tokens = Tokens(answer.json());
        assert_eq!(tokens.0["token_type"], "Bearer");
        assert!(tokens.0["expires_in"].as_i64().is_some_and(|seconds| seconds > 0));
        assert!(tokens.access().chars().all(|c| (' '..='~').contains(&c)));
        assert!(tokens.access().starts_with("cat_") && tokens.refresh().starts_with("crt_"));

        let now = world.clock.now();
        let told = shop.check_id_token(tokens.id(), &asked.nonce, now).await;
        assert_eq!(told["iat"], now.seconds());
        assert_eq!(told["auth_time"], now.seconds());
        assert!(told["sub"].as_str().is_some_and(|sub| sub.len() <= 255 && sub.is_ascii()));
        assert!(told["acr"].as_str().is_none_or(|acr| !acr.is_empty()));
        assert!(header(tokens.id())["kid"].is_string(), "there are several keys");
        for personal in ["name", "email", "birthdate", "email_verified"] {
            assert!(told.get(personal).is_none(), "{personal} belongs in userinfo");
        }
    }

    async fn every_kind_of_client_can_redeem(world: World) {
        let mut ada = world.person("Ada").await;
        let by_post = json!({
            "client_name": "Post",
            "redirect_uris": ["https://post.example/cb"],
            "token_endpoint_auth_method": "client_secret_post",
        });
        let mut post = world.register(by_post).await;
        post.proves = Proves::Post;
        for app in [world.app("Basic").await, post, world.public_app("Page").await] {
            let tokens = ada.connect(&app, "openid").await;
            assert_eq!(app.userinfo(tokens.access()).await.expect(200).json()["sub"], claims(tokens.id())["sub"]);
        }
    }

    async fn an_id_token_is_signed_as_its_client_registered(world: World) {
        let mut ada = world.person("Ada").await;
        for algorithm in ["RS256", "ES256", "EdDSA"] {
            let app = world.register(json!({
                "client_name": algorithm,
                "redirect_uris": ["https://app.example/cb"],
                "id_token_signed_response_alg": algorithm,
            })).await;
            let asked = app.ask("openid");
            let code = ada.authorize(&asked).await.code();
            let tokens = Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json());
            assert_eq!(header(tokens.id())["alg"], algorithm);
        }
    }

    async fn without_openid_there_is_no_id_token(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "email").await;
        assert!(tokens.0.get("id_token").is_none());
    }

    async fn apps_of_different_owners_know_a_person_by_different_names(world: World) {
        let mut ada = world.person("Ada").await;
        let one = claims(ada.connect(&world.app("One").await, "openid").await.id());
        let two = claims(ada.connect(&world.app("Two").await, "openid").await.id());
        assert_ne!(one["sub"], two["sub"]);
        let mut bob = world.person("Bob").await;
        let three = claims(bob.connect(&world.app("Three").await, "openid").await.id());
        assert_ne!(three["sub"], one["sub"]);
    }

    async fn a_code_is_good_until_its_last_second(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        world.pass(Duration::from_secs(59));
        shop.redeem(&code, &asked.verifier).await.expect(200);
    }

    async fn the_redemption_of_a_code_is_refused_once_access_was_removed(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        ada.remove_access(&world.url, "Shop").await;
        let refused = shop.redeem(&code, &asked.verifier).await.expect(400);
        assert_eq!(refused.error(), "invalid_grant");
    }
}
