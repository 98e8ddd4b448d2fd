//! What was understood as a code is shown as a code, and understood again.
#![no_main]

use countersign::protocol::user_code::UserCode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let Ok(code) = typed.parse::<UserCode>() else { return };
    assert_eq!(code.as_str().len(), 8);
    assert_eq!(code.to_string().parse::<UserCode>().as_ref(), Ok(&code));
});
