//! What is held: shown in words, and taken along in a copy.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
    time::Duration,
};

use countersign::{
    jobs::{Job as _, prepare_exports::PrepareExports},
    store::{
        Db, Error,
        activity::{self, Activity, ActivityId, Event},
        contacts::{self, Channel},
        exports,
    },
};
use serde_json::Value;
use zip::ZipArchive;

use crate::support::{
    answer::Answer, browser::Browser, databases::on_every_database, form::Form, person::Person,
    world::World,
};

const PAGE: &str = "/account/data";

async fn open(world: &World, ada: &mut Person) -> Answer {
    ada.browser.open(&world.at(PAGE)).await.expect(200)
}

/// Signs in, asks for a copy, and has it prepared.
async fn prepared(world: &World, ada: &mut Person) -> Answer {
    let page = ada.go(&world.at(PAGE)).await.expect(200);
    let page = ada.browser.press(&page, "data-copy-ask", &[]).await.expect(200);
    assert!(page.shows("data-copy-preparing"), "{}", page.summary());
    PrepareExports.run(&world.app).await.expect("a run that ends").expect("something prepared");
    open(world, ada).await
}

/// The files in a ZIP by their names.
fn unzipped(answer: &Answer) -> BTreeMap<String, String> {
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    let mut zip = ZipArchive::new(Cursor::new(answer.body.clone())).expect("a ZIP");
    let each = (0..zip.len()).map(|index| {
        let mut file = zip.by_index(index).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        (file.name().expect("a name").into_owned(), text)
    });
    each.collect()
}

async fn subjects(world: &World, to: &str) -> Vec<String> {
    let inbox = world.inbox().await;
    let own = inbox.iter().filter(|message| message["to"] == to);
    own.map(|message| message["subject"].as_str().unwrap_or_default().to_owned()).collect()
}

