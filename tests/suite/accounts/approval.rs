//! A yes from another browser: a number at the door, chosen among three where somebody is signed in.

use std::time::Duration;

use countersign::store::contacts::Channel;

use crate::support::{
    answer::{Answer, css, folded},
    databases::on_every_database,
    form::Form,
    person::Person,
    world::World,
};

const PAGE: &str = "/account/approve";

/// Somebody signed in at home who wants in at another place: what they are shown there.
async fn at_the_door(world: &World, home: &Person) -> (Person, Answer) {
    let mut away = home.elsewhere();
    let page = away.browser.open(&world.at("/sign-in")).await;
    let page = away.show_password_at(&page).await.expect(200);
    let page = ask(&mut away, &page).await.expect(200);
    (away, page)
}

/// Chooses the way that asks in the other browsers; the page with the number.
async fn ask(away: &mut Person, page: &Answer) -> Answer {
    let mut forms = Form::all(page).into_iter();
    let open = |form: &Form| form.action.path().ends_with("/start") && form.value("by").is_none();
    let form = forms.find(open).expect("another way").with("by", "approval");
    let answer = away.browser.submit(&form).await;
    away.browser.follow(answer).await
}

fn offers_it(page: &Answer) -> bool {
    page.html().select(&css("button[name=by][value=approval]")).next().is_some()
}

/// What waits for an answer: the numbers, and the form of the first.
async fn waiting(world: &World, home: &mut Person) -> (Vec<String>, Form) {
    let page = home.browser.open(&world.at(PAGE)).await.expect(200);
    let html = page.html();
    let numbers = html.select(&css("button.match")).map(|button| folded(&button)).collect();
    (numbers, Form::of_button(&page, "approve-refuse-1"))
}

fn number_of(page: &Answer) -> String {
    page.text_of("approval-number")
}

async fn answer(home: &mut Person, form: &Form, number: &str) -> String {
    let answer = home.browser.submit(&form.clone().fill("number", number)).await;
    home.browser.follow(answer).await.expect(200).words()
}

async fn subjects(world: &World) -> String {
    let inbox = world.inbox().await;
    inbox.iter().filter_map(|it| it["subject"].as_str()).collect::<Vec<_>>().join("\n")
}

/// Somebody signed in, asked for nothing more than the password so far.
async fn at_home(world: &World) -> Person {
    let mut ada = world.person("Ada").await;
    ada.sign_in(&world.url).await.expect(200);
    ada
}

/// The same with two-step verification, having shown both steps.
async fn carefully_at_home(world: &World) -> Person {
    let mut ada = world.person("Ada").await;
    world.switch_on_two_step(&ada, &[Channel::Email]).await;
    let page = ada.sign_in(&world.url).await.expect(200);
    ada.type_mailed_code(&world.url, &page).await.expect(200);
    ada
}

