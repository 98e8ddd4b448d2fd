//! Passkeys and security keys under one's own account: added, named, removed; each refusal by its
//! code.

mod second_step;
mod sign_in;

use std::time::Duration;

use url::Url;

use crate::support::{
    answer::{Answer, css},
    authenticator::{Authenticator, tampered},
    databases::on_every_database,
    form::Form,
    person::Person,
    world::World,
};

const LIST: &str = "/account/security/passkeys";
const ADD: &str = "/account/security/passkeys/add?kind=passkey";
const ADD_KEY: &str = "/account/security/passkeys/add?kind=security_key";

/// The page with the button that makes a key.
async fn adding(person: &mut Person, world: &World, path: &str) -> Answer {
    person.browser.open(&world.at(path)).await.expect(200)
}

/// Sends an answer with the form of a page.
async fn send(person: &mut Person, page: &Answer, answer: &str) -> Answer {
    let form = Form::of_button(page, "passkey-create").fill("credential", answer);
    person.browser.submit(&form).await
}

/// Adds a key of this device.
pub async fn add(person: &mut Person, world: &World, device: &mut Authenticator) -> Answer {
    let page = adding(person, world, ADD).await;
    let added = send(person, &page, &device.answer(&page)).await;
    person.browser.follow(added).await.expect(200)
}

/// A page that names the code of a refusal.
fn assert_said(page: &Answer, code: &str) {
    assert!(page.text_of("problems").contains(&format!("({code})")), "{code}: {}", page.summary());
}

fn assert_refused(page: Answer, code: &str) {
    assert_said(&page.expect(400), code);
}

/// Where each key in the list is changed.
async fn keys(person: &mut Person, world: &World) -> Vec<Url> {
    let page = person.browser.open(&world.at(LIST)).await.expect(200);
    let html = page.html();
    let link = css(".row-ends a");
    html.select(&link).filter_map(|link| link.attr("href")).map(|path| world.at(path)).collect()
}

/// The same of the only one.
async fn only_key(person: &mut Person, world: &World) -> Url {
    let keys = keys(person, world).await;
    assert_eq!(keys.len(), 1, "{keys:?}");
    keys[0].clone()
}

