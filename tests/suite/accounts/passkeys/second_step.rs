//! Passkeys and security keys as the second step after a password.

use countersign::store::contacts::Channel;
use serde_json::json;

use super::{ADD, ADD_KEY, adding, only_key, send};
use crate::support::{
    answer::{Answer, css},
    authenticator::{Authenticator, question, tampered},
    databases::on_every_database,
    form::Form,
    person::Person,
    relying_party::claims,
    world::World,
};

/// Somebody with two-step verification and a key of this kind, signed out.
async fn careful(world: &World, path: &str) -> (Person, Authenticator) {
    let mut ada = world.person("Ada").await;
    ada.sign_in(&world.url).await;
    let verifies = path == ADD;
    let mut device = Authenticator { verifies, ..Authenticator::at(&world.url) };
    let page = adding(&mut ada, world, path).await;
    assert_eq!(send(&mut ada, &page, &device.answer(&page)).await.status, 303);
    world.switch_on_two_step(&ada, &[Channel::Email]).await;
    (ada.elsewhere(), device)
}

async fn show(person: &mut Person, page: &Answer, answer: &str) -> Answer {
    let form = Form::of_button(page, "second-factor-key").fill("credential", answer);
    let answer = person.browser.submit(&form).await;
    person.browser.follow(answer).await
}

on_every_database! {
    async fn a_security_key_that_is_only_there_is_enough_after_a_password(world: World) {
        let (mut ada, mut device) = careful(&world, ADD_KEY).await;
        let shop = world.app("Shop").await;
        let asked = shop.ask("openid");
        let page = ada.browser.open(&asked.url()).await;
        let page = ada.sign_in_at(&page).await.expect(200);
        let (_, options) = question(&page);
        assert_eq!(options["userVerification"], "discouraged");
        assert_eq!(options["allowCredentials"].as_array().map(Vec::len), Some(1));
        let answer = device.answer(&page);
        let consent = show(&mut ada, &page, &answer).await.expect(200);
        let back = ada.browser.press(&consent, "consent-allow", &[]).await;
        let code = asked.answer(&back.must_redirect()).code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200).json();
        let told = claims(tokens["id_token"].as_str().expect("an ID token"));
        assert_eq!(told["amr"], json!(["pwd", "hwk", "mfa"]));
        assert_eq!(told["acr"], "phr");
    }

    async fn a_passkey_verifies_its_owner_here_too(world: World) {
        let (mut ada, mut device) = careful(&world, ADD).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        let mut careless = Authenticator { verifies: false, ..device.clone() };
        let refused = show(&mut ada, &page, &careless.answer(&page)).await.expect(400);
        assert!(refused.words().contains("We could not accept that"), "{}", refused.summary());
        let home = show(&mut ada, &refused, &device.answer(&refused)).await.expect(200);
        assert_eq!(home.url.path(), "/account");
    }

    async fn what_does_not_hold_is_refused_and_another_way_is_open(world: World) {
        let (mut ada, mut device) = careful(&world, ADD_KEY).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        let last = |bytes: &mut [u8]| *bytes.last_mut().unwrap() ^= 1;
        let forged = tampered(&device.answer(&page), "signature", last);
        let again = show(&mut ada, &page, &forged).await.expect(400);
        let used = show(&mut ada, &page, &device.answer(&page)).await.expect(400);
        assert!(used.words().contains("We could not accept that"), "{}", used.summary());
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        let html = again.html();
        let other = css("button[name=by][value^=\"email\"]");
        assert!(html.select(&other).next().is_some(), "{}", again.summary());
    }

    async fn the_key_of_another_is_no_second_step(world: World) {
        let (mut ada, _) = careful(&world, ADD_KEY).await;
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await;
        let mut device = Authenticator::at(&world.url);
        let page = adding(&mut eve, &world, ADD).await;
        assert_eq!(send(&mut eve, &page, &device.answer(&page)).await.status, 303);
        let page = ada.sign_in(&world.url).await.expect(200);
        let (_, mut options) = question(&page);
        options["allowCredentials"] = json!([]);
        let answer = device.get(&options);
        show(&mut ada, &page, &answer).await.expect(400);
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
    }

    async fn a_key_proves_again_before_keys_are_changed(world: World) {
        let (mut ada, mut device) = careful(&world, ADD).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        show(&mut ada, &page, &device.answer(&page)).await.expect(200);
        world.pass(std::time::Duration::from_mins(6));
        let page = ada.browser.open(&world.at(ADD)).await.expect(200);
        assert_eq!(page.url.path(), "/sign-in/again");
        let html = page.html();
        let by = html.select(&css("button[name=by][value=passkey]")).next();
        assert!(by.is_some(), "{}", page.summary());
        let form = Form::all(&page).into_iter().find(|form| form.action.path() == "/sign-in/again");
        let form = form.expect("a form").with("by", "passkey");
        let asked = ada.browser.submit(&form).await;
        let asked = ada.browser.follow(asked).await.expect(200);
        let there = show(&mut ada, &asked, &device.answer(&asked)).await.expect(200);
        assert_eq!(there.url.path(), "/account/security/passkeys/add");
        only_key(&mut ada, &world).await;
    }
}
