//! Which addresses a client may name, and for what.

use serde_json::json;

use super::{CERTIFICATION, RULES, assert_refused, client, judged};
use crate::protocol::client_metadata::{Loopback, Rules};

#[test]
fn addresses_are_https() {
    for name in [
        "client_uri",
        "logo_uri",
        "policy_uri",
        "tos_uri",
        "jwks_uri",
        "sector_identifier_uri",
        "initiate_login_uri",
        "backchannel_logout_uri",
        "frontchannel_logout_uri",
        "event_uri",
    ] {
        for wrong in [
            "http://shop.example/",
            "https://shop.example/#x",
            "https://user@shop.example/",
            "javascript:alert(1)",
            "/logo.png",
            "",
            "https://",
            "http://localhost/",
            "https://shop.example/\n",
        ] {
            assert_refused(&json!({ name: wrong }), RULES, name);
        }
    }
}

#[test]
fn loopback_is_good_enough_for_development_only() {
    let members = client(&json!({ "logo_uri": "http://localhost:8081/logo.png" }));
    let development = Rules { loopback: Loopback::Allowed, ..RULES };
    assert!(judged(&members, RULES).is_err());
    assert!(judged(&members, development).is_ok());
    assert_refused(
        &json!({ "logo_uri": "http://localhost.evil.example/" }),
        development,
        "logo_uri",
    );
    assert_refused(&json!({ "logo_uri": "http://192.168.0.1/" }), development, "logo_uri");
}

#[test]
fn request_uris_belong_to_the_certification_profile() {
    let by_reference = json!({ "request_uris": ["https://shop.example/request#hash"] });
    assert_refused(&by_reference, RULES, "push");
    assert!(judged(&client(&by_reference), CERTIFICATION).is_ok());
    assert_refused(&json!({ "request_uris": ["http://shop.example/r"] }), CERTIFICATION, "https");
    assert_refused(
        &json!({ "request_uris": vec!["https://shop.example/"; 21] }),
        CERTIFICATION,
        "20",
    );
}

#[test]
fn redirect_uris_fit_the_kind_of_app() {
    let own_scheme = json!({ "redirect_uris": ["com.example.app:/cb"] });
    assert_refused(&own_scheme, RULES, "native");
    let native = json!({ "redirect_uris": ["com.example.app:/cb"], "application_type": "native" });
    assert!(judged(&native, RULES).is_ok());
    assert_refused(&json!({ "redirect_uris": ["https://shop.example/#f"] }), RULES, "fragment");
    assert_refused(&json!({ "redirect_uris": vec!["https://shop.example/"; 101] }), RULES, "100");
    assert_refused(
        &json!({ "post_logout_redirect_uris": ["http://shop.example/"] }),
        RULES,
        "https",
    );
    let implicit = json!({
        "redirect_uris": ["http://localhost/cb"], "grant_types": ["implicit"], "response_types": ["id_token"],
    });
    assert_refused(&implicit, CERTIFICATION, "implicit");
    let twice = json!({ "redirect_uris": ["https://shop.example/cb", "https://shop.example/cb"] });
    assert_eq!(judged(&twice, RULES).unwrap().redirect_uris.len(), 1);
}

#[test]
fn the_page_that_signs_out_lives_with_the_client() {
    assert_refused(
        &json!({ "frontchannel_logout_uri": "https://evil.example/out" }),
        RULES,
        "origin",
    );
    assert_refused(
        &json!({ "frontchannel_logout_uri": "https://shop.example:444/out" }),
        RULES,
        "origin",
    );
}
