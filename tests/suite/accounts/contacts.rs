//! Several addresses and numbers: added by a code, removed, made primary; taken back from a message.

use std::time::Duration;

use url::Url;

use super::recovery;
use crate::support::{
    answer::{Answer, by_id, css, folded},
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    person::Person,
    world::World,
};

const PAGE: &str = "/account/security/contacts";
const OTHER: &str = "ada@home.example";

/// Somebody who is signed in.
async fn signed_in(world: &World, name: &str) -> Person {
    let mut person = world.person(name).await;
    person.sign_in(&world.url).await.expect(200);
    person
}

async fn page(person: &mut Person, world: &World) -> Answer {
    person.browser.open(&world.at(PAGE)).await.expect(200)
}

/// Asks for a code to this contact; what comes of it.
async fn ask(person: &mut Person, world: &World, contact: &str) -> Answer {
    let page = page(person, world).await;
    person.browser.press(&page, "contact-add", &[("identifier", contact)]).await
}

async fn type_code(person: &mut Person, page: &Answer, code: &str) -> Answer {
    person.browser.press(page, "contact-code-submit", &[("code", code)]).await
}

/// Adds a contact; the page that lists it.
async fn add(person: &mut Person, world: &World, contact: &str) -> Answer {
    let asked = ask(person, world, contact).await.expect(200);
    let to = if contact.contains('@') { contact.to_owned() } else { contact.replace(' ', "") };
    let code = world.code_sent_to(&to).await;
    type_code(person, &asked, &code).await.expect(200)
}

/// Presses a button of this kind beside a contact.
async fn press(person: &mut Person, page: &Answer, contact: &str, kind: &str) -> Answer {
    let form = beside(page, contact, kind).unwrap_or_else(|| panic!("no {kind} beside {contact}"));
    let answer = person.browser.submit(&form).await;
    person.browser.follow(answer).await
}

fn beside(page: &Answer, contact: &str, kind: &str) -> Option<Form> {
    let html = page.html();
    let button = css(&format!("form[action$=\"/{kind}\"]"));
    let named = |form: &scraper::ElementRef| {
        let row = form
            .ancestors()
            .filter_map(scraper::ElementRef::wrap)
            .find(|it| it.value().name() == "li");
        row.is_some_and(|row| folded(&row).contains(contact))
    };
    let action = html.select(&button).find(named)?.attr("action")?.to_owned();
    Some(Form::to(page, &action))
}

/// The newest link sent to this address.
async fn link_sent_to(world: &World, address: &str) -> Url {
    let inbox = world.inbox().await;
    let mut to = inbox.iter().filter(|message| message["to"] == address);
    let link = to.find_map(|message| message["link"].as_str());
    link.unwrap_or_else(|| panic!("no link for {address}: {inbox:#?}")).parse().expect("a URL")
}

async fn undo(browser: &mut Browser, link: &Url) -> Answer {
    let page = browser.open(link).await.expect(200);
    browser.press(&page, "undo-submit", &[]).await
}

