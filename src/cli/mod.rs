//! The command line: one file per command.
//!
//! Owns how commands are written, what they print and how they end: 0 done, 1 refused or failed (with
//! a sentence on stderr), 2 wrong usage. Whatever a command does, a function of a lower floor does.

mod apps;
mod config;
mod delivery;
pub mod demo;
mod doctor;
mod import;
mod keys;
mod migrate;
mod outcome;
mod serve;
mod users;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, Database},
    store::{Store, migrations},
};
use outcome::Outcome;

/// The identity server behind a "Login with" button.
#[derive(Parser)]
#[command(
    name = "countersign",
    version,
    after_help = "\
Examples:
  countersign                                   start the server
  countersign demo                              the same, with a sample site beside it
  countersign --config /etc/countersign.toml doctor

Every command explains itself: countersign users add --help"
)]
struct Arguments {
    /// The file with the settings; by default countersign.toml, if it is here
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Demo(demo::Arguments),
    Migrate(migrate::Arguments),
    Users(users::Arguments),
    Import(import::Arguments),
    Apps(apps::Arguments),
    Keys(keys::Arguments),
    Delivery(delivery::Arguments),
    Config(config::Arguments),
    Doctor(doctor::Arguments),
}

/// What every command is told.
struct Surroundings {
    /// The settings file that was named.
    file: Option<PathBuf>,
}

impl Surroundings {
    /// The settings.
    fn config(&self) -> Result<Config, outcome::Failure> {
        Ok(Config::load(self.file.as_deref())?)
    }
}

/// The store, brought up to date first if the settings say so, refused if it is not.
fn open_store(config: &Config) -> Result<Store, outcome::Failure> {
    migrations::prepare(&config.database)?;
    // One connection is enough, and none is opened behind the command's back: if it ended meanwhile,
    // it would crash in OpenSSL's own tidying.
    Ok(Store::open(&Database { pool_size: 1, ..config.database.clone() })?)
}

/// Waits for work that is done elsewhere.
fn wait<T>(work: impl Future<Output = T>) -> Result<T, outcome::Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(outcome::Failure::new)?;
    Ok(runtime.block_on(work))
}

/// Reads the command line and runs the command it names.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Nobody is left to tell if this cannot be printed.
            let _ = usage.print();
            return if usage.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let surroundings = Surroundings { file: arguments.config };
    outcome::end(start(arguments.command, &surroundings))
}

fn start(command: Option<Command>, surroundings: &Surroundings) -> Outcome {
    match command {
        Some(Command::Migrate(arguments)) => migrate::run(&arguments, surroundings),
        Some(Command::Users(arguments)) => users::run(&arguments, surroundings),
        Some(Command::Import(arguments)) => import::run(&arguments, surroundings),
        Some(Command::Apps(arguments)) => apps::run(&arguments, surroundings),
        Some(Command::Keys(arguments)) => keys::run(&arguments, surroundings),
        Some(Command::Delivery(arguments)) => delivery::run(&arguments, surroundings),
        Some(Command::Config(arguments)) => config::run(&arguments, surroundings),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments, surroundings),
        Some(Command::Demo(arguments)) => demo::run(&arguments, surroundings),
        Some(Command::Serve(_)) | None => serve::run(surroundings),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_explains_itself_with_an_example() {
        fn walk(command: &clap::Command, path: &str) {
            let path = format!("{path} {}", command.get_name());
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty(), "{path} does not say what it does");
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("  countersign"), "{path} shows no example");
            command.get_subcommands().for_each(|inner| walk(inner, &path));
        }
        let command = Arguments::command();
        command.clone().debug_assert();
        walk(&command, "");
    }
}
