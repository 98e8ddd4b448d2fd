//! Tokens of ours, as strangers send them: only what we sealed opens.
#![no_main]

use std::sync::LazyLock;

use countersign::crypto::{
    seal::Sealer,
    secret::{Prefix, dress, undress},
};
use libfuzzer_sys::fuzz_target;

static SEALER: LazyLock<Sealer> = LazyLock::new(|| Sealer::derive(&[7; 32], "fuzzing"));

fuzz_target!(|input: (&str, &[u8])| {
    let (text, bytes) = input;
    for prefix in [Prefix::AuthorizationCode, Prefix::AccessToken, Prefix::RefreshToken] {
        if let Some(body) = undress(prefix, text) {
            assert_eq!(dress(prefix, &body), text, "one text for one token");
        }
        assert_eq!(undress(prefix, &dress(prefix, bytes)).as_deref(), Some(bytes));
    }
    assert!(SEALER.open_bytes(bytes).is_none());
    let sealed = SEALER.seal_bytes(bytes);
    assert_eq!(SEALER.open_bytes(&sealed).expect("our own").as_slice(), bytes);
    let kept: Option<(String, Vec<u8>)> = SEALER.open(&SEALER.seal_bytes(bytes));
    drop(kept);
});
