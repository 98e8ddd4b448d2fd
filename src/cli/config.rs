//! `countersign config`: print the reference; check a file.

use clap::{Args, Subcommand};
use serde_json::json;

use super::{
    Surroundings,
    outcome::{Outcome, print, print_json},
};
use crate::config::{Config, Key, Loaded};

/// Print every setting with its meaning; check the settings of this machine
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign config reference > countersign.toml
  countersign config check")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print every setting with its meaning, unit and default, as a file to start from
    #[command(after_help = "\
Examples:
  countersign config reference > countersign.toml
  countersign config reference --json")]
    Reference {
        /// Print a list for programs instead
        #[arg(long)]
        json: bool,
    },
    /// Check the settings file and the environment, and show what differs from the defaults
    #[command(after_help = "\
Examples:
  countersign --config new.toml config check
  COUNTERSIGN__HTTP__PUBLIC_URL=https://login.example.com countersign config check --json")]
    Check {
        /// Print what is in force as JSON
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    match arguments.command {
        Command::Reference { json: true } => print_json(&Config::default().parts()),
        Command::Reference { json: false } => print(Config::reference().trim_end()),
        Command::Check { json } => check(surroundings, json),
    }
}

fn check(surroundings: &Surroundings, json: bool) -> Outcome {
    let loaded = Loaded::from_machine(surroundings.file.as_deref())?;
    let warnings = loaded.config.warnings();
    if json {
        let settings: Vec<_> = keys(&loaded)
            .map(|(key, origin)| json!({"key": key.key, "value": key.value, "origin": origin}))
            .collect();
        return print_json(&json!({"settings": settings, "warnings": warnings}));
    }
    for (key, origin) in keys(&loaded) {
        print(format_args!("{} = {}  ({origin})", key.key, key.value))?;
    }
    for warning in warnings {
        print(format_args!("Warning: {warning}"))?;
    }
    print("The settings make sense.")
}

/// What somebody set, and where.
fn keys(loaded: &Loaded) -> impl Iterator<Item = (Key, &str)> {
    let all = loaded.config.parts().into_iter().flat_map(|part| part.keys);
    all.filter_map(|key| {
        let origin = loaded.origins.get(&key.key)?;
        Some((key, origin.as_str()))
    })
}
