//! Signing up: the form, the code, and nothing learned about who has an account.

use std::time::Duration;

use countersign::store::{Db, Error, contacts, contacts::Channel, users};

use crate::support::{
    answer::{Answer, by_id},
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    person::Person,
    world::World,
};

/// Fills in the form; the page that asks for the code.
async fn apply(person: &mut Person, world: &World) -> Answer {
    let page = person.browser.open(&world.at("/sign-up")).await.expect(200);
    let fields =
        [("name", &*person.name), ("email", &person.email), ("password", &person.password)];
    person.browser.press(&page, "sign-up-submit", &fields).await
}

async fn type_code(browser: &mut Browser, page: &Answer, code: &str) -> Answer {
    browser.press(page, "sign-up-verify-submit", &[("code", code)]).await
}

/// The same with a mobile number.
async fn apply_by_phone(
    browser: &mut Browser,
    world: &World,
    person: &Person,
    number: &str,
) -> Answer {
    let page = browser.open(&world.at("/sign-up?by=phone")).await.expect(200);
    let fields = [("name", &*person.name), ("phone", number), ("password", &person.password)];
    browser.press(&page, "sign-up-submit", &fields).await
}

/// Six digits that are not these.
fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect()
}

on_every_database! {
    async fn the_code_in_the_mail_makes_the_account(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await.expect(200);
        let message = world.inbox().await.remove(0);
        assert_eq!((&message["to"], &message["channel"]), (&"ada@example.org".into(), &"email".into()));
        let code = message["code"].as_str().expect("a code");
        assert!(code.len() == 6 && code.chars().all(|c| c.is_ascii_digit()), "{code}");
        assert!(message["text"].as_str().unwrap().contains(code));
        let account = type_code(&mut ada.browser, &page, code).await.expect(200);
        assert_eq!(account.url.path(), "/account");
        assert!(account.words().contains("Ada Example"));
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.expect(200).url.path(), "/account");
    }

    async fn before_the_code_there_is_no_account(world: World) {
        let mut ada = Person::new("Ada");
        apply(&mut ada, &world).await.expect(200);
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 401);
    }

    async fn a_code_may_be_typed_with_gaps(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await;
        let code = world.code_sent_to(&ada.email).await;
        let gaps = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(type_code(&mut ada.browser, &page, &gaps).await.url.path(), "/account");
    }

    async fn a_few_wrong_guesses_end_a_code(world: World) {
        let mut ada = Person::new("Ada");
        let mut page = apply(&mut ada, &world).await;
        let code = world.code_sent_to(&ada.email).await;
        for _ in 0..world.app.config.sign_in.one_time_code_attempts {
            page = type_code(&mut ada.browser, &page, &wrong(&code)).await.expect(400);
        }
        assert_eq!(type_code(&mut ada.browser, &page, &code).await.status, 400);
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 401);
    }

    async fn a_code_is_good_for_a_while_and_once(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await;
        let code = world.code_sent_to(&ada.email).await;
        world.pass(Duration::from_secs(world.app.config.sign_in.one_time_code_lifetime_seconds));
        assert_eq!(type_code(&mut ada.browser, &page, &code).await.status, 400);

        let mut bob = Person::new("Bob");
        let page = apply(&mut bob, &world).await;
        let code = world.code_sent_to(&bob.email).await;
        let mut twin = bob.browser.clone();
        assert_eq!(type_code(&mut bob.browser, &page, &code).await.url.path(), "/account");
        let again = type_code(&mut twin, &page, &code).await;
        assert!((400..500).contains(&again.status), "{}", again.summary());
    }

    async fn a_code_belongs_to_the_browser_that_asked_for_it(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await;
        let mut thief = Browser::new();
        thief.open(&world.at("/sign-up")).await;
        let stolen = thief.open(&page.url).await;
        assert!((400..500).contains(&stolen.status) && !stolen.shows("sign-up-verify-submit"));
    }

    async fn another_code_can_be_had_after_a_wait_and_only_the_newest_counts(world: World) {
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await;
        let first = world.code_sent_to(&ada.email).await;
        let resend = Form::to(&page, "/sign-up/resend");
        let early = ada.browser.submit(&resend).await;
        assert_eq!(early.status, 429, "{}", early.summary());
        assert!(early.header("retry-after").is_some());
        world.pass(Duration::from_secs(world.app.config.sign_in.one_time_code_resend_seconds));
        let answer = ada.browser.submit(&resend).await;
        let page = ada.browser.follow(answer).await.expect(200);
        let second = world.code_sent_to(&ada.email).await;
        if first != second {
            assert_eq!(type_code(&mut ada.browser, &page, &first).await.status, 400);
        }
        assert_eq!(type_code(&mut ada.browser, &page, &second).await.url.path(), "/account");
    }

    async fn an_address_that_has_an_account_gets_the_same_answer_and_its_owner_a_warning(world: World) {
        let known = world.person("Ada").await;
        let mut prober = Person { password: "another password entirely".into(), ..Person::new("Ada") };
        let mut stranger = Person::new("Eve");
        let (taken, free) = (apply(&mut prober, &world).await, apply(&mut stranger, &world).await);
        assert_eq!(taken.status, free.status);
        assert_eq!(taken.words_but(&prober.email), free.words_but(&stranger.email));
        let inbox = world.inbox().await;
        let warning = inbox.iter().find(|message| message["to"] == *known.email).expect("a warning");
        assert!(warning["code"].is_null(), "nobody is given a code: {warning}");
        for code in ["000000", "123456"] {
            let refused = type_code(&mut prober.browser, &taken, code).await.expect(400);
            let also = type_code(&mut stranger.browser, &free, code).await.expect(400);
            assert_eq!(refused.words_but(&prober.email), also.words_but(&stranger.email));
        }
        assert_eq!(known.elsewhere().sign_in(&world.url).await.status, 200, "nothing changed");
    }

    async fn of_two_who_prove_one_address_the_first_has_it(world: World) {
        let (mut one, mut two) = (Person::new("Ada"), Person::new("Ada"));
        two.password = "another password entirely".into();
        let first = apply(&mut one, &world).await;
        let code = world.code_sent_to(&one.email).await;
        let second = apply(&mut two, &world).await;
        let other = world.code_sent_to(&two.email).await;
        assert_eq!(type_code(&mut one.browser, &first, &code).await.url.path(), "/account");
        let late = type_code(&mut two.browser, &second, &other).await;
        assert!((400..500).contains(&late.status), "{}", late.summary());
        assert_eq!(one.elsewhere().sign_in(&world.url).await.status, 200);
        assert_eq!(two.elsewhere().sign_in(&world.url).await.status, 401);
    }

    async fn what_is_wrong_with_a_form_is_said_beside_its_field(world: World) {
        let long = "x".repeat(400);
        let cases = [
            ("name", "", "sign-up-name"),
            ("email", "not an address", "sign-up-email"),
            ("email", &*format!("{long}@example.org"), "sign-up-email"),
            ("password", "short", "sign-up-password"),
            ("password", "password123", "sign-up-password"),
            ("password", "ada@example.org", "sign-up-password"),
        ];
        for (field, value, place) in cases {
            let mut ada = Person::new("Ada");
            match field {
                "name" => value.clone_into(&mut ada.name),
                "email" => value.clone_into(&mut ada.email),
                _ => value.clone_into(&mut ada.password),
            }
            let page = apply(&mut ada, &world).await;
            assert_eq!(page.status, 400, "{field}={value}: {}", page.summary());
            let html = page.html();
            let input = html.select(&by_id(place)).next().expect("the field");
            assert_eq!(input.attr("aria-invalid"), Some("true"), "{field}={value}");
            assert!(!page.text().contains("tugboats"), "a password is never sent back");
        }
        assert_eq!(world.inbox().await.len(), 0);
    }

    async fn a_mobile_number_is_as_good_as_an_address(world: World) {
        let ada = Person::new("Ada");
        let mut browser = Browser::new();
        let page = apply_by_phone(&mut browser, &world, &ada, "+49 151 12345678").await.expect(200);
        let message = world.inbox().await.remove(0);
        assert_eq!((&message["to"], &message["channel"]), (&"+4915112345678".into(), &"sms".into()));
        let code = message["code"].as_str().expect("a code");
        let account = type_code(&mut browser, &page, code).await.expect(200);
        assert_eq!(account.url.path(), "/account");
        assert!(account.words().contains("+49 1511 2345678"), "{}", account.summary());
        let mut again = Person { email: "+4915112345678".into(), ..ada };
        assert_eq!(again.sign_in(&world.url).await.expect(200).url.path(), "/account");
    }

    async fn a_number_that_has_an_account_gets_the_same_answer_and_its_owner_a_warning(world: World) {
        let ada = world.person("Ada").await;
        let number = "+4915112345678";
        world.add_contact(&ada, Channel::Sms, number).await;
        let eve = Person::new("Eve");
        let (mut one, mut two) = (Browser::new(), Browser::new());
        let taken = apply_by_phone(&mut one, &world, &eve, number).await.expect(200);
        let warning = world.inbox().await.remove(0);
        assert!(warning["to"] == number && warning["code"].is_null(), "{warning}");
        let free = apply_by_phone(&mut two, &world, &eve, "+4915112345679").await.expect(200);
        assert_eq!(taken.words_but("+49 1511 2345678"), free.words_but("+49 1511 2345679"));
    }

    async fn what_is_wrong_with_a_number_is_said_beside_it(world: World) {
        for number in ["", "0151 12345678", "+49 30 123456", "ada@example.org"] {
            let page = apply_by_phone(&mut Browser::new(), &world, &Person::new("Ada"), number).await;
            let html = page.expect(400).html();
            let input = html.select(&by_id("sign-up-phone")).next().expect("the field");
            assert_eq!(input.attr("aria-invalid"), Some("true"), "{number}");
        }
    }

    async fn where_no_sms_are_sent_nobody_signs_up_by_phone(database: FreshDatabase) {
        let world = World::with(database, &[("DELIVERY__SMS__DRIVER", "off")]).await;
        let page = Browser::new().open(&world.at("/sign-up?by=phone")).await.expect(200);
        assert!(page.shows("sign-up-email") && !page.shows("sign-up-phone") && !page.shows("sign-up-by-phone"));
    }

    async fn which_terms_were_accepted_and_when_is_kept(database: FreshDatabase) {
        let settings = [("BRAND__TERMS_URL", "https://brand.example/terms"), ("BRAND__TERMS_VERSION", "2026-11")];
        let world = World::with(database, &settings).await;
        let mut ada = Person::new("Ada");
        let page = apply(&mut ada, &world).await.expect(200);
        assert!(ada.browser.open(&world.at("/sign-up")).await.words().contains("By continuing you accept"));
        let code = world.code_sent_to(&ada.email).await;
        let accepted_at = world.clock.now();
        world.pass(Duration::from_mins(1));
        type_code(&mut ada.browser, &page, &code).await.expect(200);
        let find = move |db: &mut Db<'_>| -> Result<_, Error> {
            let contact = contacts::find_verified(db, Channel::Email, "ada@example.org")?.expect("Ada");
            users::find(db, contact.user_id)
        };
        let user = world.app.store.read(find).await.expect("a store").expect("Ada");
        assert_eq!(user.terms_version.as_deref(), Some("2026-11"));
        assert_eq!(user.terms_accepted_at, Some(accepted_at));
    }
}
