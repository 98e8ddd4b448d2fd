//! A forgotten password: any proved contact, a code, a new password; nothing learned about who has
//! an account.

use std::time::Duration;

use countersign::store::{Db, Error, contacts, contacts::Channel, users};

use crate::support::{
    answer::{Answer, by_id},
    browser::Browser,
    databases::on_every_database,
    form::Form,
    person::Person,
    world::World,
};

const NEW: &str = "quite another set of tugboats";

/// Asks for a code; the page that wants it typed.
pub async fn ask(browser: &mut Browser, world: &World, identifier: &str) -> Answer {
    let page = browser.open(&world.at("/recover")).await.expect(200);
    browser.press(&page, "recover-submit", &[("identifier", identifier)]).await
}

pub async fn type_code(browser: &mut Browser, page: &Answer, code: &str) -> Answer {
    browser.press(page, "recover-code-submit", &[("code", code)]).await
}

pub async fn choose(browser: &mut Browser, page: &Answer, password: &str) -> Answer {
    browser.press(page, "recover-password-submit", &[("password", password)]).await
}

/// The whole way; the page it ends on.
pub async fn recover(person: &mut Person, world: &World) -> Answer {
    let page = ask(&mut person.browser, world, &person.email).await.expect(200);
    let code = world.code_sent_to(&person.email).await;
    let page = type_code(&mut person.browser, &page, &code).await.expect(200);
    NEW.clone_into(&mut person.password);
    choose(&mut person.browser, &page, NEW).await
}

/// Six digits that are not these.
fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

/// Everything written to this address, the newest first.
async fn sent_to(world: &World, address: &str) -> Vec<String> {
    let inbox = world.inbox().await;
    let to = inbox.iter().filter(|message| message["to"] == address);
    to.map(|message| message["text"].as_str().expect("a text").to_owned()).collect()
}

async fn suspend(world: &World, person: &Person) {
    let (own, now) = (person.email.clone(), world.clock.now());
    let suspend = move |db: &mut Db<'_>| -> Result<(), Error> {
        let user_id = contacts::find_verified(db, Channel::Email, &own)?.expect("them").user_id;
        users::set_suspended(db, user_id, Some("a test"), now)
    };
    world.app.store.write(suspend).await.expect("a suspension");
}

