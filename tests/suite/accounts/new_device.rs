//! A right password from a browser that nobody of the account has used: a code first, and the owner is
//! told.

use std::time::Duration;

use countersign::store::contacts::Channel;

use super::recovery;
use crate::support::{
    answer::{Answer, css},
    databases::{FreshDatabase, on_every_database},
    form::Form,
    inbox,
    person::Person,
    two_step,
    world::World,
};

/// Shows the password; what comes after it.
async fn show_password(person: &mut Person, world: &World) -> Answer {
    let page = person.browser.open(&world.at("/sign-in")).await;
    person.show_password_at(&page).await
}

/// What was written to this address, by its subject, the newest first.
async fn subjects(world: &World, address: &str) -> Vec<String> {
    let inbox = inbox::all(&world.url).await;
    let to = inbox.iter().filter(|message| message["to"] == address);
    to.map(|message| message["subject"].as_str().unwrap_or_default().to_owned()).collect()
}

const TOLD: &str = "New sign-in to your Countersign account";

on_every_database! {
    async fn the_first_browser_of_all_is_asked_for_no_code(world: World) {
        let mut ada = world.person("Ada").await;
        let page = show_password(&mut ada, &world).await.expect(200);
        assert_eq!(page.url.path(), "/account");
        assert!(subjects(&world, &ada.email).await.is_empty(), "and nobody is told");
    }

    async fn another_browser_is_asked_for_a_code_and_the_owner_is_told(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let mut phone = ada.elsewhere();
        let page = show_password(&mut phone, &world).await.expect(200);
        assert!(two_step::is_for_a_new_browser(&page), "{}", page.summary());
        let outside = phone.browser.open(&world.at("/account")).await;
        assert!(outside.shows("sign-in-submit"), "not in yet");
        let page = phone.type_mailed_code(&world.url, &page).await.expect(200);
        assert_eq!(page.url.path(), "/account");
        assert_eq!(subjects(&world, &ada.email).await[0], TOLD);
    }

    async fn nobody_is_asked_at_a_server_that_is_being_certified(database: FreshDatabase) {
        let world = World::with(database, &[("COMPATIBILITY", "openid-certification")]).await;
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = show_password(&mut ada.elsewhere(), &world).await.expect(200);
        assert_eq!(page.url.path(), "/account");
    }

    async fn a_browser_is_asked_once(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let mut phone = ada.elsewhere();
        phone.sign_in(&world.url).await.expect(200);
        for _ in 0..2 {
            let page = phone.browser.open(&world.at("/sign-out")).await;
            phone.browser.press(&page, "sign-out-confirm", &[]).await;
            world.pass(Duration::from_hours(24 * 200));
            let page = show_password(&mut phone, &world).await.expect(200);
            assert_eq!(page.url.path(), "/account", "{}", page.summary());
        }
        let page = phone.browser.open(&world.at("/sign-out")).await;
        phone.browser.press(&page, "sign-out-confirm", &[]).await;
        world.pass(Duration::from_hours(24 * 366));
        let page = show_password(&mut phone, &world).await;
        assert!(two_step::is_for_a_new_browser(&page), "after a year it is a stranger");
    }

    async fn a_wrong_code_lets_nobody_in_and_tells_nobody(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let mut thief = ada.elsewhere();
        let page = show_password(&mut thief, &world).await;
        let code = world.code_sent_to(&ada.email).await;
        let wrong: String = code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
        thief.type_code(&page, &wrong).await.expect(400);
        assert!(thief.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        assert!(!subjects(&world, &ada.email).await.contains(&TOLD.to_owned()));
        let page = show_password(&mut thief, &world).await;
        assert!(two_step::is_for_a_new_browser(&page), "it is as new as before");
    }

    async fn another_contact_may_be_asked_for(world: World) {
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Email, "ada@work.example").await;
        ada.sign_in(&world.url).await.expect(200);
        let mut phone = ada.elsewhere();
        let page = show_password(&mut phone, &world).await;
        let html = page.html();
        let way = html.select(&css("button[name=by]")).next().expect("another way");
        let by = way.attr("value").expect("its name").to_owned();
        let form = Form::of_button(&page, "second-factor-resend").fill("by", &by).without("challenge");
        let answer = phone.browser.submit(&form).await;
        let page = phone.browser.follow(answer).await.expect(200);
        let code = world.code_sent_to("ada@work.example").await;
        assert_eq!(phone.type_code(&page, &code).await.expect(200).url.path(), "/account");
    }

    async fn whoever_recovers_has_typed_a_code_already(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let mut home = ada.elsewhere();
        assert_eq!(recovery::recover(&mut home, &world).await.expect(200).url.path(), "/account");
        let page = show_password(&mut Person { password: home.password.clone(), ..ada }, &world).await;
        assert!(two_step::is_for_a_new_browser(&page), "all others are strangers again: {}", page.summary());
    }

    async fn codes_that_were_wanted_do_not_use_up_what_an_address_is_sent(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        for _ in 0..15 {
            ada.elsewhere().sign_in(&world.url).await.expect(200);
        }
        for nth in 0..11 {
            let page = show_password(&mut ada.elsewhere(), &world).await;
            assert_eq!(page.shows("second-factor-code"), nth < 10, "{nth}: {}", page.summary());
        }
    }

    async fn an_operator_may_do_without(database: FreshDatabase) {
        let world = World::with(database, &[("SIGN_IN__NEW_DEVICE_CODE", "false")]).await;
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = show_password(&mut ada.elsewhere(), &world).await;
        assert_eq!(page.expect(200).url.path(), "/account");
        assert_eq!(subjects(&world, &ada.email).await, [TOLD], "the owner is told all the same");
    }

    async fn somebody_who_has_signed_in_once_is_never_new_again(world: World) {
        use countersign::store::known_browsers;
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        world.pass(Duration::from_hours(24 * 900));
        let before = world.clock.now() - Duration::from_hours(24 * 400);
        let gone = world.app.store.write(move |db| known_browsers::prune(db, before, 200)).await;
        assert_eq!(gone.expect("a sweep"), 0);
        let page = show_password(&mut ada.elsewhere(), &world).await;
        assert!(two_step::is_for_a_new_browser(&page), "{}", page.summary());
    }
}
