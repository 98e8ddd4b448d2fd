//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::json;
use url::Url;

use crate::support::{
    answer::Answer,
    browser::Browser,
    databases::on_every_database,
    person::Person,
    relying_party::{RelyingParty, claims},
    world::World,
};

const BYE: &str = "https://shop.example/bye";

pub fn request(app: &RelyingParty, parameters: &[(&str, &str)]) -> Url {
    let mut url = app.endpoint("end_session_endpoint");
    url.query_pairs_mut().extend_pairs(parameters);
    url
}

/// Says yes when asked; the last answer.
pub async fn log_out(browser: &mut Browser, url: &Url) -> Answer {
    let page = browser.open(url).await;
    if page.location().is_some() {
        return page;
    }
    browser.press(&page, "sign-out-confirm", &[]).await
}

/// Whether anybody is still signed in, asked without a word.
async fn signed_in(person: &mut Person, app: &RelyingParty) -> bool {
    let asked = app.ask("openid").with("prompt", "none");
    let returned = asked.answer(&person.browser.open(&asked.url()).await.must_redirect());
    returned.get("code").is_some()
}

/// An error page, nobody sent anywhere, nobody signed out.
async fn assert_refused(person: &mut Person, app: &RelyingParty, url: &Url) {
    let answer = person.browser.open(url).await;
    assert_eq!(answer.location(), None, "{url}");
    if answer.status < 400 {
        let after = person.browser.clone().press(&answer, "sign-out-confirm", &[]).await;
        assert_eq!(after.location(), None, "{url}");
        panic!("{url} was not refused: {}", answer.summary());
    }
    assert!(answer.status < 500 && answer.shows("error-title"), "{}", answer.summary());
    assert!(signed_in(person, app).await);
}

on_every_database! {
    async fn a_code_dies_with_the_session_it_was_made_in(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid offline_access");
        let code = ada.authorize(&asked).await.code();
        log_out(&mut ada.browser, &request(&shop, &[])).await;
        let refused = shop.redeem(&code, &asked.verifier).await;
        assert_eq!((refused.status, &*refused.error()), (400, "invalid_grant"));
    }

    async fn an_app_signs_a_person_out_and_gets_them_back(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for state in [Some("s".repeat(128)), None] {
            let hint = ada.connect(&shop, "openid").await.id().to_owned();
            let mut parameters = vec![("id_token_hint", &*hint), ("post_logout_redirect_uri", BYE)];
            parameters.extend(state.as_deref().map(|state| ("state", state)));
            let back = log_out(&mut ada.browser, &request(&shop, &parameters)).await.must_redirect();
            let expected = match &state {
                Some(state) => format!("{BYE}?state={state}"),
                None => BYE.to_owned(),
            };
            assert_eq!(back.as_str(), expected, "and no other parameters");
            assert!(!signed_in(&mut ada, &shop).await);
        }
    }

    async fn without_a_place_to_go_the_person_is_told_that_they_are_out(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for with in ["nothing", "state", "hint"] {
            let hint = ada.connect(&shop, "openid").await.id().to_owned();
            let parameters = match with {
                "state" => vec![("state", "x")],
                "hint" => vec![("id_token_hint", &*hint)],
                _ => vec![],
            };
            let page = log_out(&mut ada.browser, &request(&shop, &parameters)).await;
            assert!(page.shows("signed-out"), "{}", page.summary());
            assert!(!signed_in(&mut ada, &shop).await);
        }
    }

    async fn nobody_is_signed_out_by_a_link_alone(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        ada.browser.open(&request(&shop, &[])).await;
        assert!(signed_in(&mut ada, &shop).await);
    }

    async fn a_place_that_is_not_registered_or_not_proved_is_refused(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let hint = ada.connect(&shop, "openid").await.id().to_owned();
        for place in ["https://evil.example/", "https://shop.example/bye?a=b", "https://shop.example/bye/"] {
            let url = request(&shop, &[("id_token_hint", &hint), ("post_logout_redirect_uri", place)]);
            assert_refused(&mut ada, &shop, &url).await;
        }
        let unproved = request(&shop, &[("post_logout_redirect_uri", BYE)]);
        assert_refused(&mut ada, &shop, &unproved).await;
        for hint in [unsigned(&hint), bent(&hint), "x".to_owned()] {
            let url = request(&shop, &[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE)]);
            assert_refused(&mut ada, &shop, &url).await;
        }
    }

    async fn a_hint_of_one_app_opens_no_place_of_another(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let game = world.app("Game").await;
        let hint = ada.connect(&game, "openid").await.id().to_owned();
        ada.connect(&shop, "openid").await;
        let url = request(&shop, &[("id_token_hint", &hint), ("post_logout_redirect_uri", BYE)]);
        assert_refused(&mut ada, &shop, &url).await;
        let url = request(&shop, &[
            ("id_token_hint", &hint), ("client_id", &shop.id), ("post_logout_redirect_uri", BYE),
        ]);
        assert_refused(&mut ada, &shop, &url).await;
    }
}

/// The same claims under `alg: none`.
fn unsigned(hint: &str) -> String {
    let header = BASE64.encode(json!({ "alg": "none" }).to_string());
    format!("{header}.{}.", BASE64.encode(claims(hint).to_string()))
}

/// The same token with a signature that is not ours.
fn bent(hint: &str) -> String {
    let (signed, signature) = hint.rsplit_once('.').expect("a signature");
    let mut signature = BASE64.decode(signature).expect("base64url");
    signature[7] ^= 1;
    format!("{signed}.{}", BASE64.encode(signature))
}
