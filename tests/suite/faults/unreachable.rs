//! The store cannot be reached: "try again" and "dead" are different answers.

use std::time::Duration;

use crate::support::{
    answer::Answer,
    databases::{FreshDatabase, on_postgresql_only},
    http::Request,
    world::World,
};

/// To a program: 503, when to come again, and nothing that would make it throw its tokens away.
fn assert_come_again(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.summary());
    assert!(answer.header("retry-after").is_some_and(|value| value.parse::<u32>().is_ok()));
    assert_eq!(answer.error(), "temporarily_unavailable");
}

on_postgresql_only! {
    async fn while_the_wire_is_cut_everybody_is_told_to_come_again(database: FreshDatabase) {
        let (database, wire) = database.over_a_wire();
        let world = World::with(database, &[("DATABASE__WAIT_MILLISECONDS", "300")]).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();

        wire.cut();
        assert_come_again(&shop.redeem(&code, &asked.verifier).await);
        assert_come_again(&shop.refresh(tokens.refresh()).await);
        assert_come_again(&shop.userinfo(tokens.access()).await);
        assert_come_again(&shop.introspect(tokens.access()).await);
        assert_come_again(&shop.revoke(tokens.access()).await);
        for url in [shop.ask("openid").url(), world.at("/account"), world.at("/account/apps")] {
            let page = ada.browser.visit(&url).await;
            assert_eq!(page.status, 503, "{}", page.summary());
            assert!(page.header("retry-after").is_some() && page.shows("error-title"));
        }
        assert_eq!(world.get("/health/live").await.status, 200);
        assert_eq!(world.get("/health/ready").await.status, 503);
        for path in ["/.well-known/openid-configuration", "/oauth/jwks"] {
            assert_eq!(Request::get(&world.at(path)).send().await.status, 200, "{path}");
        }

        wire.mend();
        recovers(&world).await;
        shop.userinfo(tokens.access()).await.expect(200);
        shop.refresh(tokens.refresh()).await.expect(200);
        shop.redeem(&code, &asked.verifier).await.expect(200);
        assert_eq!(ada.browser.visit(&world.at("/account")).await.status, 200);
    }

    async fn connections_that_died_unseen_are_replaced_without_a_word(database: FreshDatabase) {
        let (database, wire) = database.over_a_wire();
        let world = World::with(database, &[]).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let mut tokens = ada.connect(&shop, "openid offline_access").await;
        for _ in 0..3 {
            wire.cut();
            wire.mend();
            shop.userinfo(tokens.access()).await.expect(200);
            wire.cut();
            wire.mend();
            tokens.0 = shop.refresh(tokens.refresh()).await.expect(200).json();
        }
    }
}

/// The pool finds the database again by itself.
async fn recovers(world: &World) {
    for _ in 0..200 {
        if world.get("/health/ready").await.status == 200 {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it never came back: {}", world.get("/health/ready").await.summary());
}
