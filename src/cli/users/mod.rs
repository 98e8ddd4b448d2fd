//! `countersign users`: make accounts, and help the people who have one.
//!
//! Each act is written into the account's activity, where its owner sees that an operator did it.

mod acts;
mod add;
mod link;
mod show;

use clap::{Args, Subcommand};

use super::{Surroundings, outcome::Failure, outcome::Outcome};
use crate::{
    clock::Moment,
    identity::{email_address::EmailAddress, phone_number::PhoneNumber},
    store::{
        Store,
        activity::{Activity, ActivityId, Event},
        contacts::{self, Channel},
        users::{self, User, UserId},
    },
};

/// Make accounts, and help the people who have one
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users add --email ada@example.com --name \"Ada Lovelace\" --verified --json
  countersign users show ada@example.com
  countersign users suspend ada@example.com --reason \"Sends spam\"
  countersign users link ada@example.com")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(add::Arguments),
    Show(show::Arguments),
    Suspend(acts::Suspend),
    Unsuspend(acts::Unsuspend),
    Unlock(acts::Unlock),
    Reset(acts::Reset),
    Link(link::Arguments),
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    match &arguments.command {
        Command::Add(arguments) => add::run(arguments, surroundings),
        Command::Show(arguments) => show::run(arguments, surroundings),
        Command::Suspend(arguments) => arguments.run(surroundings),
        Command::Unsuspend(arguments) => arguments.run(surroundings),
        Command::Unlock(arguments) => arguments.run(surroundings),
        Command::Reset(arguments) => arguments.run(surroundings),
        Command::Link(arguments) => link::run(arguments, surroundings),
    }
}

/// Whose account, and how to answer.
#[derive(Args)]
struct Whom {
    /// A mail address, a mobile number with +, or the account's id
    #[arg(value_name = "WHO", allow_hyphen_values = true)]
    who: String,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Whom {
    /// The account that is meant.
    async fn find(&self, store: &Store) -> Result<User, Failure> {
        let (who, id) = (self.who.clone(), UserId::parse(&self.who));
        let email = who.parse::<EmailAddress>().ok();
        let phone = PhoneNumber::read(&who, None).ok();
        let found = store.read(move |db| {
            let by = |email: &EmailAddress| (Channel::Email, email.canonical().to_owned());
            let named = email.as_ref().map(by);
            let named = named.or(phone.as_ref().map(|it| (Channel::Sms, it.as_str().to_owned())));
            let id = match named {
                Some((channel, canonical)) => {
                    contacts::find_verified(db, channel, &canonical)?.map(|it| it.user_id)
                }
                None => id,
            };
            id.map_or(Ok(None), |id| users::find(db, id))
        });
        let found = found.await?;
        found.ok_or_else(|| {
            Failure::new(format_args!("there is no account with the proved contact or id {who}"))
        })
    }
}

/// What is written down when an operator does something to an account.
pub(super) fn by_operator(user_id: UserId, event: Event, now: Moment) -> Activity {
    Activity {
        id: ActivityId::random(),
        user_id: Some(user_id),
        client_id: None,
        session_id: None,
        event,
        details: "by an operator, on the command line".to_owned(),
        address: String::new(),
        user_agent: String::new(),
        trace_id: String::new(),
        happened_at: now,
    }
}
