//! How one value is read, from the file or from the environment, and written down again.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use serde_json::Value;

use crate::{crypto::secret::Secret, identity::email_address::EmailAddress};

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

/// A type of value that is written as text.
pub trait Text: Sized {
    /// What a value looks like, in words.
    fn kind() -> String;

    /// Reads the text; the error says what it must be.
    fn parse(text: &str) -> Result<Self, String>;

    /// The text again. A secret is not shown.
    fn text(&self) -> String;
}

impl<T: Text> Setting for T {
    fn kind() -> String {
        T::kind()
    }

    fn read(given: &Given<'_>) -> Result<Self, String> {
        match given {
            Given::Environment(text) => T::parse(text),
            Given::File(Value::String(text)) => T::parse(text),
            Given::File(_) => Err(format!("must be {} in quotes", T::kind())),
        }
    }

    fn show(&self) -> String {
        quoted(&self.text())
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

impl Text for String {
    fn kind() -> String {
        "text".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }

    fn text(&self) -> String {
        self.clone()
    }
}

impl Text for PathBuf {
    fn kind() -> String {
        "a path".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("must be a path".to_owned()) } else { Ok(Self::from(text)) }
    }

    fn text(&self) -> String {
        self.display().to_string()
    }
}

impl Text for SocketAddr {
    fn kind() -> String {
        "an address and a port".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        parsed(text, "an address and a port, such as 127.0.0.1:8080 or [::]:8080")
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl Text for EmailAddress {
    fn kind() -> String {
        "a mail address".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|problem| format!("must be a mail address, not `{text}`: {problem}"))
    }

    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

/// A secret is given as it is, or as `file:PATH`, which containers and systemd credentials offer.
impl Text for Secret {
    fn kind() -> String {
        "a secret, or file:PATH to read it from a file".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let Some(path) = text.strip_prefix("file:") else {
            return Ok(Self::new(text.to_owned()));
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("names the file {path}, which cannot be read: {error}"))?;
        Ok(Self::new(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    fn text(&self) -> String {
        "(not shown)".to_owned()
    }
}

/// Reads what the standard library can read.
pub fn parsed<T: FromStr>(text: &str, kind: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("must be {kind}, not `{text}`"))
}

/// A text in quotes, as TOML writes it (TOML's basic strings escape as JSON's do).
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_secret_is_read_from_a_file_without_its_line_end() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "hidden value\n").unwrap();
        let secret = Secret::parse(&format!("file:{}", file.path().display())).unwrap();
        assert_eq!(secret.expose(), "hidden value");
        assert_eq!(Setting::show(&secret), "\"(not shown)\"");
        assert!(Secret::parse("file:/nowhere/at/all").unwrap_err().contains("/nowhere/at/all"));
    }
}
