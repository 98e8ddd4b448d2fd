//! A claims parameter that was accepted says the same when it is read again.
#![no_main]

use countersign::protocol::claims_request::ClaimsRequest;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(claims) = text.parse::<ClaimsRequest>() else { return };
    assert_eq!(claims.to_string().parse::<ClaimsRequest>().as_ref(), Ok(&claims));
    for (name, language, _) in claims.userinfo().iter().chain(claims.id_token().iter()) {
        assert!(name.len() + language.map_or(0, str::len) <= 100);
    }
});
