//! Signing in with a passkey; each refusal by its code.

use std::time::Duration;

use countersign::{
    clock::Moment,
    store::{Db, Error, contacts, users},
};
use diesel::{RunQueryDsl, sql_query};

use super::{ADD, ADD_KEY, LIST, add, adding, assert_said, keys, only_key, send};
use crate::support::{
    answer::Answer,
    authenticator::{Authenticator, tampered},
    browser::Browser,
    databases::on_every_database,
    form::Form,
    person::Person,
    relying_party::claims,
    world::World,
};

/// An answer that does not hold.
type Lie = fn(&mut Authenticator, &Answer) -> String;

/// Somebody who has added a passkey, and the device it is in.
async fn with_passkey(world: &World, name: &str) -> (Person, Authenticator) {
    let mut person = world.person(name).await;
    person.sign_in(&world.url).await;
    let mut device = Authenticator::at(&world.url);
    add(&mut person, world, &mut device).await;
    (person, device)
}

async fn sign_in_page(browser: &mut Browser, world: &World) -> Answer {
    browser.open(&world.at("/sign-in")).await.expect(200)
}

/// Sends an answer with the form of a page, and follows nothing.
async fn try_with(browser: &mut Browser, page: &Answer, answer: &str) -> Answer {
    let form = Form::of_button(page, "sign-in-passkey").fill("credential", answer);
    browser.submit(&form).await
}

/// The page of a refusal: its code, and every other way.
fn assert_refused(page: Answer, code: &str) {
    let page = page.expect(401);
    assert_said(&page, code);
    let words = page.words();
    for way in ["Try again", "Use your password", "Get a code"] {
        assert!(words.contains(way), "{way}: {}", page.summary());
    }
    assert!(page.shows("sign-in-submit") && page.shows("sign-in-passkey"), "{}", page.summary());
}

async fn change(
    world: &World,
    person: &Person,
    how: fn(&mut Db<'_>, users::UserId, Moment) -> Result<(), Error>,
) {
    let (canonical, now) = (person.email.clone(), world.clock.now());
    let change = move |db: &mut Db<'_>| -> Result<(), Error> {
        let contact = contacts::find_verified(db, contacts::Channel::Email, &canonical)?;
        how(db, contact.expect("the person").user_id, now)
    };
    world.app.store.write(change).await.expect("a change");
}