on_every_database! {
    async fn everything_held_is_said_in_words(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        ada.connect(&shop, "openid email").await;
        let page = open(&world, &mut ada).await;
        let words = page.words();
        for said in ["Ada Example", "ada@example.org", "+4915112345678", "1815-12-10", "Shop", "London", "127.0.0.1"] {
            assert!(words.contains(said), "{said}: {words}");
        }
        for way in ["/account/security/contacts", "/account/apps", "/account/devices", "/account/activity"] {
            assert!(page.text().contains(&format!("href=\"{way}\"")), "{way}");
        }
    }

    async fn a_copy_holds_everything_and_no_secret(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid email offline_access").await;
        let page = prepared(&world, &mut ada).await;
        let files = unzipped(&ada.browser.press(&page, "data-copy-fetch", &[]).await.expect(200));
        let json: Value = serde_json::from_str(&files["account.json"]).expect("JSON");
        assert_eq!(json["account"][0]["name"], "Ada Example");
        assert_eq!(json["contacts"][0]["contact"], "ada@example.org");
        assert_eq!((&json["apps"][0]["app"], &json["apps"][0]["scope"][0]), (&"Shop".into(), &"email".into()));
        let events: Vec<_> = json["activity"].as_array().expect("a list").iter().map(|it| &it["event"]).collect();
        for event in ["sign_in", "consent_given", "export_asked"] {
            assert!(events.contains(&&event.into()), "{event}: {events:?}");
        }
        let html = &files["account.html"];
        assert!(html.contains("Ada Example") && html.contains("You allowed Shop") && !html.contains("<script"));
        let secrets = [tokens.access().to_owned(), tokens.refresh().to_owned(), "$argon2".to_owned()];
        for secret in secrets {
            assert!(files.values().all(|text| !text.contains(&secret)), "{secret}");
        }
    }

    async fn contacts_hear_that_it_was_asked_for_and_that_it_is_ready(world: World) {
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        prepared(&world, &mut ada).await;
        let told = subjects(&world, &ada.email).await;
        assert!(told[0].contains("is ready") && told[1].contains("asked for a copy"), "{told:?}");
        assert_eq!(subjects(&world, "+4915112345678").await.len(), 1);
    }

    async fn only_whoever_has_lately_proved_it_asks_and_fetches(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = open(&world, &mut ada).await;
        world.pass(Duration::from_mins(10));
        let again = ada.browser.press(&page, "data-copy-ask", &[]).await.expect(200);
        assert!(again.shows("again-password"), "{}", again.summary());
        ada.browser.press(&again, "again-submit", &[("password", &ada.password)]).await.expect(200);
        let page = prepared(&world, &mut ada).await;
        world.pass(Duration::from_mins(10));
        let again = ada.browser.press(&page, "data-copy-fetch", &[]).await.expect(200);
        assert!(again.shows("again-password"), "{}", again.summary());
    }

    async fn a_copy_is_for_nobody_else(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let page = prepared(&world, &mut ada).await;
        eve.sign_in(&world.url).await.expect(200);
        let own = open(&world, &mut eve).await;
        let fetch = Form::of_button(&page, "data-copy-fetch");
        let csrf = Form::of_button(&own, "data-copy-ask").value("csrf").expect("a token").to_owned();
        let none = eve.browser.submit(&fetch.clone().fill("csrf", &csrf)).await.expect(404);
        assert!(none.page_error().contains("not_found"));
        eve.browser.submit(&fetch).await.expect(403);
        let stranger = Browser::new().submit(&fetch).await;
        assert_eq!(stranger.status, 403, "{}", stranger.summary());
    }

    async fn a_copy_goes_when_its_time_is_over(world: World) {
        let mut ada = world.person("Ada").await;
        let page = prepared(&world, &mut ada).await;
        world.pass(exports::GOOD_FOR);
        let mut there = ada.elsewhere();
        let fresh = there.go(&world.at(PAGE)).await.expect(200);
        assert!(!fresh.shows("data-copy-fetch"), "{}", fresh.summary());
        let csrf = Form::of_button(&fresh, "data-copy-ask").value("csrf").expect("a token").to_owned();
        let fetch = Form::of_button(&page, "data-copy-fetch").fill("csrf", &csrf);
        there.browser.submit(&fetch).await.expect(404);
        let now = world.clock.now() + Duration::from_secs(1);
        let gone = world.app.store.write(move |db| exports::prune(db, now, 10)).await;
        assert_eq!(gone.expect("a sweep"), 1);
    }

    async fn while_one_is_prepared_there_is_no_second(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = open(&world, &mut ada).await;
        let ask = Form::of_button(&page, "data-copy-ask");
        for _ in 0..5 {
            assert_eq!(ada.browser.submit(&ask).await.status, 303);
        }
        let too_many = ada.browser.submit(&ask).await.expect(429);
        assert!(too_many.page_error().contains("too_many_requests"));
        assert_eq!(subjects(&world, &ada.email).await.len(), 1);
        let done = PrepareExports.run(&world.app).await.expect("a run that ends");
        assert_eq!(done.as_deref(), Some("Prepared 1 copies of what is held"));
    }

    async fn a_long_story_is_in_it_to_the_end(world: World) {
        let mut ada = world.person("Ada").await;
        let email = ada.email.clone();
        let now = world.clock.now();
        let add = move |db: &mut Db<'_>| -> Result<(), Error> {
            let user_id = contacts::find_verified(db, Channel::Email, &email)?.expect("Ada").user_id;
            (0..1_300).try_for_each(|_| activity::add(db, &Activity {
                id: ActivityId::random(),
                user_id: Some(user_id),
                client_id: None,
                session_id: None,
                event: Event::SignInFailed,
                details: String::new(),
                address: "203.0.113.5".to_owned(),
                user_agent: String::new(),
                trace_id: String::new(),
                happened_at: now,
            }))
        };
        world.app.store.write(add).await.expect("a long story");
        let page = prepared(&world, &mut ada).await;
        let files = unzipped(&ada.browser.press(&page, "data-copy-fetch", &[]).await.expect(200));
        let json: Value = serde_json::from_str(&files["account.json"]).expect("JSON");
        assert_eq!(json["activity"].as_array().map(Vec::len), Some(1_302));
    }
}