on_every_database! {
    async fn choosing_the_number_lets_a_new_browser_in(world: World) {
        let mut home = at_home(&world).await;
        let (mut away, door) = at_the_door(&world, &home).await;
        assert!(door.text().contains("http-equiv=\"refresh\""), "it looks again without a script");
        let overview = home.browser.open(&world.at("/account")).await.expect(200);
        assert!(overview.shows("overview-approve"), "{}", overview.words());
        let (numbers, form) = waiting(&world, &mut home).await;
        assert_eq!(numbers.len(), 3);
        assert!(numbers.contains(&number_of(&door)), "{numbers:?}");
        let words = answer(&mut home, &form, &number_of(&door)).await;
        assert!(words.contains("You said yes"), "{words}");
        let door = away.browser.open(&door.url).await.expect(200);
        assert!(!door.text().contains("http-equiv=\"refresh\""));
        let page = away.browser.press(&door, "second-factor-submit", &[]).await.expect(200);
        assert_eq!(page.url.path(), "/account");
        let activity = home.browser.open(&world.at("/account/activity")).await.words();
        assert!(activity.contains("You approved a sign-in"), "{activity}");
    }

    async fn it_is_a_second_step(world: World) {
        let (mut home, shop) = (carefully_at_home(&world).await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let mut away = home.elsewhere();
        let page = away.browser.open(&asked.url()).await.expect(200);
        let page = away.show_password_at(&page).await.expect(200);
        let door = ask(&mut away, &page).await.expect(200);
        let (_, form) = waiting(&world, &mut home).await;
        answer(&mut home, &form, &number_of(&door)).await;
        let door = away.browser.open(&door.url).await.expect(200);
        let consent = away.browser.press(&door, "second-factor-submit", &[]).await.expect(200);
        let back = away.browser.press(&consent, "consent-allow", &[]).await;
        let code = asked.answer(&back.must_redirect()).code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200).member("id_token");
        let told = crate::support::relying_party::claims(&tokens);
        assert_eq!(told["acr"], "urn:countersign:acr:2fa");
        assert_eq!(told["amr"], serde_json::json!(["pwd", "mca", "mfa"]));
    }

    async fn a_wrong_number_ends_the_try_and_tells_the_owner(world: World) {
        let mut home = at_home(&world).await;
        let (mut thief, door) = at_the_door(&world, &home).await;
        let (numbers, form) = waiting(&world, &mut home).await;
        let wrong = numbers.into_iter().find(|it| *it != number_of(&door)).expect("two of them");
        let words = answer(&mut home, &form, &wrong).await;
        assert!(words.contains("We stopped that sign-in"), "{words}");
        let refused = thief.browser.open(&door.url).await.expect(403);
        assert!(refused.page_error().contains("sign_in_refused"), "{}", refused.summary());
        assert!(subjects(&world).await.contains("We stopped a sign-in"));
        let activity = home.browser.open(&world.at("/account/activity")).await.words();
        assert!(activity.contains("You refused a sign-in"), "{activity}");
        let words = answer(&mut home, &form, &number_of(&door)).await;
        assert!(words.contains("does not wait"), "no second thoughts: {words}");
        assert!(thief.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
    }

    async fn no_other_way_leads_on_after_a_no(world: World) {
        let mut home = at_home(&world).await;
        let mut thief = home.elsewhere();
        let page = thief.browser.open(&world.at("/sign-in")).await;
        let mailed = thief.show_password_at(&page).await.expect(200);
        let code = world.code_sent_to(&home.email).await;
        ask(&mut thief, &mailed).await.expect(200);
        let (_, form) = waiting(&world, &mut home).await;
        answer(&mut home, &form, "none").await;
        let typed = Form::of_button(&mailed, "second-factor-submit").fill("code", &code);
        let refused = thief.browser.submit(&typed).await.expect(403);
        assert!(refused.page_error().contains("sign_in_refused"), "{}", refused.summary());
        assert_eq!(thief.browser.cookie("localhost", "countersign-session"), None);
    }

    async fn nobody_goes_in_before_the_answer(world: World) {
        let mut home = at_home(&world).await;
        let (mut away, door) = at_the_door(&world, &home).await;
        let form = Form::to(&door, "/start");
        let early = Form { action: world.at("/sign-in/second-factor"), ..form }.with("by", "approval");
        for _ in 0..8 {
            let page = away.browser.submit(&early).await.expect(400);
            assert!(page.words().contains("Nobody has answered yet"), "{}", page.words());
        }
        let (_, form) = waiting(&world, &mut home).await;
        answer(&mut home, &form, &number_of(&door)).await;
        assert_eq!(away.browser.clone().submit(&early).await.status, 303, "asking early cost no guesses");
        let again = away.browser.submit(&early).await.expect(400);
        assert!(again.page_error().contains("flow_lost"), "{}", again.summary());
    }

    async fn an_answer_counts_for_a_few_minutes(world: World) {
        let mut home = at_home(&world).await;
        let (mut away, door) = at_the_door(&world, &home).await;
        let (_, form) = waiting(&world, &mut home).await;
        world.pass(Duration::from_mins(3));
        let words = answer(&mut home, &form, &number_of(&door)).await;
        assert!(words.contains("does not wait"), "{words}");
        let page = away.browser.open(&door.url).await.expect(200);
        assert!(page.words().contains("no question open"), "{}", page.words());
        let door = away.browser.press(&page, "second-factor-resend", &[]).await.expect(200);
        let (_, form) = waiting(&world, &mut home).await;
        answer(&mut home, &form, &number_of(&door)).await;
        let door = away.browser.open(&door.url).await.expect(200);
        world.pass(Duration::from_mins(3));
        let late = away.browser.submit(&Form::of_button(&door, "second-factor-submit")).await;
        assert!(late.expect(400).shows("second-factor-resend"), "nor is a yes good for ever");
    }

    async fn only_its_owner_answers_and_not_in_the_same_browser(world: World) {
        let mut home = at_home(&world).await;
        let (away, door) = at_the_door(&world, &home).await;
        let (_, form) = waiting(&world, &mut home).await;
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await.expect(200);
        let own = eve.browser.open(&world.at("/sign-out")).await;
        let csrf = Form::of_button(&own, "sign-out-confirm").value("csrf").unwrap().to_owned();
        let forged = form.clone().fill("csrf", &csrf).fill("number", &number_of(&door));
        assert!(eve.browser.submit(&forged).await.must_redirect().query().unwrap().contains("gone"));
        home.browser.submit(&form.clone().without("csrf")).await.expect(403);
        let odd = Form { action: world.at("/account/approve/x"), ..form };
        home.browser.submit(&odd).await.expect(404);
        let browser = away.browser.cookie("localhost", "countersign-browser").expect("a browser");
        home.browser.set_cookie("localhost", "countersign-browser", browser);
        let page = home.browser.open(&world.at(PAGE)).await.expect(200);
        assert!(page.shows("approve-look"), "what a browser asks it does not answer: {}", page.words());
    }

    async fn it_is_offered_to_whoever_is_signed_in_strongly_enough_elsewhere(world: World) {
        let mut home = at_home(&world).await;
        let page = home.browser.open(&world.at("/sign-out")).await;
        home.browser.press(&page, "sign-out-confirm", &[]).await.expect(200);
        let mut away = home.elsewhere();
        let page = away.browser.open(&world.at("/sign-in")).await;
        assert!(!offers_it(&away.show_password_at(&page).await.expect(200)), "nobody is in");
        home.sign_in(&world.url).await.expect(200);
        world.switch_on_two_step(&home, &[Channel::Email]).await;
        let page = away.browser.open(&world.at("/sign-in")).await;
        assert!(!offers_it(&away.show_password_at(&page).await.expect(200)), "by a password alone");
        let led = home.browser.open(&world.at(PAGE)).await.expect(200);
        assert_eq!(led.url.path(), "/sign-in/again");
        let page = home.choose_first_way(&led).await;
        home.type_mailed_code(&world.url, &page).await.expect(200);
        let page = away.browser.open(&world.at("/sign-in")).await;
        assert!(offers_it(&away.show_password_at(&page).await.expect(200)));
    }

    async fn nobody_is_worn_down_by_questions(world: World) {
        let home = at_home(&world).await;
        for _ in 0..6 {
            let (_, page) = at_the_door(&world, &home).await;
            assert!(!number_of(&page).is_empty());
        }
        let mut away = home.elsewhere();
        let page = away.browser.open(&world.at("/sign-in")).await;
        let page = away.show_password_at(&page).await.expect(200);
        let refused = ask(&mut away, &page).await.expect(429);
        assert!(refused.header("retry-after").is_some());
    }

    async fn it_is_no_second_way_back(world: World) {
        let mut home = at_home(&world).await;
        at_the_door(&world, &home).await;
        let page = home.browser.open(&world.at("/account/security/two-step")).await.expect(200);
        let page = home.browser.press(&page, "two-step-channels", &[("email", "yes")]).await;
        let refused = home.browser.press(&page, "two-step-turn-on", &[]).await.expect(400);
        assert!(refused.words().contains("second way back"), "{}", refused.words());
    }
}
