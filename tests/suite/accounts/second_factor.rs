//! The second step of a sign-in: nobody skips it, finishes it twice, or takes it elsewhere.

use std::time::Duration;

use countersign::store::{Db, Error, contacts::Channel, passwords};

use crate::support::{
    answer::Answer,
    browser::Browser,
    databases::on_every_database,
    form::Form,
    person::{Person, Tokens},
    relying_party::claims,
    world::World,
};

const NUMBER: &str = "+447700900142";

/// Somebody whose second step is a code by mail.
async fn careful(world: &World) -> Person {
    let ada = world.person("Ada").await;
    world.switch_on_two_step(&ada, &[Channel::Email]).await;
    ada
}

/// Six digits that are not these.
fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

/// The form for the code, and the code.
async fn asked(world: &World, ada: &mut Person) -> (Form, String) {
    let page = ada.sign_in(&world.url).await.expect(200);
    (Form::of_button(&page, "second-factor-submit"), world.code_sent_to(&ada.email).await)
}

/// The form that leads to another way whose name begins like this.
fn other_way(page: &Answer, name: &str) -> Form {
    let html = page.html();
    let button = crate::support::answer::css(&format!("button[name=by][value^=\"{name}\"]"));
    let by = html.select(&button).next().and_then(|button| button.attr("value"));
    let by = by.unwrap_or_else(|| panic!("no way {name}: {}", page.summary())).to_owned();
    let mut forms = Form::all(page).into_iter();
    let open = |form: &Form| form.action.path().ends_with("/start") && form.value("by").is_none();
    forms.find(open).expect("a form").with("by", &by)
}

