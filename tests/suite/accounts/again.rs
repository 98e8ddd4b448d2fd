//! "Is it still you?": the session of whoever proves it again rises under a new secret.

use std::time::Duration;

use countersign::store::{Db, Error, contacts::Channel, sessions};

use crate::support::{
    answer::Answer, databases::on_every_database, form::Form, person::Person, world::World,
};

const AGAIN: &str = "/sign-in/again?next=%2Faccount%2Factivity";

async fn open(world: &World, ada: &mut Person) -> Answer {
    ada.browser.open(&world.at(AGAIN)).await.expect(200)
}

fn secret(ada: &Person) -> String {
    ada.browser.cookie("localhost", "countersign-session").expect("a session").to_owned()
}

async fn end_sessions(world: &World, ada: &Person) {
    let (id, now) = (world.user_id(ada).await, world.clock.now());
    let end = move |db: &mut Db<'_>| -> Result<(), Error> {
        sessions::end_others(db, id, None, "a test", now).map(drop)
    };
    world.app.store.write(end).await.unwrap();
}

on_every_database! {
    async fn the_password_is_enough_and_the_session_gets_a_new_secret(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let before = secret(&ada);
        let page = open(&world, &mut ada).await;
        let typed = [("password", &*ada.password)];
        let page = ada.browser.press(&page, "again-submit", &typed).await.expect(200);
        assert_eq!(page.url.path(), "/account/activity");
        assert!(page.words().contains("proved again"), "{}", page.words());
        assert_ne!(secret(&ada), before);
        let mut thief = ada.elsewhere().browser;
        thief.set_cookie("localhost", "countersign-session", &before);
        assert!(thief.open(&world.at("/account")).await.shows("sign-in-submit"));
    }

    async fn nobody_is_led_to_another_site(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = ada.browser.open(&world.at("/sign-in/again?next=https://evil.example/")).await;
        let typed = [("password", &*ada.password)];
        let page = ada.browser.press(&page, "again-submit", &typed).await.expect(200);
        assert_eq!(page.url.path(), "/account");
    }

    async fn a_wrong_password_proves_nothing_and_is_counted(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = open(&world, &mut ada).await;
        let mut guesses = 0;
        let paused = loop {
            let page = ada.browser.press(&page, "again-submit", &[("password", "x")]).await;
            assert!(page.words().contains("not your current password"), "{}", page.words());
            if page.status == 429 {
                break page;
            }
            guesses += 1;
            assert!(guesses < 20 && page.status == 401, "{}", page.summary());
        };
        assert!(guesses > 1 && paused.header("retry-after").is_some());
        let typed = [("password", &*ada.password)];
        ada.browser.press(&page, "again-submit", &typed).await.expect(429);
    }

    async fn a_stranger_is_asked_to_sign_in(world: World) {
        let mut ada = world.person("Ada").await;
        let page = open(&world, &mut ada).await;
        assert!(page.shows("sign-in-submit"), "{}", page.summary());
    }

    async fn with_two_steps_the_password_is_not_enough(world: World) {
        let mut ada = world.person("Ada").await;
        world.switch_on_two_step(&ada, &[Channel::Email]).await;
        let page = ada.sign_in(&world.url).await;
        ada.type_mailed_code(&world.url, &page).await.expect(200);
        let page = open(&world, &mut ada).await;
        assert!(!page.shows("again-submit"), "{}", page.summary());
        let form = Form::to(&page, "/sign-in/again").with("password", &ada.password);
        ada.browser.clone().submit(&form).await.expect(403);
        let page = ada.choose_first_way(&page).await;
        let page = ada.type_mailed_code(&world.url, &page).await.expect(200);
        assert_eq!(page.url.path(), "/account/activity");
    }

    async fn a_session_that_has_ended_meanwhile_does_not_rise(world: World) {
        let mut ada = world.person("Ada").await;
        world.switch_on_two_step(&ada, &[Channel::Email]).await;
        let page = ada.sign_in(&world.url).await;
        ada.type_mailed_code(&world.url, &page).await.expect(200);
        let page = open(&world, &mut ada).await;
        world.pass(Duration::from_mins(1));
        let page = ada.choose_first_way(&page).await;
        end_sessions(&world, &ada).await;
        let code = world.code_sent_to(&ada.email).await;
        ada.type_code(&page, &code).await.expect(403);
        let fresh = ada.browser.open(&page.url).await.expect(200);
        ada.type_code(&fresh, &code).await.expect(403);
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
    }
}
