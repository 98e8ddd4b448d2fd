//! What the conformance suite measures on every endpoint at once: how well secrets are drawn, how
//! claims are written, and that many sign-ins from one address are no attack.

use std::collections::BTreeMap;

use countersign::store::{
    Db, Error,
    contacts::{self, Channel, Contact, ContactId},
};
use serde_json::json;
use url::Url;

use super::device::GRANT_TYPE;
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    http::Request,
    world::World,
};

/// The bits in a text, by how often each of its characters comes: Shannon's measure, as the suite
/// takes it of a single value.
fn entropy(text: &str) -> f64 {
    let mut counts = BTreeMap::<char, u32>::new();
    text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    let length = f64::from(u32::try_from(text.chars().count()).expect("a short text"));
    counts.values().map(|count| -f64::from(*count) * (f64::from(*count) / length).log2()).sum()
}

#[test]
fn twenty_two_characters_are_not_enough_for_the_suite() {
    assert!(entropy("AAAAAAAAAAAAAAAAAAAAAA") < 1.0);
    assert!(entropy("abcdefghijklmnopqrstuv") < 99.0);
    assert!(entropy("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG") > 200.0);
}

on_every_database! {
    async fn secrets_are_drawn_well_enough_for_the_suite(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let films = world.register(json!({
            "client_name": "Films", "grant_types": [GRANT_TYPE], "response_types": [],
            "token_endpoint_auth_method": "none",
        })).await;
        let asked = shop.ask("openid offline_access");
        let fields: Vec<_> = asked.parameters.iter().map(|(k, v)| (&**k, &**v)).collect();
        let pushed = shop.call("pushed_authorization_request_endpoint", &fields);
        let device = films.call("device_authorization_endpoint", &[("scope", "openid")]);
        let code = ada.authorize(&asked).await.code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200);
        let drawn = [
            code,
            tokens.member("access_token"),
            tokens.member("refresh_token"),
            pushed.send().await.expect(201).member("request_uri"),
            device.send().await.expect(200).member("device_code"),
            shop.secret.clone().expect("a secret"),
        ];
        for secret in drawn {
            assert!(secret.len() >= 43 && entropy(&secret) > 96.0, "{secret}: {}", entropy(&secret));
        }
    }

    async fn every_claim_is_of_its_type(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        prove_number(&world, &ada.email).await;
        let tokens = ada.connect(&shop, "openid profile email address phone").await;
        let told = shop.userinfo(tokens.access()).await.expect(200).json();
        for (name, value) in told.as_object().expect("an object") {
            match name.as_str() {
                "email_verified" | "phone_number_verified" => assert_eq!(*value, true, "{name}"),
                "updated_at" => assert!(value.is_i64(), "seconds: {value}"),
                "address" => assert!(value.as_object().is_some_and(|it| !it.is_empty())),
                "profile" | "picture" | "website" => {
                    assert!(value.as_str().expect(name).parse::<Url>().is_ok(), "{value}");
                }
                _ => assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{name}"),
            }
        }
        assert_eq!(told["birthdate"], "1815-12-10");
        assert_eq!(told["phone_number"], "+4930123456");
        assert_eq!(told.as_object().map(serde_json::Map::len), Some(20), "{told}");
    }

    async fn the_order_of_parameters_and_scopes_is_nothing(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let mut asked = shop.ask("email profile openid");
        asked.parameters.reverse();
        let code = ada.authorize(&asked).await.code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200).json();
        assert_eq!(tokens["scope"], "email openid profile");
    }

    async fn many_sign_ins_from_one_address_are_no_attack(world: World) {
        let (ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for _ in 0..60 {
            ada.elsewhere().connect(&shop, "openid").await;
        }
    }

    async fn no_page_on_the_way_keeps_the_browser_from_going_back(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let sign_in = ada.browser.open(&shop.ask("openid").url()).await;
        let consent = ada.sign_in_at(&sign_in).await;
        assert!(sign_in.shows("sign-in-submit") && consent.shows("consent-allow"));
        for page in [sign_in, consent] {
            let policy = page.header("content-security-policy").expect("a policy");
            assert!(!policy.contains("form-action"), "Chromium holds it against the redirect");
        }
    }
}

/// Gives somebody a number that was proved.
async fn prove_number(world: &World, email: &str) {
    let (email, now) = (email.to_owned(), world.clock.now());
    let add = move |db: &mut Db<'_>| -> Result<(), Error> {
        let known = contacts::find_verified(db, Channel::Email, &email)?.expect("somebody");
        let number = "+4930123456".to_owned();
        contacts::add(
            db,
            &Contact {
                id: ContactId::random(),
                channel: Channel::Sms,
                address: number.clone(),
                canonical: number,
                created_at: now,
                verified_at: Some(now),
                ..known
            },
        )
    };
    world.app.store.write(add).await.expect("a number");
}

#[actix_web::test]
async fn behind_a_proxy_every_address_is_https_and_every_language_a_proper_tag() {
    let public = [("HTTP__PUBLIC_URL", "https://localhost:9443")];
    let world = World::with(FreshDatabase::sqlite(), &public).await;
    let document = Request::get(&world.at("/.well-known/openid-configuration")).send().await;
    let document = document.expect(200).json();
    let mut addresses = 0;
    for (name, value) in document.as_object().expect("an object") {
        if name.ends_with("_endpoint") || ["issuer", "jwks_uri"].contains(&name.as_str()) {
            let value = value.as_str().expect("an address");
            assert!(value.starts_with("https://localhost:9443"), "{name} is {value}");
            addresses += 1;
        }
    }
    assert!(addresses > 8);
    for tag in document["ui_locales_supported"].as_array().expect("a list") {
        let tag = tag.as_str().expect("a tag");
        let (language, region) = tag.split_once('-').map_or((tag, None), |(l, r)| (l, Some(r)));
        assert!(language.len() == 2 && language.chars().all(|c| c.is_ascii_lowercase()), "{tag}");
        assert!(
            region.is_none_or(|region| region.chars().all(|c| c.is_ascii_uppercase())),
            "{tag}"
        );
    }
}
