//! Two-step verification: set up, switched on, shown, switched off.

use std::time::Duration;

use crate::support::{
    answer::{Answer, css, folded},
    databases::on_every_database,
    form::Form,
    person::Person,
    phone::Phone,
    world::World,
};

const PAGE: &str = "/account/security/two-step";

/// Sets an app up; the page that follows, and the phone.
async fn add_app(world: &World, ada: &mut Person, name: &str) -> (Answer, Phone) {
    let page =
        ada.browser.open(&world.at("/account/security/authenticators/new")).await.expect(200);
    let phone = Phone::typed(&page.text_of("authenticator-secret"));
    let typed = [("name", name), ("code", &*phone.code_at(world.clock.now()))];
    (ada.browser.press(&page, "authenticator-submit", &typed).await.expect(200), phone)
}

/// Makes recovery codes and types one back; all of them.
async fn make_codes(world: &World, ada: &mut Person) -> Vec<String> {
    let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
    let page = ada.browser.press(&page, "recovery-codes-make", &[]).await.expect(200);
    let codes = shown(&page);
    let page = ada.browser.press(&page, "recovery-codes-submit", &[("code", &*codes[3])]).await;
    assert!(page.expect(200).words().contains("10 are left"));
    codes
}

fn shown(page: &Answer) -> Vec<String> {
    let html = page.html();
    html.select(&css("#recovery-codes code")).map(|code| folded(&code)).collect()
}

async fn press(world: &World, ada: &mut Person, button: &str) -> Answer {
    let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
    ada.browser.press(&page, button, &[]).await
}

/// Somebody signed in with an app and recovery codes, and two-step verification on.
async fn careful(world: &World) -> (Person, Phone, Vec<String>) {
    let mut ada = world.person("Ada").await;
    ada.sign_in(&world.url).await.expect(200);
    let (_, phone) = add_app(world, &mut ada, "My phone").await;
    let codes = make_codes(world, &mut ada).await;
    let page = press(world, &mut ada, "two-step-turn-on").await.expect(200);
    assert!(page.words().contains("On since"), "{}", page.words());
    world.pass(Duration::from_mins(1));
    (ada, phone, codes)
}

/// The form that leads to another way of this name.
fn other_way(page: &Answer, name: &str) -> Form {
    let mut forms = Form::all(page).into_iter();
    let open = |form: &Form| form.action.path().ends_with("/start") && form.value("by").is_none();
    forms.find(open).expect("a form").with("by", name)
}

async fn sent(world: &World, words: &str) -> bool {
    let inbox = world.inbox().await;
    inbox.iter().any(|message| message["subject"].as_str().unwrap_or_default().contains(words))
}