on_every_database! {
    async fn a_passkey_is_enough_alone_and_tells_apps_so(world: World) {
        let (ada, mut device) = with_passkey(&world, "Ada").await;
        let shop = world.app("Shop").await;
        let mut ada = ada.elsewhere();
        let asked = shop.ask("openid").with("acr_values", "phr");
        let page = ada.browser.open(&asked.url()).await.expect(200);
        let answer = try_with(&mut ada.browser, &page, &device.answer(&page)).await;
        let consent = ada.browser.follow(answer).await.expect(200);
        let back = ada.browser.press(&consent, "consent-allow", &[]).await;
        let code = asked.answer(&back.must_redirect()).code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200).json();
        let claims = claims(tokens["id_token"].as_str().expect("an ID token"));
        assert_eq!(claims["acr"], "phr");
        assert_eq!(claims["amr"], serde_json::json!(["hwk", "user", "mfa"]));
        let list = ada.browser.open(&world.at(LIST)).await.expect(200);
        assert!(list.words().contains("Used just now"), "{}", list.summary());
        let metrics = world.app.metrics.render();
        let line = r#"sign_ins_total{method="passkey",outcome="accepted"} 1"#;
        assert!(metrics.contains(line), "{metrics}");
    }

    async fn a_synced_passkey_is_kept_by_software_and_need_not_count(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let mut device = Authenticator { syncs: true, ..Authenticator::at(&world.url) };
        let list = add(&mut ada, &world, &mut device).await;
        assert!(list.words().contains("On several devices"), "{}", list.summary());
        let mut far = ada.elsewhere().browser;
        for _ in 0..2 {
            let page = far.open(&world.at("/sign-in?next=/account/activity")).await.expect(200);
            let answer = try_with(&mut far, &page, &device.answer(&page)).await;
            let there = far.follow(answer).await.expect(200);
            assert_eq!(there.url.path(), "/account/activity");
            far = Browser::new();
        }
    }

    async fn an_answer_that_does_not_hold_is_refused(world: World) {
        let (_, mut device) = with_passkey(&world, "Ada").await;
        let lies: [(Lie, &str); 9] = [
            (|device, page| {
                let origin = "https://evil.example".to_owned();
                Authenticator { origin, ..device.clone() }.answer(page)
            }, "origin_mismatch"),
            (|device, page| tampered(&device.answer(page), "authenticatorData", first), "origin_mismatch"),
            (|device, page| Authenticator { verifies: false, ..device.clone() }.answer(page), "user_not_verified"),
            (|device, page| tampered(&device.answer(page), "signature", last), "signature_invalid"),
            (|device, page| tampered(&device.answer(page), "userHandle", last), "credential_unknown"),
            (|device, page| Authenticator { counter: 0, ..device.clone() }.answer(page), "counter_not_advanced"),
            (|_, page| {
                let mut stranger = Authenticator::at(&page.url);
                stranger.create(&made_up());
                stranger.answer(page)
            }, "credential_unknown"),
            (|_, _| "{}".to_owned(), "answer_unreadable"),
            (|_, _| String::new(), "answer_unreadable"),
        ];
        let mut browser = Browser::new();
        let page = sign_in_page(&mut browser, &world).await;
        let answer = device.answer(&page);
        assert_eq!(try_with(&mut browser.clone(), &page, &answer).await.status, 303);
        for (lie, code) in lies {
            let page = sign_in_page(&mut browser, &world).await;
            let answer = lie(&mut device, &page);
            assert_refused(try_with(&mut browser, &page, &answer).await, code);
        }
        assert_eq!(browser.cookie("localhost", "countersign-session"), None);
    }

    async fn a_question_is_answered_once_in_time_and_in_one_browser(world: World) {
        let (_, mut device) = with_passkey(&world, "Ada").await;
        let (mut here, mut there) = (Browser::new(), Browser::new());
        let page = sign_in_page(&mut here, &world).await;
        let answer = device.answer(&page);
        let ceremony = Form::of_button(&page, "sign-in-passkey").value("ceremony").unwrap().to_owned();
        let own = sign_in_page(&mut there, &world).await;
        let moved = Form::of_button(&own, "sign-in-passkey")
            .fill("ceremony", &ceremony)
            .fill("credential", &answer);
        assert_refused(there.submit(&moved).await, "ceremony_over");
        assert_refused(try_with(&mut there, &own, &answer).await, "challenge_mismatch");

        let mut copy = here.clone();
        assert_eq!(try_with(&mut here, &page, &answer).await.status, 303);
        assert_refused(try_with(&mut copy, &page, &answer).await, "ceremony_over");
        let fresh = sign_in_page(&mut copy, &world).await;
        assert_refused(try_with(&mut copy, &fresh, &answer).await, "challenge_mismatch");

        let late = sign_in_page(&mut copy, &world).await;
        let answer = device.answer(&late);
        world.pass(Duration::from_mins(15));
        assert_refused(try_with(&mut copy, &late, &answer).await, "ceremony_over");
    }

    async fn a_question_for_a_new_key_is_none_for_signing_in(world: World) {
        let (mut ada, mut device) = with_passkey(&world, "Ada").await;
        let asked = adding(&mut ada, &world, ADD).await;
        let ceremony = Form::of_button(&asked, "passkey-create").value("ceremony").unwrap().to_owned();
        let bye = ada.browser.open(&world.at("/sign-out")).await;
        ada.browser.press(&bye, "sign-out-confirm", &[]).await;
        let page = sign_in_page(&mut ada.browser, &world).await;
        let form = Form::of_button(&page, "sign-in-passkey")
            .fill("ceremony", &ceremony)
            .fill("credential", &device.answer(&page));
        assert_refused(ada.browser.submit(&form).await, "ceremony_over");
    }

    async fn a_security_key_is_not_enough_alone(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let mut device = Authenticator::at(&world.url);
        let page = adding(&mut ada, &world, ADD_KEY).await;
        assert_eq!(send(&mut ada, &page, &device.answer(&page)).await.status, 303);
        let mut browser = Browser::new();
        let page = sign_in_page(&mut browser, &world).await;
        assert_refused(try_with(&mut browser, &page, &device.answer(&page)).await, "credential_unknown");
    }

    async fn a_removed_passkey_leads_nowhere(world: World) {
        let (mut ada, mut device) = with_passkey(&world, "Ada").await;
        let mut browser = Browser::new();
        let page = sign_in_page(&mut browser, &world).await;
        let answer = device.answer(&page);
        let url = only_key(&mut ada, &world).await;
        let key = ada.browser.open(&url).await.expect(200);
        ada.browser.press(&key, "passkey-remove", &[]).await.expect(200);
        assert_refused(try_with(&mut browser, &page, &answer).await, "credential_unknown");
    }

    async fn the_owner_sees_that_their_passkey_was_refused(world: World) {
        let (mut ada, mut device) = with_passkey(&world, "Ada").await;
        let mut browser = Browser::new();
        let page = sign_in_page(&mut browser, &world).await;
        let answer = tampered(&device.answer(&page), "signature", last);
        assert_refused(try_with(&mut browser, &page, &answer).await, "signature_invalid");
        let happened = ada.browser.open(&world.at("/account/activity")).await.words();
        assert!(happened.contains("with a passkey that we did not accept"), "{happened}");
    }

    async fn nobody_signs_in_to_a_suspended_or_frozen_account(world: World) {
        let (ada, mut device) = with_passkey(&world, "Ada").await;
        change(&world, &ada, |db, id, now| users::freeze(db, id, now).map(drop)).await;
        let mut browser = Browser::new();
        let page = sign_in_page(&mut browser, &world).await;
        let frozen = try_with(&mut browser, &page, &device.answer(&page)).await.expect(403);
        assert!(frozen.words().contains("This account is frozen"), "{}", frozen.summary());
        change(&world, &ada, |db, id, now| users::set_suspended(db, id, Some("a test"), now)).await;
        let page = sign_in_page(&mut browser, &world).await;
        let suspended = try_with(&mut browser, &page, &device.answer(&page)).await.expect(403);
        assert!(suspended.page_error().contains("account_suspended"), "{}", suspended.summary());
        assert_eq!(browser.cookie("localhost", "countersign-session"), None);
    }

    async fn the_last_way_in_stays(world: World) {
        let (mut ada, mut device) = with_passkey(&world, "Ada").await;
        let url = only_key(&mut ada, &world).await;
        let page = ada.browser.open(&url).await.expect(200);
        forget_passwords(&world).await;
        let refused = ada.browser.press(&page, "passkey-remove", &[]).await.expect(400);
        assert!(refused.words().contains("It is the only way you can sign in"));
        assert!(!refused.shows("passkey-remove"), "{}", refused.summary());
        let mut browser = Browser::new();
        let sign_in = sign_in_page(&mut browser, &world).await;
        assert_eq!(try_with(&mut browser, &sign_in, &device.answer(&sign_in)).await.status, 303);

        add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        ada.browser.press(&page, "passkey-remove", &[]).await.expect(200);
        only_key(&mut ada, &world).await;
    }

    async fn of_two_that_are_removed_at_once_one_stays(world: World) {
        let (mut ada, _) = with_passkey(&world, "Ada").await;
        add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        let both = keys(&mut ada, &world).await;
        forget_passwords(&world).await;
        let mut removals = Vec::new();
        for url in &both {
            let page = ada.browser.open(url).await.expect(200);
            let (mut browser, form) = (ada.browser.clone(), Form::of_button(&page, "passkey-remove"));
            removals.push(actix_web::rt::spawn(async move { browser.submit(&form).await.status }));
        }
        let mut statuses = Vec::new();
        for removal in removals {
            statuses.push(removal.await.expect("an answer"));
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 400]);
        only_key(&mut ada, &world).await;
    }
}

fn first(bytes: &mut [u8]) {
    bytes[0] ^= 1;
}

fn last(bytes: &mut [u8]) {
    *bytes.last_mut().expect("a byte") ^= 1;
}

/// A question that this server never asked.
fn made_up() -> serde_json::Value {
    serde_json::json!({ "challenge": "AA", "rp": { "id": "localhost" }, "user": { "id": "BwcHBwcHBwcHBwcHBwcHBw" } })
}

/// Leaves everybody without a password, as whoever signed up with a passkey.
async fn forget_passwords(world: &World) {
    let forget = |db: &mut Db<'_>| -> Result<(), Error> {
        let query = sql_query("delete from passwords");
        let done = match db {
            Db::Sqlite(connection) => query.execute(*connection),
            Db::Postgres(connection) => query.execute(*connection),
        };
        done.map(drop).map_err(Error::from)
    };
    world.app.store.write(forget).await.expect("no passwords");
}
