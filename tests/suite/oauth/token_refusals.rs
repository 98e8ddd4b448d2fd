//! What the token endpoint refuses, by what code (RFC 6749 §5.2, RFC 7636 §4.6).

use std::time::Duration;

use awc::http::Method;
use serde_json::json;

use crate::support::{
    answer::Answer,
    databases::on_every_database,
    http::Request,
    relying_party::{Proves, RelyingParty, word},
    world::World,
};

/// Refused in the words of RFC 6749 §5.2.
fn assert_refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!((answer.status, &*answer.error()), (status, error), "{}", answer.summary());
    assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
    let description = answer.member("error_description");
    let plain = |c: char| (' '..='~').contains(&c) && c != '"' && c != '\\';
    assert!(description.chars().all(plain), "{description}");
}

/// The parts of a good exchange, one of them replaced or, by an empty value, left out.
async fn exchange(app: &RelyingParty, code: &str, verifier: &str, change: (&str, &str)) -> Answer {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &app.redirect_uri),
        ("code_verifier", verifier),
    ];
    fields.retain(|(name, _)| *name != change.0);
    if !change.1.is_empty() {
        fields.push(change);
    }
    app.token(&fields).await
}

on_every_database! {
    async fn whoever_cannot_prove_that_the_code_is_theirs_leaves_no_mark_on_it(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let (page, thief) = (world.public_app("Page").await, world.app("Thief").await);
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        let attempts = [
            (&shop, ("code_verifier", &*word()), "invalid_grant"),
            (&shop, ("code_verifier", ""), "invalid_grant"),
            (&shop, ("code_verifier", "short"), "invalid_grant"),
            (&shop, ("redirect_uri", "https://shop.example/other"), "invalid_grant"),
            (&shop, ("redirect_uri", ""), "invalid_request"),
            (&shop, ("resource", "https://api.example/"), "invalid_target"),
            (&thief, ("redirect_uri", &*shop.redirect_uri), "invalid_grant"),
            (&page, ("redirect_uri", &*shop.redirect_uri), "invalid_grant"),
        ];
        for (app, change, error) in attempts {
            assert_refused(&exchange(app, &code, &asked.verifier, change).await, 400, error);
        }
        shop.redeem(&code, &asked.verifier).await.expect(200);
    }

    async fn what_is_no_code_of_ours_is_invalid_grant(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        let asked = shop.ask("openid");
        let good = ada.authorize(&asked).await.code();
        let mut bent = good.clone().into_bytes();
        let middle = bent.len() / 2;
        bent[middle] = if bent[middle] == b'A' { b'B' } else { b'A' };
        let bent = String::from_utf8(bent).unwrap();
        let not_codes = ["x", "cac_", &"c".repeat(4000), &bent, tokens.access(), tokens.refresh()];
        for code in not_codes {
            assert_refused(&shop.redeem(code, &asked.verifier).await, 400, "invalid_grant");
        }
        assert_refused(&shop.refresh(&good).await, 400, "invalid_grant");
        assert_refused(&shop.refresh(tokens.access()).await, 400, "invalid_grant");
    }

    async fn an_expired_code_is_refused(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        world.pass(Duration::from_mins(1));
        assert_refused(&shop.redeem(&code, &asked.verifier).await, 400, "invalid_grant");
    }

    async fn a_code_used_twice_ends_what_came_of_it(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid offline_access");
        let code = ada.authorize(&asked).await.code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200);
        shop.userinfo(&tokens.member("access_token")).await.expect(200);
        world.pass(Duration::from_secs(30));
        assert_refused(&shop.redeem(&code, &asked.verifier).await, 400, "invalid_grant");
        let after = shop.userinfo(&tokens.member("access_token")).await.expect(401);
        assert_eq!(after.error(), "invalid_token");
        let refresh = tokens.member("refresh_token");
        assert_refused(&shop.refresh(&refresh).await, 400, "invalid_grant");
    }

    async fn a_replay_counts_however_late_it_comes(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for late in [Duration::from_mins(2), Duration::from_hours(9)] {
            let asked = shop.ask("openid offline_access");
            let code = ada.authorize(&asked).await.code();
            let tokens = shop.redeem(&code, &asked.verifier).await.expect(200);
            world.pass(late);
            assert_refused(&shop.redeem(&code, &word()).await, 400, "invalid_grant");
            let tokens = shop.refresh(&tokens.member("refresh_token")).await.expect(200);
            assert_refused(&shop.redeem(&code, &asked.verifier).await, 400, "invalid_grant");
            let refresh = tokens.member("refresh_token");
            assert_refused(&shop.refresh(&refresh).await, 400, "invalid_grant");
        }
    }

    async fn a_replay_counts_after_signing_out_too(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid offline_access");
        let code = ada.authorize(&asked).await.code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200);
        let page = ada.browser.open(&world.at("/sign-out")).await.expect(200);
        ada.browser.press(&page, "sign-out-confirm", &[]).await.expect(200);
        assert_refused(&shop.redeem(&code, &asked.verifier).await, 400, "invalid_grant");
        assert_refused(&shop.refresh(&tokens.member("refresh_token")).await, 400, "invalid_grant");
    }

    async fn another_act_of_authorization_survives_the_replay(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let other = ada.connect(&shop, "openid").await;
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        shop.redeem(&code, &asked.verifier).await.expect(200);
        shop.redeem(&code, &asked.verifier).await.expect(400);
        shop.userinfo(other.access()).await.expect(200);
    }

    async fn a_client_that_cannot_prove_itself_is_invalid_client(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        let with = |secret: Option<&str>, proves| RelyingParty {
            secret: secret.map(str::to_owned), proves, ..shop.clone()
        };
        let other = world.app("Other").await;
        let unknown = RelyingParty { id: "AAAAAAAAAAAAAAAAAAAAAA".into(), ..shop.clone() };
        let pretenders = [
            with(Some("wrong"), Proves::Basic),
            with(Some("wrong"), Proves::Post),
            with(Some(""), Proves::Basic),
            with(None, Proves::Nothing),
            with(other.secret.as_deref(), Proves::Basic),
            unknown,
        ];
        for pretender in &pretenders {
            let refused = pretender.redeem(&code, &asked.verifier).await;
            assert_refused(&refused, 401, "invalid_client");
            let challenge = refused.header("www-authenticate").unwrap_or_default();
            assert!(challenge.starts_with("Basic"), "RFC 6749 §5.2: {challenge}");
        }
        shop.redeem(&code, &asked.verifier).await.expect(200);
    }

    async fn a_public_client_has_no_secret_to_show(world: World) {
        let page = world.public_app("Page").await;
        let liar = RelyingParty { secret: Some("secret".into()), proves: Proves::Post, ..page };
        assert_refused(&liar.refresh("x").await, 401, "invalid_client");
    }

    async fn two_ways_at_once_are_one_too_many(world: World) {
        let shop = world.app("Shop").await;
        let secret = shop.secret.clone().unwrap();
        let fields = [("grant_type", "refresh_token"), ("client_secret", &*secret)];
        assert_refused(&shop.token(&fields).await, 400, "invalid_request");
        let other = [("grant_type", "refresh_token"), ("client_id", "somebody-else")];
        assert_refused(&shop.token(&other).await, 400, "invalid_request");
    }

    async fn each_malformed_request_has_its_code(world: World) {
        let shop = world.app("Shop").await;
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[], "invalid_request"),
            (&[("grant_type", "")], "invalid_request"),
            (&[("grant_type", "password"), ("username", "ada"), ("password", "x")], "unsupported_grant_type"),
            (&[("grant_type", "implicit")], "unsupported_grant_type"),
            (&[("grant_type", "authorization_code")], "invalid_request"),
            (&[("grant_type", "refresh_token")], "invalid_request"),
            (&[("grant_type", "refresh_token"), ("grant_type", "refresh_token")], "invalid_request"),
            (&[("grant_type", "authorization_code"), ("code", "a"), ("code", "b")], "invalid_request"),
            (&[("grant_type", "client_credentials")], "unauthorized_client"),
        ];
        for (fields, error) in cases {
            assert_refused(&shop.token(fields).await, 400, error);
        }
    }

    async fn what_is_not_a_form_or_too_large_is_refused(world: World) {
        let shop = world.app("Shop").await;
        let url = shop.endpoint("token_endpoint");
        let json = Request::post(&url).json(&json!({ "grant_type": "refresh_token" }));
        assert_refused(&json.send().await, 400, "invalid_request");
        let large = shop.token(&[("grant_type", "refresh_token"), ("x", &"x".repeat(300_000))]).await;
        assert!([400, 413].contains(&large.status), "{}", large.summary());
        assert_eq!(large.error(), "invalid_request");
        let broken = Request::post(&url).body("application/x-www-form-urlencoded", b"a=%zz".to_vec());
        assert_refused(&broken.send().await, 400, "invalid_request");
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let status = Request::new(method, &url).send().await.status;
            assert!([404, 405].contains(&status), "{status}");
        }
    }

    async fn what_stands_in_the_address_does_not_count(world: World) {
        let shop = world.app("Shop").await;
        let mut url = shop.endpoint("token_endpoint");
        url.query_pairs_mut().append_pair("client_id", &shop.id);
        url.query_pairs_mut().append_pair("client_secret", shop.secret.as_deref().unwrap());
        let refused = Request::post(&url).form(&[("grant_type", "refresh_token")]).send().await;
        assert_refused(&refused, 401, "invalid_client");
    }
}
