//! What an assertion must say, claim by claim.

use serde_json::{Value, json};

use super::*;
use crate::{config::Config, protocol::client_metadata::ProposedMetadata};

const NOW: Moment = Moment::from_seconds(1_800_000_000);

fn in_seconds(seconds: i64) -> Value {
    json!(1_800_000_000 + seconds)
}

/// A good assertion with these claims in the place of its own; null leaves one out.
fn judged(changes: &Value) -> Result<Moment, &'static str> {
    let client = client();
    let mut claims = json!({
        "iss": client.id, "sub": "ada", "aud": "https://id.example", "jti": "1",
        "exp": in_seconds(60), "iat": in_seconds(0),
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let mut claims = claims.as_object().unwrap().clone();
    claims.retain(|_, value| !value.is_null());
    let audience = ["https://id.example".to_owned(), "https://id.example/oauth/token".to_owned()];
    let once = judge(&Claims::from(claims), &client, &audience, NOW)?;
    assert_eq!(once.subject, "ada");
    Ok(once.until)
}

fn client() -> Client {
    let rules = Config::default().client_rules();
    let said = json!({ "redirect_uris": ["https://shop.example/cb"] });
    let said = ProposedMetadata::parse(said.to_string().as_bytes()).unwrap();
    Client::registered(said.check(rules).unwrap(), None, NOW)
}

#[test]
fn a_good_assertion_is_remembered_until_nobody_believes_it() {
    assert_eq!(judged(&json!({})), Ok(NOW + Duration::from_mins(2)));
    assert!(judged(&json!({ "iat": null })).is_ok());
}

#[test]
fn it_names_its_client_and_its_subject() {
    for (name, wrong) in [("iss", json!("other")), ("iss", json!(null)), ("iss", json!(["shop"]))]
        .into_iter()
        .chain([json!(null), json!(7), json!(["ada"]), json!("")].map(|wrong| ("sub", wrong)))
    {
        let refusal = judged(&json!({ name: wrong })).unwrap_err();
        assert!(refusal.starts_with(name), "{refusal}");
    }
}

#[test]
fn it_is_for_us() {
    let endpoint = "https://id.example/oauth/token";
    for good in [json!(endpoint), json!([endpoint]), json!(["https://x.example", endpoint])] {
        assert!(judged(&json!({ "aud": good })).is_ok(), "{good}");
    }
    let wrong =
        [json!("https://id.example/"), json!([]), json!(null), json!(["https://id.example", 7])];
    for wrong in wrong {
        assert!(judged(&json!({ "aud": wrong })).unwrap_err().starts_with("aud"), "{wrong}");
    }
}

#[test]
fn it_expires_within_an_hour_and_clocks_may_differ() {
    for good in [-29, 0, 3600, 3630] {
        assert!(judged(&json!({ "exp": in_seconds(good) })).is_ok(), "{good}");
    }
    for wrong in [-30, -3600, 3631, 100_000_000] {
        assert!(judged(&json!({ "exp": in_seconds(wrong) })).is_err(), "{wrong}");
    }
    for wrong in [json!(null), json!("1800000060"), json!(1e300)] {
        assert!(judged(&json!({ "exp": wrong })).unwrap_err().starts_with("exp"), "{wrong}");
    }
}

#[test]
fn it_does_not_come_from_the_future() {
    for name in ["nbf", "iat"] {
        for good in [-100_000, 0, 8, 30] {
            assert!(judged(&json!({ name: in_seconds(good) })).is_ok(), "{name} {good}");
        }
        for wrong in [in_seconds(31), in_seconds(60), json!("now")] {
            let refusal = judged(&json!({ name: wrong })).unwrap_err();
            assert!(refusal.starts_with(name), "{refusal}");
        }
    }
}

#[test]
fn it_has_an_id() {
    for wrong in [json!(null), json!(""), json!(7)] {
        assert!(judged(&json!({ "jti": wrong })).unwrap_err().starts_with("jti"), "{wrong}");
    }
}
