//! Single claims (OpenID Connect Core §5.5) and how sure the app wants to be (`acr_values`).

use serde_json::{Value, json};

use crate::support::{
    browser::Browser,
    databases::on_every_database,
    person::{Person, Tokens},
    relying_party::{Asked, RelyingParty, claims},
    world::World,
};

/// Goes through with a request: the ID token's claims, and what the `UserInfo` endpoint tells.
async fn told(person: &mut Person, app: &RelyingParty, asked: &Asked) -> (Value, Value) {
    let code = person.authorize(asked).await.code();
    let tokens = Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json());
    let userinfo = app.userinfo(tokens.access()).await.expect(200).json();
    (claims(tokens.id()), userinfo)
}

fn asking(app: &RelyingParty, request: &Value) -> Asked {
    app.ask("openid").with("claims", &request.to_string())
}

on_every_database! {
    async fn a_single_claim_is_told_where_it_was_asked_for(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let name = json!({ "name": { "essential": true } });
        let (id, userinfo) = told(&mut ada, &shop, &asking(&shop, &json!({ "userinfo": name }))).await;
        assert_eq!(userinfo["name"], "Ada Example");
        assert!(id.get("name").is_none() && userinfo.get("given_name").is_none());
        let email = json!({ "id_token": { "email": null } });
        let (id, userinfo) = told(&mut ada, &shop, &asking(&shop, &email)).await;
        assert_eq!(id["email"], "ada@example.org");
        assert!(userinfo.get("email").is_none() && id.get("name").is_none(), "{userinfo}, {id}");
    }

    async fn a_single_claim_is_consented_to_like_a_scope(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        let asked = asking(&shop, &json!({ "userinfo": { "email": null } }));
        let page = ada.browser.open(&asked.url()).await;
        assert!(page.shows("consent-allow"), "{}", page.summary());
        assert!(page.words().contains("ada@example.org"), "{}", page.words());
    }

    async fn what_nobody_can_have_or_may_not_be_told_is_passed_over(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let request = json!({
            "userinfo": { "shoe_size": { "essential": true } },
            "id_token": { "auth_time": { "essential": true }, "password": null },
        });
        let (id, userinfo) = told(&mut ada, &shop, &asking(&shop, &request)).await;
        assert_eq!(userinfo, json!({ "sub": id["sub"] }));
        assert!(id["auth_time"].is_i64() && id.get("password").is_none());
    }

    async fn the_person_who_is_named_is_expected(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let sub = claims(ada.connect(&shop, "openid").await.id())["sub"].clone();
        let silent = |sub: &Value| {
            let request = json!({ "id_token": { "sub": { "value": sub } } });
            asking(&shop, &request).with("prompt", "none")
        };
        let (id, _) = told(&mut ada, &shop, &silent(&sub)).await;
        assert_eq!(id["sub"], sub);
        let another = silent(&json!("somebody-else"));
        let back = ada.browser.open(&another.url()).await.must_redirect();
        assert_eq!(another.answer(&back).error(), "login_required");
    }

    async fn claims_that_cannot_be_read_are_refused(world: World) {
        let shop = world.app("Shop").await;
        for odd in ["{", "[]", "1", r#"{"userinfo":[]}"#, r#"{"id_token":{"email":1}}"#] {
            let asked = shop.ask("openid").with("claims", odd);
            let back = Browser::new().open(&asked.url()).await.must_redirect();
            assert_eq!(asked.answer(&back).error(), "invalid_request", "{odd}");
        }
    }

    async fn acr_answers_in_the_words_that_were_asked_and_can_be_met(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let supported = shop.metadata["acr_values_supported"].as_array().expect("a list").clone();
        // The highest needs a passkey.
        for acr in supported.iter().filter(|acr| **acr != "phr") {
            let asked = shop.ask("openid").with("acr_values", acr.as_str().unwrap());
            assert_eq!(told(&mut ada, &shop, &asked).await.0["acr"], *acr);
        }
        let unheard = shop.ask("openid").with("acr_values", "1 2");
        let (id, _) = told(&mut ada, &shop, &unheard).await;
        assert!(supported.contains(&id["acr"]), "a wish is no demand: {id}");
    }

    async fn one_more_proof_reaches_what_an_app_demands_unless_nobody_may_be_asked(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        let two = json!({ "id_token": { "acr": { "essential": true, "value": "urn:countersign:acr:2fa" } } });
        let silent = asking(&shop, &two).with("prompt", "none");
        let back = ada.browser.open(&silent.url()).await.must_redirect();
        assert_eq!(silent.answer(&back).error(), "unmet_authentication_requirements");
        let page = ada.browser.open(&asking(&shop, &two).url()).await.expect(200);
        assert!(page.shows("again-ways") && page.words().contains("Shop"), "{}", page.summary());
        let (id, _) = told(&mut ada, &shop, &asking(&shop, &two)).await;
        assert_eq!((&id["acr"], &id["amr"]), (&json!("urn:countersign:acr:2fa"), &json!(["pwd", "otp", "mfa"])));
        let back = ada.browser.open(&silent.url()).await.must_redirect();
        silent.answer(&back).code();
    }

    async fn an_essential_acr_that_is_not_reached_is_a_refusal(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        let wish = |values: Value| json!({ "id_token": { "acr": { "essential": true, "values": values } } });
        let much = asking(&shop, &wish(json!(["phr"])));
        let back = ada.browser.open(&much.url()).await.must_redirect();
        assert_eq!(much.answer(&back).error(), "unmet_authentication_requirements");
        let enough = asking(&shop, &wish(json!(["phr", "urn:countersign:acr:1fa"])));
        assert_eq!(told(&mut ada, &shop, &enough).await.0["acr"], "urn:countersign:acr:1fa");
    }
}
