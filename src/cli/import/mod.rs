//! `countersign import users`: people with the passwords they have, from another system.

mod line;
mod report;

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

use clap::{Args, Subcommand};

use super::{
    Surroundings, open_store,
    outcome::{Failure, Outcome},
    wait,
};
use crate::{
    clock::{Clock, Moment},
    store::{
        Db, Error, Store,
        activity::{self, Event},
        contacts::{self, Channel},
        passwords, users,
    },
};
use line::Account;
use report::Report;

/// Bring people from another system
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign import users --file users.jsonl --dry-run
  countersign import users --file users.jsonl")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Users(Users),
}

/// Make accounts from a file, with the password hashes that another system made
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign import users --file users.jsonl --dry-run --json
  countersign import users --file users.jsonl --verified

One account stands on each line, as JSON:
  {\"name\": \"Ada\", \"email\": \"ada@example.com\", \"email_verified\": true,
   \"phone\": \"+4915112345678\", \"phone_verified\": true,
   \"password_hash\": \"$2b$12$...\", \"profile\": {\"nickname\": \"Countess\"}}

Understood are bcrypt; Argon2, scrypt and PBKDF2 as PHC strings; scrypt and PBKDF2 as Django, Passlib
and Werkzeug write them. Each is made anew with Argon2id when its owner first signs in.

A line that is wrong, or whose address or number has an account already, is told by its number and
left out; all others are imported. It exits with 1 if any was left out, so it can be run again.")]
struct Users {
    /// The file
    #[arg(long)]
    file: PathBuf,

    /// Only tell what would come of it
    #[arg(long)]
    dry_run: bool,

    /// Count all contacts as proved: the other system has checked them
    #[arg(long)]
    verified: bool,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// As many accounts are made in one transaction.
const BATCH: usize = 200;

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let Command::Users(arguments) = &arguments.command;
    let store = open_store(&surroundings.config()?)?;
    let file = arguments.file.display();
    let reading = |error| Failure::new(format_args!("--file: reading {file}: {error}"));
    let lines = BufReader::new(File::open(&arguments.file).map_err(reading)?).lines();
    let mut import = Import {
        store,
        seen: HashMap::new(),
        batch: Vec::new(),
        report: Report::new(arguments.dry_run),
        now: Clock::System.now(),
    };
    for (number, text) in (1..).zip(lines) {
        let text = text.map_err(reading)?;
        if !text.trim().is_empty() {
            import.take(number, &text, arguments.verified)?;
        }
    }
    import.flush()?;
    import.report.print(arguments.json)
}

/// An import under way.
struct Import {
    store: Store,
    /// The contacts of earlier lines, and the lines.
    seen: HashMap<(&'static str, String), u64>,
    batch: Vec<(u64, Account)>,
    report: Report,
    now: Moment,
}

/// A contact that is somebody's already.
type Collision = Option<String>;

impl Import {
    fn take(&mut self, number: u64, text: &str, all_verified: bool) -> Result<(), Failure> {
        let account = match Account::read(text, all_verified, self.now) {
            Ok(account) => account,
            Err(why) => {
                self.report.refused(number, &why);
                return Ok(());
            }
        };
        let key =
            |contact: &contacts::Contact| (contact.channel.as_str(), contact.canonical.clone());
        let keys: Vec<_> = account.contacts.iter().map(key).collect();
        if let Some((known, line)) = keys.iter().find_map(|it| self.seen.get_key_value(it)) {
            self.report.collides(number, &known.1, &format!("line {line}"));
            return Ok(());
        }
        self.seen.extend(keys.into_iter().map(|key| (key, number)));
        self.batch.push((number, account));
        if self.batch.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Makes the accounts of a batch; one by one, should somebody else have taken an address of one
    /// of them at this very moment.
    fn flush(&mut self) -> Result<(), Failure> {
        let batch = std::mem::take(&mut self.batch);
        let (numbers, accounts): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let made = match self.make(accounts.clone()) {
            Err(Error::Taken) => {
                let one = |account: Account| match self.make(vec![account]) {
                    Err(Error::Taken) => Ok(vec![Some("its address".to_owned())]),
                    made => made,
                };
                accounts.into_iter().map(one).collect::<Result<Vec<_>, _>>()?.concat()
            }
            made => made?,
        };
        for (number, collision) in numbers.into_iter().zip(made) {
            match collision {
                Some(contact) => self.report.collides(number, &contact, "an account"),
                None => self.report.imported(),
            }
        }
        Ok(())
    }

    fn make(&self, accounts: Vec<Account>) -> Result<Vec<Collision>, Error> {
        let dry = self.report.dry_run;
        let work = move |db: &mut Db<'_>| {
            accounts.iter().map(|account| make(db, account, dry)).collect::<Result<Vec<_>, _>>()
        };
        let done = if dry { wait(self.store.read(work)) } else { wait(self.store.write(work)) };
        done.map_err(|_| Error::Broken("no runtime could be started".into()))?
    }
}

fn make(db: &mut Db<'_>, account: &Account, dry: bool) -> Result<Collision, Error> {
    for contact in &account.contacts {
        if contacts::find_verified(db, contact.channel, &contact.canonical)?.is_some() {
            return Ok(Some(contact.address.clone()));
        }
    }
    if dry {
        return Ok(None);
    }
    let (user, now) = (&account.user, account.user.created_at);
    users::add(db, user)?;
    account.contacts.iter().try_for_each(|contact| contacts::add(db, contact))?;
    if let Some(hash) = &account.password_hash {
        passwords::set(db, user.id, hash, now)?;
    }
    activity::add(db, &super::users::by_operator(user.id, Event::SignedUp, now))?;
    Ok(None)
}

/// The name of a kind of contact on a line.
const fn named(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "phone",
    }
}
