//! Implicit and hybrid answers (OpenID Connect Core §3.2, §3.3).

use std::{collections::BTreeSet, time::Duration};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::json;

use super::{Certified, IN_FRONT, ask, in_fragment, names, part, shop};
use crate::support::{
    answer::css, databases::on_every_database, opener::Opener, person::Tokens,
    relying_party::claims,
};

/// The left half of the digest (OpenID Connect Core §3.3.2.11), for RS256.
fn half(of: &str) -> String {
    BASE64.encode(&openssl::sha::sha256(of.as_bytes())[..16])
}

on_every_database! {
    async fn each_response_type_returns_its_parts_and_no_others(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        for response_type in IN_FRONT {
            let app = shop(world, &[response_type], json!({})).await;
            let asked = ask(&app, response_type, "openid email");
            let returned = in_fragment(&mut ada, &asked).await;
            let mut expected = BTreeSet::from(["state", "iss"]);
            for word in response_type.split(' ') {
                expected.extend(match word {
                    "token" => &["access_token", "token_type", "expires_in", "scope"][..],
                    "code" => &["code"],
                    _ => &["id_token"],
                });
            }
            assert_eq!(names(&returned), expected, "{response_type}");
            assert_eq!(returned.get("iss"), app.metadata["issuer"].as_str());
            if expected.contains("access_token") {
                assert_eq!(part(&returned, "token_type"), "Bearer");
                assert_eq!(part(&returned, "scope"), "email openid");
            }
        }
    }

    async fn an_id_token_names_what_came_with_it_and_nothing_else(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        for response_type in IN_FRONT.iter().filter(|it| it.contains("id_token")) {
            let app = shop(world, &[response_type], json!({})).await;
            let asked = ask(&app, response_type, "openid");
            let returned = in_fragment(&mut ada, &asked).await;
            let token = part(&returned, "id_token");
            let told = app.check_id_token(token, &asked.nonce, world.clock.now()).await;
            let hash = |name| returned.get(name).map(half);
            assert_eq!(told.get("c_hash").and_then(|it| it.as_str()), hash("code").as_deref());
            assert_eq!(told.get("at_hash").and_then(|it| it.as_str()), hash("access_token").as_deref());
            assert_eq!(told["nonce"], asked.nonce);
            for due in ["auth_time", "acr", "sid"] {
                assert!(told.get(due).is_some(), "{response_type}: no {due} in {told}");
            }
        }
    }

    async fn an_access_token_in_front_is_one_like_any_other(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        for response_type in IN_FRONT.iter().filter(|it| it.split(' ').any(|word| word == "token")) {
            let app = shop(world, &[response_type], json!({})).await;
            let returned = in_fragment(&mut ada, &ask(&app, response_type, "openid email")).await;
            let token = part(&returned, "access_token");
            let told = app.userinfo(token).await.expect(200).json();
            assert_eq!(told["email"], "ada@example.org");
            assert_eq!(app.introspect(token).await.expect(200).json()["active"], true);
            let life: u64 = part(&returned, "expires_in").parse().expect("seconds");
            world.pass(Duration::from_secs(life));
            app.userinfo(token).await.expect(401);
        }
    }

    async fn the_code_beside_is_redeemed_for_tokens_of_its_own(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        for response_type in IN_FRONT.iter().filter(|it| it.contains("code")) {
            let app = shop(world, &[response_type], json!({})).await;
            let asked = ask(&app, response_type, "openid email");
            let returned = in_fragment(&mut ada, &asked).await;
            let answer = app.redeem(&returned.code(), &asked.verifier).await.expect(200);
            let tokens = Tokens(answer.json());
            app.userinfo(tokens.access()).await.expect(200);
            let later = app.check_id_token(tokens.id(), &asked.nonce, world.clock.now()).await;
            let Some(first) = returned.get("id_token").map(claims) else { continue };
            for same in ["iss", "sub", "aud", "sid", "auth_time", "acr"] {
                assert_eq!(first[same], later[same], "{response_type}: {same}");
            }
            assert!(first.get("email").is_none(), "the UserInfo endpoint tells it: {first}");
        }
    }

    async fn an_id_token_alone_tells_what_the_scopes_ask_for(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let app = shop(world, &["id_token", "id_token token"], json!({})).await;
        let asked = ask(&app, "id_token", "openid email");
        let told = claims(part(&in_fragment(&mut ada, &asked).await, "id_token"));
        assert_eq!((&told["email"], &told["email_verified"]), (&json!("ada@example.org"), &json!(true)));
        assert!(told.get("name").is_none(), "not asked for: {told}");
        let asked = ask(&app, "id_token token", "openid email");
        let told = claims(part(&in_fragment(&mut ada, &asked).await, "id_token"));
        assert!(told.get("email").is_none(), "the UserInfo endpoint tells it: {told}");
    }

    async fn an_id_token_in_front_is_encrypted_to_whoever_registered_it(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let (opener, way) = (Opener::of("ECDH-ES"), ("ECDH-ES", "A128GCM"));
        let more = json!({
            "jwks": { "keys": [opener.public] },
            "id_token_encrypted_response_alg": way.0,
            "id_token_encrypted_response_enc": way.1,
        });
        let app = shop(world, &["code id_token"], more).await;
        let asked = ask(&app, "code id_token", "openid");
        let returned = in_fragment(&mut ada, &asked).await;
        let jwt = opener.open_nested(part(&returned, "id_token"), way);
        let told = app.check_id_token(&jwt, &asked.nonce, world.clock.now()).await;
        assert_eq!(told["c_hash"], half(&returned.code()));
    }

    async fn tokens_may_be_posted(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        for response_type in IN_FRONT {
            let app = shop(world, &[response_type], json!({})).await;
            let asked = ask(&app, response_type, "openid").with("response_mode", "form_post");
            let page = ada.go(&asked.url()).await.expect(200);
            assert_eq!(page.header("cache-control"), Some("no-store"));
            let (html, inputs) = (page.html(), css("form input[name]"));
            let sent: BTreeSet<_> =
                html.select(&inputs).filter_map(|field| field.attr("name")).collect();
            for (word, name) in [("code", "code"), ("id_token", "id_token"), ("token", "access_token")] {
                let wanted = response_type.split(' ').any(|asked| asked == word);
                assert_eq!(sent.contains(name), wanted, "{response_type}: {sent:?}");
            }
            assert!(sent.contains("state") && sent.contains("iss"));
        }
    }

    async fn only_an_id_token_in_front_needs_a_nonce(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let app = shop(world, &["code token"], json!({})).await;
        let asked = ask(&app, "code token", "openid").without("nonce");
        let returned = in_fragment(&mut ada, &asked).await;
        let answer = app.redeem(&returned.code(), &asked.verifier).await.expect(200).json();
        assert!(claims(answer["id_token"].as_str().unwrap()).get("nonce").is_none());
    }
}
