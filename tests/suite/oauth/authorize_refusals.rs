//! What the authorization endpoint refuses, by what code, and to whom it says so
//! (RFC 6749 §4.1.2.1, RFC 9700 §2.1): where no registered place to go back to is known, to the
//! person and to nobody else.

use countersign::protocol::grant_type::GrantType;
use serde_json::json;
use url::Url;

use crate::support::{
    answer::Answer, browser::Browser, databases::on_every_database, http::Request,
    relying_party::Asked, world::World,
};

/// Shown to the person: an error page with its code, and no way out to anywhere.
fn assert_shown(answer: &Answer, code: &str) {
    assert!((400..500).contains(&answer.status), "{}", answer.summary());
    assert_eq!(answer.location(), None);
    let shown = answer.page_error();
    assert!(shown.contains(code), "{code} is not in `{shown}`");
}

/// Carried back to the app: exactly the members RFC 6749, RFC 9207 and OpenID Connect know.
fn assert_returned(answer: &Answer, asked: &Asked, code: &str) {
    let back = answer.must_redirect();
    let returned = asked.answer(&back);
    assert_eq!(returned.error(), code, "{back}");
    for (name, value) in &returned.0 {
        assert!(["error", "error_description", "state", "iss"].contains(&name.as_str()), "{back}");
        if name == "error_description" {
            let plain = |c: char| (' '..='~').contains(&c) && c != '"' && c != '\\';
            assert!(value.chars().all(plain), "{value}");
        }
    }
}

async fn ask(asked: &Asked) -> Answer {
    Browser::new().open(&asked.url()).await
}

