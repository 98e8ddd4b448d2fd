//! Values that are written as text.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use serde_json::Value;

use super::value::{Given, Setting, quoted};
use crate::{crypto::secret::Secret, identity::email_address::EmailAddress};

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

#[cfg(test)]
mod tests {
    use super::*;

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
