//! The link that an operator makes for somebody who cannot get in: once, soon, by a button.

use countersign::{
    accounts::sign_in_link::{self, LIFETIME},
    store::{Db, Error, contacts, contacts::Channel, users},
};
use url::Url;

use crate::support::{
    answer::Answer, browser::Browser, databases::on_every_database, form::Form, person::Person,
    world::World,
};

/// A fresh link into this person's account.
async fn link(world: &World, person: &Person) -> Url {
    let own = person.email.clone();
    let find = move |db: &mut Db<'_>| -> Result<_, Error> {
        Ok(contacts::find_verified(db, Channel::Email, &own)?.expect("them").user_id)
    };
    let user_id = world.app.store.read(find).await.expect("a person");
    let app = &world.app;
    let link = sign_in_link::make(&app.config, &app.seals, user_id, world.clock.now());
    link.parse().expect("a URL")
}

async fn follow(browser: &mut Browser, link: &Url) -> Answer {
    let page = browser.open(link).await.expect(200);
    browser.press(&page, "link-submit", &[]).await
}

on_every_database! {
    async fn the_button_signs_in_once(world: World) {
        let ada = world.person("Ada").await;
        let link = link(&world, &ada).await;
        for _ in 0..3 {
            let page = Browser::new().open(&link).await.expect(200);
            assert!(page.shows("link-submit"), "opening spends nothing: {}", page.summary());
        }
        let mut browser = Browser::new();
        let page = follow(&mut browser, &link).await.expect(200);
        assert_eq!(page.url.path(), "/account/security");
        assert!(!Browser::new().open(&link).await.expect(400).shows("link-submit"));
        let activity = browser.open(&world.at("/account/activity")).await;
        assert!(activity.words().contains("signed in with a link"), "{}", activity.summary());
        let told = &world.inbox().await[0];
        assert!(told["to"] == *ada.email && told["subject"].as_str().unwrap().contains("link"));
    }

    async fn of_two_who_press_at_once_one_is_in(world: World) {
        let link = link(&world, &world.person("Ada").await).await;
        let (mut one, mut two) = (Browser::new(), Browser::new());
        let (first, second) = (one.open(&link).await, two.open(&link).await);
        let forms = [Form::of_button(&first, "link-submit"), Form::of_button(&second, "link-submit")];
        let (a, b) = (one.submit(&forms[0]).await, two.submit(&forms[1]).await);
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 400]);
    }

    async fn a_link_is_good_for_a_quarter_of_an_hour(world: World) {
        let link = link(&world, &world.person("Ada").await).await;
        world.pass(LIFETIME);
        assert!(!Browser::new().open(&link).await.expect(400).shows("link-submit"));
    }

    async fn a_forged_link_opens_nothing(world: World) {
        for forged in ["", "x", "AAAA", "%00"] {
            let mut link = world.at("/sign-in/link");
            link.query_pairs_mut().append_pair("key", forged);
            assert!(!Browser::new().open(&link).await.expect(400).shows("link-submit"), "{forged}");
        }
    }

    async fn a_link_into_a_suspended_account_opens_nothing(world: World) {
        let ada = world.person("Ada").await;
        let link = link(&world, &ada).await;
        let (own, now) = (ada.email.clone(), world.clock.now());
        let suspend = move |db: &mut Db<'_>| -> Result<(), Error> {
            let user_id = contacts::find_verified(db, Channel::Email, &own)?.expect("them").user_id;
            users::set_suspended(db, user_id, Some("a test"), now)
        };
        world.app.store.write(suspend).await.expect("a suspension");
        let refused = follow(&mut Browser::new(), &link).await.expect(403);
        assert!(refused.page_error().ends_with("account_suspended"), "{}", refused.summary());
    }
}
