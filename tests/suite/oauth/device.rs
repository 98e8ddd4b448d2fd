//! The device grant (RFC 8628): a television, and somebody with a phone.

use std::time::Duration;

use serde_json::json;

use crate::support::{
    answer::Answer,
    databases::on_every_database,
    form::Form,
    http::Request,
    person::{Person, Tokens},
    relying_party::{RelyingParty, claims},
    world::World,
};

pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// An app on televisions: no secret, no redirect URI.
pub async fn films(world: &World) -> RelyingParty {
    let metadata = json!({
        "client_name": "Films",
        "grant_types": [GRANT_TYPE, "refresh_token"],
        "response_types": [],
        "token_endpoint_auth_method": "none",
        "scope": "openid profile email offline_access orders",
    });
    world.register(metadata).await
}

pub async fn ask(app: &RelyingParty, fields: &[(&str, &str)]) -> Answer {
    app.call("device_authorization_endpoint", fields).send().await
}

/// The two codes: what the television keeps, and what it shows.
pub async fn codes(app: &RelyingParty, scope: &str) -> (String, String) {
    let answer = ask(app, &[("scope", scope)]).await.expect(200);
    (answer.member("device_code"), answer.member("user_code"))
}

pub async fn poll(app: &RelyingParty, code: &str) -> Answer {
    app.token(&[("grant_type", GRANT_TYPE), ("device_code", code)]).await
}

async fn refused(app: &RelyingParty, code: &str) -> String {
    poll(app, code).await.expect(400).error()
}

/// Opens the page, signing in where that is asked, and types a code.
pub async fn type_code(person: &mut Person, world: &World, user_code: &str) -> Answer {
    let mut page = person.browser.open(&world.at("/device")).await;
    if page.shows("sign-in-submit") {
        page = person.sign_in_at(&page).await;
    }
    person.browser.press(&page, "device-submit", &[("user_code", user_code)]).await
}

/// Types a code and says yes.
async fn allow(person: &mut Person, world: &World, user_code: &str) {
    let page = type_code(person, world, user_code).await.expect(200);
    let done = person.browser.press(&page, "device-allow", &[]).await.expect(200);
    assert!(done.shows("device-done"), "{}", done.summary());
}

/// A television linked to somebody's account.
pub async fn link(person: &mut Person, world: &World, app: &RelyingParty, scope: &str) -> Tokens {
    let (code, user_code) = codes(app, scope).await;
    allow(person, world, &user_code).await;
    Tokens(poll(app, &code).await.expect(200).json())
}