on_every_database! {
    async fn an_unknown_client_is_shown_to_the_person(world: World) {
        let shop = world.app("Shop").await;
        let unknown = ["", "nobody", "AAAAAAAAAAAAAAAAAAAAAA", "../../etc/passwd", "\u{0}"];
        for id in unknown {
            assert_shown(&ask(&shop.ask("openid").with("client_id", id)).await, "invalid");
        }
        assert_shown(&ask(&shop.ask("openid").without("client_id")).await, "invalid");
    }

    async fn nobody_is_sent_to_an_address_that_is_not_registered(world: World) {
        let shop = world.app("Shop").await;
        let elsewhere = [
            "https://shop.example/cb/more",
            "https://shop.example/cb?a=b",
            "https://shop.example/cb#x",
            "https://shop.example/CB",
            "https://shop.example/",
            "https://shop.example:8443/cb",
            "https://shop.example.evil.example/cb",
            "https://evil.example/cb",
            "https://user@shop.example/cb",
            "https://shop.example/cb/../evil",
            "http://shop.example/cb",
            "https://shop.example/cb%0d%0aLocation:https://evil.example",
            "//evil.example",
            "javascript:alert(1)",
            "",
        ];
        for uri in elsewhere {
            let asked = shop.ask("openid").with("redirect_uri", uri);
            assert_shown(&ask(&asked).await, "redirect_uri");
        }
        assert_shown(&ask(&shop.ask("openid").without("redirect_uri")).await, "redirect_uri");
    }

    async fn of_two_registered_addresses_one_must_be_named(world: World) {
        let shop = world.register(json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/one?a=b", "https://shop.example/two"],
        })).await;
        assert_shown(&ask(&shop.ask("openid").without("redirect_uri")).await, "redirect_uri");
        for near in ["https://shop.example/one", "https://shop.example/one?a=c", "https://shop.example/two?a=b"] {
            let asked = shop.ask("openid").with("redirect_uri", near);
            assert_shown(&ask(&asked).await, "redirect_uri");
        }
    }

    async fn what_cannot_be_read_goes_nowhere(world: World) {
        let shop = world.app("Shop").await;
        for twice in ["client_id", "redirect_uri", "state", "scope", "response_type", "nonce", "prompt"] {
            let asked = shop.ask("openid").with(twice, "x").and(twice, "y");
            assert_shown(&ask(&asked).await, "invalid_request");
        }
        let good = shop.ask("openid").url();
        let odd = ["client_id=%FF", "%FF=1", "state=%zz", "state=%00"];
        for pair in odd {
            let url: Url = format!("{good}&x{pair}").parse().unwrap();
            assert_shown(&Browser::new().open(&url).await, "invalid_request");
        }
    }

    async fn without_pkce_nobody_gets_a_code(world: World) {
        for shop in [world.app("Shop").await, world.public_app("Page").await] {
            let none = shop.ask("openid").without("code_challenge").without("code_challenge_method");
            assert_returned(&ask(&none).await, &none, "invalid_request");
            let plain = shop.ask("openid").with("code_challenge_method", "plain");
            assert_returned(&ask(&plain).await, &plain, "invalid_request");
            let unnamed = shop.ask("openid").without("code_challenge_method");
            assert_returned(&ask(&unnamed).await, &unnamed, "invalid_request");
            for odd in ["short", "", &"a".repeat(44), "=".repeat(43).as_str()] {
                let asked = shop.ask("openid").with("code_challenge", odd);
                assert_returned(&ask(&asked).await, &asked, "invalid_request");
            }
        }
    }

    async fn each_other_refusal_is_carried_back_by_its_code(world: World) {
        let shop = world.app("Shop").await;
        let refusals: &[(&str, &str, &str)] = &[
            ("response_type", "token", "unsupported_response_type"),
            ("response_type", "id_token", "unsupported_response_type"),
            ("response_type", "code id_token", "unsupported_response_type"),
            ("response_type", "nonsense", "unsupported_response_type"),
            ("scope", "openid unheard_of", "invalid_scope"),
            ("scope", "openid \"quoted\"", "invalid_scope"),
            ("prompt", "nonsense", "invalid_request"),
            ("request", "e30.e30.", "invalid_request_object"),
            ("request_uri", "https://shop.example/request", "request_uri_not_supported"),
            ("resource", "https://api.example/#part", "invalid_target"),
        ];
        for (name, value, code) in refusals {
            let asked = shop.ask("openid").with(name, value);
            assert_returned(&ask(&asked).await, &asked, code);
        }
        let nothing = shop.ask("openid").without("response_type");
        assert_returned(&ask(&nothing).await, &nothing, "invalid_request");
    }

    async fn a_scope_that_was_not_registered_is_refused(world: World) {
        let shop = world.register(json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/cb"],
            "scope": "openid email",
        })).await;
        let asked = shop.ask("openid phone");
        assert_returned(&ask(&asked).await, &asked, "invalid_scope");
    }

    async fn an_app_without_the_code_grant_gets_no_code(world: World) {
        let machine = world.machine("client_secret_basic", json!({})).await;
        world.change(&machine, |client| {
            client.metadata.grant_types = [GrantType::ClientCredentials].into();
        }).await;
        let asked = machine.ask("openid");
        assert_returned(&ask(&asked).await, &asked, "unauthorized_client");
    }

    async fn what_is_too_large_is_refused_and_not_broken(world: World) {
        let shop = world.app("Shop").await;
        let url = shop.endpoint("authorization_endpoint");
        let huge = Request::post(&url).form(&[("state", "s".repeat(300_000))]).send().await;
        assert!([400, 413].contains(&huge.status), "{}", huge.summary());
        let many: Vec<_> = (0..2000).map(|number| (format!("p{number}"), "x")).collect();
        let many = Request::post(&url).form(&many).send().await;
        assert!([400, 413].contains(&many.status), "{}", many.summary());
        let kind = Request::post(&url).body("application/json", b"{}".to_vec()).send().await;
        assert!((400..500).contains(&kind.status), "{}", kind.summary());
    }

    async fn a_client_that_is_suspended_or_gone_is_unknown(world: World) {
        let shop = world.app("Shop").await;
        world.suspend(&shop).await;
        assert_shown(&ask(&shop.ask("openid")).await, "invalid");
    }
}
