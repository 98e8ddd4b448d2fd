//! Phone numbers, as E.164 has them.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use phonenumber::{Mode, Type, country, metadata::DATABASE};

/// Longer input is not a slip of the finger.
const MOST_BYTES: usize = 40;

problems! {
    /// Why a number is not taken.
    PhoneProblem {
        /// Nothing was written.
        Empty => "phone-empty", "write a phone number";
        /// It has no +, and no country was chosen.
        NoCountry => "phone-no-country", "a phone number starts with + and the country's digits";
        /// No such number can exist.
        Unknown => "phone-unknown", "there is no such phone number";
        /// A number that takes no text messages.
        NoTexts => "phone-no-texts", "this number cannot receive text messages";
    }
}

/// A number that exists in its country's plan and can receive text messages, in E.164.
#[derive(Clone, Debug, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads what a person typed: with a +, or as it is written in `country` (ISO 3166, `DE`).
    pub fn read(typed: &str, country: Option<&str>) -> Result<Self, PhoneProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        let country = country.and_then(|code| code.parse::<country::Id>().ok());
        if !typed.starts_with('+') && country.is_none() {
            return Err(PhoneProblem::NoCountry);
        }
        let parsed =
            Some(typed).filter(|it| is_plain(it)).map(|it| phonenumber::parse(country, it));
        let number = parsed.and_then(Result::ok).filter(phonenumber::PhoneNumber::is_valid);
        let number = number.ok_or(PhoneProblem::Unknown)?;
        match number.number_type(&DATABASE) {
            Type::Mobile | Type::FixedLineOrMobile | Type::PersonalNumber => {
                Ok(Self(number.format().mode(Mode::E164).to_string()))
            }
            _ => Err(PhoneProblem::NoTexts),
        }
    }

    /// The number in E.164: `+4915112345678`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as it is read: `+49 1511 2345678`.
    #[must_use]
    pub fn readable(&self) -> String {
        phonenumber::parse(None, &self.0)
            .map_or_else(|_| self.0.clone(), |it| it.format().mode(Mode::International).to_string())
    }

    /// The country it belongs to (ISO 3166), for limits and prices.
    #[must_use]
    pub fn country(&self) -> Option<String> {
        let number = phonenumber::parse(None, &self.0).ok()?;
        number.country().id().map(|id| id.as_ref().to_owned())
    }

    /// Enough for its owner to know it, and nobody else: `+49 … 78`.
    #[must_use]
    pub fn masked(&self) -> String {
        let code = phonenumber::parse(None, &self.0).map_or(0, |number| number.country().code());
        let last = &self.0[self.0.len().saturating_sub(2)..];
        format!("+{code} … {last}")
    }
}

/// Digits and what people write between them: no extensions, no letters on keys.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    text.len() <= MOST_BYTES
        && digits.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{A0}')
        })
}

/// Reads E.164, as it stands in a column. Only the form is judged: numbering plans change, and a row
/// must not become unreadable because of it.
impl FromStr for PhoneNumber {
    type Err = PhoneProblem;

    fn from_str(text: &str) -> Result<Self, PhoneProblem> {
        let digits = text.strip_prefix('+').unwrap_or_default();
        let sound = (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0');
        if sound { Ok(Self(text.to_owned())) } else { Err(PhoneProblem::Unknown) }
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

crate::text_column!(PhoneNumber);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_understood_as_people_write_them() {
        for (typed, country, number) in [
            ("+49 151 12345678", None, "+4915112345678"),
            (" 0151/12345678 ", Some("DE"), "+4915112345678"),
            ("+49 (0)151 12345678", None, "+4915112345678"),
            ("07400 123456", Some("GB"), "+447400123456"),
            ("(201) 555-0123", Some("US"), "+12015550123"),
            ("+1 201.555.0123", Some("DE"), "+12015550123"),
            ("06 12 34 56 78", Some("FR"), "+33612345678"),
            ("312 345 6789", Some("IT"), "+393123456789"),
        ] {
            assert_eq!(PhoneNumber::read(typed, country).unwrap().as_str(), number, "{typed}");
        }
    }

    #[test]
    fn each_refusal_says_what_is_wrong() {
        for (wrong, country, problem) in [
            ("", None, PhoneProblem::Empty),
            (" ", Some("DE"), PhoneProblem::Empty),
            ("0151 12345678", None, PhoneProblem::NoCountry),
            ("0151 12345678", Some("XX"), PhoneProblem::NoCountry),
            ("+", None, PhoneProblem::Unknown),
            ("+49", None, PhoneProblem::Unknown),
            ("+999 12345678", None, PhoneProblem::Unknown),
            ("+49 1", None, PhoneProblem::Unknown),
            ("hello", Some("DE"), PhoneProblem::Unknown),
            ("+1 800 FLOWERS", None, PhoneProblem::Unknown),
            ("+49 151 12345678 ext. 5", None, PhoneProblem::Unknown),
            ("+4915112345678901234567890", None, PhoneProblem::Unknown),
            ("+49 30 123456", None, PhoneProblem::NoTexts),
            ("+44 20 7031 3000", None, PhoneProblem::NoTexts),
            ("+1 900 555 0123", None, PhoneProblem::NoTexts),
        ] {
            assert_eq!(PhoneNumber::read(wrong, country), Err(problem), "{wrong}");
        }
    }

    #[test]
    fn a_number_can_be_read_shown_and_hidden() {
        let number: PhoneNumber = "+4915112345678".parse().unwrap();
        assert_eq!(number.readable(), "+49 1511 2345678");
        assert_eq!(number.masked(), "+49 … 78");
        assert_eq!(number.country().as_deref(), Some("DE"));
        let other: PhoneNumber = "+12015550123".parse().unwrap();
        assert_eq!((other.masked().as_str(), other.country().as_deref()), ("+1 … 23", Some("US")));
    }

    #[test]
    fn a_column_holds_e164_and_nothing_else() {
        for wrong in
            ["", "+", "4915112345678", "+0151123456", "+49 151", "+49151x", "+1234567890123456"]
        {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(PhoneProblem::Unknown), "{wrong}");
        }
        let of_a_plan_to_come: PhoneNumber = "+9991234567".parse().unwrap();
        assert_eq!(of_a_plan_to_come.readable(), "+9991234567");
        assert_eq!(of_a_plan_to_come.country(), None);
    }

    proptest! {
        #[test]
        fn what_is_taken_is_e164_and_reads_the_same_again(typed in "\\+?[0-9 ()/.-]{0,24}") {
            if let Ok(number) = PhoneNumber::read(&typed, Some("DE")) {
                prop_assert!(number.as_str()[1..].bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!(number.as_str().len() <= 16);
                prop_assert_eq!(number.as_str().parse::<PhoneNumber>(), Ok(number.clone()));
            }
        }

        #[test]
        fn no_text_breaks_the_reader(typed in any::<String>()) {
            let _ = PhoneNumber::read(&typed, Some("US"));
        }
    }
}
