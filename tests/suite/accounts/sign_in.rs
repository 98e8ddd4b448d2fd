//! Signing in and out.

use std::time::Duration;

use countersign::clock::Moment;

use crate::support::{
    answer::Answer, databases::on_every_database, form::Form, person::Person, world::World,
};

async fn try_as(world: &World, identifier: &str, password: &str) -> Answer {
    let mut person = Person::new("Somebody");
    (person.email, person.password) = (identifier.to_owned(), password.to_owned());
    person.sign_in(&world.url).await
}

on_every_database! {
    async fn nothing_tells_whether_an_account_exists(world: World) {
        let ada = world.person("Ada").await;
        let known = try_as(&world, &ada.email, "wrong").await;
        let unknown = try_as(&world, "eve@example.org", "wrong").await;
        assert_eq!((known.status, unknown.status), (401, 401));
        assert_eq!(known.words_but(&ada.email), unknown.words_but("eve@example.org"));
    }

    async fn an_address_is_found_however_it_is_written(world: World) {
        let ada = world.person("Ada").await;
        for written in ["ADA@EXAMPLE.ORG", " ada@example.org ", "Ada@Example.Org"] {
            let page = try_as(&world, written, &ada.password).await;
            assert_eq!(page.url.path(), "/account", "{written}: {}", page.summary());
        }
    }

    async fn hostile_input_is_wrong_and_nothing_worse(world: World) {
        let ada = world.person("Ada").await;
        let long = "x".repeat(20_000);
        let odd = ["", "' or 1=1 --", "<script>alert(1)</script>", &long, "ada@example.org\r\nBcc: eve"];
        for text in odd {
            for (identifier, password) in [(text, &*ada.password), (&*ada.email, text)] {
                let page = try_as(&world, identifier, password).await;
                assert!((400..500).contains(&page.status), "{}", page.summary());
                assert!(!page.text().contains("<script>alert"));
            }
        }
    }

    async fn whoever_wanted_a_page_is_brought_there(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/account/activity")).await;
        assert!(page.shows("sign-in-submit"), "{}", page.summary());
        assert_eq!(ada.sign_in_at(&page).await.expect(200).url.path(), "/account/activity");
    }

    async fn nobody_is_led_to_another_site(world: World) {
        let ada = world.person("Ada").await;
        for next in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"] {
            let mut ada = ada.elsewhere();
            let mut url = world.at("/sign-in");
            url.query_pairs_mut().append_pair("next", next);
            let page = ada.browser.open(&url).await;
            assert_eq!(ada.sign_in_at(&page).await.url.path(), "/account", "{next}");
        }
    }

    async fn a_password_that_is_replaced_meanwhile_proves_nothing(world: World) {
        let ada = world.person("Ada").await;
        let later = world.clock.now() + Duration::from_secs(1);
        replace(&world, &ada, later).await;
        let refused = ada.elsewhere().sign_in(&world.url).await.expect(403);
        assert!(refused.page_error().contains("form_expired"), "{}", refused.summary());
        world.pass(Duration::from_secs(1));
        ada.elsewhere().sign_in(&world.url).await.expect(200);
    }

    async fn a_new_proof_gets_a_new_secret(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let before = ada.browser.cookie("localhost", "countersign-session").expect("a session").to_owned();
        let shop = world.app("Shop").await;
        world.pass(Duration::from_secs(5));
        let asked = shop.ask("openid").with("prompt", "login");
        ada.go(&asked.url()).await.must_redirect();
        let after = ada.browser.cookie("localhost", "countersign-session").expect("a session").to_owned();
        assert_ne!(before, after);
        let mut thief = ada.elsewhere().browser;
        thief.set_cookie("localhost", "countersign-session", &before);
        assert!(thief.open(&world.at("/account")).await.shows("sign-in-submit"), "the old one is dead");
    }

    async fn signing_out_ends_the_session_and_not_only_the_cookie(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let mut copy = ada.browser.clone();
        let page = ada.browser.open(&world.at("/sign-out")).await;
        let bye = ada.browser.press(&page, "sign-out-confirm", &[]).await;
        assert!(bye.shows("signed-out"), "{}", bye.summary());
        assert_eq!(ada.browser.cookie("localhost", "countersign-session"), None);
        assert!(copy.open(&world.at("/account")).await.shows("sign-in-submit"));
    }

    async fn a_suspended_person_cannot_sign_in_and_no_token_works(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        suspend(&world, &ada).await;
        assert!((400..500).contains(&ada.elsewhere().sign_in(&world.url).await.status));
        shop.userinfo(tokens.access()).await.expect(401);
        for answer in [shop.refresh(tokens.refresh()).await, shop.redeem(&code, &asked.verifier).await] {
            assert_eq!(answer.expect(400).error(), "invalid_grant");
        }
        let page = ada.browser.open(&world.at("/account")).await;
        assert!(!page.words().contains("ada@example.org"), "{}", page.summary());
    }

    async fn a_form_of_another_site_does_not_sign_anybody_in(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/sign-in")).await;
        let form = Form::of_button(&page, "sign-in-submit")
            .fill("identifier", &ada.email)
            .fill("password", &ada.password);
        let elsewhere = Form { page: "https://evil.example/".parse().unwrap(), ..form.clone() };
        assert_eq!(ada.browser.submit(&elsewhere).await.status, 403);
        let opaque = Form { keeps_origin: true, ..form };
        assert_eq!(ada.browser.submit(&opaque).await.status, 403);
        assert_eq!(ada.browser.cookie("localhost", "countersign-session"), None);
    }
}

async fn suspend(world: &World, person: &Person) {
    use countersign::store::{Db, Error, contacts, users};
    let (canonical, now) = (person.email.clone(), world.clock.now());
    let suspend = move |db: &mut Db<'_>| -> Result<(), Error> {
        let contact = contacts::find_verified(db, contacts::Channel::Email, &canonical)?;
        let id = contact.expect("the person").user_id;
        users::set_suspended(db, id, Some("a test"), now)
    };
    world.app.store.write(suspend).await.expect("a suspension");
}

/// Sets the same password again, as at that moment.
async fn replace(world: &World, person: &Person, at: Moment) {
    use countersign::store::{Db, Error, contacts, passwords};
    let canonical = person.email.clone();
    let hash = world.app.hasher.hash(person.password.clone()).await.expect("a hash");
    let set = move |db: &mut Db<'_>| -> Result<(), Error> {
        let contact = contacts::find_verified(db, contacts::Channel::Email, &canonical)?;
        passwords::set(db, contact.expect("the person").user_id, &hash, at)
    };
    world.app.store.write(set).await.expect("a password");
}
