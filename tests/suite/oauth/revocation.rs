//! Revocation (RFC 7009).

use crate::support::{databases::on_every_database, world::World};

on_every_database! {
    async fn a_refresh_token_takes_its_access_tokens_along(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        let other = ada.connect(&shop, "openid").await;
        shop.revoke(tokens.refresh()).await.expect(200);
        shop.userinfo(tokens.access()).await.expect(401);
        assert_eq!(shop.refresh(tokens.refresh()).await.expect(400).error(), "invalid_grant");
        shop.userinfo(other.access()).await.expect(200);
    }

    async fn an_access_token_goes_alone(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        shop.revoke(tokens.access()).await.expect(200);
        shop.userinfo(tokens.access()).await.expect(401);
        assert_eq!(shop.introspect(tokens.access()).await.expect(200).json()["active"], false);
        let next = shop.refresh(tokens.refresh()).await.expect(200);
        shop.userinfo(&next.member("access_token")).await.expect(200);
    }

    async fn what_is_gone_already_is_revoked_all_the_same(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        for token in ["x", tokens.refresh(), tokens.refresh(), tokens.access(), tokens.access()] {
            shop.revoke(token).await.expect(200);
        }
    }

    async fn nobody_revokes_what_is_anothers(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let thief = world.app("Thief").await;
        let tokens = ada.connect(&shop, "openid offline_access").await;
        for token in [tokens.refresh(), tokens.access()] {
            assert!([200, 400].contains(&thief.revoke(token).await.status));
        }
        let mut pretender = shop.clone();
        pretender.secret = Some("wrong".into());
        assert_eq!(pretender.revoke(tokens.refresh()).await.expect(401).error(), "invalid_client");
        shop.userinfo(tokens.access()).await.expect(200);
        shop.refresh(tokens.refresh()).await.expect(200);
    }
}
