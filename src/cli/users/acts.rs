//! `countersign users suspend`, `unsuspend`, `unlock`, `reset`: what an operator does to an account.

use clap::Args;
use serde_json::json;

use super::{Whom, by_operator};
use crate::{
    cli::{
        Surroundings, open_store,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    clock::{Clock, Moment},
    store::{
        Db, Error,
        activity::{self, Activity, Event},
        attempts, contacts, grants, known_browsers, passwords, sessions,
        users::{self, User, UserId},
    },
    text::is_one_line,
};

/// Suspend an account: its owner is shown the reason, and nobody gets in
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users suspend ada@example.com --reason \"Payment was reversed. Write to help@example.com.\"

Sessions and tokens stop at once and work again when the suspension is taken back. The person reads
the reason when they try to sign in: say in it how they get their account back.")]
pub struct Suspend {
    #[command(flatten)]
    whom: Whom,

    /// Why, in words the person is shown
    #[arg(long)]
    reason: String,
}

/// Take a suspension back
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users unsuspend ada@example.com")]
pub struct Unsuspend {
    #[command(flatten)]
    whom: Whom,
}

/// Forget the tries that were counted against an account, and take a freezing back
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users unlock ada@example.com

A frozen account was frozen by its owner because somebody else was in. Unlock it only if that was a
mistake; otherwise they choose a new password at /recover.")]
pub struct Unlock {
    #[command(flatten)]
    whom: Whom,
}

/// Sign everybody out of an account, and take its second steps away
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users reset ada@example.com
  countersign users link ada@example.com

For somebody who lost what they prove themselves with. Be sure whom you talk to. The password stays.")]
pub struct Reset {
    #[command(flatten)]
    whom: Whom,
}

/// An act, its event, and how it is told.
struct Act {
    event: Event,
    done: &'static str,
    details: Option<String>,
    work: fn(&mut Db<'_>, &User, Option<&str>, Moment) -> Result<(), Error>,
}

impl Suspend {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Outcome {
        let reason = self.reason.trim();
        if reason.is_empty() || reason.chars().count() > 300 || !is_one_line(reason) {
            return Err(Failure::new("--reason: must be 1 to 300 characters on one line"));
        }
        let act = Act {
            event: Event::Suspended,
            done: "Suspended the account of",
            details: Some(reason.to_owned()),
            work: |db, user, reason, now| users::set_suspended(db, user.id, reason, now),
        };
        perform(&self.whom, act, surroundings)
    }
}

impl Unsuspend {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Outcome {
        let act = Act {
            event: Event::Unsuspended,
            done: "Took back the suspension of",
            details: None,
            work: |db, user, _, now| users::set_suspended(db, user.id, None, now),
        };
        perform(&self.whom, act, surroundings)
    }
}

impl Unlock {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Outcome {
        let act = Act {
            event: Event::Unlocked,
            done: "Unlocked the account of",
            details: None,
            work: |db, user, _, now| {
                users::thaw(db, user.id, now)?;
                forget_tries(db, user.id)
            },
        };
        perform(&self.whom, act, surroundings)
    }
}

impl Reset {
    /// Runs the command.
    pub fn run(&self, surroundings: &Surroundings) -> Outcome {
        let act = Act {
            event: Event::SignInReset,
            done: "Signed everybody out of the account of",
            details: None,
            work: |db, user, _, now| {
                const REASON: &str = "reset_by_operator";
                sessions::end_others(db, user.id, None, REASON, now)?;
                grants::end_tokens_of_user(db, user.id, REASON, now)?;
                known_browsers::forget_all(db, user.id, now)?;
                users::forget_factors(db, user.id)
            },
        };
        perform(&self.whom, act, surroundings)
    }
}

fn forget_tries(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    passwords::forget_guesses(db, user_id)?;
    for contact in contacts::list_of_user(db, user_id)? {
        let counter = attempts::codes_to(contact.channel.as_str(), &contact.canonical);
        attempts::forget(db, &counter)?;
    }
    Ok(())
}

fn perform(whom: &Whom, act: Act, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let store = open_store(&config)?;
    let user = wait(whom.find(&store))??;
    let now = Clock::System.now();
    let Act { event, done, details, work } = act;
    let subject = user.clone();
    wait(store.write(move |db| {
        work(db, &subject, details.as_deref(), now)?;
        let told = by_operator(subject.id, event, now);
        let details = match &details {
            Some(details) => format!("{}: {details}", told.details),
            None => told.details.clone(),
        };
        activity::add(db, &Activity { details, ..told })
    }))?
    .map_err(|error: Error| Failure::from(error))?;
    let id = user.id.to_string();
    if whom.json {
        return print_json(&json!({ "id": id, "name": user.name, "did": event.as_str() }));
    }
    print(format_args!("{done} {} ({id}).", user.name))
}
