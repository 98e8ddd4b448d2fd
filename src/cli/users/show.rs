//! `countersign users show`: what is known of an account.

use clap::Args;
use serde_json::{Value, json};

use super::Whom;
use crate::{
    cli::{
        Surroundings, open_store,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    clock::{Clock, Moment},
    store::{
        Db, Error, contacts, grants, passwords, sessions,
        users::{User, UserId},
    },
};

/// Show how an account stands, how its owner is reached, and what is signed in
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign users show ada@example.com
  countersign users show +4915112345678 --json")]
pub struct Arguments {
    #[command(flatten)]
    whom: Whom,
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let store = open_store(&config)?;
    let user = wait(arguments.whom.find(&store))??;
    let (id, now) = (user.id, Clock::System.now());
    let mut shown = wait(store.read(move |db| about(db, id, now)))?
        .map_err(|error: Error| Failure::from(error))?;
    shown["id"] = json!(id.to_string());
    shown["name"] = json!(user.name);
    shown["state"] = json!(state(&user));
    shown["suspended_reason"] = json!(user.suspended_reason);
    shown["operator"] = json!(user.operator);
    shown["created_at"] = json!(user.created_at.to_string());
    shown["language"] = json!(user.language);
    shown["terms_version"] = json!(user.terms_version);
    shown["terms_accepted_at"] = json!(user.terms_accepted_at.map(|at| at.to_string()));
    if arguments.whom.json {
        return print_json(&shown);
    }
    in_words(&shown).iter().try_for_each(print)
}

fn about(db: &mut Db<'_>, id: UserId, now: Moment) -> Result<Value, Error> {
    let contacts = contacts::list_of_user(db, id)?;
    let contacts: Vec<_> = contacts
        .iter()
        .map(|contact| {
            json!({
                "channel": contact.channel.as_str(),
                "address": contact.address,
                "primary": contact.is_primary,
                "verified": contact.verified_at.is_some(),
            })
        })
        .collect();
    Ok(json!({
        "contacts": contacts,
        "password": passwords::find(db, id)?.is_some(),
        "sessions": sessions::list_of_user(db, id, now)?.len(),
        "apps": grants::list_standing(db, id)?.len(),
    }))
}

fn state(user: &User) -> &'static str {
    match user {
        _ if user.deleted_at.is_some() => "deleted",
        _ if user.suspended_at.is_some() => "suspended",
        _ if user.frozen_at.is_some() => "frozen",
        _ => "active",
    }
}

/// One line for each thing that is known.
fn in_words(shown: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, value) in shown.as_object().into_iter().flatten() {
        match value {
            Value::Null => {}
            Value::Array(contacts) => {
                let mark = |contact: &Value, key: &str, word: &'static str| {
                    if contact[key] == true { word } else { "" }
                };
                lines.extend(contacts.iter().map(|contact| {
                    let address = contact["address"].as_str().unwrap_or_default();
                    let primary = mark(contact, "primary", "  primary");
                    let verified = mark(contact, "verified", "  verified");
                    format!("{:<18} {address}{primary}{verified}", "contact")
                }));
            }
            Value::String(text) => lines.push(format!("{name:<18} {text}")),
            other => lines.push(format!("{name:<18} {other}")),
        }
    }
    lines
}
