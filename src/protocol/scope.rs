//! Scopes (RFC 6749 §3.3): what is asked for, and what was granted.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};

use super::error::{OAuthError, invalid_scope};

/// Longer lists are nobody's honest request.
const MOST_CHARACTERS: usize = 2_000;

/// A set of scope tokens in one canonical form: sorted, each once, one space between.
///
/// Order means nothing in a scope (RFC 6749 §3.3), so two that say the same are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Scope(String);

impl Scope {
    /// The scope that allows nothing.
    pub const EMPTY: Self = Self(String::new());

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tokens, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|token| !token.is_empty())
    }

    /// Whether this very token is in it: scopes know no case folding and no hierarchy.
    #[must_use]
    pub fn contains(&self, token: &str) -> bool {
        self.iter().any(|mine| mine == token)
    }

    /// Whether `wider` holds everything that this holds.
    #[must_use]
    pub fn is_subset_of(&self, wider: &Self) -> bool {
        self.iter().all(|token| wider.contains(token))
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.only(|token| other.contains(token))
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of(self.iter().chain(other.iter()))
    }

    /// What is in this and not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.only(|token| !other.contains(token))
    }

    /// The same for no longer than the person is signed in (OpenID Connect Core §11).
    #[must_use]
    pub fn online(&self) -> Self {
        self.only(|token| token != "offline_access")
    }

    /// The tokens of which this is true.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&str) -> bool) -> Self {
        let mut kept = String::with_capacity(self.0.len());
        for token in self.iter().filter(|token| wanted(token)) {
            if !kept.is_empty() {
                kept.push(' ');
            }
            kept.push_str(token);
        }
        Self(kept)
    }

    /// The canonical form of tokens that were read before.
    fn of<'a>(tokens: impl Iterator<Item = &'a str>) -> Self {
        let mut tokens: Vec<&str> = tokens.collect();
        tokens.sort_unstable();
        tokens.dedup();
        Self(tokens.join(" "))
    }

    /// Whether a text is in canonical form: what the store holds is.
    fn is_canonical(text: &str) -> bool {
        text.is_empty() || !text.starts_with(' ') && text.split(' ').is_sorted_by(|a, b| a < b)
    }
}

/// Whether this is a `scope-token`: `1*( %x21 / %x23-5B / %x5D-7E )` (RFC 6749 §3.3).
fn is_token(token: &str) -> bool {
    token.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}

/// Reads what a client sent. More than one space between tokens is forgiven, anything else is not.
impl FromStr for Scope {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        if text.len() > MOST_CHARACTERS {
            return Err(invalid_scope("scope is longer than 2000 characters"));
        }
        let tokens = || text.split(' ').filter(|token| !token.is_empty());
        if let Some(wrong) = tokens().find(|token| !is_token(token)) {
            return Err(invalid_scope("scope holds a character that no scope may have")
                .because(format_args!("{wrong:?}")));
        }
        if Self::is_canonical(text) {
            return Ok(Self(text.to_owned()));
        }
        Ok(Self::of(tokens()))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl serde::Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

from_text!(Scope);
crate::text_column!(Scope);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scope(text: &str) -> Scope {
        text.parse().unwrap()
    }

    #[test]
    fn a_scope_is_a_set() {
        assert_eq!(scope("profile openid email openid"), scope("email openid  profile "));
        assert_eq!(scope("profile openid").as_str(), "openid profile");
        assert_eq!(scope(""), Scope::EMPTY);
        assert!(scope(" ").is_empty());
    }

    #[test]
    fn a_token_is_found_whole_and_in_its_case() {
        let scope = scope("openid email");
        assert!(scope.contains("email"));
        for absent in ["Email", "mail", "", "openid email"] {
            assert!(!scope.contains(absent), "{absent:?}");
        }
    }

    #[test]
    fn characters_outside_the_alphabet_are_refused() {
        for wrong in ["open\"id", "a\\b", "a\tb", "a\nb", "caf\u{e9}", "a\u{0}", "a\u{7f}"] {
            let refusal = wrong.parse::<Scope>().unwrap_err();
            assert_eq!(refusal.code.as_str(), "invalid_scope", "{wrong:?}");
        }
    }

    #[test]
    fn a_scope_too_long_is_refused() {
        assert!("a".repeat(2_000).parse::<Scope>().is_ok());
        assert!("a".repeat(2_001).parse::<Scope>().is_err());
    }

    #[test]
    fn json_holds_the_text_and_nothing_else() {
        assert_eq!(serde_json::to_string(&scope("b a")).unwrap(), r#""a b""#);
        assert_eq!(serde_json::from_str::<Scope>(r#""b a""#).unwrap(), scope("a b"));
        assert!(serde_json::from_str::<Scope>(r#"["a"]"#).is_err());
    }

    fn any_scope() -> impl Strategy<Value = Scope> {
        proptest::collection::vec("[a-d]{1,2}", 0..8).prop_map(|tokens| scope(&tokens.join(" ")))
    }

    proptest! {
        #[test]
        fn reading_what_was_written_changes_nothing(a in any_scope()) {
            prop_assert_eq!(scope(a.as_str()), a);
        }

        #[test]
        fn the_canonical_form_is_known(text in "[ab ]{0,8}") {
            let read = scope(&text);
            prop_assert_eq!(Scope::is_canonical(&text), read.as_str() == text);
        }

        #[test]
        fn sets_obey_their_algebra(a in any_scope(), b in any_scope()) {
            prop_assert_eq!(a.union(&b), b.union(&a));
            prop_assert_eq!(a.intersection(&b), b.intersection(&a));
            prop_assert!(a.intersection(&b).is_subset_of(&a));
            prop_assert!(a.is_subset_of(&a.union(&b)));
            prop_assert!(a.difference(&b).intersection(&b).is_empty());
            prop_assert_eq!(a.difference(&b).union(&a.intersection(&b)), a.clone());
            prop_assert_eq!(a.is_subset_of(&b), a.difference(&b).is_empty());
        }

        #[test]
        fn no_text_makes_a_scope_that_cannot_be_read_again(text in any::<String>()) {
            if let Ok(scope) = text.parse::<Scope>() {
                prop_assert_eq!(scope.as_str().parse::<Scope>().unwrap(), scope);
            }
        }
    }
}
