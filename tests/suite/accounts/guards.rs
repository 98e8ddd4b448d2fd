//! What keeps people from locking themselves out, and thieves from staying in.

use std::time::Duration;

use countersign::store::{Db, contacts::Channel, passwords, users};

use super::{passkeys, recovery};
use crate::support::{
    answer::{Answer, css},
    authenticator::Authenticator,
    databases::on_every_database,
    form::Form,
    inbox,
    person::Person,
    world::World,
};

const TOO_FEW: &str = "second way back";

async fn suspend(world: &World, person: &Person, reason: &'static str) {
    let (id, now) = (world.user_id(person).await, world.clock.now());
    let suspend = move |db: &mut Db<'_>| users::set_suspended(db, id, Some(reason), now);
    world.app.store.write(suspend).await.expect("a suspension");
}

/// Somebody signed in with both steps: a code by mail, and a passkey of this device.
async fn with_mail_and_key(world: &World) -> (Person, Authenticator) {
    let mut ada = world.person("Ada").await;
    let mut device = Authenticator::at(&world.url);
    ada.sign_in(&world.url).await.expect(200);
    passkeys::add(&mut ada, world, &mut device).await;
    world.switch_on_two_step(&ada, &[Channel::Email]).await;
    let again = ada.browser.open(&world.at("/account/security/contacts")).await.expect(200);
    let mailed = Form::to(&again, "/sign-in/again");
    let html = again.html();
    let by = html.select(&css("#again-ways button[name=by][value^=email]")).next().expect("mail");
    let answer = ada.browser.submit(&mailed.with("by", by.attr("value").unwrap())).await;
    let page = ada.browser.follow(answer).await.expect(200);
    ada.type_mailed_code(&world.url, &page).await.expect(200);
    (ada, device)
}

async fn remove_key(world: &World, ada: &mut Person) -> Answer {
    let list = ada.browser.open(&world.at("/account/security/passkeys")).await.expect(200);
    let html = list.html();
    let link = html.select(&css(".row-ends a")).next().and_then(|link| link.attr("href"));
    let page = ada.browser.open(&world.at(link.expect("a key"))).await.expect(200);
    ada.browser.submit(&Form::of_button(&page, "passkey-remove")).await
}

