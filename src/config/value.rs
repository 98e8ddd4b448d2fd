//! How one value is read, from the file or from the environment, and written down again.

use serde_json::Value;

use super::text::Text;

/// What somebody wrote for a key.
pub enum Given<'a> {
    /// In the file, where values have types.
    File(&'a Value),
    /// In the environment, where everything is text.
    Environment(&'a str),
}

/// A type of value.
pub trait Setting: Sized {
    /// What a value looks like, in words.
    fn kind() -> String;

    /// Reads a value; the error says what it must be.
    fn read(given: &Given<'_>) -> Result<Self, String>;

    /// The value as it stands in the file. A secret is not shown.
    fn show(&self) -> String;

    /// The value as a number, if it is one.
    fn number(&self) -> Option<u64> {
        None
    }
}

/// Nothing, or a value. An empty text is nothing.
impl<T: Setting> Setting for Option<T> {
    fn kind() -> String {
        format!("{}; empty for none", T::kind())
    }

    fn read(given: &Given<'_>) -> Result<Self, String> {
        match given {
            Given::Environment("") => Ok(None),
            Given::File(Value::String(text)) if text.is_empty() => Ok(None),
            given => T::read(given).map(Some),
        }
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(|| quoted(""), T::show)
    }

    fn number(&self) -> Option<u64> {
        self.as_ref().and_then(T::number)
    }
}

/// A list: an array in the file, commas in the environment.
impl<T: Text> Setting for Vec<T> {
    fn kind() -> String {
        format!("a list, each {}", T::kind())
    }

    fn read(given: &Given<'_>) -> Result<Self, String> {
        match given {
            Given::Environment(text) => text
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(<T as Text>::parse)
                .collect(),
            Given::File(Value::Array(items)) => {
                items.iter().map(|item| T::read(&Given::File(item))).collect()
            }
            Given::File(_) => Err("must be a list in square brackets".to_owned()),
        }
    }

    fn show(&self) -> String {
        let items: Vec<_> = self.iter().map(Setting::show).collect();
        format!("[{}]", items.join(", "))
    }
}

impl Setting for bool {
    fn kind() -> String {
        "true or false".to_owned()
    }

    fn read(given: &Given<'_>) -> Result<Self, String> {
        match given {
            Given::File(Value::Bool(value)) => Ok(*value),
            Given::Environment("true") => Ok(true),
            Given::Environment("false") => Ok(false),
            _ => Err("must be true or false".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),+) => {$(
        impl Setting for $kind {
            fn kind() -> String {
                "a whole number".to_owned()
            }

            fn read(given: &Given<'_>) -> Result<Self, String> {
                let number = match given {
                    Given::File(value) => value.as_u64(),
                    Given::Environment(text) => text.parse().ok(),
                };
                number
                    .and_then(|number| Self::try_from(number).ok())
                    .ok_or_else(|| "must be a whole number, zero or more".to_owned())
            }

            fn show(&self) -> String {
                self.to_string()
            }

            fn number(&self) -> Option<u64> {
                u64::try_from(*self).ok()
            }
        }
    )+};
}

whole_numbers!(u16, u32, u64, usize);

/// A text in quotes, as TOML writes it (TOML's basic strings escape as JSON's do).
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_list_is_split_at_commas_in_the_environment() {
        let list = Vec::<String>::read(&Given::Environment("one, two,,three ")).unwrap();
        assert_eq!(list, ["one", "two", "three"]);
    }

    #[test]
    fn an_empty_text_is_no_value() {
        assert_eq!(Option::<u16>::read(&Given::Environment("")).unwrap(), None);
        assert_eq!(Option::<PathBuf>::read(&Given::File(&Value::from(""))).unwrap(), None);
    }

    #[test]
    fn a_number_in_quotes_is_not_a_number() {
        assert!(u64::read(&Given::File(&Value::from("60"))).is_err());
        assert!(u16::read(&Given::Environment("65536")).is_err());
        assert!(u64::read(&Given::Environment("-1")).is_err());
        assert!(u64::read(&Given::File(&Value::from(1.5))).is_err());
    }
}
