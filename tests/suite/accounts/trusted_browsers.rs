//! "Don't ask in this browser for 30 days": what it spares, what it never spares, and how it ends.

use std::time::Duration;

use countersign::store::contacts::Channel;

use super::recovery;
use crate::support::{
    answer::Answer,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    person::Person,
    world::World,
};

const COOKIE: &str = "countersign-trust";
const BOX: &str = "Don’t ask in this browser";

/// Somebody whose second step is a code by mail.
async fn careful(world: &World) -> Person {
    let ada = world.person("Ada").await;
    world.switch_on_two_step(&ada, &[Channel::Email]).await;
    ada
}

/// Shows the password, and the code with a tick beside it; the page that follows.
async fn trust(world: &World, ada: &mut Person) -> Answer {
    let page = ada.sign_in(&world.url).await.expect(200);
    let code = world.code_sent_to(&ada.email).await;
    let typed = [("code", &*code), ("trust", "yes")];
    ada.browser.press(&page, "second-factor-submit", &typed).await.expect(200)
}

async fn sign_out(world: &World, ada: &mut Person) {
    let page = ada.browser.open(&world.at("/sign-out")).await;
    ada.browser.press(&page, "sign-out-confirm", &[]).await.expect(200);
}

/// Whether the password alone is enough here; afterwards nobody is signed in.
async fn spared(world: &World, ada: &mut Person) -> bool {
    let page = ada.sign_in(&world.url).await.expect(200);
    if page.shows("second-factor-code") {
        return false;
    }
    assert_eq!(page.url.path(), "/account", "{}", page.summary());
    sign_out(world, ada).await;
    true
}

/// Somebody signed out of a browser that they trust.
async fn trusting(world: &World) -> Person {
    let mut ada = careful(world).await;
    trust(world, &mut ada).await;
    sign_out(world, &mut ada).await;
    ada
}

/// Somebody signed in here, having shown two steps, who trusts another browser as well.
async fn at_two_places(world: &World) -> (Person, Person) {
    let away = trusting(world).await;
    let mut here = away.elsewhere();
    trust(world, &mut here).await;
    (here, away)
}

async fn devices(world: &World, ada: &mut Person) -> Answer {
    ada.browser.open(&world.at("/account/devices")).await.expect(200)
}

