//! How a command ends, and how it prints.

use std::{
    fmt::Display,
    io::{self, Write},
    process::ExitCode,
};

use serde::Serialize;

use crate::{config, store};

/// What a command comes to.
pub type Outcome = Result<(), Failure>;

/// Why a command was refused or failed, in a sentence.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    /// Whoever was reading has gone: nothing to complain about (`… | head`).
    unheard: bool,
}

impl Failure {
    /// A failure that says what was being done and what came of it.
    pub fn new(sentence: impl Display) -> Self {
        Self { sentence: sentence.to_string(), unheard: false }
    }
}

impl From<config::Error> for Failure {
    fn from(error: config::Error) -> Self {
        Self::new(error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::new(on_one_line(&error))
    }
}

/// The same without line breaks: databases explain themselves in paragraphs.
pub fn on_one_line(text: &impl Display) -> String {
    text.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ends the process: 0 done, 1 refused or failed.
pub fn end(outcome: Outcome) -> ExitCode {
    match outcome {
        Err(failure) if !failure.unheard => {
            let _ = writeln!(io::stderr(), "{}", failure.sentence);
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Prints to standard output.
pub fn print(text: impl Display) -> Outcome {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| Failure {
        unheard: error.kind() == io::ErrorKind::BrokenPipe,
        sentence: format!("printing: {error}"),
    })
}

/// Prints as JSON, for scripts.
pub fn print_json(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::new(format!("writing JSON: {error}")))?;
    print(text)
}
