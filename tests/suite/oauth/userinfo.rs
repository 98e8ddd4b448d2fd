//! The `UserInfo` endpoint (OpenID Connect Core §5.3, RFC 6750).

use std::time::Duration;

use serde_json::Value;

use crate::support::{
    databases::on_every_database, http::Request, relying_party::claims, world::World,
};

/// The claims of each scope (OpenID Connect Core §5.4).
const SCOPES: &[(&str, &[&str])] = &[
    ("email", &["email", "email_verified"]),
    ("address", &["address"]),
    (
        "profile",
        &[
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
        ],
    ),
];

fn names(told: &Value) -> Vec<&str> {
    told.as_object().expect("an object").keys().map(String::as_str).collect()
}

on_every_database! {
    async fn each_scope_tells_its_claims_and_no_others(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for (scope, claims) in SCOPES {
            let tokens = ada.connect(&shop, &format!("openid {scope}")).await;
            let told = shop.userinfo(tokens.access()).await.expect(200).json();
            let mut expected = [&["sub"], *claims].concat();
            expected.sort_unstable();
            let mut names = names(&told);
            names.sort_unstable();
            assert_eq!(names, expected, "{scope}");
            for value in told.as_object().unwrap().values() {
                assert!(!value.is_null() && value != "" && value != "null", "{told}");
            }
        }
        let tokens = ada.connect(&shop, "openid profile email address").await;
        let told = shop.userinfo(tokens.access()).await.expect(200).json();
        assert_eq!(told["email_verified"], true);
        assert!(told["updated_at"].is_i64());
        assert!(told["address"]["formatted"].is_string());
        assert_eq!(told["sub"], claims(tokens.id())["sub"]);
    }

    async fn a_token_may_come_in_the_header_or_in_a_form(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid").await;
        let url = shop.endpoint("userinfo_endpoint");
        let ways = [
            Request::get(&url).bearer(tokens.access()),
            Request::get(&url).header("authorization", &format!("bEARER {}", tokens.access())),
            Request::post(&url).bearer(tokens.access()),
            Request::post(&url).form(&[("access_token", tokens.access())]),
        ];
        for way in ways {
            let answer = way.send().await.expect(200);
            assert!(answer.header("content-type").unwrap().starts_with("application/json"));
            assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
        }
    }

    async fn a_token_in_the_address_does_not_count(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid").await;
        let mut url = shop.endpoint("userinfo_endpoint");
        url.query_pairs_mut().append_pair("access_token", tokens.access());
        Request::get(&url).send().await.expect(401);
    }

    async fn whoever_brings_no_good_token_is_challenged(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid offline_access").await;
        let url = shop.endpoint("userinfo_endpoint");
        let silent = Request::get(&url).send().await.expect(401);
        let challenge = silent.header("www-authenticate").expect("a challenge");
        assert!(challenge.starts_with("Bearer") && !challenge.contains("error="), "RFC 6750 §3.1: {challenge}");
        for wrong in ["x", "cat_", tokens.refresh(), tokens.id()] {
            let refused = shop.userinfo(wrong).await.expect(401);
            let challenge = refused.header("www-authenticate").expect("a challenge");
            assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
        }
        let twice = Request::post(&url).bearer(tokens.access()).form(&[("access_token", tokens.access())]);
        assert_eq!(twice.send().await.expect(400).error(), "invalid_request");
    }

    async fn an_expired_token_is_refused(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid").await;
        let life = tokens.0["expires_in"].as_u64().unwrap();
        world.pass(Duration::from_secs(life - 1));
        shop.userinfo(tokens.access()).await.expect(200);
        world.pass(Duration::from_secs(1));
        shop.userinfo(tokens.access()).await.expect(401);
    }

    async fn a_token_without_openid_opens_nothing_here(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "email").await;
        let refused = shop.userinfo(tokens.access()).await.expect(403);
        assert_eq!(refused.error(), "insufficient_scope");
    }
}
