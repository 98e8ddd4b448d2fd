//! The words of a request: what was understood is written as the specifications spell it.
#![no_main]

use countersign::{
    protocol::{
        auth_context::AcrValues,
        grant_type::GrantType,
        pkce::{self, CodeChallenge},
        prompt::{Prompt, PromptValue},
        resource::Resource,
        response::{ResponseMode, ResponseType},
    },
    store::clients::ClientId,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let (text, other) = texts;
    if let Ok(kind) = text.parse::<ResponseType>() {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        if let Ok(mode) = kind.mode(other.parse::<ResponseMode>().ok()) {
            assert!(kind.may_travel_by(mode));
        }
    }
    if let Ok(prompt) = text.parse::<Prompt>() {
        assert_eq!(prompt.is_none(), prompt.has(PromptValue::None));
        assert!(!(prompt.is_none() && prompt.has(PromptValue::Login)));
    }
    if let Ok(resource) = text.parse::<Resource>() {
        assert!(resource.as_str() == text && !text.contains('#'));
    }
    if let Ok(grant_type) = text.parse::<GrantType>() {
        assert_eq!(grant_type.as_str(), text);
    }
    if let Some(id) = ClientId::parse(text) {
        assert_eq!(id.to_string(), text);
    }
    let best = AcrValues::read(text).best();
    assert!(best.is_none_or(|best| text.split(' ').any(|word| word == best.to_string())));
    if let Ok(challenge) = CodeChallenge::read(text, Some("S256")) {
        assert_eq!(challenge.as_str(), text);
        assert_eq!(challenge.verify(other), pkce::verify(Some(&challenge), Some(other)).is_ok());
    }
});
