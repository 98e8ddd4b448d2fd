//! `countersign users link`: a link to sign in with, once.

use clap::Args;
use serde_json::json;

use super::{Whom, by_operator};
use crate::{
    accounts::sign_in_link,
    app::Seals,
    cli::{
        Surroundings, open_store,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    clock::Clock,
    keys::root::RootSecret,
    store::{
        Error,
        activity::{self, Event},
    },
};

/// Print a link that signs somebody in, once, within 15 minutes
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users link ada@example.com
  countersign users reset ada@example.com && countersign users link ada@example.com --json

Whoever opens the link and presses the button is in: be sure whom you give it to. It is printed once
and cannot be shown again. All contacts of the account are told when it is used.")]
pub struct Arguments {
    #[command(flatten)]
    whom: Whom,
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let root = RootSecret::load(&config.keys.directory, config.keys.root_secret.as_ref());
    let seals = Seals::derive(&root.map_err(Failure::new)?);
    let store = open_store(&config)?;
    let user = wait(arguments.whom.find(&store))??;
    if !user.in_good_standing() {
        let sentence = "the account is suspended, frozen or deleted: nobody can sign in to it";
        return Err(Failure::new(sentence));
    }
    let now = Clock::System.now();
    let made = by_operator(user.id, Event::SignInLinkMade, now);
    wait(store.write(move |db| activity::add(db, &made)))?
        .map_err(|error: Error| Failure::from(error))?;
    let link = sign_in_link::make(&config, &seals, user.id, now);
    if arguments.whom.json {
        let seconds = sign_in_link::LIFETIME.as_secs();
        return print_json(&json!({
            "id": user.id.to_string(),
            "name": user.name,
            "link": link,
            "expires_in": seconds,
        }));
    }
    print(link)
}
