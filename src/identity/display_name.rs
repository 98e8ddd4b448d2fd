//! What a person, a device or a passkey is called.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use unicode_normalization::UnicodeNormalization as _;

/// Enough for every name anybody has.
const MOST_CHARACTERS: usize = 100;

problems! {
    /// Why a name is not taken.
    NameProblem {
        /// Nothing in it that could be read aloud.
        Empty => "name-empty", "a name needs a letter or a digit";
        /// Too long for any page.
        TooLong => "name-too-long", "a name has at most 100 characters";
        /// Something that cannot be seen, or turns the reading around.
        Unseen => "name-unseen", "a name must not hold characters that cannot be seen";
        /// An address: names are greeted in mails, and must not advertise in them.
        Address => "name-address", "a name must not hold a web address";
    }
}

/// A name as it is shown: one line, trimmed, single spaces, NFC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct DisplayName(String);

impl DisplayName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The letter for the round picture beside it.
    #[must_use]
    pub fn initial(&self) -> String {
        let first = self.0.chars().find(|character| character.is_alphanumeric());
        first.map(|character| character.to_uppercase().collect()).unwrap_or_default()
    }
}

impl FromStr for DisplayName {
    type Err = NameProblem;

    fn from_str(typed: &str) -> Result<Self, NameProblem> {
        if typed.chars().count() > 4 * MOST_CHARACTERS {
            return Err(NameProblem::TooLong);
        }
        let name: String = typed.nfc().collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !crate::text::is_one_line(&name) {
            return Err(NameProblem::Unseen);
        }
        if name.chars().count() > MOST_CHARACTERS {
            return Err(NameProblem::TooLong);
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(NameProblem::Empty);
        }
        let lower = name.to_lowercase();
        if lower.contains("://") || lower.contains("www.") {
            return Err(NameProblem::Address);
        }
        Ok(Self(name))
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

crate::text_column!(DisplayName);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_tidied() {
        for (typed, name) in [
            ("  Ada   Lovelace ", "Ada Lovelace"),
            ("Ada\tLovelace\n", "Ada Lovelace"),
            ("Ada\u{3000}Lovelace", "Ada Lovelace"),
            ("Zoe\u{308}", "Zoë"),
            ("محمد\u{200C}رضا", "محمد\u{200C}رضا"),
            ("李小龍", "李小龍"),
            ("R2", "R2"),
        ] {
            assert_eq!(typed.parse::<DisplayName>().unwrap().as_str(), name);
        }
    }

    #[test]
    fn each_refusal_says_what_is_wrong() {
        let long = "a".repeat(101);
        let endless = " ".repeat(10_000);
        for (wrong, problem) in [
            ("", NameProblem::Empty),
            ("   ", NameProblem::Empty),
            ("---", NameProblem::Empty),
            (long.as_str(), NameProblem::TooLong),
            (endless.as_str(), NameProblem::TooLong),
            ("Ada\u{0}", NameProblem::Unseen),
            ("\u{202E}adA", NameProblem::Unseen),
            ("A\u{200B}da", NameProblem::Unseen),
            ("Win at https://evil.example", NameProblem::Address),
            ("WWW.evil.example", NameProblem::Address),
        ] {
            assert_eq!(wrong.parse::<DisplayName>(), Err(problem), "{wrong:.40?}");
        }
    }

    #[test]
    fn the_initial_is_a_letter_people_would_choose() {
        for (name, initial) in [("ada", "A"), ("\"Bob\"", "B"), ("李小龍", "李"), ("ßen", "SS")]
        {
            assert_eq!(name.parse::<DisplayName>().unwrap().initial(), initial);
        }
    }

    proptest! {
        #[test]
        fn a_tidy_name_stays_as_it_is(typed in any::<String>()) {
            if let Ok(name) = typed.parse::<DisplayName>() {
                prop_assert_eq!(name.as_str().parse::<DisplayName>(), Ok(name.clone()));
            }
        }
    }
}
