//! Pushed authorization requests (RFC 9126).

use std::time::Duration;

use awc::http::Method;
use serde_json::json;
use url::Url;

use crate::support::{
    answer::Answer,
    databases::on_every_database,
    http::Request,
    relying_party::{Asked, RelyingParty, word},
    world::World,
};

const ENDPOINT: &str = "pushed_authorization_request_endpoint";

async fn push(app: &RelyingParty, asked: &Asked) -> Answer {
    let fields: Vec<_> =
        asked.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.call(ENDPOINT, &fields).send().await
}

async fn pushed(app: &RelyingParty, asked: &Asked) -> String {
    push(app, asked).await.expect(201).member("request_uri")
}

/// Where the app sends the browser.
fn place(app: &RelyingParty, request_uri: &str) -> Url {
    let mut url = app.endpoint("authorization_endpoint");
    url.query_pairs_mut().extend_pairs([("client_id", &*app.id), ("request_uri", request_uri)]);
    url
}

/// Shown to the person, who is sent nowhere.
fn assert_gone(answer: &Answer) {
    assert_eq!(answer.location(), None, "{}", answer.summary());
    assert!(answer.page_error().contains("invalid_request_uri"), "{}", answer.page_error());
}

on_every_database! {
    async fn a_pushed_request_is_answered_like_any_other(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid email");
        let answer = push(&shop, &asked).await.expect(201);
        assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
        assert!(answer.json()["expires_in"].as_i64().is_some_and(|it| (5..600).contains(&it)));
        let request_uri = answer.member("request_uri");
        assert!(request_uri.starts_with("urn:ietf:params:oauth:request_uri:"), "{request_uri}");
        let back = ada.go(&place(&shop, &request_uri)).await.must_redirect();
        let code = asked.answer(&back).code();
        let tokens = shop.redeem(&code, &asked.verifier).await.expect(200);
        assert_eq!(tokens.json()["scope"], "email openid");
    }

    async fn a_pushed_request_may_be_opened_again_until_it_is_answered(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let url = place(&shop, &pushed(&shop, &asked).await);
        ada.browser.open(&url).await.expect(200);
        let back = ada.go(&url).await.must_redirect();
        asked.answer(&back).code();
        assert_gone(&ada.browser.open(&url).await);
    }

    async fn a_pushed_request_waits_a_minute(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let url = place(&shop, &pushed(&shop, &shop.ask("openid")).await);
        world.pass(Duration::from_mins(1));
        assert_gone(&ada.browser.open(&url).await);
    }

    async fn a_pushed_request_is_its_clients_own(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let thief = world.app("Thief").await;
        let request_uri = pushed(&shop, &shop.ask("openid")).await;
        assert_gone(&ada.browser.open(&place(&thief, &request_uri)).await);
        for mangled in [&word(), "", "x", &format!("{}x", request_uri.rsplit(':').next().unwrap())] {
            let unheard_of = format!("urn:ietf:params:oauth:request_uri:{mangled}");
            assert_gone(&ada.browser.open(&place(&shop, &unheard_of)).await);
        }
    }

    async fn what_stands_beside_the_reference_does_not_count(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid").without("state");
        let mut url = place(&shop, &pushed(&shop, &asked).await);
        let beside = [("state", "outside"), ("scope", "openid email"), ("nonce", "outside")];
        url.query_pairs_mut().extend_pairs(beside);
        let returned = asked.answer(&ada.go(&url).await.must_redirect());
        assert_eq!(returned.get("state"), None);
        let tokens = shop.redeem(&returned.code(), &asked.verifier).await.expect(200).json();
        assert_eq!(tokens["scope"], "openid");
        let id_token = tokens["id_token"].as_str().expect("an ID token");
        shop.check_id_token(id_token, &asked.nonce, world.clock.now()).await;
    }

    async fn each_wrong_request_is_refused_to_the_client_itself(world: World) {
        let shop = world.app("Shop").await;
        let asked = || shop.ask("openid");
        let cases = [
            (asked().and("request_uri", "urn:ietf:params:oauth:request_uri:x"), "invalid_request"),
            (asked().without("redirect_uri"), "invalid_request"),
            (asked().with("redirect_uri", "https://shop.example/cb/"), "invalid_request"),
            (asked().without("response_type"), "invalid_request"),
            (asked().without("code_challenge").without("code_challenge_method"), "invalid_request"),
            (asked().with("code_challenge_method", "plain"), "invalid_request"),
            (asked().and("scope", "email"), "invalid_request"),
            (asked().with("scope", "openid fly"), "invalid_scope"),
        ];
        for (wrong, error) in cases {
            let refused = push(&shop, &wrong).await.expect(400);
            assert_eq!(refused.error(), error, "{:?}", wrong.parameters);
        }
        let stranger = RelyingParty { secret: Some("wrong".into()), ..shop.clone() };
        assert_eq!(push(&stranger, &asked()).await.expect(401).error(), "invalid_client");
        for method in [Method::GET, Method::PUT] {
            let status = Request::new(method, &shop.endpoint(ENDPOINT)).send().await.status;
            assert!([404, 405].contains(&status), "{status}");
        }
    }

    async fn a_client_that_always_pushes_is_not_believed_in_the_address(world: World) {
        let mut ada = world.person("Ada").await;
        let shop = world.register(json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/cb"],
            "require_pushed_authorization_requests": true,
        })).await;
        let asked = shop.ask("openid");
        let back = ada.browser.open(&asked.url()).await.must_redirect();
        assert_eq!(asked.answer(&back).error(), "invalid_request");
        let back = ada.go(&place(&shop, &pushed(&shop, &asked).await)).await.must_redirect();
        asked.answer(&back).code();
    }

    async fn a_pushed_request_that_waited_too_long_begins_afresh_at_the_app(world: World) {
        let app = |more: &str| json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/cb"],
            "require_pushed_authorization_requests": true,
            more: "https://shop.example/start?from=us",
        });
        let (mut ada, mut starts) = (world.person("Ada").await, Vec::new());
        for more in ["initiate_login_uri", "client_uri"] {
            let shop = world.register(app(more)).await;
            let waiting = ada.browser.open(&place(&shop, &pushed(&shop, &shop.ask("openid")).await)).await;
            world.pass(Duration::from_hours(2));
            let again = world.at(&format!("/oauth/authorize?{}", waiting.url.query().unwrap()));
            starts.push(ada.browser.visit(&again).await);
        }
        let start = starts[0].location().expect("it leads to the app");
        assert_eq!((start.host_str(), start.path()), (Some("shop.example"), "/start"));
        let named: Vec<_> = start.query_pairs().into_owned().collect();
        let issuer = ("iss".to_owned(), world.url.as_str().trim_end_matches('/').to_owned());
        assert_eq!(named, [("from".to_owned(), "us".to_owned()), issuer]);
        assert!(starts[1].page_error().contains("expired"), "{}", starts[1].page_error());
    }
}
