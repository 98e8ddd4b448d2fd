//! Claims asked for one by one, and everything that is not quite that.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// OpenID Connect Core §5.5.
const EXAMPLE: &str = r#"{
    "userinfo": {
        "given_name": {"essential": true}, "nickname": null, "email": {"essential": true},
        "email_verified": {"essential": true}, "picture": null,
        "http://example.info/claims/groups": null
    },
    "id_token": {
        "auth_time": {"essential": true},
        "acr": {"values": ["urn:mace:incommon:iap:silver"]}
    }
}"#;

#[test]
fn the_example_of_the_specification_is_read() {
    let claims: ClaimsRequest = EXAMPLE.parse().unwrap();
    assert_eq!(claims.userinfo().iter().count(), 6);
    assert!(claims.userinfo().find("email").unwrap().essential);
    assert!(!claims.userinfo().find("nickname").unwrap().essential);
    assert!(claims.id_token().find("auth_time").unwrap().essential);
    assert!(claims.id_token().find("email").is_none());
    let acr = claims.id_token().find("acr").unwrap();
    assert!(acr.accepts(&json!("urn:mace:incommon:iap:silver")) && !acr.accepts(&json!("0")));
}

#[test]
fn languages_are_told_apart_from_names() {
    let claims: ClaimsRequest =
        r#"{"userinfo":{"name#ja-Kana-JP":null,"name":null}}"#.parse().unwrap();
    let asked: Vec<_> = claims.userinfo().iter().map(|(name, tag, _)| (name, tag)).collect();
    assert_eq!(asked, [("name", None), ("name", Some("ja-Kana-JP"))]);
}

#[test]
fn unknown_members_and_empty_places_are_no_harm() {
    for text in ["{}", r#"{"userinfo":null}"#, r#"{"verified":{"x":1}}"#, r#"{"id_token":{}}"#] {
        assert_eq!(text.parse(), Ok(ClaimsRequest::default()), "{text}");
    }
    let odd: ClaimsRequest = r#"{"userinfo":{"name":{"purpose":"to greet"}}}"#.parse().unwrap();
    assert!(odd.userinfo().find("name").is_some());
}

#[test]
fn what_is_not_as_specified_is_refused() {
    let long_name = format!(r#"{{"userinfo":{{"{}":null}}}}"#, "a".repeat(101));
    let names: Vec<String> = (0..65).map(|n| format!(r#""c{n}":null"#)).collect();
    let many = format!(r#"{{"userinfo":{{{}}}}}"#, names.join(","));
    let values = json!({ "userinfo": { "acr": { "values": vec![1; 33] } } }).to_string();
    let long = format!("{{\"x\":\"{}\"}}", "a".repeat(MOST_BYTES));
    for wrong in [
        "",
        "null",
        "[]",
        "1",
        "{",
        r#""text""#,
        r#"{"userinfo":[]}"#,
        r#"{"userinfo":"name"}"#,
        r#"{"userinfo":{"name":true}}"#,
        r#"{"userinfo":{"name":[]}}"#,
        r#"{"userinfo":{"name":{"essential":"true"}}}"#,
        r#"{"userinfo":{"name":{"essential":1}}}"#,
        r#"{"userinfo":{"name":{"values":"x"}}}"#,
        r#"{"userinfo":{"name":null,"name":null}}"#,
        r#"{"userinfo":{},"userinfo":{}}"#,
        r#"{"userinfo":{"":null}}"#,
        r#"{"userinfo":{"name":{"value":[[[[1]]]]}}}"#,
        &long_name,
        &many,
        &values,
        &long,
        &"[".repeat(5_000),
    ] {
        let refusal = wrong.parse::<ClaimsRequest>().expect_err(wrong);
        assert_eq!(refusal.code.as_str(), "invalid_request");
    }
}

#[test]
fn what_is_kept_reads_as_what_was_sent() {
    let claims: ClaimsRequest = EXAMPLE.parse().unwrap();
    let json = serde_json::to_string(&claims).unwrap();
    assert_eq!(serde_json::from_str::<ClaimsRequest>(&json).unwrap(), claims);
    let packed = rmp_serde::to_vec(&claims).unwrap();
    assert_eq!(rmp_serde::from_slice::<ClaimsRequest>(&packed).unwrap(), claims);
    let object = serde_json::from_str(EXAMPLE).unwrap();
    assert_eq!(ClaimsRequest::from_value(&object).unwrap(), claims);
}

#[test]
fn any_value_will_do_when_none_is_named() {
    assert!(ClaimRequest::default().accepts(&json!(1)));
    let one = ClaimRequest { value: Some(json!("a")), ..ClaimRequest::default() };
    assert!(one.accepts(&json!("a")) && !one.accepts(&json!("b")));
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "[{}\\[\\]\":,a-z0-9 ]{0,60}") {
        if let Ok(claims) = text.parse::<ClaimsRequest>() {
            prop_assert_eq!(claims.to_string().parse::<ClaimsRequest>().unwrap(), claims);
        }
    }
}
