//! `countersign doctor`: is this installation sound?
//!
//! Every examination changes nothing. Each finding is a sentence that says what is so and, if it is
//! not good, which line to change.

mod address;
mod machine;

use clap::Args;
use serde::Serialize;

use super::{
    Surroundings,
    outcome::{Failure, Outcome, print, print_json},
    wait,
};

/// Tell whether this installation is sound, and what to change
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign doctor
  countersign --config /etc/countersign.toml doctor --json

Run it where the server runs, as the same user, while the server is running.
It exits with 1 if something is bad.")]
pub struct Arguments {
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// What an examination found.
#[derive(Debug, Serialize)]
struct Finding {
    /// What was looked at.
    part: &'static str,
    /// How it is.
    state: State,
    /// In words.
    says: String,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Good,
    Doubtful,
    Bad,
}

impl Finding {
    fn good(part: &'static str, says: impl Into<String>) -> Self {
        Self { part, state: State::Good, says: says.into() }
    }

    fn doubtful(part: &'static str, says: impl Into<String>) -> Self {
        Self { part, state: State::Doubtful, says: says.into() }
    }

    fn bad(part: &'static str, says: impl Into<String>) -> Self {
        Self { part, state: State::Bad, says: says.into() }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let mut findings = machine::examine(&config);
    findings.extend(wait(address::examine(&config))?);
    let bad = findings.iter().filter(|finding| finding.state == State::Bad).count();
    if arguments.json {
        print_json(&findings)?;
    } else {
        findings.iter().try_for_each(show)?;
    }
    match bad {
        0 => Ok(()),
        1 => Err(Failure::new("One thing is bad: see above.")),
        bad => Err(Failure::new(format_args!("{bad} things are bad: see above."))),
    }
}

fn show(finding: &Finding) -> Outcome {
    let state = match finding.state {
        State::Good => "good",
        State::Doubtful => "hm  ",
        State::Bad => "BAD ",
    };
    print(format_args!("{state}  {:<9} {}", finding.part, finding.says))
}
