//! Signing up with a passkey and no password: made once the address is proved.

use std::time::Duration;

use super::recovery;
use crate::support::{
    answer::{Answer, css},
    authenticator::{Authenticator, tampered},
    databases::on_every_database,
    form::Form,
    person::Person,
    world::World,
};

/// Fills in the form without a password, and types the code; the page that asks for the passkey.
async fn apply(person: &mut Person, world: &World) -> Answer {
    let page = person.browser.open(&world.at("/sign-up")).await.expect(200);
    let typed = [("name", &*person.name), ("email", &person.email)];
    let page = person.browser.press(&page, "sign-up-with-passkey", &typed).await.expect(200);
    let code = world.code_sent_to(&person.email).await;
    person.browser.press(&page, "sign-up-verify-submit", &[("code", &*code)]).await
}

async fn send(person: &mut Person, page: &Answer, answer: &str) -> Answer {
    let form = Form::of_button(page, "sign-up-key-create").fill("credential", answer);
    person.browser.submit(&form).await
}

/// Somebody with a passkey and no password, signed in.
async fn keyed(world: &World) -> (Person, Authenticator) {
    let (mut ada, mut device) = (Person::new("Ada"), Authenticator::at(&world.url));
    let page = apply(&mut ada, world).await.expect(200);
    let made = send(&mut ada, &page, &device.answer(&page)).await;
    assert_eq!(ada.browser.follow(made).await.expect(200).url.path(), "/account");
    (ada, device)
}

async fn sign_in(person: &mut Person, world: &World, device: &mut Authenticator) -> Answer {
    let page = person.browser.open(&world.at("/sign-in")).await.expect(200);
    let form = Form::of_button(&page, "sign-in-passkey").fill("credential", &device.answer(&page));
    let answer = person.browser.submit(&form).await;
    person.browser.follow(answer).await
}

