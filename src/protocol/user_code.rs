//! User codes (RFC 8628 §6.1): letters that a person reads on one device and types on another.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use unicode_normalization::UnicodeNormalization as _;

use super::error::{OAuthError, invalid_request};

/// Consonants only: nothing looks like a digit, and no words happen by accident.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// Eight of twenty letters: 34 bits, enough for a code that lives for minutes and is guessed under a
/// limit.
const LENGTH: usize = 8;

/// Longer input is not a slip of the finger.
const MOST_BYTES_TYPED: usize = 100;

/// A user code in its canonical form: eight letters. It is shown as `WDJB-MJHT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct UserCode(String);

impl UserCode {
    /// The code that these random bytes make. (That 2^64 is no multiple of 20^8 favours some codes by
    /// one part in 700 million.)
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut number = u64::from_be_bytes(bytes);
        let mut letter = || {
            let at = number % 20;
            number /= 20;
            char::from(LETTERS[usize::try_from(at).unwrap_or_default()])
        };
        Self((0..LENGTH).map(|_| letter()).collect())
    }

    /// The eight letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads what a person typed: any case, with or without the dash, spaces wherever they like, in the
/// wide letters of a Japanese keyboard. It can only be one code, or none.
impl FromStr for UserCode {
    type Err = OAuthError;

    fn from_str(typed: &str) -> Result<Self, OAuthError> {
        let refusal = || invalid_request("user_code is eight letters, without vowels");
        if typed.len() > MOST_BYTES_TYPED {
            return Err(refusal());
        }
        let letters = typed.nfkc().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase());
        let code: String = letters.collect();
        let sound = code.len() == LENGTH && code.bytes().all(|letter| LETTERS.contains(&letter));
        if sound { Ok(Self(code)) } else { Err(refusal()) }
    }
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

impl fmt::Display for UserCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.0.split_at(LENGTH / 2);
        write!(out, "{first}-{last}")
    }
}

crate::text_column!(UserCode);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        let code: UserCode = "WDJBMJHT".parse().unwrap();
        for typed in [
            "WDJB-MJHT",
            "wdjb-mjht",
            " wdjb mjht ",
            "W D J B M J H T",
            "WDJB–MJHT",
            "wdjb\u{2011}mjht",
            "ＷＤＪＢ－ＭＪＨＴ",
            "wDjB.mJhT",
            "wdjb_mjht\n",
        ] {
            assert_eq!(typed.parse::<UserCode>().as_ref(), Ok(&code), "{typed:?}");
        }
        assert_eq!(code.to_string(), "WDJB-MJHT");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let long = format!("WDJBMJHT{}", " ".repeat(100));
        for wrong in
            ["", "WDJBMJH", "WDJBMJHTT", "WDJBMJHA", "WDJB/MJHT", "WDJBMJH0", "ÄDJBMJHT", &long]
        {
            let refusal = wrong.parse::<UserCode>().unwrap_err();
            assert_eq!(refusal.code.as_str(), "invalid_request", "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn every_code_can_be_shown_and_typed_back(bytes in any::<[u8; 8]>()) {
            let code = UserCode::from_random(bytes);
            prop_assert_eq!(code.to_string().parse::<UserCode>().unwrap(), code.clone());
            prop_assert_eq!(code.to_string().to_lowercase().parse::<UserCode>().unwrap(), code);
        }

        #[test]
        fn no_text_makes_a_code_that_cannot_be_read_again(typed in any::<String>()) {
            if let Ok(code) = typed.parse::<UserCode>() {
                prop_assert_eq!(code.as_str().parse::<UserCode>().unwrap(), code);
            }
        }
    }
}
