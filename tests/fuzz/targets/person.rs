//! What people type and what their browsers say of themselves.
#![no_main]

use countersign::{
    identity::{display_name::DisplayName, phone_number::PhoneNumber, user_agent::UserAgent},
    language::Language,
    text,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let (typed, other) = texts;
    if let Ok(name) = typed.parse::<DisplayName>() {
        assert!(text::is_one_line(name.as_str()));
        assert_eq!(name.as_str().parse::<DisplayName>().as_ref(), Ok(&name));
    }
    for country in [None, Some("DE"), Some(other)] {
        let Ok(number) = PhoneNumber::read(typed, country) else { continue };
        assert_eq!(number.as_str().parse::<PhoneNumber>().as_ref(), Ok(&number));
        let _ = (number.readable(), number.country(), number.masked());
    }
    assert!(UserAgent::read(typed).to_string().len() <= 400);
    let _ = Language::choose(Some(other), None, Some(typed));
    assert!(text::is_one_line(&text::one_line(typed, 80)));
});
