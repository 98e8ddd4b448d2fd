//! How much of the person's attention is wanted: `prompt`, `max_age`, `id_token_hint`
//! (OpenID Connect Core §3.1.2.1).

use std::time::Duration;

use serde_json::Value;

use crate::support::{
    answer::css,
    browser::Browser,
    databases::on_every_database,
    person::{Person, Tokens},
    relying_party::{Asked, RelyingParty, claims},
    world::World,
};

/// Goes through with a request; the claims of the ID token.
async fn id_token(person: &mut Person, app: &RelyingParty, asked: &Asked) -> Value {
    let code = person.authorize(asked).await.code();
    let tokens = Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json());
    claims(tokens.id())
}

/// The error that comes back without a word to the person.
async fn refused(browser: &mut Browser, asked: &Asked) -> String {
    asked.answer(&browser.open(&asked.url()).await.must_redirect()).error()
}

on_every_database! {
    async fn silence_is_refused_to_strangers(world: World) {
        let shop = world.app("Shop").await;
        let asked = shop.ask("openid").with("prompt", "none");
        assert_eq!(refused(&mut Browser::new(), &asked).await, "login_required");
    }

    async fn silence_is_refused_where_consent_is_missing(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.sign_in(&world.url).await;
        let asked = shop.ask("openid").with("prompt", "none");
        assert_eq!(refused(&mut ada.browser, &asked).await, "consent_required");
        ada.connect(&shop, "openid").await;
        let more = shop.ask("openid email").with("prompt", "none");
        assert_eq!(refused(&mut ada.browser, &more).await, "consent_required");
    }

    async fn silence_suffices_for_what_was_allowed(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = claims(ada.connect(&shop, "openid").await.id());
        world.pass(Duration::from_mins(2));
        let second = id_token(&mut ada, &shop, &shop.ask("openid").with("prompt", "none")).await;
        assert_eq!(second["sub"], first["sub"]);
        assert_eq!(second["auth_time"], first["auth_time"]);
    }

    async fn silence_goes_with_no_other_prompt(world: World) {
        let shop = world.app("Shop").await;
        let asked = shop.ask("openid").with("prompt", "none login");
        assert_eq!(refused(&mut Browser::new(), &asked).await, "invalid_request");
    }

    async fn prompt_login_asks_for_the_password_again(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = claims(ada.connect(&shop, "openid").await.id());
        world.pass(Duration::from_secs(5));
        let asked = shop.ask("openid").with("prompt", "login");
        let page = ada.browser.open(&asked.url()).await;
        assert!(page.shows("sign-in-submit"), "{}", page.summary());
        let second = id_token(&mut ada, &shop, &asked).await;
        assert_eq!(second["sub"], first["sub"]);
        assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
    }

    async fn prompt_consent_asks_again_for_what_was_allowed(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid email").await;
        world.pass(Duration::from_secs(5));
        let asked = shop.ask("openid email").with("prompt", "consent");
        let page = ada.browser.open(&asked.url()).await;
        assert!(page.shows("consent-allow"), "{}", page.summary());
        assert!(page.words().contains("ada@example.org"));
        asked.answer(&ada.go(&asked.url()).await.must_redirect()).code();
    }

    async fn an_old_proof_is_renewed_when_max_age_is_short(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = claims(ada.connect(&shop, "openid").await.id());
        world.pass(Duration::from_secs(2));
        let asked = shop.ask("openid").with("max_age", "1");
        assert!(ada.browser.open(&asked.url()).await.shows("sign-in-submit"));
        let second = id_token(&mut ada, &shop, &asked).await;
        assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
    }

    async fn a_recent_proof_suffices_when_max_age_is_long(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = id_token(&mut ada, &shop, &shop.ask("openid").with("max_age", "15000")).await;
        world.pass(Duration::from_mins(1));
        let asked = shop.ask("openid").with("max_age", "10000");
        assert!(ada.browser.open(&asked.url()).await.location().is_some());
        let second = id_token(&mut ada, &shop, &asked).await;
        assert_eq!(second["auth_time"], first["auth_time"]);
        assert!(first["auth_time"].is_i64());
    }

    async fn max_age_is_a_number(world: World) {
        let shop = world.app("Shop").await;
        for odd in ["-1", "soon", "1.5", "99999999999999999999999"] {
            let asked = shop.ask("openid").with("max_age", odd);
            assert_eq!(refused(&mut Browser::new(), &asked).await, "invalid_request", "{odd}");
        }
    }

    async fn a_hint_names_the_person_who_is_expected(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let hint = ada.connect(&shop, "openid").await.id().to_owned();
        world.pass(Duration::from_hours(3)); // expired, and still ours
        let asked = shop.ask("openid").with("prompt", "none").with("id_token_hint", &hint);
        let again = id_token(&mut ada, &shop, &asked).await;
        assert_eq!(again["sub"], claims(&hint)["sub"]);

        let mut bob = world.person("Bob").await;
        bob.connect(&shop, "openid").await;
        let asked = shop.ask("openid").with("prompt", "none").with("id_token_hint", &hint);
        let error = refused(&mut bob.browser, &asked).await;
        assert!(["login_required", "account_selection_required"].contains(&&*error), "{error}");
    }

    async fn the_pages_speak_the_first_language_asked_for_that_they_can(world: World) {
        let shop = world.app("Shop").await;
        for (asked, spoken) in [("de", "de"), ("se de", "de"), ("de-AT en", "de"), ("se", "en")] {
            let page = Browser::new().open(&shop.ask("openid").with("ui_locales", asked).url()).await;
            let html = page.html();
            let root = html.select(&css("html")).next().and_then(|root| root.attr("lang"));
            assert_eq!(root, Some(spoken), "{asked}");
        }
    }

    async fn the_page_knows_who_is_expected(world: World) {
        let shop = world.app("Shop").await;
        let asked = shop.ask("openid").with("login_hint", "ada@example.org");
        let html = Browser::new().open(&asked.url()).await.html();
        let field = html.select(&css("[name=identifier]")).next().and_then(|it| it.attr("value"));
        assert_eq!(field, Some("ada@example.org"));
    }
}
