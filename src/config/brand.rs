//! What people see of the company that runs this server.

use std::path::PathBuf;

use super::{link::Link, section::section, text::Text};
use crate::identity::email_address::EmailAddress;

section! {
    /// What people see of the company that runs this server.
    Brand {
        /// The name in "Login with …", in titles and in messages.
        name: String = "Countersign".to_owned();
        /// The logo: an SVG, PNG or WebP file, shown beside the name.
        logo_file: Option<PathBuf> = None;
        /// The colour of buttons and links.
        accent: Colour = Colour { red: 0x0d, green: 0x5c, blue: 0x4d };
        /// Where people find help.
        support_url: Option<Link> = None;
        /// Whom people write to for help.
        support_email: Option<EmailAddress> = None;
        /// The terms of use.
        terms_url: Option<Link> = None;
        /// Which terms these are, such as their date: kept with every account that accepts them.
        /// Without it, their address is kept.
        terms_version: Option<String> = None;
        /// The privacy notice.
        privacy_url: Option<Link> = None;
    }
}

impl Brand {
    /// What is kept with an account that accepts the terms; nothing if there are none.
    #[must_use]
    pub fn terms_in_force(&self) -> Option<String> {
        let url = self.terms_url.as_ref()?;
        Some(self.terms_version.clone().unwrap_or_else(|| url.as_str().to_owned()))
    }
}

/// A colour, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// How much red.
    pub red: u8,
    /// How much green.
    pub green: u8,
    /// How much blue.
    pub blue: u8,
}

impl Text for Colour {
    fn kind() -> String {
        "a colour such as #1f4fd8".to_owned()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let number = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|c| c.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or_else(|| format!("must be {}, not `{text}`", <Self as Text>::kind()))?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_and_nothing_that_could_be_style() {
        assert_eq!(Colour::parse("#0A0b0c").unwrap().to_string(), "#0a0b0c");
        for text in ["red", "#fff", "#+12345", "#12345g", "#1234567", "#fff;}x{"] {
            assert!(Colour::parse(text).is_err(), "{text}");
        }
    }
}
