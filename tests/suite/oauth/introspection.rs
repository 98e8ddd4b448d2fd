//! Introspection (RFC 7662).

use std::time::Duration;

use crate::support::{databases::on_every_database, relying_party::claims, world::World};

on_every_database! {
    async fn a_client_learns_what_its_tokens_are_worth(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid email offline_access").await;
        for token in [tokens.access(), tokens.refresh()] {
            let answer = shop.introspect(token).await.expect(200);
            assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
            let told = answer.json();
            assert_eq!(told["active"], true, "{told}");
            assert_eq!(told["client_id"], shop.id);
            assert_eq!(told["sub"], claims(tokens.id())["sub"]);
            assert!(told["exp"].as_i64() > Some(world.clock.now().seconds()));
            assert!(told["scope"].as_str().unwrap().contains("email"));
        }
        world.pass(Duration::from_secs(tokens.0["expires_in"].as_u64().unwrap()));
        assert_eq!(shop.introspect(tokens.access()).await.expect(200).json()["active"], false);
    }

    async fn what_is_not_good_is_inactive_and_nothing_more(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let stranger = world.app("Stranger").await;
        let tokens = ada.connect(&shop, "openid offline_access").await;
        let bare = serde_json::json!({ "active": false });
        for token in ["", "x", tokens.id()] {
            let answer = shop.introspect(token).await;
            if token.is_empty() {
                assert_eq!(answer.expect(400).error(), "invalid_request");
            } else {
                assert_eq!(answer.expect(200).json(), bare);
            }
        }
        for token in [tokens.access(), tokens.refresh()] {
            assert_eq!(stranger.introspect(token).await.expect(200).json(), bare, "not its own");
        }
    }

    async fn strangers_learn_nothing(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid").await;
        let mut wrong = shop.clone();
        wrong.secret = Some("wrong".into());
        let page = world.public_app("Page").await;
        for caller in [wrong, page] {
            let refused = caller.introspect(tokens.access()).await.expect(401);
            assert_eq!(refused.error(), "invalid_client");
        }
    }
}
