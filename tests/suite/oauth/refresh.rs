//! Refresh tokens: rotated, narrowed, asked for again, stolen (RFC 6749 §6, RFC 9700 §4.14.2).

use std::time::Duration;

use crate::support::{
    databases::on_every_database,
    person::Tokens,
    relying_party::{RelyingParty, claims},
    world::World,
};

async fn refreshed(app: &RelyingParty, token: &str) -> Tokens {
    Tokens(app.refresh(token).await.expect(200).json())
}

async fn assert_dead(app: &RelyingParty, token: &str) {
    assert_eq!(app.refresh(token).await.expect(400).error(), "invalid_grant");
}

on_every_database! {
    async fn a_refresh_gives_new_tokens_for_the_same_person(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = ada.connect(&shop, "openid offline_access").await;
        world.pass(Duration::from_mins(5));
        let second = refreshed(&shop, first.refresh()).await;
        assert_ne!(second.refresh(), first.refresh());
        assert_ne!(second.access(), first.access());
        let (old, new) = (claims(first.id()), claims(second.id()));
        for same in ["iss", "sub", "aud", "auth_time", "azp", "acr"] {
            assert_eq!(new.get(same), old.get(same), "{same}");
        }
        assert_eq!(new["iat"].as_i64(), old["iat"].as_i64().map(|at| at + 300));
        assert!(new.get("nonce").is_none(), "OpenID Connect Core §12.2");
        shop.userinfo(second.access()).await.expect(200);
    }

    async fn scope_may_shrink_and_never_grows(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = ada.connect(&shop, "openid email offline_access").await;
        let ask = |token: String, scope: &'static str| {
            let shop = shop.clone();
            async move {
                let fields = [("grant_type", "refresh_token"), ("refresh_token", &*token), ("scope", scope)];
                shop.token(&fields).await
            }
        };
        let more = ask(first.refresh().to_owned(), "openid email phone").await.expect(400);
        assert_eq!(more.error(), "invalid_scope");
        let less = Tokens(ask(first.refresh().to_owned(), "openid").await.expect(200).json());
        assert_eq!(less.0["scope"], "openid");
        let told = shop.userinfo(less.access()).await.expect(200).json();
        assert!(told.get("email").is_none());
        let again = refreshed(&shop, less.refresh()).await;
        let told = shop.userinfo(again.access()).await.expect(200).json();
        assert_eq!(told["email"], "ada@example.org", "narrowing one token narrows no other");
    }

    async fn an_answer_that_was_lost_can_be_asked_for_again(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = ada.connect(&shop, "openid offline_access").await;
        let second = refreshed(&shop, first.refresh()).await;
        world.pass(Duration::from_secs(59));
        let again = refreshed(&shop, first.refresh()).await;
        assert_eq!(again.refresh(), second.refresh(), "the same successor: one leaf is live");
        refreshed(&shop, second.refresh()).await;
    }

    async fn the_grace_ends_when_the_successor_was_used(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = ada.connect(&shop, "openid offline_access").await;
        let second = refreshed(&shop, first.refresh()).await;
        let third = refreshed(&shop, second.refresh()).await;
        assert_dead(&shop, first.refresh()).await;
        assert_dead(&shop, third.refresh()).await;
        shop.userinfo(third.access()).await.expect(401);
    }

    async fn the_grace_ends_by_itself(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = ada.connect(&shop, "openid offline_access").await;
        let second = refreshed(&shop, first.refresh()).await;
        world.pass(Duration::from_secs(61));
        assert_dead(&shop, first.refresh()).await;
        assert_dead(&shop, second.refresh()).await;
        shop.userinfo(second.access()).await.expect(401);
    }

    async fn a_token_of_another_client_is_refused_and_unharmed(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let thief = world.app("Thief").await;
        let first = ada.connect(&shop, "openid offline_access").await;
        assert_dead(&thief, first.refresh()).await;
        refreshed(&shop, first.refresh()).await;
    }

    async fn a_token_unused_for_too_long_is_dead(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = ada.connect(&shop, "openid offline_access").await;
        let idle = world.app.config.tokens.refresh_token_idle_lifetime_seconds;
        world.pass(Duration::from_secs(idle - 1));
        let second = refreshed(&shop, first.refresh()).await;
        world.pass(Duration::from_secs(idle));
        assert_dead(&shop, second.refresh()).await;
    }

    async fn removing_access_ends_every_token_at_once(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let (one, two) = (ada.connect(&shop, "openid offline_access").await, ada.connect(&shop, "openid").await);
        let game = world.app("Game").await;
        let other = ada.connect(&game, "openid").await;
        ada.remove_access(&world.url, "Shop").await;
        for tokens in [&one, &two] {
            assert_eq!(shop.userinfo(tokens.access()).await.expect(401).error(), "invalid_token");
            assert_eq!(shop.introspect(tokens.access()).await.expect(200).json()["active"], false);
        }
        assert_dead(&shop, one.refresh()).await;
        game.userinfo(other.access()).await.expect(200);
        let page = ada.browser.open(&shop.ask("openid").url()).await;
        assert!(page.shows("consent-allow"), "consent is asked again: {}", page.summary());
    }
}
