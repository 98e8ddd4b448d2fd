//! The first account, by the link that the first start prints.

use std::time::Duration;

use countersign::{
    accounts::set_up,
    store::{Db, used_ids},
};
use url::Url;

use crate::support::{
    answer::Answer, browser::Browser, databases::on_every_database, person::Person, world::World,
};

async fn link(world: &World) -> Option<Url> {
    let link = set_up::link(&world.app).await.unwrap();
    link.map(|link| link.parse().unwrap())
}

/// Fills in the form behind a link.
async fn apply(person: &mut Person, page: &Answer) -> Answer {
    let fields =
        [("name", &*person.name), ("email", &person.email), ("password", &person.password)];
    person.browser.press(page, "set-up-submit", &fields).await
}

on_every_database! {
    async fn the_first_account_runs_the_installation_and_the_link_is_spent(world: World) {
        let first = link(&world).await.expect("nobody runs it yet");
        let mut ada = Person::new("Ada");
        let page = ada.browser.open(&first).await.expect(200);
        let account = apply(&mut ada, &page).await.expect(200);
        assert_eq!(account.url.path(), "/account");
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.expect(200).url.path(), "/account");

        assert_eq!(Browser::new().open(&first).await.status, 403);
        assert_eq!(link(&world).await, None);
    }

    async fn of_two_who_hold_the_link_the_first_makes_the_account(world: World) {
        let shared = link(&world).await.unwrap();
        let (mut ada, mut bob) = (Person::new("Ada"), Person::new("Bob"));
        let for_ada = ada.browser.open(&shared).await.expect(200);
        let for_bob = bob.browser.open(&shared).await.expect(200);
        apply(&mut ada, &for_ada).await.expect(200);
        assert_eq!(apply(&mut bob, &for_bob).await.status, 403);
        assert_eq!(bob.elsewhere().sign_in(&world.url).await.status, 401);
    }

    async fn of_two_at_once_the_second_is_refused_before_the_first_can_be_seen(world: World) {
        let mut ada = Person::new("Ada");
        let page = ada.browser.open(&link(&world).await.unwrap()).await.expect(200);
        // What the first of them has written so far.
        let until = world.app.clock.now() + Duration::from_hours(24);
        let first = move |db: &mut Db<'_>| used_ids::redeem(db, b"set-up", until);
        assert!(world.app.store.write(first).await.unwrap());
        assert_eq!(apply(&mut ada, &page).await.status, 403);
    }

    async fn an_address_that_is_somebodys_is_refused_and_another_may_be_tried(world: World) {
        let ada = world.person("Ada").await;
        let mut root = Person::new("Root");
        let page = root.browser.open(&link(&world).await.unwrap()).await.expect(200);
        let fields = [("name", "Root"), ("email", &*ada.email), ("password", &*root.password)];
        let again = root.browser.press(&page, "set-up-submit", &fields).await.expect(400);
        assert!(again.words().contains("account with this address"), "{}", again.words());
        apply(&mut root, &again).await.expect(200);
    }

    async fn a_link_is_good_for_a_day_and_must_be_ours(world: World) {
        let old = link(&world).await.unwrap();
        world.pass(Duration::from_hours(24));
        assert_eq!(Browser::new().open(&old).await.status, 403);
        assert_eq!(Browser::new().open(&world.at("/set-up?key=AAAA")).await.status, 404);
        assert_eq!(Browser::new().open(&world.at("/set-up")).await.status, 404);
    }

    async fn what_is_wrong_is_said_and_nothing_typed_is_lost(world: World) {
        let mut ada = Person::new("Ada");
        let page = ada.browser.open(&link(&world).await.unwrap()).await.expect(200);
        let fields = [("name", "Ada Example"), ("email", "no address"), ("password", "short")];
        let again = ada.browser.press(&page, "set-up-submit", &fields).await.expect(400);
        assert!(again.text().contains("no address"));
        apply(&mut ada, &again).await.expect(200);
    }
}
