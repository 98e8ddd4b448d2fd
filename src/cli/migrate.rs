//! `countersign migrate`: bring a database up to date, or one step back.

use clap::Args;
use serde_json::json;

use super::{
    Surroundings,
    outcome::{Failure, Outcome, print, print_json},
};
use crate::{config::Database, store::migrations};

/// Bring the database up to date
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign migrate --check     is anything to be done? (exit code 1 if so)
  countersign migrate
  countersign migrate --back      take the newest step back, with what it holds

Upgrade in this order: back up, stop nothing, migrate, then replace the binaries one by one.")]
pub struct Arguments {
    /// Only tell what would be done; exit with 1 if there is something
    #[arg(long, conflicts_with = "back")]
    check: bool,

    /// Take the newest step back instead: what was kept in its tables and columns is lost
    #[arg(long)]
    back: bool,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let settings = surroundings.config()?.database;
    if arguments.check {
        return check(&settings, arguments.json);
    }
    let (sentence, steps) = if arguments.back {
        ("Took back", vec![migrations::undo_last(&settings)?])
    } else {
        ("Did", migrations::run(&settings)?)
    };
    if arguments.json {
        let word = if arguments.back { "taken_back" } else { "done" };
        return print_json(&json!({ word: steps }));
    }
    if steps.is_empty() {
        return print(format_args!("{} is up to date.", settings.url));
    }
    steps.iter().try_for_each(|step| print(format_args!("{sentence} {step}")))
}

fn check(settings: &Database, json: bool) -> Outcome {
    let standing = migrations::standing(settings)?;
    if json {
        print_json(&json!({"pending": standing.pending, "unknown": standing.unknown}))?;
    } else {
        standing.pending.iter().try_for_each(|step| print(format_args!("Pending: {step}")))?;
    }
    let url = &settings.url;
    if !standing.unknown.is_empty() {
        return Err(Failure::new(format_args!(
            "{url} is ahead of this version: it has had {}; run the newer version",
            standing.unknown.join(", ")
        )));
    }
    if !standing.pending.is_empty() {
        return Err(Failure::new(format_args!(
            "{url} is not up to date: `countersign migrate` brings it there"
        )));
    }
    if json { Ok(()) } else { print(format_args!("{url} is up to date.")) }
}
