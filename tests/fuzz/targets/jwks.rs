//! A stranger's set of keys: whatever is in it, it is refused or can be used.
#![no_main]

use countersign::crypto::jose::{Algorithm, ForeignKeys, Typ, thumbprint, verify_foreign};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|set: &[u8]| {
    if let Ok(Value::Object(key)) = serde_json::from_slice(set) {
        let _ = thumbprint(&key);
    }
    let Ok(keys) = ForeignKeys::parse(set) else { return };
    for algorithm in Algorithm::ALL {
        assert!(!(keys.is_empty() && keys.can_verify(algorithm)));
    }
    let jwt = "eyJhbGciOiJFUzI1NiJ9.e30.AAAA";
    assert!(verify_foreign(jwt, &keys, &Algorithm::ALL, Typ::OrPlain("jwt")).is_err());
});
