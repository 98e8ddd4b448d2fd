//! Client credentials (RFC 6749 §4.4): a machine asks for itself.

use std::time::Duration;

use serde_json::json;

use crate::support::{
    databases::on_every_database,
    relying_party::{Proves, RelyingParty},
    world::World,
};

const ITSELF: (&str, &str) = ("grant_type", "client_credentials");

on_every_database! {
    async fn a_machine_gets_what_it_registered_and_nothing_of_a_person(world: World) {
        let machine = world.machine("client_secret_basic", json!({})).await;
        for (asked, given) in [(Some("read"), Some("read")), (None, None)] {
            let fields: Vec<_> = [ITSELF].into_iter().chain(asked.map(|it| ("scope", it))).collect();
            let answer = machine.token(&fields).await.expect(200);
            assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
            let body = answer.json();
            assert_eq!((&body["token_type"], body["scope"].as_str()), (&json!("Bearer"), given));
            for never in ["refresh_token", "id_token", "issued_token_type"] {
                assert_eq!(body.get(never), None, "{never}");
            }
            let told = machine.introspect(&answer.member("access_token")).await.expect(200).json();
            assert_eq!((&told["active"], &told["sub"]), (&json!(true), &json!(machine.id)));
            assert_eq!((&told["acr"], &told["act"]), (&json!(null), &json!(null)));
            let refused = machine.userinfo(&answer.member("access_token")).await.expect(403);
            assert_eq!(refused.error(), "insufficient_scope");
        }
    }

    async fn each_refusal_has_its_code(world: World) {
        let machine = world.machine("client_secret_basic", json!({})).await;
        for (more, error) in [
            (&[("scope", "openid")][..], "invalid_scope"),
            (&[("scope", "read offline_access")], "invalid_scope"),
            (&[("scope", "email")], "invalid_scope"),
            (&[("scope", "write")], "invalid_scope"),
            (&[("scope", "r\u{e9}ad")], "invalid_scope"),
            (&[("scope", "read"), ("scope", "read")], "invalid_request"),
            (&[("resource", "orders")], "invalid_target"),
            (&[("resource", "https://a.example/"), ("resource", "https://b.example/")], "invalid_target"),
        ] {
            let fields = [&[ITSELF], more].concat();
            assert_eq!(machine.token(&fields).await.expect(400).error(), error, "{more:?}");
        }
        let shop = world.app("Shop").await;
        let refused = shop.token(&[ITSELF]).await.expect(400);
        assert_eq!(refused.error(), "unauthorized_client");
        let page = world.public_app("Page").await;
        let refused = page.token(&[ITSELF]).await.expect(400);
        assert_eq!(refused.error(), "unauthorized_client");
        for liar in [
            RelyingParty { secret: Some("wrong".to_owned()), ..machine.clone() },
            RelyingParty { proves: Proves::Nothing, ..machine.clone() },
        ] {
            assert_eq!(liar.token(&[ITSELF]).await.expect(401).error(), "invalid_client");
        }
    }

    async fn a_machine_that_is_suspended_has_nothing_any_more(world: World) {
        let machine = world.machine("client_secret_basic", json!({})).await;
        let token = machine.token(&[ITSELF]).await.expect(200).member("access_token");
        let other = world.machine("client_secret_basic", json!({})).await;
        let others = other.token(&[ITSELF]).await.expect(200).member("access_token");
        world.suspend(&machine).await;
        assert_eq!(machine.token(&[ITSELF]).await.expect(401).error(), "invalid_client");
        assert_eq!(machine.userinfo(&token).await.expect(401).error(), "invalid_token");
        assert_eq!(other.introspect(&others).await.expect(200).json()["active"], true);
    }

    async fn ending_all_that_a_machine_has_ends_what_was_made_before(world: World) {
        let machine = world.machine("client_secret_basic", json!({})).await;
        let old = machine.token(&[ITSELF]).await.expect(200).member("access_token");
        world.pass(Duration::from_secs(1));
        let now = world.clock.now();
        world.change(&machine, move |client| client.tokens_not_before = Some(now)).await;
        let new = machine.token(&[ITSELF]).await.expect(200).member("access_token");
        for (token, active) in [(old, false), (new, true)] {
            assert_eq!(machine.introspect(&token).await.expect(200).json()["active"], active);
        }
    }
}