on_every_database! {
    async fn a_key_stays_while_two_step_verification_leans_on_it(world: World) {
        let (mut ada, _) = with_mail_and_key(&world).await;
        let refused = remove_key(&world, &mut ada).await.expect(400);
        assert!(refused.words().contains(TOO_FEW), "{}", refused.words());
        let id = world.user_id(&ada).await;
        let off = move |db: &mut Db<'_>| users::set_two_step(db, id, None);
        world.app.store.write(off).await.expect("switched off");
        assert_eq!(remove_key(&world, &mut ada).await.status, 303, "and goes when it does not");
    }

    async fn a_contact_stays_while_two_step_verification_leans_on_it(world: World) {
        let (mut ada, _) = with_mail_and_key(&world).await;
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        let url = world.at("/account/security/contacts");
        let page = ada.browser.open(&url).await.expect(200);
        let removes = Form::all(&page).into_iter();
        let mut removes = removes.filter(|form| form.action.path().ends_with("/remove"));
        let mail = removes.next().expect("the address goes, as the number proves as much");
        let refused = ada.browser.submit(&mail).await.expect(400);
        assert!(refused.words().contains(TOO_FEW), "{}", refused.words());
        let number = removes.next().expect("the number");
        assert_eq!(ada.browser.submit(&number).await.status, 303, "nobody leans on that one");
    }

    async fn a_thief_keeps_no_passkey_once_the_owner_says_so(world: World) {
        let ada = world.person("Ada").await;
        let (mut thief, mut device) = (ada.elsewhere(), Authenticator::at(&world.url));
        thief.sign_in(&world.url).await.expect(200);
        passkeys::add(&mut thief, &world, &mut device).await;
        let told = inbox::all(&world.url).await;
        let link = told.iter().find_map(|it| it["link"].as_str()).expect("a link");
        let mut owner = ada.elsewhere();
        let page = owner.browser.open(&link.parse().unwrap()).await.expect(200);
        owner.browser.press(&page, "not-me-submit", &[]).await.expect(200);
        world.pass(Duration::from_mins(1));
        let home = recovery::recover(&mut owner, &world).await.expect(200);
        let list = owner.browser.open(&world.at("/account/security/passkeys")).await.expect(200);
        assert!(list.html().select(&css(".row-ends a")).next().is_none(), "{}", list.words());
        assert_eq!(home.url.path(), "/account/security", "and is led to look through the rest");
        assert!(home.words().contains("Somebody else was in"), "{}", home.words());
    }

    async fn what_was_there_before_the_thief_stays(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        passkeys::add(&mut ada, &world, &mut Authenticator::at(&world.url)).await;
        world.pass(Duration::from_mins(1));
        let page = ada.browser.open(&world.at("/account/security")).await.expect(200);
        let typed = [("current_password", &*ada.password), ("password", "stolen boats leave at night")];
        ada.browser.press(&page, "security-submit", &typed).await.expect(200);
        let told = inbox::all(&world.url).await;
        let link = told.iter().find_map(|it| it["link"].as_str()).expect("a link");
        let page = ada.browser.open(&link.parse().unwrap()).await.expect(200);
        ada.browser.press(&page, "not-me-submit", &[]).await.expect(200);
        world.pass(Duration::from_mins(1));
        recovery::recover(&mut ada, &world).await.expect(200);
        let list = ada.browser.open(&world.at("/account/security/passkeys")).await.expect(200);
        assert_eq!(list.html().select(&css(".row-ends a")).count(), 1, "{}", list.words());
    }

    async fn whoever_is_suspended_reads_why_and_nobody_else_does(world: World) {
        let ada = world.person("Ada").await;
        suspend(&world, &ada, "Payment was reversed. Write to help@example.com.").await;
        let page = ada.elsewhere().sign_in(&world.url).await.expect(403);
        assert!(page.page_error().contains("account_suspended"), "{}", page.summary());
        assert!(page.words().contains("Payment was reversed. Write to help@example.com."));
        let guess = Person { password: "wrong".into(), ..ada.elsewhere() }.sign_in(&world.url).await;
        assert!(!guess.expect(401).words().contains("Payment"));
    }

    async fn a_passkey_tells_why_too(world: World) {
        let mut ada = world.person("Ada").await;
        let mut device = Authenticator::at(&world.url);
        ada.sign_in(&world.url).await.expect(200);
        passkeys::add(&mut ada, &world, &mut device).await;
        suspend(&world, &ada, "Ask the office.").await;
        let mut away = ada.elsewhere();
        let page = away.browser.open(&world.at("/sign-in")).await;
        let form = Form::of_button(&page, "sign-in-passkey").fill("credential", &device.answer(&page));
        let refused = away.browser.submit(&form).await.expect(403);
        assert!(refused.words().contains("Ask the office."), "{}", refused.words());
    }

    async fn guesses_count_for_the_account_by_whichever_name(world: World) {
        let ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        world.add_contact(&ada, Channel::Email, "ada@work.example").await;
        for nth in 0..5 {
            let name = [&*ada.email, "+49 1511 2345678", "ada@work.example"][nth % 3];
            let mut stranger = Person { email: name.into(), password: "wrong".into(), ..ada.elsewhere() };
            stranger.sign_in(&world.url).await.expect(401);
        }
        for name in [&*ada.email, "+4915112345678", "ada@work.example"] {
            let mut stranger = Person { email: name.into(), ..ada.elsewhere() };
            stranger.sign_in(&world.url).await.expect(429);
        }
    }

    async fn a_hash_of_another_system_is_made_anew_at_the_first_sign_in(world: World) {
        const BCRYPT: &str = "$2b$04$pEHlYQWqh5vU.U22jAVMpuThHz/WVQBjo78TaGsA9Z7SefygL/xaO";
        let mut ada = world.person("Ada").await;
        let (id, now) = (world.user_id(&ada).await, world.clock.now());
        let bring = move |db: &mut Db<'_>| passwords::set(db, id, BCRYPT, now);
        world.app.store.write(bring).await.expect("a hash");
        Person { password: "wrong horse".into(), ..ada.elsewhere() }.sign_in(&world.url).await.expect(401);
        let kept = || world.app.store.read(move |db| passwords::find(db, id));
        assert_eq!(kept().await.unwrap().as_deref(), Some(BCRYPT));
        ada.password = "correct horse".into();
        ada.sign_in(&world.url).await.expect(200);
        let fresh = kept().await.unwrap().expect("a hash");
        assert!(fresh.starts_with("$argon2id$"), "{fresh}");
        ada.elsewhere().sign_in(&world.url).await.expect(200);
        assert_eq!(kept().await.unwrap(), Some(fresh), "once");
    }
}
