//! A query or form that was read says the same when it is written and read again, and each name once.
#![no_main]

use std::collections::BTreeSet;

use countersign::web::form::Parameters;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|encoded: &[u8]| {
    let Ok(parameters) = Parameters::read(encoded) else { return };
    assert_eq!(Parameters::read(parameters.encode().as_bytes()).as_ref(), Ok(&parameters));
    let mut names = BTreeSet::new();
    for (name, value) in parameters.iter() {
        assert!(names.insert(name) || ["resource", "audience"].contains(&name));
        assert!(!name.contains('\0') && !value.contains('\0'));
        assert!(parameters.get(name).is_none_or(|value| !value.is_empty()));
    }
});