on_every_database! {
    async fn a_passkey_makes_the_account_and_opens_it(world: World) {
        let (ada, mut device) = keyed(&world).await;
        let mut away = ada.elsewhere();
        assert_eq!(sign_in(&mut away, &world, &mut device).await.expect(200).url.path(), "/account");
        ada.elsewhere().sign_in(&world.url).await.expect(401);
        let activity = away.browser.open(&world.at("/account/activity")).await.words();
        assert!(activity.contains("You created your account"), "{activity}");
    }

    async fn before_the_passkey_there_is_no_account(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await.expect(200);
        assert_eq!(page.url.path(), "/sign-up/passkey");
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        let mut other = ada.elsewhere();
        let again = apply(&mut other, &world).await.expect(200);
        assert_eq!(again.url.path(), "/sign-up/passkey", "nor does anything hold the address");
    }

    async fn whoever_has_no_device_for_it_chooses_a_password_there(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await.expect(200);
        let weak = [("password", "password1")];
        let again = ada.browser.press(&page, "sign-up-key-instead", &weak).await.expect(400);
        let good = [("password", &*ada.password)];
        let home = ada.browser.press(&again, "sign-up-key-instead", &good).await.expect(200);
        assert_eq!(home.url.path(), "/account");
        ada.elsewhere().sign_in(&world.url).await.expect(200);
    }

    async fn whoever_came_from_an_app_goes_on_to_it(world: World) {
        let (mut ada, mut device) = (Person::new("Ada"), Authenticator::at(&world.url));
        let shop = world.app("Shop").await;
        let page = ada.browser.open(&shop.ask("openid").with("prompt", "create").url()).await.expect(200);
        let typed = [("name", &*ada.name), ("email", &ada.email)];
        let page = ada.browser.press(&page, "sign-up-with-passkey", &typed).await.expect(200);
        let code = world.code_sent_to(&ada.email).await;
        let page = ada.browser.press(&page, "sign-up-verify-submit", &[("code", &*code)]).await;
        let made = send(&mut ada, &page, &device.answer(&page)).await;
        assert!(ada.browser.follow(made).await.expect(200).shows("consent-allow"));
    }

    async fn what_is_no_passkey_is_refused_and_nothing_is_made_twice(world: World) {
        let (mut ada, mut device) = (Person::new("Ada"), Authenticator::at(&world.url));
        let page = apply(&mut ada, &world).await.expect(200);
        let good = device.answer(&page);
        for odd in ["", "{}", &tampered(&good, "clientDataJSON", |bytes| bytes[20] ^= 1)] {
            assert!(send(&mut ada, &page, odd).await.expect(400).shows("problems"), "{odd}");
        }
        assert_eq!(send(&mut ada, &page, &good).await.status, 303);
        send(&mut ada, &page, &good).await.expect(403);
    }

    async fn nobody_finishes_it_elsewhere_or_late(world: World) {
        let (mut ada, mut device) = (Person::new("Ada"), Authenticator::at(&world.url));
        let page = apply(&mut ada, &world).await.expect(200);
        let refused = ada.elsewhere().browser.open(&page.url).await.expect(400);
        assert!(refused.page_error().contains("flow_lost"), "{}", refused.summary());
        world.pass(Duration::from_mins(15));
        let late = send(&mut ada, &page, &device.answer(&page)).await.expect(400);
        assert!(late.page_error().contains("flow_lost"), "{}", late.summary());
    }

    async fn the_passkey_stays_until_there_is_a_password(world: World) {
        let (mut ada, mut device) = keyed(&world).await;
        let remove = async |ada: &mut Person| {
            let list = ada.browser.open(&world.at("/account/security/passkeys")).await.expect(200);
            let html = list.html();
            let link = html.select(&css(".row-ends a")).next().and_then(|link| link.attr("href"));
            let page = ada.browser.open(&world.at(link.expect("a key"))).await.expect(200);
            let own = ada.browser.open(&world.at("/sign-out")).await;
            let form = Form::of_button(&own, "sign-out-confirm");
            let action = page.url.join(&format!("{}/remove", page.url.path())).unwrap();
            ada.browser.submit(&Form { action, ..form }).await
        };
        let refused = remove(&mut ada).await.expect(400);
        assert!(refused.words().contains("only way"), "{}", refused.words());
        let page = ada.browser.open(&world.at("/account/security")).await.expect(200);
        assert!(!page.text().contains("current_password"), "there is none to type");
        let chosen = [("password", "seven tugboats of my own")];
        let page = ada.browser.press(&page, "security-submit", &chosen).await.expect(200);
        assert!(page.text().contains("current_password"));
        assert_eq!(remove(&mut ada).await.status, 303);
        sign_in(&mut ada.elsewhere(), &world, &mut device).await.expect(401);
        ada.password = "seven tugboats of my own".into();
        ada.elsewhere().sign_in(&world.url).await.expect(200);
    }

    async fn a_first_password_asks_for_a_fresh_proof(world: World) {
        let (mut ada, _) = keyed(&world).await;
        let page = ada.browser.open(&world.at("/account/security")).await.expect(200);
        world.pass(Duration::from_mins(6));
        let form = Form::of_button(&page, "security-submit").fill("password", "seven tugboats of my own");
        let led = ada.browser.submit(&form).await.must_redirect();
        assert_eq!(led.path(), "/sign-in/again");
        let again = ada.browser.open(&led).await.expect(200);
        assert!(again.shows("again-ways"), "the passkey is the way: {}", again.summary());
    }

    async fn whoever_lost_the_passkey_gets_in_by_mail(world: World) {
        let (ada, _) = keyed(&world).await;
        let mut lost = ada.elsewhere();
        assert_eq!(recovery::recover(&mut lost, &world).await.expect(200).url.path(), "/account");
    }

    async fn an_address_that_is_taken_gets_the_same_answer(world: World) {
        let ada = world.person("Ada").await;
        let mut thief = Person { email: ada.email.clone(), ..Person::new("Eve") };
        let page = thief.browser.open(&world.at("/sign-up")).await.expect(200);
        let typed = [("name", &*thief.name), ("email", &thief.email)];
        let page = thief.browser.press(&page, "sign-up-with-passkey", &typed).await.expect(200);
        assert!(page.shows("sign-up-verify-submit"));
        let told = world.inbox().await.remove(0);
        assert!(told["code"].is_null(), "{told}");
    }
}
