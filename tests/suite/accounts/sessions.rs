//! The browser's session: what its cookie is worth, and how it ends.

use std::time::Duration;

use crate::support::{databases::on_every_database, form::Form, relying_party::word, world::World};

on_every_database! {
    async fn a_tampered_cookie_is_a_stranger_and_no_error(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        let good = ada.browser.cookie("localhost", "countersign-session").expect("a session").to_owned();
        let mut bent = good.clone().into_bytes();
        bent[10] = if bent[10] == b'A' { b'B' } else { b'A' };
        let shop = world.app("Shop").await;
        let odd = [String::from_utf8(bent).unwrap(), good[..20].to_owned(), good.repeat(3), word(),
            "%00".into(), "\"quoted\"".into(), "x".repeat(3000)];
        for value in odd {
            let mut browser = ada.browser.clone();
            browser.set_cookie("localhost", "countersign-session", &value);
            let page = browser.open(&world.at("/account")).await;
            assert!(page.shows("sign-in-submit"), "{value}: {}", page.summary());
            let page = browser.open(&shop.ask("openid").url()).await;
            assert!(page.shows("sign-in-submit"), "{value}: {}", page.summary());
        }
        assert_eq!(ada.browser.open(&world.at("/account")).await.url.path(), "/account");
    }

    async fn a_tampered_browser_cookie_is_a_new_browser(world: World) {
        let mut ada = world.person("Ada").await;
        for value in ["", "x", "%00", &word()] {
            let mut browser = ada.elsewhere().browser;
            browser.set_cookie("localhost", "countersign-browser", value);
            let page = browser.open(&world.at("/sign-in")).await;
            assert!(page.shows("sign-in-submit"), "{value}: {}", page.summary());
            ada.browser = browser;
            assert_eq!(ada.sign_in_at(&page).await.url.path(), "/account", "{value}");
        }
    }

    async fn cookies_are_kept_from_scripts_and_other_sites(world: World) {
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/sign-in")).await;
        let form = Form::of_button(&page, "sign-in-submit")
            .fill("identifier", &ada.email)
            .fill("password", &ada.password);
        let answer = ada.browser.submit(&form).await;
        let set: Vec<_> = answer.headers("set-cookie").collect();
        assert!(set.iter().any(|cookie| cookie.starts_with("countersign-session=")), "{set:?}");
        for cookie in set {
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(attribute), "{cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }

    async fn a_session_ends_when_it_is_not_used_and_at_last_anyway(world: World) {
        let mut ada = world.person("Ada").await;
        let (idle, all) = {
            let settings = &world.app.config.sign_in;
            (settings.session_idle_lifetime_seconds, settings.session_lifetime_seconds)
        };
        ada.sign_in(&world.url).await;
        world.pass(Duration::from_secs(idle - 10));
        assert_eq!(ada.browser.open(&world.at("/account")).await.url.path(), "/account");
        world.pass(Duration::from_secs(idle - 10));
        assert_eq!(ada.browser.open(&world.at("/account")).await.url.path(), "/account", "used");
        world.pass(Duration::from_secs(idle + 10));
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"), "idle");

        let mut bob = world.person("Bob").await;
        bob.sign_in(&world.url).await;
        let mut lived = 0;
        while lived + idle / 2 < all {
            world.pass(Duration::from_secs(idle / 2));
            lived += idle / 2;
            bob.browser.open(&world.at("/account")).await;
        }
        world.pass(Duration::from_secs(idle / 2));
        assert!(bob.browser.open(&world.at("/account")).await.shows("sign-in-submit"), "too old");
    }

    async fn one_place_can_be_signed_out_from_another(world: World) {
        let mut ada = world.person("Ada").await;
        let mut phone = ada.elsewhere();
        ada.sign_in(&world.url).await;
        phone.sign_in(&world.url).await;
        let devices = ada.browser.open(&world.at("/account/devices")).await.expect(200);
        let end = Form::to(&devices, "/end");
        let answer = ada.browser.submit(&end).await;
        assert!(answer.location().is_some(), "{}", answer.summary());
        assert!(phone.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        assert_eq!(ada.browser.open(&world.at("/account")).await.url.path(), "/account");
    }

    async fn signing_in_again_in_the_same_browser_takes_the_place_of_what_was_left_there(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let mut cleared = ada.elsewhere();
        let browser = ada.browser.cookie("localhost", "countersign-browser").expect("a browser");
        cleared.browser.set_cookie("localhost", "countersign-browser", browser);
        let page = cleared.sign_in(&world.url).await.expect(200);
        assert_eq!(page.url.path(), "/account");
        let devices = cleared.browser.open(&world.at("/account/devices")).await.expect(200);
        assert_eq!(devices.words().matches("Signed in").count(), 1, "{}", devices.words());
        assert!(ada.browser.open(&world.at("/account")).await.shows("sign-in-submit"), "the old one ended");
    }

    async fn nobody_ends_a_session_of_somebody_else(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let mut phone = ada.elsewhere();
        ada.sign_in(&world.url).await;
        phone.sign_in(&world.url).await;
        eve.sign_in(&world.url).await;
        let devices = ada.browser.open(&world.at("/account/devices")).await;
        let hers = Form::to(&devices, "/end").action;
        let own = eve.browser.open(&world.at("/sign-out")).await;
        let forged = Form { action: hers, ..Form::of_button(&own, "sign-out-confirm") };
        let answer = eve.browser.submit(&forged).await;
        assert!(answer.status < 500, "{}", answer.summary());
        assert_eq!(phone.browser.open(&world.at("/account")).await.url.path(), "/account");
    }

    async fn a_new_password_ends_every_other_session(world: World) {
        let mut ada = world.person("Ada").await;
        let mut phone = ada.elsewhere();
        ada.sign_in(&world.url).await;
        phone.sign_in(&world.url).await;
        let page = ada.browser.open(&world.at("/account/security")).await.expect(200);
        let wrong = [("current_password", "wrong"), ("password", "a whole new sentence")];
        assert_eq!(ada.browser.press(&page, "security-submit", &wrong).await.status, 400);
        let right = [("current_password", &*ada.password), ("password", "a whole new sentence")];
        ada.browser.press(&page, "security-submit", &right).await.expect(200);
        assert!(phone.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        assert_eq!(ada.browser.open(&world.at("/account")).await.url.path(), "/account");
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 401);
        ada.password = "a whole new sentence".into();
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 200);
    }
}
