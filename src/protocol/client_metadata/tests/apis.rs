//! What an API may say of the tokens for it.

use serde_json::{Value, json};

use super::{RULES, assert_refused, client, judged};
use crate::crypto::jose::Algorithm;

const ORDERS: &str = "https://orders.example/";

#[test]
fn apis_get_jwts_unless_they_want_opaque_tokens() {
    let alg = |members: Value| judged(&client(&members), RULES).unwrap().access_token_alg();
    assert_eq!(alg(json!({ "resources": [ORDERS] })), Some(Algorithm::Es256));
    for name in ["RS256", "PS256", "ES256", "EdDSA"] {
        let said = json!({ "resources": [ORDERS], "access_token_signed_response_alg": name });
        assert_eq!(alg(said), name.parse().ok());
    }
    assert_eq!(alg(json!({ "resources": [ORDERS], "access_token_format": "opaque" })), None);
}

#[test]
fn what_an_api_says_must_make_sense_together() {
    for (members, piece) in [
        (json!({ "resources": ["orders"] }), "absolute URI"),
        (json!({ "resources": ["https://orders.example/#x"] }), "absolute URI"),
        (json!({ "resources": vec![ORDERS; 21] }), "more than 20"),
        (json!({ "access_token_format": "jwt" }), "need resources"),
        (json!({ "access_token_signed_response_alg": "ES256" }), "need resources"),
        (json!({ "resources": [ORDERS], "access_token_format": "saml" }), "access_token_format"),
        (
            json!({ "resources": [ORDERS], "access_token_signed_response_alg": "ES512" }),
            "not offered",
        ),
        (
            json!({
                "resources": [ORDERS], "access_token_format": "opaque",
                "access_token_signed_response_alg": "ES256",
            }),
            "access_token_format jwt",
        ),
    ] {
        assert_refused(&members, RULES, piece);
    }
}
