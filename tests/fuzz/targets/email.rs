//! An address has one canonical form, and never breaks a mail header.
#![no_main]

use countersign::identity::email_address::EmailAddress;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let Ok(address) = typed.parse::<EmailAddress>() else { return };
    assert!(address.canonical().is_ascii());
    assert!(!address.as_str().contains(['\r', '\n', '<', '>', ',', ' ', '"']));
    for again in [address.as_str(), address.canonical(), &address.deliverable()] {
        assert_eq!(again.parse::<EmailAddress>().as_ref(), Ok(&address));
    }
    let _ = (address.masked(), address.suggestion());
});