on_every_database! {
    async fn a_passkey_is_added_named_by_its_model_and_date_and_its_owner_told(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let page = add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        let words = page.words();
        assert!(words.contains("Windows Hello, 20 Nov 2026"), "{words}");
        assert!(words.contains("Added 20 Nov 2026") && words.contains("Not used yet"), "{words}");
        let told = &world.inbox().await[0];
        assert_eq!(told["to"], ada.email.as_str());
        assert_eq!(told["subject"], "A passkey was added to your Countersign account");
        let happened = ada.browser.open(&world.at("/account/activity")).await.words();
        assert!(happened.contains("You added a passkey"), "{happened}");
    }

    async fn a_security_key_need_not_check_its_owner(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let mut device = Authenticator { verifies: false, ..Authenticator::at(&world.url) };
        let page = adding(&mut ada, &world, ADD_KEY).await;
        let added = send(&mut ada, &page, &device.answer(&page)).await;
        let words = ada.browser.follow(added).await.expect(200).words();
        assert!(words.contains("second step only"), "{words}");
    }

    async fn a_key_gets_another_name_and_is_removed(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        let url = only_key(&mut ada, &world).await;
        let page = ada.browser.open(&url).await.expect(200);
        let refused = ada.browser.press(&page, "passkey-rename", &[("name", " ")]).await.expect(400);
        assert!(refused.words().contains("at least one letter"), "{}", refused.summary());
        let list = ada.browser.press(&page, "passkey-rename", &[("name", "My <b>desk</b>")]).await;
        assert!(list.expect(200).words().contains("My <b>desk</b>"));
        let page = ada.browser.open(&url).await.expect(200);
        let list = ada.browser.press(&page, "passkey-remove", &[]).await.expect(200);
        assert!(list.words().contains("It was removed.") && !list.words().contains("desk"));
        let subject = &world.inbox().await[0]["subject"];
        assert_eq!(subject, "A passkey was removed from your Countersign account");
        ada.browser.open(&url).await.expect(404);
        let happened = ada.browser.open(&world.at("/account/activity")).await.words();
        assert!(happened.contains("You renamed a passkey") && happened.contains("You removed a passkey"));
    }

    async fn nobody_changes_the_keys_of_another(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        ada.sign_in(&world.url).await;
        eve.sign_in(&world.url).await;
        add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        let url = only_key(&mut ada, &world).await;
        let page = ada.browser.open(&url).await.expect(200);
        eve.browser.open(&url).await.expect(404);
        let own = adding(&mut eve, &world, ADD).await;
        let csrf = Form::of_button(&own, "passkey-create").value("csrf").unwrap().to_owned();
        for button in ["passkey-rename", "passkey-remove"] {
            let form = Form::of_button(&page, button).fill("csrf", &csrf);
            eve.browser.submit(&form).await.expect(404);
        }
        ada.browser.open(&url).await.expect(200);
    }

    async fn an_answer_for_another_site_or_question_makes_no_key(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let page = adding(&mut ada, &world, ADD).await;
        let other = adding(&mut ada, &world, ADD).await;
        let mut device = Authenticator::at(&world.url);
        let mut elsewhere = Authenticator { origin: "https://evil.example".into(), ..device.clone() };
        let mut careless = Authenticator { verifies: false, ..device.clone() };
        let answer = device.answer(&page);
        let answers = [
            (elsewhere.answer(&page), "origin_mismatch"),
            (tampered(&answer, "clientDataJSON", |it| it[0] = b'x'), "answer_unreadable"),
            (device.answer(&other), "challenge_mismatch"),
            (careless.answer(&page), "user_not_verified"),
            ("{}".to_owned(), "answer_unreadable"),
            (String::new(), "answer_unreadable"),
        ];
        for (answer, code) in answers {
            assert_refused(send(&mut ada, &page, &answer).await, code);
        }
        let list = ada.browser.open(&world.at(LIST)).await;
        assert!(list.words().contains("No passkey yet"), "{}", list.summary());
    }

    async fn a_question_is_answered_once_in_time_and_where_it_was_asked(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let mut far = ada.elsewhere();
        for person in [&mut ada, &mut far, &mut eve] {
            person.sign_in(&world.url).await;
        }
        let mut device = Authenticator::at(&world.url);
        let page = adding(&mut ada, &world, ADD).await;
        let answer = device.answer(&page);
        let ceremony = Form::of_button(&page, "passkey-create").value("ceremony").unwrap().to_owned();
        for person in [&mut far, &mut eve] {
            let own = adding(person, &world, ADD).await;
            let moved = Form::of_button(&own, "passkey-create")
                .fill("ceremony", &ceremony)
                .fill("credential", &answer);
            assert_refused(person.browser.submit(&moved).await, "ceremony_over");
        }
        let as_key = Form::of_button(&page, "passkey-create")
            .fill("kind", "security_key")
            .fill("credential", &answer);
        assert_refused(ada.browser.submit(&as_key).await, "ceremony_over");
        assert_eq!(send(&mut ada, &page, &answer).await.status, 303);
        assert_refused(send(&mut ada, &page, &answer).await, "ceremony_over");
    }

    async fn whoever_proved_too_long_ago_is_asked_again_first(world: World) {
        let (mut ada, mut device) = (world.person("Ada").await, Authenticator::at(&world.url));
        ada.sign_in(&world.url).await;
        add(&mut ada, &world, &mut device).await;
        let url = only_key(&mut ada, &world).await;
        let (adding, editing) = (adding(&mut ada, &world, ADD).await, ada.browser.open(&url).await);
        world.pass(Duration::from_mins(6));
        let remove = ada.browser.submit(&Form::of_button(&editing, "passkey-remove")).await;
        let added = send(&mut ada, &adding, &device.answer(&adding)).await;
        for answer in [ada.browser.visit(&world.at(ADD)).await, remove, added] {
            assert_eq!(answer.must_redirect().path(), "/sign-in/again", "{}", answer.summary());
        }
        only_key(&mut ada, &world).await;
    }

    async fn a_key_belongs_to_one_account(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        ada.sign_in(&world.url).await;
        eve.sign_in(&world.url).await;
        let mut device = Authenticator::at(&world.url);
        let (hers, other) = (adding(&mut ada, &world, ADD).await, adding(&mut eve, &world, ADD).await);
        let answer = device.answer(&hers);
        assert_eq!(send(&mut ada, &hers, &answer).await.status, 303);
        // The same key under Eve's question: only the client's data is another, and nothing signs it.
        let again = Authenticator::at(&world.url).answer(&other);
        let client = serde_json::from_str::<serde_json::Value>(&again).unwrap()["response"]["clientDataJSON"].clone();
        let mut stolen: serde_json::Value = serde_json::from_str(&answer).unwrap();
        stolen["response"]["clientDataJSON"] = client;
        assert_refused(send(&mut eve, &other, &stolen.to_string()).await, "credential_taken");
    }

    async fn nobody_has_more_than_twenty(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let one_too_many = adding(&mut ada, &world, ADD).await;
        for _ in 0..20 {
            add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        }
        let list = ada.browser.open(&world.at(LIST)).await.expect(200);
        assert!(!list.shows("passkey-add"), "{}", list.summary());
        let answer = Authenticator::at(&world.url).answer(&one_too_many);
        assert!(send(&mut ada, &one_too_many, &answer).await.status >= 400);
        ada.browser.open(&world.at(ADD)).await.expect(404);
    }
}