on_every_database! {
    async fn an_app_is_set_up_and_its_code_is_the_second_step(world: World) {
        let (ada, phone, _) = careful(&world).await;
        let mut away = ada.elsewhere();
        let page = away.sign_in(&world.url).await.expect(200);
        assert!(page.words().contains("authenticator app"), "{}", page.words());
        let home = away.type_code(&page, &phone.code_at(world.clock.now())).await.expect(200);
        assert_eq!(home.url.path(), "/account");
        for words in ["Two-step verification is on", "authenticator app was added", "New recovery codes"] {
            assert!(sent(&world, words).await, "{words}");
        }
        let activity = away.browser.open(&world.at("/account/activity")).await;
        for words in ["switched on two-step", "set up an authenticator app", "made new recovery codes"] {
            assert!(activity.words().contains(words), "{words}");
        }
    }

    async fn a_code_of_an_app_counts_once_and_none_before_it_after(world: World) {
        let (ada, phone, _) = careful(&world).await;
        let now = world.clock.now();
        let code = phone.code_at(world.clock.now());
        let mut one = ada.elsewhere();
        let page = one.sign_in(&world.url).await.expect(200);
        one.type_code(&page, &code).await.expect(200);
        let mut other = ada.elsewhere();
        let page = other.sign_in(&world.url).await.expect(200);
        other.type_code(&page, &code).await.expect(400);
        other.type_code(&page, &phone.code_at(now - Duration::from_secs(30))).await.expect(400);
        let next = phone.code_at(now + Duration::from_secs(30));
        assert_eq!(other.type_code(&page, &next).await.expect(200).url.path(), "/account");
    }

    async fn the_code_typed_to_set_an_app_up_is_used(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let (_, phone) = add_app(&world, &mut ada, "My phone").await;
        make_codes(&world, &mut ada).await;
        press(&world, &mut ada, "two-step-turn-on").await.expect(200);
        let mut away = ada.elsewhere();
        let page = away.sign_in(&world.url).await.expect(200);
        away.type_code(&page, &phone.code_at(world.clock.now())).await.expect(400);
    }

    async fn without_a_second_way_back_it_stays_off(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let refused = press(&world, &mut ada, "two-step-turn-on").await.expect(400);
        assert!(refused.words().contains("second way back"), "{}", refused.words());
        add_app(&world, &mut ada, "My phone").await;
        press(&world, &mut ada, "two-step-turn-on").await.expect(400);
        let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
        let page = ada.browser.press(&page, "two-step-channels", &[("email", "yes")]).await.expect(200);
        assert!(page.words().contains("saved"), "{}", page.words());
        let on = press(&world, &mut ada, "two-step-turn-on").await.expect(200);
        assert!(on.words().contains("On since"), "{}", on.words());
    }

    async fn recovery_codes_alone_switch_nothing_on(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        make_codes(&world, &mut ada).await;
        press(&world, &mut ada, "two-step-turn-on").await.expect(400);
    }

    async fn the_last_method_stays_while_it_is_on(world: World) {
        let (mut ada, phone, _) = careful(&world).await;
        let mut away = ada.elsewhere();
        let page = away.sign_in(&world.url).await.expect(200);
        away.type_code(&page, &phone.code_at(world.clock.now())).await.expect(200);
        let page = away.browser.open(&world.at(PAGE)).await.expect(200);
        let refused = away.browser.submit(&Form::to(&page, "/remove")).await.expect(400);
        assert!(refused.words().contains("second way back"), "{}", refused.words());
        let off = press(&world, &mut away, "two-step-turn-off").await.expect(200);
        assert!(off.words().contains("password alone"), "{}", off.words());
        assert!(sent(&world, "is off for your").await);
        let page = away.browser.open(&world.at(PAGE)).await.expect(200);
        let answer = away.browser.submit(&Form::to(&page, "/remove")).await;
        let page = away.browser.follow(answer).await.expect(200);
        assert!(!page.words().contains("My phone"), "{}", page.words());
        ada.browser = away.elsewhere().browser;
        assert_eq!(ada.sign_in(&world.url).await.expect(200).url.path(), "/account");
    }

    async fn a_recovery_code_works_once_and_its_owner_is_told(world: World) {
        let (ada, _, codes) = careful(&world).await;
        let mut one = ada.elsewhere();
        let page = one.sign_in(&world.url).await.expect(200);
        let started = one.browser.submit(&other_way(&page, "recovery")).await;
        let page = one.browser.follow(started).await.expect(200);
        let spaced = codes[3].replace('-', " ");
        assert_eq!(one.type_code(&page, &spaced).await.expect(200).url.path(), "/account");
        assert!(sent(&world, "recovery code").await);
        let left = one.browser.open(&world.at(PAGE)).await.expect(200);
        assert!(left.words().contains("9 are left"), "{}", left.words());
        let mut other = ada.elsewhere();
        let page = other.sign_in(&world.url).await.expect(200);
        let started = other.browser.submit(&other_way(&page, "recovery")).await;
        let page = other.browser.follow(started).await.expect(200);
        other.type_code(&page, &codes[3]).await.expect(400);
        assert_eq!(other.type_code(&page, &codes[4]).await.expect(200).url.path(), "/account");
    }

    async fn new_recovery_codes_replace_the_old_ones_once_one_is_typed_back(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let old = make_codes(&world, &mut ada).await;
        let page = press(&world, &mut ada, "recovery-codes-make").await.expect(200);
        let new = shown(&page);
        let wrong = ada.browser.press(&page, "recovery-codes-submit", &[("code", &*old[0])]).await;
        assert!(wrong.expect(400).words().contains("none of these"));
        let unconfirmed = ada.browser.open(&world.at(PAGE)).await.expect(200);
        assert!(unconfirmed.words().contains("10 are left"), "the old ones still count");
        ada.browser.press(&page, "recovery-codes-submit", &[("code", &*new[0])]).await.expect(200);
        add_app(&world, &mut ada, "My phone").await;
        press(&world, &mut ada, "two-step-turn-on").await.expect(200);
        let mut away = ada.elsewhere();
        let page = away.sign_in(&world.url).await.expect(200);
        let started = away.browser.submit(&other_way(&page, "recovery")).await;
        let page = away.browser.follow(started).await.expect(200);
        away.type_code(&page, &old[1]).await.expect(400);
        away.type_code(&page, &new[0]).await.expect(200);
    }

    async fn recovery_codes_are_a_file_for_whoever_wants_one(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = press(&world, &mut ada, "recovery-codes-make").await.expect(200);
        let codes = shown(&page);
        assert_eq!(codes.len(), 10);
        let form = Form::of_button(&page, "recovery-codes-file");
        let file = ada.browser.submit(&form).await.expect(200);
        assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
        assert!(file.header("content-type").unwrap().starts_with("text/plain"));
        assert!(file.header("cache-control").unwrap().contains("no-store"));
        assert!(codes.iter().all(|code| file.text().contains(code.as_str())), "{}", file.text());
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await.expect(200);
        let own = press(&world, &mut eve, "recovery-codes-make").await.expect(200);
        let csrf = Form::of_button(&own, "recovery-codes-file").value("csrf").unwrap().to_owned();
        eve.browser.submit(&form.fill("csrf", &csrf)).await.expect(403);
    }

    async fn what_cannot_be_set_up_says_why(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let url = world.at("/account/security/authenticators/new");
        let page = ada.browser.open(&url).await.expect(200);
        let phone = Phone::typed(&page.text_of("authenticator-secret"));
        for (name, code, says) in [
            ("My phone", "12345", "not the code"),
            ("", &*phone.code_at(world.clock.now()), "letter or digit"),
            ("www.evil.example", &*phone.code_at(world.clock.now()), "web address"),
        ] {
            let typed = [("name", name), ("code", code)];
            let again = ada.browser.press(&page, "authenticator-submit", &typed).await.expect(400);
            assert!(again.words().contains(says), "{}", again.words());
        }
        let form = Form::of_button(&page, "authenticator-submit").fill("name", "My phone");
        let form = form.fill("code", &phone.code_at(world.clock.now()));
        ada.browser.submit(&form.clone().fill("set_up", "x")).await.expect(403);
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await.expect(200);
        let own = eve.browser.open(&url).await.expect(200);
        let csrf = Form::of_button(&own, "authenticator-submit").value("csrf").unwrap().to_owned();
        eve.browser.submit(&form.clone().fill("csrf", &csrf)).await.expect(403);
        assert_eq!(ada.browser.submit(&form).await.status, 303);
        assert_eq!(ada.browser.submit(&form).await.status, 303, "sent twice is done once");
        let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
        assert_eq!(page.html().select(&css("form[action$='/remove']")).count(), 1);
    }

    async fn nothing_is_changed_without_a_fresh_proof(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
        world.pass(Duration::from_mins(5));
        for path in [PAGE, "/account/security/authenticators/new"] {
            let asked = ada.browser.open(&world.at(path)).await.expect(200);
            assert_eq!(asked.url.path(), "/sign-in/again", "{path}");
        }
        for button in ["two-step-turn-on", "recovery-codes-make"] {
            let led = ada.browser.submit(&Form::of_button(&page, button)).await.must_redirect();
            assert_eq!(led.path(), "/sign-in/again", "{button}");
        }
        let asked = ada.browser.open(&world.at(PAGE)).await.expect(200);
        let typed = [("password", &*ada.password)];
        let page = ada.browser.press(&asked, "again-submit", &typed).await.expect(200);
        assert_eq!(page.url.path(), PAGE);
    }

    async fn the_way_that_is_preferred_comes_first(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        add_app(&world, &mut ada, "My phone").await;
        let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
        let page = ada.browser.press(&page, "two-step-channels", &[("email", "yes")]).await.expect(200);
        let prefer = Form::all(&page).into_iter().rfind(|form| form.value("by").is_some());
        let prefer = prefer.expect("a form");
        ada.browser.submit(&prefer.clone().with("act", "prefer").fill("by", "nothing")).await.expect(400);
        assert_eq!(ada.browser.submit(&prefer.with("act", "prefer")).await.status, 303);
        press(&world, &mut ada, "two-step-turn-on").await.expect(200);
        let mut away = ada.elsewhere();
        let page = away.sign_in(&world.url).await.expect(200);
        assert!(page.words().contains("a…@example.org"), "{}", page.words());
        assert_eq!(away.type_mailed_code(&world.url, &page).await.expect(200).url.path(), "/account");
    }

    async fn secrets_are_nowhere_in_clear(world: World) {
        let (_, phone, codes) = careful(&world).await;
        let id = countersign::store::contacts::Channel::Email;
        let all = world.app.store.read(move |db| {
            let user = countersign::store::contacts::find_verified(db, id, "ada@example.org")?;
            countersign::store::totp_secrets::list_of_user(db, user.expect("Ada").user_id)
        });
        let kept = format!("{:?}", all.await.unwrap());
        let clear = format!("{:?}", phone.secret);
        assert!(!kept.contains(clear.trim_matches(['[', ']'])), "the secret is kept sealed");
        assert!(codes.iter().all(|code| !kept.contains(code.as_str())));
    }
}