on_every_database! {
    async fn a_code_and_a_new_password_lead_back_in(world: World) {
        let mut ada = world.person("Ada").await;
        let old = ada.clone();
        let page = ada.browser.open(&world.at("/sign-in")).await;
        assert!(page.shows("sign-in-forgot"), "{}", page.summary());
        let account = recover(&mut ada, &world).await.expect(200);
        assert_eq!(account.url.path(), "/account");
        assert!(account.words().contains("Ada Example"));
        assert_eq!(old.elsewhere().sign_in(&world.url).await.status, 401, "the old one is dead");
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.expect(200).url.path(), "/account");
    }

    async fn a_mobile_number_is_as_good_as_an_address(world: World) {
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        let page = ask(&mut ada.browser, &world, "+49 151 12345678").await.expect(200);
        let message = &world.inbox().await[0];
        assert_eq!((&message["to"], &message["channel"]), (&"+4915112345678".into(), &"sms".into()));
        let code = message["code"].as_str().expect("a code").to_owned();
        let text = message["text"].as_str().unwrap();
        assert_eq!(text.lines().last(), Some(&*format!("@localhost #{code}")));
        let page = type_code(&mut ada.browser, &page, &code).await.expect(200);
        assert_eq!(choose(&mut ada.browser, &page, NEW).await.expect(200).url.path(), "/account");
        let mut by_number = Person { email: "+49 151 12345678".into(), password: NEW.into(), ..ada.elsewhere() };
        assert_eq!(by_number.sign_in(&world.url).await.expect(200).url.path(), "/account");
    }

    async fn whoever_was_in_is_out(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let mut thief = ada.elsewhere();
        thief.sign_in(&world.url).await.expect(200);
        let online = thief.connect(&shop, "openid").await;
        let offline = thief.connect(&shop, "openid offline_access").await;
        recover(&mut ada, &world).await.expect(200);
        assert!(thief.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        for tokens in [&online, &offline] {
            shop.userinfo(tokens.access()).await.expect(401);
        }
        assert_eq!(shop.refresh(offline.refresh()).await.expect(400).error(), "invalid_grant");
        let fresh = ada.connect(&shop, "openid offline_access").await;
        shop.userinfo(fresh.access()).await.expect(200);
    }

    async fn the_app_that_waited_still_gets_its_answer(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let page = ada.browser.open(&asked.url()).await;
        let link = page.html().select(&by_id("sign-in-forgot")).next().unwrap().attr("href").unwrap().to_owned();
        let page = ada.browser.open(&world.at(&link)).await.expect(200);
        assert!(page.words().contains("Shop"), "the app is shown: {}", page.summary());
        let page = ada.browser.press(&page, "recover-submit", &[("identifier", &ada.email)]).await;
        let code = world.code_sent_to(&ada.email).await;
        let missed = type_code(&mut ada.browser, &page, &wrong(&code)).await.expect(400);
        let page = type_code(&mut ada.browser, &missed, &code).await.expect(200);
        let weak = choose(&mut ada.browser, &page, "short").await.expect(400);
        let consent = choose(&mut ada.browser, &weak, NEW).await.expect(200);
        let back = ada.browser.press(&consent, "consent-allow", &[]).await;
        let code = asked.answer(&back.must_redirect()).code();
        shop.redeem(&code, &asked.verifier).await.expect(200);
    }

    async fn whoever_wanted_a_page_is_brought_there(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/account/activity")).await;
        let link = page.html().select(&by_id("sign-in-forgot")).next().unwrap().attr("href").unwrap().to_owned();
        let page = ada.browser.open(&world.at(&link)).await;
        let page = ada.browser.press(&page, "recover-submit", &[("identifier", &ada.email)]).await;
        let code = world.code_sent_to(&ada.email).await;
        let page = type_code(&mut ada.browser, &page, &code).await;
        let end = choose(&mut ada.browser, &page, NEW).await.expect(200);
        assert_eq!(end.url.path(), "/account/activity");
        assert!(end.words().contains("You chose a new password with a code"));
    }

    async fn nothing_tells_whether_an_account_exists(world: World) {
        let known = world.person("Ada").await;
        let (mut one, mut two) = (Browser::new(), Browser::new());
        let free = "eve@example.org";
        let (yes, no) = (ask(&mut one, &world, &known.email).await, ask(&mut two, &world, free).await);
        assert_eq!((yes.status, yes.url.path()), (no.status, no.url.path()));
        assert_eq!(yes.words_but(&known.email), no.words_but(free));
        assert!(sent_to(&world, free).await.is_empty(), "nobody is written to");
        let right = world.code_sent_to(&known.email).await;
        for _ in 0..6 {
            let yes = type_code(&mut one, &yes, &wrong(&right)).await.expect(400);
            let no = type_code(&mut two, &no, &wrong(&right)).await.expect(400);
            assert_eq!(yes.words_but(&known.email), no.words_but(free));
        }
        for (browser, page) in [(&mut one, &yes), (&mut two, &no)] {
            let early = browser.submit(&Form::to(page, "/recover/resend")).await;
            assert_eq!(early.status, 429);
        }
    }

    async fn a_few_wrong_guesses_end_a_code(world: World) {
        let mut ada = world.person("Ada").await;
        let mut page = ask(&mut ada.browser, &world, &ada.email).await;
        let code = world.code_sent_to(&ada.email).await;
        for _ in 0..world.app.config.sign_in.one_time_code_attempts {
            page = type_code(&mut ada.browser, &page, &wrong(&code)).await.expect(400);
        }
        let late = type_code(&mut ada.browser, &page, &code).await.expect(400);
        assert!(late.shows("recover-code"), "{}", late.summary());
    }

    async fn a_code_is_good_for_a_while_once_and_in_one_browser(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ask(&mut ada.browser, &world, &ada.email).await;
        let code = world.code_sent_to(&ada.email).await;
        let mut thief = Browser::new();
        thief.open(&world.at("/recover")).await;
        let stolen = thief.open(&page.url).await.expect(400);
        assert!(stolen.page_error().contains("flow_lost"));
        let chosen = type_code(&mut ada.browser, &page, &code).await.expect(200);
        let again = ada.browser.submit(&Form::of_button(&page, "recover-code-submit").fill("code", &code)).await;
        assert!(again.expect(400).page_error().contains("flow_lost"));
        let stolen = thief.open(&chosen.url).await.expect(400);
        assert!(stolen.page_error().contains("flow_lost"));

        let page = ask(&mut ada.browser, &world, &ada.email).await;
        let code = world.code_sent_to(&ada.email).await;
        world.pass(Duration::from_secs(world.app.config.sign_in.one_time_code_lifetime_seconds));
        assert_eq!(type_code(&mut ada.browser, &page, &code).await.status, 400);
    }

    async fn a_code_for_one_thing_is_no_code_for_another(world: World) {
        let mut eve = Person::new("Eve");
        let page = eve.browser.open(&world.at("/sign-up")).await;
        let fields = [("name", &*eve.name), ("email", &eve.email), ("password", &eve.password)];
        let page = eve.browser.press(&page, "sign-up-submit", &fields).await;
        let challenge = Form::of_button(&page, "sign-up-verify-submit").value("challenge").unwrap().to_owned();
        let elsewhere = world.at(&format!("/recover/code?challenge={challenge}"));
        assert!(eve.browser.open(&elsewhere).await.expect(400).page_error().contains("flow_lost"));
        let skipped = world.at(&format!("/recover/password?challenge={challenge}"));
        assert!(eve.browser.open(&skipped).await.expect(400).page_error().contains("flow_lost"));
    }

    async fn no_step_can_be_skipped(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ask(&mut ada.browser, &world, &ada.email).await;
        let form = Form::of_button(&page, "recover-code-submit");
        let mut skipped = Form { action: world.at("/recover/password"), ..form }.with("password", NEW);
        assert!(ada.browser.submit(&skipped).await.expect(400).page_error().contains("flow_lost"));
        skipped = skipped.without("challenge");
        assert!(ada.browser.submit(&skipped).await.expect(400).page_error().contains("flow_lost"));
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 200, "nothing changed");
    }

    async fn a_new_password_is_chosen_once_and_soon(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ask(&mut ada.browser, &world, &ada.email).await;
        let code = world.code_sent_to(&ada.email).await;
        let page = type_code(&mut ada.browser, &page, &code).await.expect(200);
        let mut twin = ada.browser.clone();
        choose(&mut ada.browser, &page, NEW).await.expect(200);
        let form = Form::of_button(&page, "recover-password-submit").fill("password", "yet another one of them");
        assert!(twin.submit(&form).await.expect(400).page_error().contains("flow_lost"));

        let mut late = ada.elsewhere();
        let page = ask(&mut late.browser, &world, &ada.email).await;
        let code = world.code_sent_to(&ada.email).await;
        let page = type_code(&mut late.browser, &page, &code).await.expect(200);
        world.pass(Duration::from_mins(15));
        assert!(choose(&mut late.browser, &page, "yet another one of them").await.expect(400).page_error().contains("flow_lost"));
    }

    async fn a_weak_password_is_refused_with_what_would_make_it_better(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ask(&mut ada.browser, &world, &ada.email).await;
        let code = world.code_sent_to(&ada.email).await;
        let page = type_code(&mut ada.browser, &page, &code).await;
        for weak in ["short", "password123", "ada example", "qwertyuiop"] {
            let refused = choose(&mut ada.browser, &page, weak).await.expect(400);
            let html = refused.html();
            let input = html.select(&by_id("recover-password")).next().expect("the field");
            assert_eq!(input.attr("aria-invalid"), Some("true"), "{weak}");
            assert!(!refused.text().contains(&format!("value=\"{weak}\"")), "never sent back");
        }
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 200, "nothing changed");
    }

    async fn every_contact_hears_of_it(world: World) {
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Email, "ada@second.example").await;
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        let page = ask(&mut ada.browser, &world, &ada.email).await;
        assert!(sent_to(&world, "ada@second.example").await.is_empty());
        let code = world.code_sent_to(&ada.email).await;
        let page = type_code(&mut ada.browser, &page, &code).await;
        let begun = &sent_to(&world, "ada@second.example").await;
        assert!(begun.len() == 1 && begun[0].contains("/recover/not-me?alarm="), "{begun:?}");
        assert_eq!(sent_to(&world, &ada.email).await.len(), 1, "who proved it knows already");
        choose(&mut ada.browser, &page, NEW).await.expect(200);
        for address in [&*ada.email, "ada@second.example", "+4915112345678"] {
            let newest = &sent_to(&world, address).await[0];
            assert!(newest.contains("password was reset") || newest.contains("new password"), "{newest}");
            assert!(newest.contains("/recover/not-me?alarm="), "{newest}");
        }
    }

    async fn messages_speak_the_persons_language(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/account")).await;
        let page = if page.shows("sign-in-submit") { ada.sign_in_at(&page).await } else { page };
        let form = Form::to(&page, "/language").with("language", "de");
        ada.browser.submit(&form).await;
        let mut elsewhere = Browser::speaking("fr");
        ask(&mut elsewhere, &world, &ada.email).await.expect(200);
        let text = &sent_to(&world, &ada.email).await[0];
        assert!(text.contains("Guten Tag Ada Example") && text.contains("Sagen Sie ihn niemandem"), "{text}");
        let mut stranger = Person { browser: Browser::speaking("fr"), ..Person::new("Eve") };
        let page = stranger.browser.open(&world.at("/sign-up")).await;
        let fields = [("name", &*stranger.name), ("email", &stranger.email), ("password", &stranger.password)];
        stranger.browser.press(&page, "sign-up-submit", &fields).await;
        let text = &sent_to(&world, &stranger.email).await[0];
        assert!(text.contains("Bonjour Eve Example"), "{text}");
    }

    async fn another_code_can_be_had_after_a_wait_and_only_the_newest_counts(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ask(&mut ada.browser, &world, &ada.email).await;
        let first = world.code_sent_to(&ada.email).await;
        let early = ada.browser.submit(&Form::to(&page, "/recover/resend")).await;
        assert_eq!((early.status, early.header("retry-after")), (429, Some("30")));
        assert!(early.words().contains("new code in 30 seconds"), "{}", early.summary());
        world.pass(Duration::from_secs(30));
        let answer = ada.browser.submit(&Form::to(&early, "/recover/resend")).await;
        let page = ada.browser.follow(answer).await.expect(200);
        let second = world.code_sent_to(&ada.email).await;
        let soon = ada.browser.submit(&Form::to(&page, "/recover/resend")).await;
        assert_eq!(soon.header("retry-after"), Some("60"), "twice as long each time");
        if first != second {
            assert_eq!(type_code(&mut ada.browser, &page, &first).await.status, 400);
        }
        assert_eq!(type_code(&mut ada.browser, &page, &second).await.url.path(), "/recover/password");
    }

    async fn what_is_no_address_is_said_beside_the_field(world: World) {
        let mut browser = Browser::new();
        for text in ["", "ada", "ada@", "+49", "0151 12345678", "<script>alert(1)</script>@x.y"] {
            let page = ask(&mut browser, &world, text).await;
            assert_eq!(page.status, 400, "{text}: {}", page.summary());
            let html = page.html();
            let input = html.select(&by_id("recover-identifier")).next().expect("the field");
            assert_eq!(input.attr("aria-invalid"), Some("true"), "{text}");
        }
        assert!(world.inbox().await.is_empty());
    }

    async fn the_page_hints_at_a_slip_of_the_finger(world: World) {
        let mut browser = Browser::new();
        let page = ask(&mut browser, &world, "ada@gmial.com").await.expect(200);
        assert!(page.words().contains("Did you mean ada@gmail.com?"), "{}", page.summary());
    }

    async fn nobody_is_flooded_with_codes(world: World) {
        let ada = world.person("Ada").await;
        let most = world.app.config.sign_in.one_time_codes_per_recipient_hour;
        let before = sent_to(&world, &ada.email).await.len();
        for _ in 0..=most {
            ask(&mut Browser::new(), &world, &ada.email).await;
        }
        let sent = sent_to(&world, &ada.email).await.len() - before;
        assert!(sent <= usize::try_from(most).unwrap(), "{sent} codes were sent");
        let refused = ask(&mut Browser::new(), &world, &ada.email).await;
        assert!(refused.page_error().contains("too_many_requests") && refused.header("retry-after").is_some());
        for _ in 0..=most {
            ask(&mut Browser::new(), &world, "eve@example.org").await;
        }
        let also = ask(&mut Browser::new(), &world, "eve@example.org").await;
        assert!(also.page_error().contains("too_many_requests"), "known or not");
        world.pass(Duration::from_hours(1));
        ask(&mut Browser::new(), &world, &ada.email).await.expect(200);
    }

    async fn a_suspended_person_stays_out(world: World) {
        let mut ada = world.person("Ada").await;
        suspend(&world, &ada).await;
        let page = ask(&mut ada.browser, &world, &ada.email).await.expect(200);
        let code = world.code_sent_to(&ada.email).await;
        let refused = type_code(&mut ada.browser, &page, &code).await.expect(403);
        assert!(refused.page_error().contains("account_suspended"));
    }

    async fn a_form_of_another_site_starts_nothing(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/recover")).await;
        let form = Form::of_button(&page, "recover-submit").fill("identifier", &ada.email);
        let before = world.inbox().await.len();
        let elsewhere = Form { page: "https://evil.example/".parse().unwrap(), ..form };
        assert_eq!(ada.browser.submit(&elsewhere).await.status, 403);
        assert_eq!(world.inbox().await.len(), before);
    }
}