on_every_database! {
    async fn a_password_alone_is_not_enough_and_with_a_code_it_is(world: World) {
        let mut ada = careful(&world).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        assert_eq!(page.url.path(), "/sign-in/second-factor");
        assert!(page.words().contains("a…@example.org"), "{}", page.words());
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        let home = ada.type_mailed_code(&world.url, &page).await.expect(200);
        assert_eq!(home.url.path(), "/account");
    }

    async fn an_app_is_told_that_there_were_two_steps(world: World) {
        let (mut ada, shop) = (careful(&world).await, world.app("Shop").await);
        let asked = shop.ask("openid email");
        let page = ada.browser.open(&asked.url()).await.expect(200);
        let page = ada.sign_in_at(&page).await.expect(200);
        assert!(page.shows("second-factor-submit") && page.words().contains("Shop"));
        let consent = ada.type_mailed_code(&world.url, &page).await.expect(200);
        let back = ada.browser.press(&consent, "consent-allow", &[]).await;
        let code = asked.answer(&back.must_redirect()).code();
        let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
        let told = claims(tokens.id());
        assert_eq!(told["acr"], "urn:countersign:acr:2fa");
        assert_eq!(told["amr"], serde_json::json!(["pwd", "otp", "mfa"]));
    }

    async fn whoever_wanted_a_page_is_brought_there_after_the_second_step(world: World) {
        let mut ada = careful(&world).await;
        let page = ada.browser.open(&world.at("/account/activity")).await;
        let page = ada.sign_in_at(&page).await.expect(200);
        let page = ada.type_mailed_code(&world.url, &page).await.expect(200);
        assert_eq!(page.url.path(), "/account/activity");
    }

    async fn a_sign_in_is_finished_once(world: World) {
        let mut ada = careful(&world).await;
        let (form, code) = asked(&world, &mut ada).await;
        let form = form.fill("code", &code);
        assert_eq!(ada.browser.clone().submit(&form).await.status, 303);
        let again = ada.browser.submit(&form).await.expect(400);
        assert!(again.page_error().contains("flow_lost"), "{}", again.summary());
        assert_eq!(ada.browser.cookie("localhost", "countersign-session"), None);
    }

    async fn nobody_finishes_it_in_another_browser(world: World) {
        let mut ada = careful(&world).await;
        let (form, code) = asked(&world, &mut ada).await;
        let mut eve = Browser::new();
        let page = eve.open(&form.page).await.expect(400);
        assert!(page.page_error().contains("flow_lost"), "{}", page.summary());
        let own = eve.open(&world.at("/sign-in")).await;
        let csrf = Form::of_button(&own, "sign-in-submit").value("csrf").unwrap().to_owned();
        let stolen = form.clone().fill("code", &code).fill("csrf", &csrf);
        let refused = eve.submit(&stolen).await.expect(400);
        assert!(refused.page_error().contains("flow_lost"), "{}", refused.summary());
        assert_eq!(ada.browser.submit(&form.fill("code", &code)).await.status, 303);
    }

    async fn no_step_is_skipped_by_naming_a_later_one(world: World) {
        let mut ada = careful(&world).await;
        let (form, code) = asked(&world, &mut ada).await;
        let form = form.fill("code", &code);
        let other = "AAAAAAAAAAAAAAAAAAAAAA";
        for (odd, status, error) in [
            (form.clone().without("sign_in"), 400, "flow_lost"),
            (form.clone().fill("sign_in", other), 400, "flow_lost"),
            (form.clone().fill("by", "totp"), 400, "flow_lost"),
            (form.clone().fill("by", "sms"), 400, "flow_lost"),
            (form.clone().without("csrf"), 403, "form_expired"),
        ] {
            let refused = ada.browser.clone().submit(&odd).await.expect(status);
            assert!(refused.page_error().contains(error), "{}", refused.summary());
        }
        for path in ["/sign-in/second-factor", "/sign-in/second-factor?sign_in=x"] {
            ada.browser.clone().open(&world.at(path)).await.expect(400);
        }
        assert_eq!(ada.browser.submit(&form).await.status, 303);
    }

    async fn a_code_for_one_sign_in_is_none_for_another(world: World) {
        let mut ada = careful(&world).await;
        let (first, code) = asked(&world, &mut ada).await;
        let (second, _) = asked(&world, &mut ada).await;
        let mixed = second.fill("challenge", first.value("challenge").unwrap()).fill("code", &code);
        let refused = ada.browser.clone().submit(&mixed).await.expect(400);
        assert!(refused.words().contains("no longer valid"), "{}", refused.words());
        assert_eq!(ada.browser.submit(&first.fill("code", &code)).await.status, 303);
    }

    async fn a_password_that_is_replaced_meanwhile_ends_it(world: World) {
        let mut ada = careful(&world).await;
        let (form, code) = asked(&world, &mut ada).await;
        world.pass(Duration::from_secs(1));
        let (id, now) = (world.user_id(&ada).await, world.clock.now());
        let hash = world.app.hasher.hash("another one altogether".to_owned()).await.unwrap();
        let replace = move |db: &mut Db<'_>| -> Result<(), Error> { passwords::set(db, id, &hash, now) };
        world.app.store.write(replace).await.unwrap();
        let refused = ada.browser.submit(&form.fill("code", &code)).await.expect(403);
        assert!(refused.page_error().contains("form_expired"), "{}", refused.summary());
        assert_eq!(ada.browser.cookie("localhost", "countersign-session"), None);
    }

    async fn a_sign_in_does_not_wait_for_ever(world: World) {
        let mut ada = careful(&world).await;
        let (form, code) = asked(&world, &mut ada).await;
        world.pass(Duration::from_mins(15));
        let late = ada.browser.submit(&form.fill("code", &code)).await.expect(400);
        assert!(late.page_error().contains("flow_lost"), "{}", late.summary());
    }

    async fn a_few_wrong_guesses_end_a_sign_in_and_some_more_pause_the_account(world: World) {
        let mut ada = careful(&world).await;
        for _ in 0..2 {
            let (form, code) = asked(&world, &mut ada).await;
            for left in (0..5).rev() {
                let page = ada.browser.submit(&form.clone().fill("code", &wrong(&code))).await.expect(400);
                let text = if left == 0 { "too often" } else { "not right" };
                assert!(page.words().contains(text), "{left}: {}", page.words());
            }
            let dead = ada.browser.submit(&form.fill("code", &code)).await.expect(400);
            assert!(dead.page_error().contains("flow_lost"), "{}", dead.summary());
        }
        let (form, code) = asked(&world, &mut ada).await;
        let paused = ada.browser.submit(&form.fill("code", &code)).await.expect(429);
        assert!(paused.header("retry-after").is_some() && paused.page_error().contains("too_many"));
        world.pass(Duration::from_hours(1));
        let (form, code) = asked(&world, &mut ada).await;
        assert_eq!(ada.browser.submit(&form.fill("code", &code)).await.status, 303);
    }

    async fn right_codes_are_no_guesses(world: World) {
        let ada = careful(&world).await;
        for _ in 0..12 {
            let mut ada = ada.elsewhere();
            let (form, code) = asked(&world, &mut ada).await;
            assert_eq!(ada.browser.submit(&form.fill("code", &code)).await.status, 303);
            world.pass(Duration::from_mins(10));
        }
    }

    async fn another_code_comes_after_a_wait_and_only_the_latest_counts(world: World) {
        let mut ada = careful(&world).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        let first = world.code_sent_to(&ada.email).await;
        let hasty = ada.browser.press(&page, "second-factor-resend", &[]).await.expect(429);
        assert!(hasty.header("retry-after").is_some() && hasty.shows("second-factor-submit"));
        world.pass(Duration::from_secs(30));
        let page = ada.browser.press(&page, "second-factor-resend", &[]).await.expect(200);
        ada.type_code(&page, &first).await.expect(400);
        assert_eq!(ada.type_mailed_code(&world.url, &page).await.expect(200).url.path(), "/account");
    }

    async fn there_is_another_way_for_every_contact_that_may_be_used(world: World) {
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Sms, NUMBER).await;
        world.switch_on_two_step(&ada, &[Channel::Email, Channel::Sms]).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        assert!(page.words().contains("…42") && !page.words().contains(NUMBER), "{}", page.words());
        let sent = ada.browser.submit(&other_way(&page, "sms.")).await;
        let page = ada.browser.follow(sent).await.expect(200);
        let code = world.code_sent_to(NUMBER).await;
        assert_eq!(ada.type_code(&page, &code).await.expect(200).url.path(), "/account");

        world.switch_on_two_step(&ada, &[Channel::Sms]).await;
        let page = ada.elsewhere().sign_in(&world.url).await.expect(200);
        assert!(page.words().contains("…42") && !page.words().contains("a…@example.org"));
    }

    async fn a_forgotten_password_is_no_way_around_it(world: World) {
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Sms, NUMBER).await;
        world.switch_on_two_step(&ada, &[Channel::Email, Channel::Sms]).await;
        let page = crate::accounts::recovery::recover(&mut ada, &world).await.expect(200);
        assert_eq!(page.url.path(), "/sign-in/second-factor");
        assert!(page.words().contains("…42") && !page.words().contains("a…@example.org"),
            "what proved the first step proves no second: {}", page.words());
        let code = world.code_sent_to(NUMBER).await;
        assert_eq!(ada.type_code(&page, &code).await.expect(200).url.path(), "/account");
    }

    async fn a_suspended_account_is_not_entered_by_the_second_step(world: World) {
        let mut ada = careful(&world).await;
        let (form, code) = asked(&world, &mut ada).await;
        let (id, now) = (world.user_id(&ada).await, world.clock.now());
        let suspend = move |db: &mut Db<'_>| -> Result<(), Error> {
            countersign::store::users::set_suspended(db, id, Some("a test"), now)
        };
        world.app.store.write(suspend).await.unwrap();
        ada.browser.submit(&form.fill("code", &code)).await.expect(403);
        assert_eq!(ada.browser.cookie("localhost", "countersign-session"), None);
    }

    async fn a_failure_at_the_second_step_is_written_down(world: World) {
        let mut ada = careful(&world).await;
        let page = ada.sign_in(&world.url).await.expect(200);
        let code = world.code_sent_to(&ada.email).await;
        ada.type_code(&page, &wrong(&code)).await.expect(400);
        ada.type_code(&page, &code).await.expect(200);
        let activity = ada.browser.open(&world.at("/account/activity")).await;
        assert!(activity.words().contains("failed at the second step"), "{}", activity.words());
    }
}