on_every_database! {
    async fn a_device_gets_tokens_once_its_owner_has_said_yes(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let fields = [("scope", "openid email orders"), ("device_name", "Living-room TV")];
        let asked = ask(&films, &fields).await.expect(200);
        assert!(asked.header("cache-control").is_some_and(|value| value.contains("no-store")));
        let (code, user_code) = (asked.member("device_code"), asked.member("user_code"));
        assert!(code.starts_with("cdc_"));
        assert_eq!(asked.member("verification_uri"), world.at("/device").as_str());
        assert_eq!(asked.json()["expires_in"], 600);
        assert_eq!(asked.json()["interval"], 5);
        assert_eq!(refused(&films, &code).await, "authorization_pending");

        world.pass(Duration::from_mins(1));
        let page = type_code(&mut ada, &world, &user_code.to_lowercase().replace('-', " ")).await;
        let page = page.expect(200);
        let words = page.words();
        for seen in [
            &*user_code,
            "Films",
            "Living-room TV",
            "ada@example.org",
            "orders",
            "127.0.0.1",
            "1 minute ago",
            "Only continue if you started this yourself",
        ] {
            assert!(words.contains(seen), "no {seen}: {words}");
        }
        let signed_in_at = world.clock.now().seconds();
        world.pass(Duration::from_mins(1));
        ada.browser.press(&page, "device-allow", &[]).await.expect(200);

        let tokens = Tokens(poll(&films, &code).await.expect(200).json());
        assert_eq!(tokens.0["scope"], "email openid orders");
        let told = claims(tokens.id());
        assert_eq!(told["aud"], json!([*films.id]));
        assert_eq!(told["auth_time"], signed_in_at);
        assert!(told["acr"].is_string() && told["amr"] == json!(["pwd"]), "{told}");
        assert_eq!(told["sid"], json!(null), "the phone's session is none of the television's");
        let person = films.userinfo(tokens.access()).await.expect(200).json();
        assert_eq!((&person["sub"], &person["email"]), (&told["sub"], &json!(ada.email)));
        films.refresh(tokens.refresh()).await.expect(200);
    }

    async fn a_code_in_the_address_is_filled_in_and_spends_nothing(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let asked = ask(&films, &[("scope", "openid")]).await.expect(200);
        let complete = asked.member("verification_uri_complete").parse().unwrap();
        let page = ada.browser.open(&complete).await;
        let page = ada.sign_in_at(&page).await.expect(200);
        let form = Form::of_button(&page, "device-submit");
        assert_eq!(form.value("user_code"), Some(&*asked.member("user_code")));
        for _ in 0..20 {
            ada.browser.open(&complete).await.expect(200);
        }
        assert_eq!(refused(&films, &asked.member("device_code")).await, "authorization_pending");
        let page = ada.browser.press(&page, "device-submit", &[]).await.expect(200);
        assert!(page.shows("device-allow") && page.shows("device-deny"));
    }

    async fn a_client_that_proves_itself_must_do_so_at_both_ends(world: World) {
        let mut ada = world.person("Ada").await;
        let box_ = world.register(json!({
            "client_name": "Box",
            "grant_types": [GRANT_TYPE],
            "response_types": [],
            "token_endpoint_auth_method": "client_secret_basic",
        })).await;
        let (code, user_code) = codes(&box_, "openid").await;
        allow(&mut ada, &world, &user_code).await;
        let thief = RelyingParty { secret: Some("wrong".to_owned()), ..box_.clone() };
        assert_eq!(ask(&thief, &[]).await.expect(401).error(), "invalid_client");
        assert_eq!(poll(&thief, &code).await.expect(401).error(), "invalid_client");
        let tokens = poll(&box_, &code).await.expect(200).json();
        assert!(tokens.get("refresh_token").is_none(), "it is not registered for one");
    }

    async fn what_may_not_be_asked_for_is_refused_by_its_code(world: World) {
        let (films, shop) = (films(&world).await, world.app("Shop").await);
        let long = "x".repeat(101);
        for (fields, error) in [
            (&[("scope", "openid nonsense")][..], "invalid_scope"),
            (&[("scope", "phone")], "invalid_scope"),
            (&[("scope", "openid"), ("scope", "email")], "invalid_request"),
            (&[("device_name", long.as_str())], "invalid_request"),
            (&[("device_name", "TV\u{202e}VT")], "invalid_request"),
            (&[("resource", "not a resource")], "invalid_target"),
        ] {
            assert_eq!(ask(&films, fields).await.expect(400).error(), error, "{fields:?}");
        }
        assert_eq!(ask(&shop, &[]).await.expect(400).error(), "unauthorized_client");
        let nobody = RelyingParty { id: "nobody".to_owned(), ..films };
        assert_eq!(ask(&nobody, &[]).await.expect(401).error(), "invalid_client");
        let code = [("grant_type", GRANT_TYPE), ("device_code", "cdc_x")];
        assert_eq!(shop.token(&code).await.expect(400).error(), "unauthorized_client");
    }

    async fn a_device_that_asks_too_often_waits_five_seconds_longer_each_time(world: World) {
        let films = films(&world).await;
        let (code, _) = codes(&films, "openid").await;
        for (pass, error) in [
            (0, "authorization_pending"),
            (5, "authorization_pending"),
            (4, "slow_down"),
            (9, "slow_down"),
            (14, "slow_down"),
            (20, "authorization_pending"),
            (20, "authorization_pending"),
        ] {
            world.pass(Duration::from_secs(pass));
            assert_eq!(refused(&films, &code).await, error, "after {pass} s");
        }
    }

    async fn a_no_is_access_denied_and_stays_one(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let (code, user_code) = codes(&films, "openid").await;
        let page = type_code(&mut ada, &world, &user_code).await.expect(200);
        ada.browser.press(&page, "device-deny", &[]).await.expect(200);
        assert_eq!(refused(&films, &code).await, "access_denied");
        // The page that is still open says yes: too late.
        ada.browser.press(&page, "device-allow", &[]).await;
        assert_eq!(refused(&films, &code).await, "access_denied");
        assert_eq!(type_code(&mut ada, &world, &user_code).await.status, 400);
    }

    async fn a_code_expires_after_ten_minutes(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let (code, user_code) = codes(&films, "openid").await;
        let page = type_code(&mut ada, &world, &user_code).await.expect(200);
        world.pass(Duration::from_mins(10));
        assert_eq!(refused(&films, &code).await, "expired_token");
        assert_eq!(ada.browser.press(&page, "device-allow", &[]).await.status, 400);
        assert_eq!(refused(&films, &code).await, "expired_token");
        assert_eq!(type_code(&mut ada, &world, &user_code).await.status, 400);
    }

    async fn an_unknown_code_or_another_clients_is_an_invalid_grant(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let other = self::films(&world).await;
        let (code, user_code) = codes(&films, "openid").await;
        allow(&mut ada, &world, &user_code).await;
        for wrong in ["", "cdc_", "nonsense"] {
            let error = poll(&films, wrong).await.expect(400).error();
            assert_eq!(error, if wrong.is_empty() { "invalid_request" } else { "invalid_grant" });
        }
        assert_eq!(refused(&other, &code).await, "invalid_grant");
        poll(&films, &code).await.expect(200);
    }

    async fn a_code_used_twice_ends_what_came_of_it(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let (code, user_code) = codes(&films, "openid").await;
        allow(&mut ada, &world, &user_code).await;
        let tokens = Tokens(poll(&films, &code).await.expect(200).json());
        // Another client has no say in it.
        assert_eq!(refused(&self::films(&world).await, &code).await, "invalid_grant");
        films.userinfo(tokens.access()).await.expect(200);
        assert_eq!(refused(&films, &code).await, "invalid_grant");
        films.userinfo(tokens.access()).await.expect(401);
        assert_eq!(films.refresh(tokens.refresh()).await.expect(400).error(), "invalid_grant");
    }

    async fn wrong_codes_are_counted_for_each_account(world: World) {
        let (mut ada, mut bob) = (world.person("Ada").await, world.person("Bob").await);
        let films = films(&world).await;
        let (_, user_code) = codes(&films, "openid").await;
        for wrong in ["BCDF-GHJK", "BCDF-GHJL", "BCDF-GHJM", "BCDF-GHJN", "BCDF-GHJP"] {
            assert_eq!(type_code(&mut ada, &world, wrong).await.status, 400, "{wrong}");
            // Slips of the finger are no guesses, and right codes are none either.
            assert_eq!(type_code(&mut ada, &world, "nonsense").await.status, 400);
            type_code(&mut ada, &world, &user_code).await.expect(200);
        }
        // Another browser of the same person shares the counter.
        let mut elsewhere = ada.elsewhere();
        for wrong in ["BCDF-GHJQ", "BCDF-GHJR", "BCDF-GHJS", "BCDF-GHJT", "BCDF-GHJV"] {
            assert_eq!(type_code(&mut elsewhere, &world, wrong).await.status, 400, "{wrong}");
        }
        for person in [&mut ada, &mut elsewhere] {
            let refused = type_code(person, &world, &user_code).await.expect(429);
            assert_eq!(refused.header("retry-after"), Some("900"));
        }
        type_code(&mut bob, &world, &user_code).await.expect(200);
        world.pass(Duration::from_mins(15));
        let (_, user_code) = codes(&films, "openid").await;
        type_code(&mut ada, &world, &user_code).await.expect(200);
    }

    async fn only_whoever_typed_the_code_may_answer(world: World) {
        let (mut ada, mut bob) = (world.person("Ada").await, world.person("Bob").await);
        let films = films(&world).await;
        let (code, user_code) = codes(&films, "openid").await;
        let page = type_code(&mut ada, &world, &user_code).await.expect(200);
        let answer = Form::of_button(&page, "device-allow");

        let bobs = bob.browser.open(&world.at("/device")).await;
        let bobs = bob.sign_in_at(&bobs).await.expect(200);
        let csrf = Form::of_button(&bobs, "device-submit").value("csrf").unwrap().to_owned();
        bob.browser.open(&page.url).await.expect(400);
        let stolen = answer.clone().fill("csrf", &csrf);
        bob.browser.submit(&stolen).await.expect(400);
        // Nor does a form from elsewhere, a made-up request, or a mere look answer anything.
        ada.browser.submit(&answer.clone().without("csrf")).await.expect(403);
        ada.browser.submit(&answer.clone().fill("request", "AAAA")).await.expect(400);
        let look = Request::get(&answer.action);
        assert_ne!(ada.browser.send(look, &answer.action).await.status, 200);
        assert_eq!(refused(&films, &code).await, "authorization_pending");
        ada.browser.submit(&answer).await.expect(200);
        poll(&films, &code).await.expect(200);
    }

    async fn a_linked_device_is_listed_and_stops_when_it_is_removed(world: World) {
        let (mut ada, mut bob) = (world.person("Ada").await, world.person("Bob").await);
        let films = films(&world).await;
        let asked = [("scope", "openid"), ("device_name", "Kitchen radio")];
        let asked = ask(&films, &asked).await.expect(200);
        allow(&mut ada, &world, &asked.member("user_code")).await;
        let radio = poll(&films, &asked.member("device_code")).await.expect(200);
        let radio = Tokens(radio.json());
        let other = link(&mut ada, &world, &films, "openid").await;

        let page = ada.browser.open(&world.at("/account/devices")).await.expect(200);
        assert!(page.words().contains("Kitchen radio Films"), "{}", page.words());
        let removals = Form::all(&page);
        let removals: Vec<_> =
            removals.into_iter().filter(|form| form.action.path().ends_with("/remove")).collect();
        assert_eq!(removals.len(), 2);
        bob.sign_in(&world.url).await;
        let bobs = bob.browser.open(&world.at("/account/devices")).await.expect(200);
        assert!(!bobs.words().contains("Kitchen radio"));
        let csrf = Form::all(&bobs)[0].value("csrf").unwrap().to_owned();
        for removal in &removals {
            bob.browser.submit(&removal.clone().fill("csrf", &csrf)).await;
        }
        films.userinfo(radio.access()).await.expect(200);

        let row = removal_of(&page, "Kitchen radio");
        ada.browser.submit(&row).await.expect(303);
        films.userinfo(radio.access()).await.expect(401);
        assert_eq!(films.refresh(radio.refresh()).await.expect(400).error(), "invalid_grant");
        films.userinfo(other.access()).await.expect(200);
        let page = ada.browser.open(&world.at("/account/devices")).await.expect(200);
        assert!(!page.words().contains("Kitchen radio"));
    }

    async fn signing_out_of_the_phone_leaves_the_television_alone(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let tokens = link(&mut ada, &world, &films, "openid").await;
        let page = ada.browser.open(&world.at("/sign-out")).await.expect(200);
        ada.browser.press(&page, "sign-out-confirm", &[]).await.expect(200);
        films.refresh(tokens.refresh()).await.expect(200);
    }

    async fn access_removed_between_the_yes_and_the_poll_means_no_tokens(world: World) {
        let (mut ada, films) = (world.person("Ada").await, films(&world).await);
        let (code, user_code) = codes(&films, "openid").await;
        allow(&mut ada, &world, &user_code).await;
        ada.remove_access(&world.url, "Films").await;
        assert_eq!(refused(&films, &code).await, "invalid_grant");
        let page = ada.browser.open(&world.at("/account/devices")).await.expect(200);
        assert!(!page.words().contains("Films"));
    }
}

/// The form that removes the device of this name.
fn removal_of(page: &Answer, name: &str) -> Form {
    let html = page.html();
    let button = crate::support::answer::css("form[action$=\"/remove\"] button");
    let label = format!("Remove {name}");
    let at = html.select(&button).position(|button| {
        button
            .attr("aria-label")
            .is_some_and(|said| said.replace(['\u{2068}', '\u{2069}'], "") == label)
    });
    let mut forms =
        Form::all(page).into_iter().filter(|form| form.action.path().ends_with("/remove"));
    forms.nth(at.unwrap_or_else(|| panic!("no `{label}`: {}", page.summary()))).expect("its form")
}