on_every_database! {
    async fn a_trusted_browser_asks_for_the_password_alone(world: World) {
        let mut ada = trusting(&world).await;
        assert!(spared(&world, &mut ada).await && spared(&world, &mut ada).await);
        assert!(!spared(&world, &mut ada.elsewhere()).await, "this browser, no other");
        let mut wrong = Person { password: "wrong".into(), ..ada.clone() };
        wrong.sign_in(&world.url).await.expect(401);
        ada.sign_in(&world.url).await.expect(200);
        let activity = ada.browser.open(&world.at("/account/activity")).await.words();
        assert!(activity.contains("chose not to be asked for a second step"), "{activity}");
    }

    async fn nobody_trusts_a_browser_without_saying_so(world: World) {
        let mut ada = careful(&world).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        assert!(page.words().contains(BOX), "{}", page.words());
        assert_eq!(Form::of_button(&page, "second-factor-submit").value("trust"), None, "unticked");
        ada.type_mailed_code(&world.url, &page).await.expect(200);
        sign_out(&world, &mut ada).await;
        assert_eq!(ada.browser.cookie("localhost", COOKIE), None);
        assert!(!spared(&world, &mut ada).await);
    }

    async fn a_wrong_code_makes_no_browser_trusted(world: World) {
        let mut ada = careful(&world).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        let code = world.code_sent_to(&ada.email).await;
        let wrong: String = code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
        let typed = [("code", &*wrong), ("trust", "yes")];
        ada.browser.press(&page, "second-factor-submit", &typed).await.expect(400);
        assert_eq!(ada.browser.cookie("localhost", COOKIE), None);
        assert!(!spared(&world, &mut ada).await);
    }

    async fn it_is_no_proof(world: World) {
        let (mut ada, shop) = (trusting(&world).await, world.app("Shop").await);
        ada.sign_in(&world.url).await.expect(200);
        for path in ["/account/security/two-step", "/account/security/passkeys/add"] {
            let asked = ada.browser.open(&world.at(path)).await.expect(200);
            assert_eq!(asked.url.path(), "/sign-in/again", "{path}");
        }
        let page = ada.browser.open(&world.at("/account/security")).await.expect(200);
        let change = Form::of_button(&page, "security-submit")
            .fill("current_password", &ada.password)
            .fill("password", "a whole new sentence");
        let led = ada.browser.submit(&change).await.must_redirect();
        assert_eq!(led.path(), "/sign-in/again", "nor for a new password");
        let surer = shop.ask("openid").with("acr_values", "urn:countersign:acr:2fa");
        let page = ada.browser.open(&surer.url()).await.expect(200);
        assert!(page.shows("again-ways"), "an app that wants to be surer: {}", page.summary());
    }

    async fn it_lasts_as_long_as_was_said(world: World) {
        let mut ada = trusting(&world).await;
        world.pass(Duration::from_hours(30 * 24 - 1));
        assert!(spared(&world, &mut ada).await, "for 30 days");
        world.pass(Duration::from_hours(1));
        assert!(!spared(&world, &mut ada).await, "using it makes it no longer");
    }

    async fn an_operator_may_want_less_or_nothing_of_it(database: FreshDatabase) {
        let world = World::with(database, &[("SIGN_IN__TRUSTED_BROWSER_DAYS", "0")]).await;
        let mut ada = careful(&world).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        assert!(!page.words().contains(BOX), "{}", page.words());
        let forged = Form::of_button(&page, "second-factor-submit")
            .fill("code", &world.code_sent_to(&ada.email).await)
            .with("trust", "yes");
        assert_eq!(ada.browser.submit(&forged).await.status, 303);
        assert_eq!(ada.browser.cookie("localhost", COOKIE), None);
        sign_out(&world, &mut ada).await;
        assert!(!spared(&world, &mut ada).await);
    }

    async fn a_stolen_secret_is_worth_nothing_elsewhere(world: World) {
        let ada = trusting(&world).await;
        let secret = ada.browser.cookie("localhost", COOKIE).expect("a secret").to_owned();
        let mut thief = ada.elsewhere();
        thief.browser.set_cookie("localhost", COOKIE, &secret);
        assert!(!spared(&world, &mut thief).await);
        for odd in ["", "x", "%00", &"A".repeat(43)] {
            let mut ada = ada.clone();
            ada.browser.set_cookie("localhost", COOKIE, odd);
            assert!(!spared(&world, &mut ada).await, "{odd}");
        }
    }

    async fn two_people_trust_the_same_browser_each_for_themselves(world: World) {
        let mut ada = trusting(&world).await;
        let mut bob = world.person("Bob").await;
        world.switch_on_two_step(&bob, &[Channel::Email]).await;
        bob.browser = ada.browser.clone();
        assert!(!spared(&world, &mut bob.clone()).await, "what Ada trusts is not Bob's");
        trust(&world, &mut bob).await;
        sign_out(&world, &mut bob).await;
        ada.browser = bob.browser.clone();
        assert!(spared(&world, &mut ada).await && spared(&world, &mut bob).await);
    }

    async fn whoever_gets_back_in_is_asked_and_trusts_nothing(world: World) {
        let mut ada = trusting(&world).await;
        world.add_contact(&ada, Channel::Sms, "+447700900142").await;
        world.switch_on_two_step(&ada, &[Channel::Email, Channel::Sms]).await;
        let page = recovery::recover(&mut ada, &world).await.expect(200);
        assert!(page.shows("second-factor-code"), "{}", page.summary());
        assert!(!page.words().contains(BOX), "{}", page.words());
        let code = world.code_sent_to("+447700900142").await;
        let forged = Form::of_button(&page, "second-factor-submit").fill("code", &code);
        assert_eq!(ada.browser.submit(&forged.with("trust", "yes")).await.status, 303);
        sign_out(&world, &mut ada).await;
        assert!(!spared(&world, &mut ada).await, "and what was trusted before is so no more");
    }

    async fn switching_two_step_verification_off_ends_it(world: World) {
        let (mut here, mut away) = at_two_places(&world).await;
        let page = here.browser.open(&world.at("/account/security/two-step")).await.expect(200);
        here.browser.press(&page, "two-step-turn-off", &[]).await.expect(200);
        world.switch_on_two_step(&here, &[Channel::Email]).await;
        assert!(!spared(&world, &mut away).await);
    }

    async fn a_new_password_ends_it_elsewhere(world: World) {
        let (mut here, mut away) = at_two_places(&world).await;
        let page = here.browser.open(&world.at("/account/security")).await.expect(200);
        let typed = [("current_password", &*here.password), ("password", "a whole new sentence")];
        here.browser.press(&page, "security-submit", &typed).await.expect(200);
        (here.password, away.password) = ("a whole new sentence".into(), "a whole new sentence".into());
        assert!(!spared(&world, &mut away).await);
        sign_out(&world, &mut here).await;
        assert!(spared(&world, &mut here).await);
    }

    async fn whoever_freezes_the_account_trusts_nothing_any_more(world: World) {
        let ada = trusting(&world).await;
        let (id, now) = (world.user_id(&ada).await, world.clock.now());
        let frozen = world.app.store.write(move |db| {
            countersign::store::users::freeze(db, id, now)?;
            countersign::store::users::thaw(db, id, now)
        });
        frozen.await.expect("frozen and thawed");
        assert!(!spared(&world, &mut ada.clone()).await);
    }

    async fn the_devices_page_tells_of_it_and_ends_it_one_by_one(world: World) {
        let (mut here, mut away) = at_two_places(&world).await;
        let page = devices(&world, &mut here).await;
        let words = page.words();
        assert_eq!(words.matches("Trusted until").count(), 2, "{words}");
        assert!(words.contains("Signed out"), "{words}");
        let mut ends = Form::all(&page).into_iter();
        let last = ends.rfind(|form| form.action.path().starts_with("/account/devices/trusted/")
            && form.action.path().ends_with("/end"));
        let last = last.expect("the one signed out");
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await.expect(200);
        let own = devices(&world, &mut eve).await;
        let csrf = Form::to(&eve.browser.open(&world.at("/sign-out")).await, "/sign-out");
        let forged = last.clone().fill("csrf", csrf.value("csrf").unwrap());
        eve.browser.submit(&forged).await;
        assert!(!own.words().contains("Trusted until"));
        assert!(spared(&world, &mut away).await, "nobody ends what is another's");
        here.browser.submit(&last.clone().without("csrf")).await.expect(403);
        here.browser.submit(&Form { action: world.at("/account/devices/trusted/x/end"), ..last.clone() })
            .await.expect(404);
        assert_eq!(here.browser.submit(&last).await.status, 303);
        assert!(!spared(&world, &mut away).await);
        let words = devices(&world, &mut here).await.words();
        assert_eq!(words.matches("Trusted until").count(), 1, "{words}");
        let activity = here.browser.open(&world.at("/account/activity")).await.words();
        assert!(activity.contains("want to be asked for a second step again"), "{activity}");
    }

    async fn the_devices_page_ends_it_everywhere(world: World) {
        let (mut here, mut away) = at_two_places(&world).await;
        let page = devices(&world, &mut here).await;
        let page = here.browser.press(&page, "trust-end-all", &[]).await.expect(200);
        assert!(!page.words().contains("Trusted until"), "{}", page.words());
        sign_out(&world, &mut here).await;
        assert!(!spared(&world, &mut here).await && !spared(&world, &mut away).await);
    }

    async fn signing_a_browser_out_from_elsewhere_ends_it_there(world: World) {
        let mut ada = trusting(&world).await;
        ada.sign_in(&world.url).await.expect(200);
        let mut here = ada.elsewhere();
        trust(&world, &mut here).await;
        let page = devices(&world, &mut here).await;
        let answer = here.browser.submit(&Form::to(&page, "/end-others")).await;
        here.browser.follow(answer).await.expect(200);
        assert!(!spared(&world, &mut ada).await);
        trust(&world, &mut ada).await;
        let page = devices(&world, &mut here).await;
        let end = Form::all(&page).into_iter();
        let mut end = end.filter(|form| !form.action.path().contains("trusted"));
        let end = end.find(|form| form.action.path().ends_with("/end")).expect("the other one");
        assert_eq!(here.browser.submit(&end).await.status, 303);
        assert!(!spared(&world, &mut ada).await);
        sign_out(&world, &mut here).await;
        assert!(spared(&world, &mut here).await, "this one stays");
    }

    async fn what_nobody_can_use_any_more_is_swept_away(world: World) {
        let ada = trusting(&world).await;
        let id = world.user_id(&ada).await;
        let store = &world.app.store;
        for (days, removed) in [(29, 0), (2, 1)] {
            world.pass(Duration::from_hours(24 * days));
            let now = world.clock.now();
            let swept = store.write(move |db| countersign::store::trusted_browsers::prune(db, now, 10));
            assert_eq!(swept.await.expect("a sweep"), removed);
        }
        let left = store.read(move |db| countersign::store::trusted_browsers::list_of_user(db, id));
        assert!(left.await.expect("a list").is_empty());
    }
}
