//! `countersign delivery list` and `retry`: what stands in the queue.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    cli::{
        Surroundings, open_store,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    clock::Clock,
    store::{
        Error,
        outbox::{self, Letter, LetterId},
    },
};

/// List the latest messages: whether they left, how often that was tried, what the other side said
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign delivery list
  countersign delivery list --unsent --json

What a message says is not shown: it may hold a code.")]
pub struct List {
    /// Only those that did not leave
    #[arg(long)]
    unsent: bool,

    /// As many at most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1000))]
    most: i64,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Send a message that did not leave: now, and as often as a new one
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign delivery retry 7Yd1bFJ0Qk2mXo5aGxwL3g

A message whose code has expired does not leave all the same.")]
pub struct Retry {
    /// The message, as `countersign delivery list` names it
    #[arg(value_name = "LETTER_ID", allow_hyphen_values = true)]
    id: String,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl List {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Outcome {
        let store = open_store(&surroundings.config()?)?;
        let (unsent, most) = (self.unsent, self.most);
        let letters = wait(store.survey(move |db| {
            if unsent { outbox::list_unsent(db, most) } else { outbox::list_latest(db, most) }
        }))?
        .map_err(|error: Error| Failure::from(error))?;
        // What was written for nobody is nobody's.
        let letters = letters.iter().filter(|letter| !letter.recipient.is_empty());
        if self.json {
            return print_json(&letters.map(shown).collect::<Vec<_>>());
        }
        letters.map(line).try_for_each(print)
    }
}

impl Retry {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Outcome {
        let store = open_store(&surroundings.config()?)?;
        let unknown = || {
            Failure::new(format_args!("{}: there is no such message, or it left already", self.id))
        };
        let id = LetterId::parse(&self.id).ok_or_else(unknown)?;
        let now = Clock::System.now();
        let due = wait(store.write(move |db| outbox::set_due(db, id, now)))?;
        if !due.map_err(|error: Error| Failure::from(error))? {
            return Err(unknown());
        }
        if self.json {
            return print_json(&json!({ "id": self.id, "due_at": now.to_string() }));
        }
        print("It is due now: a running server sends it within a second.")
    }
}

fn state(letter: &Letter) -> &'static str {
    match letter {
        _ if letter.sent_at.is_some() => "sent",
        _ if letter.failed_at.is_some() => "failed",
        _ => "waiting",
    }
}

/// What the other side last said, whatever came of it.
fn said(letter: &Letter) -> Option<&str> {
    letter.reply.as_deref().or(letter.last_error.as_deref())
}

fn shown(letter: &Letter) -> Value {
    json!({
        "id": letter.id.to_string(),
        "channel": letter.channel.as_str(),
        "to": letter.recipient,
        "state": state(letter),
        "attempts": letter.attempts,
        "reply": said(letter),
        "created_at": letter.created_at.to_string(),
        "due_at": letter.due_at.to_string(),
        "sent_at": letter.sent_at.map(|at| at.to_string()),
    })
}

fn line(letter: &Letter) -> String {
    let tries = if letter.attempts == 1 { "try" } else { "tries" };
    format!(
        "{}  {}  {:<7}  {} {tries}  {}  {}",
        letter.id,
        letter.created_at,
        state(letter),
        letter.attempts,
        letter.recipient,
        said(letter).unwrap_or_default()
    )
}
