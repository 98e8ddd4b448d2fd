//! "This wasn't me": the link in a security message, and what its button does.

use std::time::Duration;

use url::Url;

use super::recovery::{choose, recover, type_code};
use crate::support::{
    answer::Answer,
    browser::Browser,
    databases::on_every_database,
    form::Form,
    person::{Person, Tokens},
    world::World,
};

/// The link in the newest notice to this address.
async fn link_sent_to(world: &World, address: &str) -> Url {
    let inbox = world.inbox().await;
    let mut to = inbox.iter().filter(|message| message["to"] == address);
    let link = to.find_map(|message| message["link"].as_str());
    link.unwrap_or_else(|| panic!("no link for {address}: {inbox:#?}")).parse().expect("a URL")
}

/// Somebody who knows the password changes it; what the owner is sent.
async fn robbed(world: &World, owner: &Person) -> (Person, Url) {
    let mut thief = owner.elsewhere();
    thief.sign_in(&world.url).await.expect(200);
    let page = thief.browser.open(&world.at("/account/security")).await.expect(200);
    let fields =
        [("current_password", &*owner.password), ("password", "stolen boats leave at night")];
    thief.browser.press(&page, "security-submit", &fields).await.expect(200);
    "stolen boats leave at night".clone_into(&mut thief.password);
    (thief, link_sent_to(world, &owner.email).await)
}

async fn say_so(browser: &mut Browser, link: &Url) -> Answer {
    let page = browser.open(link).await.expect(200);
    browser.press(&page, "not-me-submit", &[]).await
}

async fn signed_out(world: &World, person: &mut Person) -> bool {
    person.browser.open(&world.at("/account")).await.shows("sign-in-submit")
}

on_every_database! {
    async fn the_owner_takes_a_stolen_account_back(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let (mut thief, link) = robbed(&world, &ada).await;
        let tokens: Tokens = thief.connect(&shop, "openid offline_access").await;
        let page = say_so(&mut ada.browser, &link).await.expect(200);
        assert!(signed_out(&world, &mut thief).await);
        shop.userinfo(tokens.access()).await.expect(401);
        assert_eq!(shop.refresh(tokens.refresh()).await.expect(400).error(), "invalid_grant");
        let frozen = thief.elsewhere().sign_in(&world.url).await.expect(403);
        assert!(frozen.words().contains("frozen") && frozen.shows("sign-in-forgot"), "{}", frozen.summary());

        let code = world.code_sent_to(&ada.email).await;
        let page = type_code(&mut ada.browser, &page, &code).await.expect(200);
        let home = choose(&mut ada.browser, &page, "boats of my own at noon").await.expect(200);
        assert_eq!(home.url.path(), "/account/security");
        assert_eq!(thief.elsewhere().sign_in(&world.url).await.status, 401);
        assert_eq!(shop.refresh(tokens.refresh()).await.expect(400).error(), "invalid_grant");
        let activity = ada.browser.open(&world.at("/account/activity")).await;
        assert!(activity.words().contains("You froze your account from a message"));
    }

    async fn only_who_knows_the_password_learns_that_it_is_frozen(world: World) {
        let ada = world.person("Ada").await;
        let (_, link) = robbed(&world, &ada).await;
        say_so(&mut Browser::new(), &link).await.expect(200);
        let guess = Person { password: "something else altogether".into(), ..ada.elsewhere() }.sign_in(&world.url).await;
        assert_eq!(guess.status, 401);
        assert!(!guess.words().contains("frozen"));
    }

    async fn opening_the_link_does_nothing(world: World) {
        let ada = world.person("Ada").await;
        let (mut thief, link) = robbed(&world, &ada).await;
        let scanner = Browser::new().open(&link).await.expect(200);
        assert!(scanner.shows("not-me-submit"));
        assert!(!signed_out(&world, &mut thief).await);
    }

    async fn saying_it_again_does_no_harm(world: World) {
        let mut ada = world.person("Ada").await;
        let (_, link) = robbed(&world, &ada).await;
        say_so(&mut ada.browser, &link).await.expect(200);
        say_so(&mut Browser::new(), &link).await.expect(200);
        world.pass(Duration::from_secs(1));
        recover(&mut ada, &world).await.expect(200);
        let old = ada.browser.open(&link).await.expect(400);
        assert!(!old.shows("not-me-submit"), "{}", old.summary());
        assert!(!signed_out(&world, &mut ada).await, "nothing was frozen again");
        let (mut thief, newer) = robbed(&world, &ada).await;
        say_so(&mut ada.browser, &newer).await.expect(200);
        assert!(signed_out(&world, &mut thief).await, "a newer message still works");
    }

    async fn a_link_is_good_for_a_week(world: World) {
        let mut ada = world.person("Ada").await;
        let (_, link) = robbed(&world, &ada).await;
        let page = ada.browser.open(&link).await.expect(200);
        world.pass(Duration::from_hours(7 * 24));
        assert!(!ada.browser.open(&link).await.expect(400).shows("not-me-submit"));
        let late = ada.browser.submit(&Form::of_button(&page, "not-me-submit")).await;
        assert_eq!(late.status, 400);
        assert_ne!(ada.elsewhere().sign_in(&world.url).await.status, 403, "nothing was frozen");
    }

    async fn a_link_that_is_not_ours_says_so(world: World) {
        let mut browser = Browser::new();
        for forged in ["", "x", "AAAA", "%00", "eyJhbGciOiJub25lIn0"] {
            let mut link = world.at("/recover/not-me");
            link.query_pairs_mut().append_pair("alarm", forged);
            assert!(!browser.open(&link).await.expect(400).shows("not-me-submit"), "{forged}");
        }
    }

    async fn a_form_of_another_site_freezes_nothing(world: World) {
        let mut ada = world.person("Ada").await;
        let (mut thief, link) = robbed(&world, &ada).await;
        let page = ada.browser.open(&link).await.expect(200);
        let form = Form::of_button(&page, "not-me-submit");
        let elsewhere = Form { page: "https://evil.example/".parse().unwrap(), ..form };
        assert_eq!(ada.browser.submit(&elsewhere).await.status, 403);
        assert!(!signed_out(&world, &mut thief).await);
    }

    async fn nobody_else_is_frozen(world: World) {
        let (ada, bob) = (world.person("Ada").await, world.person("Bob").await);
        let (_, link) = robbed(&world, &ada).await;
        say_so(&mut Browser::new(), &link).await.expect(200);
        assert_eq!(bob.elsewhere().sign_in(&world.url).await.expect(200).url.path(), "/account");
    }
}
