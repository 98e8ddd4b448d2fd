//! `countersign users add`: make an account.

use std::{fs, io, path::PathBuf};

use clap::Args;
use serde_json::json;
use zeroize::Zeroizing;

use super::by_operator;
use crate::cli::{
    Surroundings, open_store,
    outcome::{Failure, Outcome, print, print_json},
    wait,
};
use crate::{
    clock::Clock,
    config::Config,
    crypto::password,
    identity::{
        display_name::DisplayName, email_address::EmailAddress, password_policy::PasswordPolicy,
        phone_number::PhoneNumber,
    },
    protocol::json_object::JsonObject,
    store::{
        Db, Error,
        activity::{self, Event},
        contacts::{self, Channel, Contact, ContactId},
        passwords,
        users::{self, Profile, User},
    },
};

/// Make an account
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users add --email ada@example.com --name Ada --verified --operator
  pass show ada | countersign users add --email ada@example.com --name Ada \\
      --password-stdin --verified --json")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option people type")]
pub struct Arguments {
    /// A mail address
    #[arg(long, required_unless_present = "phone")]
    email: Option<String>,

    /// A mobile number, with + and the country's digits
    #[arg(long)]
    phone: Option<String>,

    /// The name they go by
    #[arg(long)]
    name: String,

    /// A file with more about them, as JSON with the standard claims (OpenID Connect Core, 5.1)
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,

    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,

    /// Count the contacts as proved: you know that they are theirs
    #[arg(long)]
    verified: bool,

    /// Let them run this installation
    #[arg(long)]
    operator: bool,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Everything that is written for a new account.
#[derive(Clone)]
struct Account {
    user: User,
    contacts: Vec<Contact>,
    password: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let account = account(arguments, &config)?;
    let store = open_store(&config)?;
    let written = account.clone();
    wait(store.write(move |db| write(db, &written)))?.map_err(|error| match error {
        Error::Taken => Failure::new("an account with this address or number is there already"),
        error => Failure::from(error),
    })?;
    let id = account.user.id.to_string();
    if arguments.json {
        return print_json(&json!({
            "id": id,
            "name": account.user.name,
            "email": address(&account, Channel::Email),
            "phone": address(&account, Channel::Sms),
            "verified": arguments.verified,
            "operator": arguments.operator,
        }));
    }
    print(format_args!("Made the account of {} ({id}).", account.user.name))
}

fn account(arguments: &Arguments, config: &Config) -> Result<Account, Failure> {
    let now = Clock::System.now();
    let name: DisplayName = arguments.name.parse().map_err(|p| refused("--name", p))?;
    let mut user = User::named(name.as_str(), now).with_profile(&profile(arguments)?);
    user.operator = arguments.operator;
    let mut contacts = Vec::new();
    let contact = |channel, typed: &str, canonical: &str| Contact {
        id: ContactId::random(),
        user_id: user.id,
        channel,
        address: typed.to_owned(),
        canonical: canonical.to_owned(),
        is_primary: true,
        created_at: now,
        verified_at: arguments.verified.then_some(now),
    };
    if let Some(typed) = &arguments.email {
        let email: EmailAddress = typed.parse().map_err(|p| refused("--email", p))?;
        contacts.push(contact(Channel::Email, email.as_str(), email.canonical()));
    }
    if let Some(typed) = &arguments.phone {
        let phone = PhoneNumber::read(typed, None).map_err(|p| refused("--phone", p))?;
        contacts.push(contact(Channel::Sms, phone.as_str(), phone.as_str()));
    }
    let password = arguments.password_stdin.then(|| hash_from_stdin(arguments, config));
    Ok(Account { user, contacts, password: password.transpose()? })
}

fn profile(arguments: &Arguments) -> Result<Profile, Failure> {
    let Some(path) = &arguments.profile else { return Ok(Profile::default()) };
    let told = |problem: &dyn std::fmt::Display| {
        refused("--profile", format_args!("reading {}: {problem}", path.display()))
    };
    let text = fs::read(path).map_err(|error| told(&error))?;
    let said = serde_json::from_slice::<JsonObject<Profile>>(&text);
    said.map(|said| said.0).map_err(|error| told(&error))
}

fn hash_from_stdin(arguments: &Arguments, config: &Config) -> Result<String, Failure> {
    let mut line = Zeroizing::new(String::new());
    io::stdin()
        .read_line(&mut line)
        .map_err(|error| Failure::new(format_args!("reading the password: {error}")))?;
    let password = line.trim_end_matches(['\r', '\n']);
    let policy = PasswordPolicy::of_at_least(config.sign_in.password_minimum_length);
    let email = arguments.email.as_deref().unwrap_or_default();
    let about = [arguments.name.as_str(), email, config.brand.name.as_str()];
    policy.judge(password, &about).map_err(|problem| refused("--password-stdin", problem))?;
    Ok(password::hash(password, &config.sign_in.password_cost()))
}

fn write(db: &mut Db<'_>, account: &Account) -> Result<(), Error> {
    let (user, now) = (&account.user, account.user.created_at);
    users::add(db, user)?;
    for contact in &account.contacts {
        contacts::add(db, contact)?;
    }
    if let Some(hash) = &account.password {
        passwords::set(db, user.id, hash, now)?;
    }
    activity::add(db, &by_operator(user.id, Event::SignedUp, now))
}

fn address(account: &Account, channel: Channel) -> Option<&str> {
    let contact = account.contacts.iter().find(|contact| contact.channel == channel);
    contact.map(|contact| contact.address.as_str())
}

fn refused(option: &str, problem: impl std::fmt::Display) -> Failure {
    Failure::new(format_args!("{option}: {problem}"))
}
