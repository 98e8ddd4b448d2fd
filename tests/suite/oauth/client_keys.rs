//! Clients that publish their keys at an address of their own (`jwks_uri`, RFC 7591 §2).

use std::time::Duration;

use countersign::crypto::jose::{Algorithm, SigningKey};
use serde_json::json;

use crate::support::{
    assertion::Assertion,
    databases::{Begins, FreshDatabase, on_every_database},
    key_page::KeyPage,
    world::World,
};

/// A world whose apps may keep their keys on this machine.
struct Nearby(World);

impl Begins for Nearby {
    async fn on(database: FreshDatabase) -> Self {
        Self(World::with(database, &[("OUTBOUND__ALLOW_LOOPBACK", "true")]).await)
    }
}

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
}

on_every_database! {
    async fn a_new_key_at_its_address_is_looked_up_once_it_is_used(near: Nearby) {
        let world = near.0;
        let (old, new) = (key(Algorithm::Es256), key(Algorithm::Es256));
        let page = KeyPage::of(&[&old]);
        let app = world.machine("private_key_jwt", json!({ "jwks_uri": page.address })).await;
        let sign = |key: &SigningKey| Assertion::of(&app, &world).signed(key);
        for _ in 0..3 {
            app.asking_for_itself(&sign(&old)).send().await.expect(200);
        }
        assert_eq!(page.times_seen(), 1, "a set is kept for a while");
        page.publish(&[&new]);
        app.asking_for_itself(&sign(&new)).send().await.expect(200);
        assert_eq!(page.times_seen(), 2, "for a key that is not in it, it is fetched again");
        for _ in 0..3 {
            app.asking_for_itself(&sign(&old)).send().await.expect(401);
            world.pass(Duration::from_secs(19));
        }
        assert_eq!(page.times_seen(), 2, "but not for everybody who asks for it");
        world.pass(Duration::from_secs(3));
        app.asking_for_itself(&sign(&old)).send().await.expect(401);
        assert_eq!(page.times_seen(), 3);
    }

    async fn an_address_that_fails_is_left_alone_for_a_minute(near: Nearby) {
        let world = near.0;
        let key = key(Algorithm::Es256);
        let page = KeyPage::of(&[]);
        page.break_down();
        let app = world.machine("private_key_jwt", json!({ "jwks_uri": page.address })).await;
        let sign = || Assertion::of(&app, &world).signed(&key);
        for _ in 0..3 {
            let refused = app.asking_for_itself(&sign()).send().await.expect(401);
            assert_eq!(refused.error(), "invalid_client");
            world.pass(Duration::from_secs(19));
        }
        page.publish(&[&key]);
        app.asking_for_itself(&sign()).send().await.expect(401);
        assert_eq!(page.times_seen(), 1);
        world.pass(Duration::from_secs(3));
        app.asking_for_itself(&sign()).send().await.expect(200);
        assert_eq!(page.times_seen(), 2);
    }

    async fn a_set_outlives_the_trouble_of_its_address(near: Nearby) {
        let world = near.0;
        let (known, strange) = (key(Algorithm::Es256), key(Algorithm::Es256));
        let page = KeyPage::of(&[&known]);
        let app = world.machine("private_key_jwt", json!({ "jwks_uri": page.address })).await;
        let sign = |key: &SigningKey| Assertion::of(&app, &world).signed(key);
        app.asking_for_itself(&sign(&known)).send().await.expect(200);
        page.break_down();
        app.asking_for_itself(&sign(&strange)).send().await.expect(401);
        assert_eq!(page.times_seen(), 2);
        app.asking_for_itself(&sign(&known)).send().await.expect(200);
        world.pass(Duration::from_mins(10));
        app.asking_for_itself(&sign(&known)).send().await.expect(401);
        assert_eq!(page.times_seen(), 3, "what it showed ten minutes ago is forgotten");
    }

    async fn whoever_wants_keys_that_are_being_fetched_waits_for_them(near: Nearby) {
        let world = near.0;
        let key = key(Algorithm::Es256);
        let page = KeyPage::of(&[&key]);
        let app = world.machine("private_key_jwt", json!({ "jwks_uri": page.address })).await;
        let asked = (0..6).map(|_| {
            let jwt = Assertion::of(&app, &world).signed(&key);
            let request = app.asking_for_itself(&jwt);
            actix_web::rt::spawn(async move { request.send().await.expect(200) })
        });
        let asked: Vec<_> = asked.collect();
        for answer in asked {
            answer.await.expect("an answer");
        }
        assert_eq!(page.times_seen(), 1);
    }

    async fn keys_on_this_machine_are_not_fetched_for_a_stranger(world: World) {
        let key = key(Algorithm::Es256);
        let page = KeyPage::of(&[&key]);
        let app = world.machine("private_key_jwt", json!({ "jwks_uri": page.address })).await;
        let jwt = Assertion::of(&app, &world).signed(&key);
        let refused = app.asking_for_itself(&jwt).send().await.expect(401);
        assert_eq!(refused.error(), "invalid_client");
        assert_eq!(page.times_seen(), 0);
    }
}