on_every_database! {
    async fn another_address_is_listed_once_its_code_is_typed(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let asked = ask(&mut ada, &world, OTHER).await.expect(200);
        assert!(asked.words().contains(OTHER), "{}", asked.summary());
        assert!(!page(&mut ada, &world).await.words().contains(OTHER), "not before");
        let code = world.code_sent_to(OTHER).await;
        let listed = type_code(&mut ada, &asked, &code).await.expect(200);
        assert!(listed.url.path() == PAGE && listed.words().contains(OTHER));
        let told = &world.inbox().await[0];
        assert_eq!(told["to"], *ada.email);
        assert!(told["text"].as_str().unwrap().contains(OTHER), "{told}");
        let activity = ada.browser.open(&world.at("/account/activity")).await;
        assert!(activity.words().contains("You added an email address"), "{}", activity.summary());
        let mut by_other = Person { email: OTHER.into(), ..ada.elsewhere() };
        assert_eq!(by_other.sign_in(&world.url).await.expect(200).url.path(), "/account");
    }

    async fn a_mobile_number_is_listed_in_the_same_way(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let listed = add(&mut ada, &world, "+4915112345678").await;
        assert!(listed.words().contains("+49 1511 2345678"), "{}", listed.summary());
        assert_eq!(listed.words().matches("primary").count(), 3, "one of each kind, and the text");
    }

    async fn the_code_alone_is_not_enough(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let asked = ask(&mut ada, &world, OTHER).await.expect(200);
        let code = world.code_sent_to(OTHER).await;
        let form = Form::of_button(&asked, "contact-code-submit").fill("code", &code);
        let answer = Browser::new().submit(&form).await;
        assert!(answer.status >= 400, "{}", answer.summary());
        let mut again = ada.clone();
        let leaving = again.browser.open(&world.at("/sign-out")).await;
        again.browser.press(&leaving, "sign-out-confirm", &[]).await;
        again.sign_in(&world.url).await.expect(200);
        let lost = again.browser.open(&asked.url).await.expect(400);
        assert!(lost.page_error().ends_with("flow_lost"), "another session of the same browser");
        assert!(!page(&mut again, &world).await.words().contains(OTHER));
    }

    async fn a_wrong_code_lists_nothing(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let asked = ask(&mut ada, &world, OTHER).await;
        let code = world.code_sent_to(OTHER).await;
        let wrong: String = code.chars().map(|c| if c == '9' { '0' } else { '9' }).collect();
        type_code(&mut ada, &asked, &wrong).await.expect(400);
        assert!(!page(&mut ada, &world).await.words().contains(OTHER));
    }

    async fn another_code_can_be_had_after_a_wait(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let asked = ask(&mut ada, &world, OTHER).await;
        let resend = Form::to(&asked, "/contacts/resend");
        ada.browser.submit(&resend).await.expect(429);
        world.pass(Duration::from_secs(30));
        let asked = ada.browser.submit(&resend).await;
        let asked = ada.browser.follow(asked).await.expect(200);
        let code = world.code_sent_to(OTHER).await;
        type_code(&mut ada, &asked, &code).await.expect(200);
    }

    async fn an_address_of_somebody_else_is_not_told_from_a_free_one(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let bob = world.person("Bob").await;
        let free = ask(&mut ada, &world, OTHER).await.expect(200);
        let taken = ask(&mut ada, &world, &bob.email).await.expect(200);
        assert_eq!(free.words_but(OTHER), taken.words_but(&bob.email));
        let told = &world.inbox().await[0];
        assert_eq!((&told["to"], &told["code"]), (&(*bob.email).into(), &serde_json::Value::Null));
        for code in ["000000", "123456"] {
            type_code(&mut ada, &taken, code).await.expect(400);
        }
        world.pass(Duration::from_secs(30));
        let before = world.inbox().await.len();
        let again = ada.browser.submit(&Form::to(&taken, "/contacts/resend")).await;
        ada.browser.follow(again).await.expect(200);
        assert_eq!(world.inbox().await.len(), before, "no code leaves");
    }

    async fn of_two_who_prove_the_same_address_one_has_it(world: World) {
        let (mut ada, mut bob) = (signed_in(&world, "Ada").await, signed_in(&world, "Bob").await);
        let hers = ask(&mut ada, &world, OTHER).await.expect(200);
        let code = world.code_sent_to(OTHER).await;
        let his = ask(&mut bob, &world, OTHER).await.expect(200);
        let other_code = world.code_sent_to(OTHER).await;
        type_code(&mut ada, &hers, &code).await.expect(200);
        type_code(&mut bob, &his, &other_code).await.expect(400);
        assert!(!page(&mut bob, &world).await.words().contains(OTHER));
    }

    async fn a_session_that_was_left_open_changes_nothing(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let listed = add(&mut ada, &world, OTHER).await;
        world.pass(Duration::from_secs(world.app.config.sign_in.fresh_proof_seconds));
        let adding = Form::of_button(&listed, "contact-add").fill("identifier", "thief@evil.example");
        let removing = beside(&listed, OTHER, "remove").expect("a way to remove it");
        let primary = beside(&listed, OTHER, "primary").expect("a way to make it primary");
        for form in [adding, removing, primary] {
            let answer = ada.browser.submit(&form).await;
            assert_eq!(answer.must_redirect().path(), "/sign-in/again", "{}", form.action);
        }
        let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
        let typed = [("password", &*ada.password)];
        let back = ada.browser.press(&page, "again-submit", &typed).await.expect(200);
        assert!(back.url.path() == PAGE && back.words().contains(OTHER), "{}", back.summary());
    }

    async fn what_cannot_be_listed_is_said(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let own = ada.email.clone();
        for (typed, said) in [("ada", "looks like name@"), ("+49 30 123456", "cannot receive text"), (&*own, "on your list already")] {
            let refused = ask(&mut ada, &world, typed).await.expect(400);
            assert!(refused.words().contains(said), "{typed}: {}", refused.summary());
        }
        for number in 1..10 {
            add(&mut ada, &world, &format!("ada{number}@home.example")).await;
        }
        let full = ask(&mut ada, &world, OTHER).await.expect(400);
        assert!(full.words().contains("room for ten"), "{}", full.summary());
    }

    async fn where_no_sms_are_sent_no_number_is_listed(database: FreshDatabase) {
        let world = World::with(database, &[("DELIVERY__SMS__DRIVER", "off")]).await;
        let mut ada = signed_in(&world, "Ada").await;
        let refused = ask(&mut ada, &world, "+4915112345678").await.expect(400);
        assert!(refused.words().contains("sends no text messages"), "{}", refused.summary());
    }

    async fn the_primary_address_is_what_apps_are_told(world: World) {
        let (mut ada, shop) = (signed_in(&world, "Ada").await, world.app("Shop").await);
        let listed = add(&mut ada, &world, OTHER).await;
        let tokens = ada.connect(&shop, "openid email").await;
        let before = ada.email.clone();
        assert_eq!(shop.userinfo(tokens.access()).await.json()["email"], *before);
        let changed = press(&mut ada, &listed, OTHER, "primary").await.expect(200);
        assert!(changed.words().contains("Apps are told this one"), "{}", changed.summary());
        assert_eq!(shop.userinfo(tokens.access()).await.json()["email"], OTHER);
        assert!(beside(&changed, OTHER, "primary").is_none());
        let told: Vec<_> = world.inbox().await.iter().take(2).map(|it| it["to"].clone()).collect();
        assert!(told.contains(&OTHER.into()) && told.contains(&(*before).into()), "{told:?}");
    }

    async fn a_removed_contact_is_told_and_leads_nowhere_any_more(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let listed = add(&mut ada, &world, OTHER).await;
        let removed = press(&mut ada, &listed, OTHER, "remove").await.expect(200);
        assert!(!removed.words().contains(OTHER), "{}", removed.summary());
        link_sent_to(&world, OTHER).await;
        let mut by_other = Person { email: OTHER.into(), ..ada.elsewhere() };
        by_other.sign_in(&world.url).await.expect(401);
        let count = world.inbox().await.len();
        recovery::ask(&mut Browser::new(), &world, OTHER).await.expect(200);
        assert_eq!(world.inbox().await.len(), count);
    }

    async fn the_last_contact_and_a_primary_one_stay(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let only = page(&mut ada, &world).await;
        let own = ada.email.clone();
        assert!(beside(&only, &own, "remove").is_none());
        let listed = add(&mut ada, &world, OTHER).await;
        assert!(beside(&listed, &own, "remove").is_none(), "the primary one");
        let form = beside(&listed, OTHER, "remove").expect("a way to remove it");
        let primary = press(&mut ada, &listed, OTHER, "primary").await.expect(200);
        let refused = ada.browser.submit(&form).await.expect(400);
        assert!(refused.words().contains("primary one cannot be removed"), "{}", refused.summary());
        let form = beside(&primary, &own, "remove").expect("a way to remove it");
        ada.browser.submit(&form).await.expect(303);
        let path = form.action.path().replace(&id(&form), &id_of(&listed, OTHER));
        let last = Form { action: world.at(&path), ..form };
        let refused = ada.browser.submit(&last).await.expect(400);
        assert!(refused.words().contains("only way to reach you"), "{}", refused.summary());
    }

    async fn contacts_of_others_are_not_there(world: World) {
        let (mut ada, mut bob) = (signed_in(&world, "Ada").await, signed_in(&world, "Bob").await);
        let hers = add(&mut ada, &world, OTHER).await;
        let his = add(&mut bob, &world, "bob@home.example").await;
        for kind in ["remove", "primary"] {
            let path = format!("{PAGE}/{}/{kind}", id_of(&hers, OTHER));
            let form = beside(&his, "bob@home.example", kind).unwrap();
            let form = Form { action: world.at(&path), ..form };
            assert!(bob.browser.submit(&form).await.expect(404).page_error().ends_with("not_found"));
        }
        assert!(page(&mut ada, &world).await.words().contains(OTHER));
    }

    async fn whoever_lost_an_address_to_a_thief_takes_it_back(world: World) {
        let mut ada = world.person("Ada").await;
        let mut thief = ada.elsewhere();
        thief.sign_in(&world.url).await.expect(200);
        let listed = add(&mut thief, &world, "thief@evil.example").await;
        let first = link_sent_to(&world, &ada.email).await;
        let own = ada.email.clone();
        let listed = press(&mut thief, &listed, "thief@evil.example", "primary").await;
        press(&mut thief, &listed, &own, "remove").await.expect(200);
        let page = ada.browser.open(&first).await.expect(200);
        assert!(page.shows("undo-submit"), "opening changes nothing: {}", page.summary());
        let undone = ada.browser.press(&page, "undo-submit", &[]).await.expect(200);
        ada.sign_in(&world.url).await.expect(200);
        let listed = ada.browser.open(&world.at(PAGE)).await.expect(200);
        assert!(!listed.words().contains("thief@evil.example"), "{}", listed.summary());
        assert!(listed.words().contains(&own));
        let not_me = undone.html().select(&by_id("undo-not-me")).next().unwrap().attr("href").unwrap().to_owned();
        let mut quiet = Browser::new();
        let freeze = quiet.open(&world.at(&not_me)).await.expect(200);
        quiet.press(&freeze, "not-me-submit", &[]).await.expect(200);
        assert!(thief.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
    }

    async fn a_change_is_taken_back_once(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        let listed = add(&mut ada, &world, OTHER).await;
        press(&mut ada, &listed, OTHER, "remove").await.expect(200);
        let link = link_sent_to(&world, OTHER).await;
        undo(&mut Browser::new(), &link).await.expect(200);
        assert!(page(&mut ada, &world).await.words().contains(OTHER));
        let again = Browser::new().open(&link).await.expect(400);
        assert!(!again.shows("undo-submit"), "{}", again.summary());
        let activity = ada.browser.open(&world.at("/account/activity")).await;
        assert!(activity.words().contains("was undone from a message"), "{}", activity.summary());
    }

    async fn after_seven_days_a_change_stands(world: World) {
        let mut ada = signed_in(&world, "Ada").await;
        add(&mut ada, &world, OTHER).await;
        let link = link_sent_to(&world, &ada.email).await;
        let page = Browser::new().open(&link).await.expect(200);
        world.pass(Duration::from_hours(7 * 24));
        assert!(!Browser::new().open(&link).await.expect(400).shows("undo-submit"));
        let mut late = Browser::new();
        late.open(&world.at("/sign-in")).await;
        let form = Form::of_button(&page, "undo-submit");
        assert!(late.submit(&form).await.status >= 400);
    }

    async fn a_forged_link_takes_nothing_back(world: World) {
        for forged in ["", "x", "AAAA", "%00"] {
            let mut link = world.at("/recover/undo");
            link.query_pairs_mut().append_pair("change", forged);
            assert!(!Browser::new().open(&link).await.expect(400).shows("undo-submit"), "{forged}");
        }
    }

    async fn what_is_somebody_elses_by_now_stays_theirs(world: World) {
        let (mut ada, mut bob) = (signed_in(&world, "Ada").await, signed_in(&world, "Bob").await);
        let listed = add(&mut ada, &world, OTHER).await;
        press(&mut ada, &listed, OTHER, "remove").await.expect(200);
        let link = link_sent_to(&world, OTHER).await;
        add(&mut bob, &world, OTHER).await;
        undo(&mut Browser::new(), &link).await.expect(200);
        assert!(!page(&mut ada, &world).await.words().contains(OTHER));
        assert!(page(&mut bob, &world).await.words().contains(OTHER));
    }
}

/// The id in the address of a form.
fn id(form: &Form) -> String {
    form.action.path().split('/').rev().nth(1).unwrap().to_owned()
}

fn id_of(page: &Answer, contact: &str) -> String {
    id(&beside(page, contact, "remove").expect("a form"))
}
