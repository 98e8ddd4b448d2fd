//! What a form says back: what is wrong with it, how good a password is.

use std::fmt;

/// What is wrong with a form: shown at the top, linked to the fields, and at each field.
#[derive(Default)]
pub struct Problems(Vec<Problem>);

/// One thing that is wrong, and with which field.
pub struct Problem {
    /// The element id of the field; empty if no field is to blame.
    pub field: &'static str,
    /// What is wrong and what to do, in the reader's language.
    pub text: String,
}

impl Problems {
    /// Nothing is wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// One thing is wrong with the field whose element id is `field`.
    #[must_use]
    pub fn with(mut self, field: &'static str, text: &impl fmt::Display) -> Self {
        self.0.push(Problem { field, text: text.to_string() });
        self
    }

    /// Is nothing wrong?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything that is wrong, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
    }
}

/// How good a password is, from 0 (guessed at once) to 4 (good), and what would make it better.
pub struct Strength {
    /// The score of the estimate.
    pub score: u8,
    /// What would make it better, in the reader's language.
    pub advice: Option<String>,
}

impl Strength {
    /// The key of the sentence that says how good it is.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.score {
            0 | 1 => "password-weak",
            2 => "password-fair",
            3 => "password-good",
            _ => "password-strong",
        }
    }
}
