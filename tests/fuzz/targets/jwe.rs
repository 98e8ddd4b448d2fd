//! A stranger's encrypted JWT: nothing comes of it but what was encrypted to our key.
#![no_main]

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use countersign::crypto::jose::{DecryptionKey, KeyManagement};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

static KEY: LazyLock<DecryptionKey> =
    LazyLock::new(|| DecryptionKey::generate(KeyManagement::EcdhEs).expect("a key"));

fuzz_target!(|input: (&str, &[u8], [&[u8]; 4])| {
    let (raw, header, parts) = input;
    let _ = KEY.decrypt(raw);
    let parts = parts.map(|part| BASE64.encode(part)).join(".");
    let _ = KEY.decrypt(&format!("{}.{parts}", BASE64.encode(header)));
    // A header that is right as far as it must be to come to the parts.
    let epk = json!({ "kty": "EC", "crv": "P-256", "x": BASE64.encode(header), "y": "AA" });
    let header = json!({ "alg": "ECDH-ES", "enc": "A128GCM", "epk": epk });
    let _ = KEY.decrypt(&format!("{}.{parts}", BASE64.encode(header.to_string())));
});
