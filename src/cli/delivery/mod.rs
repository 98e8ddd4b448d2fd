//! `countersign delivery`: does mail leave, do SMS, and what became of those that should have?

mod letters;
mod test;

use clap::{Args, Subcommand};

use super::{Surroundings, outcome::Outcome};

/// Send a test message, and look after what waits to be sent
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign delivery test --to ada@example.com
  countersign delivery list --unsent
  countersign delivery retry LETTER_ID")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Test(test::Arguments),
    List(letters::List),
    Retry(letters::Retry),
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    match &arguments.command {
        Command::Test(arguments) => test::run(arguments, surroundings),
        Command::List(arguments) => arguments.run(surroundings),
        Command::Retry(arguments) => arguments.run(surroundings),
    }
}
