//! What a client may say of itself, and what it gets for the rest.

mod addresses;
mod apis;
mod client_type;
mod keys;

use serde_json::{Value, json};

use super::*;
use crate::{crypto::jose::Algorithm, protocol::error::is_describable};

const RULES: Rules = Rules {
    loopback: Loopback::Refused,
    offer: Offer::CodeOnly,
    default_subject_type: SubjectType::Pairwise,
    default_id_token_alg: Algorithm::Rs256,
    pkce: Pkce::Waivable,
};
const CERTIFICATION: Rules = Rules { offer: Offer::Certification, ..RULES };

fn judged(said: &Value, rules: Rules) -> Result<ClientMetadata, OAuthError> {
    ProposedMetadata::parse(said.to_string().as_bytes())?.check(rules)
}

/// A client with a redirect URI, and these members beside or instead.
fn client(members: &Value) -> Value {
    let mut said = json!({ "redirect_uris": ["https://shop.example/cb"] });
    for (name, value) in members.as_object().unwrap() {
        said[name] = value.clone();
    }
    said
}

fn keys() -> Value {
    // RFC 7515, appendix A.3.
    json!({ "keys": [{
        "kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }] })
}

fn assert_refused(members: &Value, rules: Rules, piece: &str) {
    let refusal = judged(&client(members), rules).expect_err(&members.to_string());
    let code = refusal.code.as_str();
    assert!(
        matches!(code, "invalid_client_metadata" | "invalid_redirect_uri"),
        "{members}: {code}"
    );
    assert!(refusal.description.contains(piece), "{members}: {refusal}");
    assert!(is_describable(refusal.description));
}

#[test]
fn mail_is_said_to_come_from_domains() {
    let domains = json!(["shop.example", "mail.shop.example"]);
    let said = judged(&client(&json!({ "email_sender_domains": domains })), RULES).unwrap();
    assert_eq!(said.email_sender_domains.unwrap().len(), 2);
    for wrong in
        ["Shop.example", "shop", "a@shop.example", "10.0.0.1", "*.example", "a b.example", ""]
    {
        assert_refused(&json!({ "email_sender_domains": [wrong] }), RULES, "domains in lower case");
    }
    let many = json!({ "email_sender_domains": vec!["shop.example"; 21] });
    assert_refused(&many, RULES, "at most 20");
}

#[test]
fn what_is_left_out_has_the_defaults_of_the_specifications() {
    let client = judged(&client(&json!({})), RULES).unwrap();
    assert!(client.may_use(GrantType::AuthorizationCode) && client.grant_types.len() == 1);
    assert!(client.may_expect(ResponseType::Code) && client.response_types.len() == 1);
    assert_eq!(client.token_endpoint_auth_method, TokenEndpointAuthMethod::ClientSecretBasic);
    assert_eq!(client.application_type, ApplicationType::Web);
    assert_eq!(client.id_token_signed_response_alg, Algorithm::Rs256);
    assert_eq!(client.subject_type, SubjectType::Pairwise);
    assert!(client.must_use_pkce() && !client.is_public());
}

#[test]
fn everything_said_is_kept_and_survives_storage() {
    let said = client(&json!({
        "client_name": "Shop", "client_name#de": "Laden", "unheard_of": [1, 2],
        "client_uri": "https://shop.example/", "logo_uri": "https://shop.example/logo.png",
        "contacts": ["ada@shop.example"], "scope": "profile openid", "jwks": keys(),
        "token_endpoint_auth_method": "private_key_jwt", "grant_types": ["authorization_code", "refresh_token"],
        "post_logout_redirect_uris": ["https://shop.example/bye"], "default_max_age": 3600,
        "id_token_encrypted_response_alg": "ECDH-ES+A256KW",
        "frontchannel_logout_uri": "https://shop.example/out", "require_pkce": false,
        "initiate_login_uri": "https://shop.example/start", "application_type": "web",
    }));
    let client = judged(&said, RULES).unwrap();
    let stored = serde_json::to_value(&client).unwrap();
    assert_eq!(serde_json::from_value::<ClientMetadata>(stored.clone()).unwrap(), client);
    for name in
        ["client_name", "contacts", "jwks", "default_max_age", "initiate_login_uri", "require_pkce"]
    {
        assert_eq!(stored[name], said[name], "{name}");
    }
    assert_eq!(stored["scope"], "openid profile");
    assert_eq!(stored["id_token_encrypted_response_enc"], "A128CBC-HS256");
    assert!(stored.get("unheard_of").is_none() && stored.get("client_name#de").is_none());
    assert!(!stored.as_object().unwrap().values().any(Value::is_null));
    assert!(!client.must_use_pkce());
    assert_eq!(client.as_proposal().check(RULES).unwrap(), client);
}

#[test]
fn a_wrong_type_is_refused_by_the_members_name() {
    for (name, wrong) in [
        ("redirect_uris", json!("https://shop.example/cb")),
        ("redirect_uris", json!([1])),
        ("grant_types", json!("authorization_code")),
        ("grant_types", json!(["password"])),
        ("grant_types", json!(["urn:openid:params:grant-type:ciba"])),
        ("response_types", json!(["none"])),
        ("client_name", json!(["Shop"])),
        ("contacts", json!("ada@shop.example")),
        ("scope", json!(["openid"])),
        ("scope", json!("a\"b")),
        ("optional_scope", json!(["email"])),
        ("scope_reasons", json!({ "email": 1 })),
        ("default_max_age", json!(-1)),
        ("default_max_age", json!("60")),
        ("default_max_age", json!(1.5)),
        ("require_auth_time", json!("true")),
        ("require_pkce", json!(0)),
        ("application_type", json!("browser")),
        ("subject_type", json!("private")),
        ("token_endpoint_auth_method", json!("tls_client_auth")),
        ("id_token_signed_response_alg", json!("none")),
        ("id_token_encrypted_response_alg", json!("RSA1_5")),
        ("userinfo_encrypted_response_enc", json!("A1")),
    ] {
        assert_refused(&json!({ name: wrong }), RULES, name);
    }
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    let twice = br#"{"client_name":"a","client_name":"b"}"#;
    let long = format!("{{\"x\":\"{}\"}}", "a".repeat(MOST_BYTES));
    let nulls = serde_json::to_vec(&vec![Value::Null; members::MEMBERS.len()]).unwrap();
    for body in [&b""[..], &nulls, b"[]", b"null", b"{", b"\xff", twice, long.as_bytes()] {
        let refusal = ProposedMetadata::parse(body).unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_client_metadata");
    }
}

#[test]
fn null_is_as_good_as_absent() {
    let client = judged(&client(&json!({ "client_name": null, "jwks": null })), RULES).unwrap();
    assert_eq!((client.client_name, client.jwks), (None, None));
}

#[test]
fn grant_types_and_response_types_must_agree() {
    let implicit = json!(["authorization_code", "implicit"]);
    for (members, piece) in [
        (json!({ "response_types": ["code id_token"], "grant_types": implicit }), "codes"),
        (json!({ "grant_types": implicit }), "codes"),
        (json!({ "grant_types": [] }), "empty"),
        (
            json!({ "grant_types": ["client_credentials"], "response_types": ["code"] }),
            "authorization_code",
        ),
        (json!({ "response_types": [] }), "with code"),
        (json!({ "grant_types": ["client_credentials", "refresh_token"] }), "refresh_token"),
    ] {
        assert_refused(&members, RULES, piece);
    }
    for (members, piece) in [
        (json!({ "response_types": ["code", "id_token"] }), "implicit"),
        (
            json!({ "grant_types": ["implicit"], "response_types": ["code id_token"] }),
            "authorization_code",
        ),
        (json!({ "grant_types": implicit }), "token or id_token"),
        (json!({ "response_types": ["code", "token"], "grant_types": implicit }), "token is not"),
    ] {
        assert_refused(&members, CERTIFICATION, piece);
    }
    let hybrid = json!({ "response_types": ["token code id_token"], "grant_types": implicit });
    let client = judged(&client(&hybrid), CERTIFICATION).unwrap();
    assert!(client.may_expect(ResponseType::CodeIdTokenToken));
}

#[test]
fn a_machine_needs_no_redirect_uri_and_expects_nothing() {
    let client = judged(&json!({ "grant_types": ["client_credentials"] }), RULES).unwrap();
    assert!(client.redirect_uris.is_empty() && client.response_types.is_empty());
    let refusal = judged(&json!({}), RULES).unwrap_err();
    assert_eq!(refusal.code.as_str(), "invalid_redirect_uri");
}

#[test]
fn texts_are_lines_and_lists_are_short() {
    let long = "a".repeat(201);
    for (name, wrong) in [
        ("client_name", json!("")),
        ("client_name", json!(" ")),
        ("client_name", json!("Shop\nBank")),
        ("client_name", json!("\u{202e}knaB")),
        ("client_name", json!(long)),
        ("software_id", json!(long)),
        ("software_version", json!("\t1")),
        ("contacts", json!(vec!["a@b.example"; 21])),
        ("contacts", json!([long])),
        ("default_acr_values", json!([""])),
        ("scope_reasons", json!({ "email": "a\nb" })),
        ("optional_scope", json!("openid")),
    ] {
        assert_refused(&json!({ name: wrong }), RULES, name);
    }
}

#[test]
fn the_operator_may_want_pkce_of_everybody() {
    let waived = json!({ "require_pkce": false });
    assert!(!judged(&client(&waived), RULES).unwrap().must_use_pkce());
    assert_refused(&waived, Rules { pkce: Pkce::Always, ..RULES }, "require_pkce");
}

#[test]
fn whoever_certifies_asks_pkce_only_of_those_who_cannot_keep_a_secret_or_want_it() {
    let rules = Rules { pkce: Pkce::Waived, ..RULES };
    let must = |members| judged(&client(&members), rules).unwrap().must_use_pkce();
    assert!(!must(json!({})));
    assert!(must(json!({ "require_pkce": true })));
    assert!(must(json!({ "token_endpoint_auth_method": "none" })));
}

#[test]
fn the_operator_chooses_how_id_tokens_are_signed_for_clients_that_do_not() {
    let rules = Rules { default_id_token_alg: Algorithm::Es256, ..RULES };
    let alg =
        |members, rules| judged(&client(&members), rules).unwrap().id_token_signed_response_alg;
    assert_eq!(alg(json!({}), rules), Algorithm::Es256);
    assert_eq!(alg(json!({ "id_token_signed_response_alg": "RS256" }), rules), Algorithm::Rs256);
}
