//! Scopes are sets, whatever they were made of.
#![no_main]

use countersign::protocol::scope::Scope;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let (Ok(a), Ok(b)) = (texts.0.parse::<Scope>(), texts.1.parse::<Scope>()) else { return };
    assert_eq!(a.as_str().parse::<Scope>().as_ref(), Ok(&a));
    assert_eq!(a.union(&b), b.union(&a));
    assert_eq!(a.difference(&b).union(&a.intersection(&b)), a);
    assert_eq!(a.is_subset_of(&b), a.difference(&b).is_empty());
});
