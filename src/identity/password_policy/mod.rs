//! Which passwords are taken (NIST SP 800-63B §3.1.1.2): long rather than odd, not everybody's, not
//! about their owner. How one is hashed is `crypto::password`'s.

mod common;
mod strength;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

pub use strength::{Hint, Strength};

/// The most characters: more than anybody types, few enough to judge and hash.
pub const MOST_CHARACTERS: usize = 256;

/// The fewest an operator may ask for.
pub const FEWEST_CHARACTERS: usize = 8;

/// Shorter words about a person are found in too many honest passwords.
const SHORTEST_TELLING_WORD: usize = 4;

problems! {
    /// Why a password is not taken.
    PasswordProblem {
        /// Fewer characters than the operator asks for.
        TooShort => "password-too-short", "the password is too short";
        /// More than 256 characters.
        TooLong => "password-too-long", "the password has more than 256 characters";
        /// A line break or another control character, which most password fields cannot carry.
        Unseen => "password-unseen", "the password holds a character that cannot be typed";
        /// The person's own name or address is in it.
        Personal => "password-personal", "the password holds your name or address";
        /// It is on the list that everybody tries first.
        Common => "password-common", "the password is one of those that are tried first";
        /// It is built as those on the list are.
        Guessable => "password-guessable", "the password is easy to guess";
    }
}

/// What the operator asks of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    fewest_characters: usize,
}

impl PasswordPolicy {
    /// At least that many characters, and never fewer than eight.
    #[must_use]
    pub const fn of_at_least(characters: usize) -> Self {
        let fewest_characters =
            if characters < FEWEST_CHARACTERS { FEWEST_CHARACTERS } else { characters };
        Self { fewest_characters }
    }

    /// How many characters are asked for, for the page to say.
    #[must_use]
    pub const fn fewest_characters(self) -> usize {
        self.fewest_characters
    }

    /// Judges a password for the person whom `about` tells of: names, addresses, our own brand.
    /// Nothing is truncated. The strength comes back either way there is one to tell.
    pub fn judge(self, typed: &str, about: &[&str]) -> Result<Strength, PasswordProblem> {
        // A limit before the work: normalising may grow a text, but never to a quarter.
        if typed.len() > MOST_CHARACTERS * 16 {
            return Err(PasswordProblem::TooLong);
        }
        let password: Zeroizing<String> = Zeroizing::new(typed.nfc().collect());
        let characters = password.chars().count();
        if characters < self.fewest_characters {
            return Err(PasswordProblem::TooShort);
        }
        if characters > MOST_CHARACTERS {
            return Err(PasswordProblem::TooLong);
        }
        if password.chars().any(char::is_control) {
            return Err(PasswordProblem::Unseen);
        }
        let lower = Zeroizing::new(password.to_lowercase());
        if common::holds(&lower) {
            return Err(PasswordProblem::Common);
        }
        let words = words_of(about);
        let tells = |word: &&String| word.chars().count() >= SHORTEST_TELLING_WORD;
        if words.iter().filter(tells).any(|word| lower.contains(word.as_str())) {
            return Err(PasswordProblem::Personal);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let strength = Strength::of(&password, &words);
        if strength.score() < 2 { Err(PasswordProblem::Guessable) } else { Ok(strength) }
    }
}

/// The words that tell of a person: each part of a name and of what stands before an @.
fn words_of(about: &[&str]) -> Vec<String> {
    let locals = about.iter().map(|text| text.split('@').next().unwrap_or_default());
    let locals: Vec<String> = locals.map(|text| text.to_lowercase().nfc().collect()).collect();
    let words = locals.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
