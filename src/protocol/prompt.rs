//! `prompt` and `display`: how much of a person's attention a client asks for.

use std::{collections::BTreeSet, fmt, str::FromStr};

use super::error::{OAuthError, invalid_request};

wire_names! {
    /// One word of the `prompt` parameter (OpenID Connect Core §3.1.2.1, Prompt Create §4).
    PromptValue, refused by invalid_request: "prompt holds a value this server does not know" {
        /// No page at all.
        None => "none",
        /// Sign in again, whoever is signed in.
        Login => "login",
        /// Ask for consent again.
        Consent => "consent",
        /// Ask which account.
        SelectAccount => "select_account",
        /// Offer a new account first.
        Create => "create",
    }
}

wire_names! {
    /// The kind of screen a client hopes for (OpenID Connect Core §3.1.2.1).
    Display, refused by invalid_request: "display is not one this server knows" {
        /// A whole page.
        Page => "page",
        /// A small window.
        Popup => "popup",
        /// A touch screen.
        Touch => "touch",
        /// A feature phone.
        Wap => "wap",
    }
}

/// The `prompt` parameter: a set of words, of which `none` stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt(BTreeSet<PromptValue>);

impl Prompt {
    /// Whether this word was said.
    #[must_use]
    pub fn has(&self, value: PromptValue) -> bool {
        self.0.contains(&value)
    }

    /// Whether no page may be shown.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.has(PromptValue::None)
    }

    /// The same without a word that has been obeyed.
    #[must_use]
    pub fn without(mut self, value: PromptValue) -> Self {
        self.0.remove(&value);
        self
    }
}

impl FromStr for Prompt {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        let words = text.split(' ').filter(|word| !word.is_empty());
        let values = words.map(str::parse).collect::<Result<BTreeSet<PromptValue>, _>>()?;
        if values.contains(&PromptValue::None) && values.len() > 1 {
            return Err(invalid_request("prompt none must stand alone"));
        }
        Ok(Self(values))
    }
}

impl fmt::Display for Prompt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|value| value.as_str()).collect();
        out.write_str(&words.join(" "))
    }
}

impl serde::Serialize for Prompt {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

from_text!(Prompt);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_words_may_be_said() {
        let prompt: Prompt = "consent login".parse().unwrap();
        assert!(prompt.has(PromptValue::Login) && prompt.has(PromptValue::Consent));
        assert!(!prompt.has(PromptValue::Create) && !prompt.is_none());
        assert_eq!(prompt.to_string(), "login consent");
        assert_eq!("".parse(), Ok(Prompt::default()));
    }

    #[test]
    fn none_stands_alone() {
        assert!("none".parse::<Prompt>().unwrap().is_none());
        let refusal = "none login".parse::<Prompt>().unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_request");
    }

    #[test]
    fn an_unknown_word_is_refused() {
        for wrong in ["Login", "login,consent", "login\tconsent", "later"] {
            assert_eq!(wrong.parse::<Prompt>().unwrap_err().code.as_str(), "invalid_request");
        }
        assert_eq!("tv".parse::<Display>().unwrap_err().code.as_str(), "invalid_request");
    }

    #[test]
    fn a_word_obeyed_is_not_obeyed_twice() {
        let prompt: Prompt = "login consent".parse().unwrap();
        assert_eq!(prompt.without(PromptValue::Login).to_string(), "consent");
    }

    #[test]
    fn json_holds_the_parameter_as_it_was() {
        let prompt: Prompt = "login consent".parse().unwrap();
        let json = serde_json::to_string(&prompt).unwrap();
        assert_eq!(json, r#""login consent""#);
        assert_eq!(serde_json::from_str::<Prompt>(&json).unwrap(), prompt);
    }
}
