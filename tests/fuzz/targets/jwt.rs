//! A stranger's JWT: whatever it says, only what a known key has signed is believed.
#![no_main]

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use countersign::crypto::{
    jose::{
        Algorithm, Claims, ForeignKeys, HmacAlgorithm, SigningKey, Typ, peek_unverified,
        verify_foreign, verify_with_secret,
    },
    secret::Secret,
};
use libfuzzer_sys::fuzz_target;

static KEYS: LazyLock<ForeignKeys> = LazyLock::new(|| {
    let keys = [Algorithm::Es256, Algorithm::EdDsa].map(|it| SigningKey::generate(it).expect("a key"));
    let set = serde_json::json!({ "keys": keys.each_ref().map(SigningKey::public_jwk) });
    ForeignKeys::from_value(&set).expect("a set")
});

const TYP: Typ = Typ::OrPlain("client-authentication+jwt");

/// Raw text first, so that the reader meets every shape; then with parts that can be decoded.
fuzz_target!(|input: (&str, &[u8], &[u8], &[u8])| {
    let (raw, header, claims, signature) = input;
    judge(raw);
    let part = |bytes: &[u8]| BASE64.encode(bytes);
    judge(&format!("{}.{}.{}", part(header), part(claims), part(signature)));
});

fn judge(jwt: &str) {
    if let Ok(claims) = peek_unverified(jwt) {
        read(&claims);
    }
    assert!(verify_foreign(jwt, &KEYS, &Algorithm::ALL, TYP).is_err(), "nobody has signed it");
    let secret = Secret::new("0123456789abcdef".repeat(4));
    assert!(verify_with_secret(jwt, &secret, &HmacAlgorithm::ALL, TYP).is_err());
}

fn read(claims: &Claims) {
    for name in ["iss", "aud", "exp", "jti"] {
        let _ = (claims.text(name), claims.required_text(name), claims.texts(name));
        let _ = claims.seconds(name);
    }
}
