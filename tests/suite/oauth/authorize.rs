//! The authorization endpoint when all goes well (RFC 6749 §4.1, OpenID Connect Core §3.1.2).

use std::{collections::BTreeSet, time::Duration};

use serde_json::json;

use crate::support::{
    browser::Browser, databases::on_every_database, relying_party::claims, world::World,
};

on_every_database! {
    async fn a_person_signs_in_allows_and_the_app_gets_a_code(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid profile email");
        let back = ada.go(&asked.url()).await.must_redirect();
        assert!(back.as_str().starts_with("https://shop.example/cb?"), "{back}");
        assert_eq!(back.fragment(), None);
        let returned = asked.answer(&back);
        let names: BTreeSet<_> = returned.0.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, BTreeSet::from(["code", "state", "iss"]));
        assert_eq!(returned.get("iss"), Some(world.url.as_str().trim_end_matches('/')));
        assert!(returned.code().len() >= 43, "enough for the suite's measure of entropy");
    }

    async fn a_request_may_come_by_post(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let url = shop.endpoint("authorization_endpoint");
        let answer = ada.browser.send(asked.post(), &url).await;
        let next = answer.must_redirect();
        let back = ada.go(&next).await.must_redirect();
        asked.answer(&back).code();
    }

    async fn what_an_app_may_add_does_no_harm(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let long = "s".repeat(128);
        let harmless = [
            ("extra", "foobar"),
            ("display", "page"),
            ("display", "popup"),
            ("ui_locales", "se"),
            ("ui_locales", "de en"),
            ("claims_locales", "se"),
            ("login_hint", "ada@example.org"),
            ("acr_values", "1 2"),
            ("response_mode", "query"),
        ];
        for (name, value) in harmless {
            let asked = shop.ask("openid").and(name, value).with("state", &long);
            let returned = asked.answer(&ada.go(&asked.url()).await.must_redirect());
            returned.code();
            assert_eq!(returned.get("state"), Some(&*long), "{name}={value}");
        }
    }

    async fn state_and_nonce_may_be_left_out(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid").without("state").without("nonce");
        let returned = asked.answer(&ada.go(&asked.url()).await.must_redirect());
        assert_eq!(returned.get("state"), None);
        let tokens = shop.redeem(&returned.code(), &asked.verifier).await.expect(200).json();
        assert!(claims(tokens["id_token"].as_str().unwrap()).get("nonce").is_none());
    }

    async fn a_redirect_uri_keeps_its_own_query(world: World) {
        let mut ada = world.person("Ada").await;
        let shop = world.register(json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/cb?foo=bar"],
        })).await;
        let returned = ada.authorize(&shop.ask("openid")).await;
        assert_eq!(returned.get("foo"), Some("bar"));
        returned.code();
    }

    async fn a_native_app_may_listen_on_any_port_of_the_loopback(world: World) {
        let mut ada = world.person("Ada").await;
        let mut app = world.register(json!({
            "client_name": "Tool",
            "application_type": "native",
            "token_endpoint_auth_method": "none",
            "redirect_uris": ["http://127.0.0.1/cb"],
        })).await;
        app.redirect_uri = "http://127.0.0.1:51004/cb".into();
        let asked = app.ask("openid");
        let back = ada.go(&asked.url()).await.must_redirect();
        assert_eq!(back.port(), Some(51004));
        app.redeem(&asked.answer(&back).code(), &asked.verifier).await.expect(200);
    }

    async fn a_person_who_says_no_is_taken_back_with_access_denied(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid email");
        let page = ada.browser.open(&asked.url()).await;
        let consent = ada.sign_in_at(&page).await;
        assert!(consent.shows("consent-allow"), "{}", consent.summary());
        let back = ada.browser.press(&consent, "consent-deny", &[]).await.must_redirect();
        let returned = asked.answer(&back);
        assert_eq!(returned.error(), "access_denied");
        assert!(returned.get("iss").is_some());
    }

    async fn consent_shows_the_app_and_the_very_values_it_will_get(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let page = ada.browser.open(&shop.ask("openid profile email").url()).await;
        let words = ada.sign_in_at(&page).await.words();
        for shown in ["Shop", "ada@example.org", "Ada Example", "shop.example"] {
            assert!(words.contains(shown), "{shown} is not in: {words}");
        }
    }

    async fn consent_is_remembered_and_asked_again_only_for_what_is_new(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid email").await;
        let again = ada.browser.open(&shop.ask("openid email").url()).await;
        assert!(again.location().is_some(), "asked again: {}", again.summary());
        let less = ada.browser.open(&shop.ask("openid").url()).await;
        assert!(less.location().is_some(), "asked for less: {}", less.summary());

        let more = shop.ask("openid email profile");
        let consent = ada.browser.open(&more.url()).await;
        assert!(consent.shows("consent-allow"), "{}", consent.summary());
        assert!(!consent.words().contains("Your email"), "not new: {}", consent.words());
        ada.go(&more.url()).await.must_redirect();
        let now = ada.browser.open(&shop.ask("openid email profile").url()).await;
        assert!(now.location().is_some(), "what was allowed before still is: {}", now.summary());
    }

    async fn consent_belongs_to_one_app_and_one_person(world: World) {
        let mut ada = world.person("Ada").await;
        let (shop, game) = (world.app("Shop").await, world.app("Game").await);
        ada.connect(&shop, "openid").await;
        let page = ada.browser.open(&game.ask("openid").url()).await;
        assert!(page.shows("consent-allow"), "another app: {}", page.summary());
        let mut bob = world.person("Bob").await;
        let page = bob.browser.open(&shop.ask("openid").url()).await;
        assert!(bob.sign_in_at(&page).await.shows("consent-allow"), "another person");
    }

    async fn a_flow_begun_in_one_browser_is_not_finished_in_another(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let page = ada.browser.open(&asked.url()).await;
        let consent = ada.sign_in_at(&page).await;
        // Mallory lures Ada, signed in to nothing, to a consent page that is Mallory's.
        let mut stranger = Browser::new();
        let page = stranger.open(&consent.url).await;
        assert!(!page.shows("consent-allow"), "{}", page.summary());
        assert!(page.status < 500 && page.location().is_none());
    }

    async fn a_page_left_open_too_long_begins_afresh(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let page = ada.browser.open(&asked.url()).await;
        world.pass(Duration::from_hours(2));
        let after = ada.sign_in_at(&page).await;
        assert!(after.status < 500, "{}", after.summary());
        let returned = asked.answer(&ada.go(&asked.url()).await.must_redirect());
        returned.code();
    }
}
