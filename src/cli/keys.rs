//! `countersign keys`: list, rotate, import, retire.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{
    Surroundings, open_store,
    outcome::{Failure, Outcome, print, print_json},
    wait,
};
use crate::{
    clock::{Clock, Moment},
    config::Config,
    crypto::jose::{Algorithm, SigningKey},
    keys::{Change, Disposal, KeyError, Keyring, Turn, root::RootSecret, rotation::Policy},
    store::{
        Store,
        signing_keys::{self, State, StoredKey},
    },
};

/// List, rotate, import and retire signing keys
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign keys list
  countersign keys rotate --now --algorithm ES256

Keys rotate by themselves. Running servers see a change within a minute.")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Print as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// List the keys: those that sign, those that will, those that have
    #[command(after_help = "\
Examples:
  countersign keys list
  countersign keys list --json")]
    List,
    /// Do what is due, or replace the keys that sign at once
    #[command(after_help = "\
Examples:
  countersign keys rotate
  countersign keys rotate --now --algorithm RS256

With --now, clients that keep published keys for long may refuse what the new key signs until they
look again. Without it, a new key is published for a day before it signs.")]
    Rotate {
        /// Replace the active key now, whatever its age
        #[arg(long)]
        now: bool,
        /// Only the key for this algorithm; all of them if none is named
        #[arg(long, requires = "now", value_parser = ours)]
        algorithm: Option<Algorithm>,
    },
    /// Take over a private key from a PEM file
    #[command(after_help = "\
Examples:
  countersign keys import keys/import/old-server.pem
  countersign keys import --now --algorithm PS256 key.pem

The key is published at once and signs next; with --now it signs at once. Delete the file
afterwards: the key is kept in the database, sealed.")]
    Import {
        /// The file, as openssl writes it: RSA of 2048 bits or more, P-256 or Ed25519, no passphrase
        file: PathBuf,
        /// What to sign with; by default RS256, ES256 or EdDSA, as the key is
        #[arg(long, value_parser = ours)]
        algorithm: Option<Algorithm>,
        /// Sign with it from now on
        #[arg(long)]
        now: bool,
    },
    /// Let a key sign no longer; another takes its place
    #[command(after_help = "\
Examples:
  countersign keys retire WDXQYBsUc5Ftf5FTuJDvn8vAvE2qJ3xJzuf8hpE6h2g
  countersign keys retire --void WDXQYBsUc5Ftf5FTuJDvn8vAvE2qJ3xJzuf8hpE6h2g

A retired key stays published until nothing that it signed is good any more. A stolen key must not:
--void takes it away at once, and everything it has signed is void.")]
    Retire {
        /// The key, as `countersign keys list` names it
        #[arg(allow_hyphen_values = true)]
        kid: String,
        /// Publish it no longer, for a key that was stolen
        #[arg(long)]
        void: bool,
    },
}

fn ours(name: &str) -> Result<Algorithm, String> {
    let known = Algorithm::OURS.into_iter().find(|algorithm| algorithm.as_str() == name);
    known.ok_or_else(|| format!("one of {}", Algorithm::OURS.map(Algorithm::as_str).join(", ")))
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let store = open_store(&config)?;
    if matches!(arguments.command, Command::List) {
        return list(&store, arguments.json);
    }
    let changes = wait(change(&arguments.command, &config, &store, Clock::System.now()))??;
    if arguments.json {
        return print_json(&json!({ "changes": changes }));
    }
    if changes.is_empty() {
        return print("Nothing is due.");
    }
    changes.iter().try_for_each(print)
}

async fn change(
    command: &Command,
    config: &Config,
    store: &Store,
    now: Moment,
) -> Result<Vec<Change>, Failure> {
    let root = RootSecret::load(&config.keys.directory, config.keys.root_secret.as_ref());
    let root = root.map_err(Failure::new)?;
    let keys = Keyring::load(store, &root, Policy::new(&config.tokens)).await?;
    Ok(match command {
        Command::List => Vec::new(),
        Command::Rotate { now: false, .. } => keys.rotate(store, now).await?,
        Command::Rotate { now: true, algorithm } => {
            let mut changes = Vec::new();
            for one in Algorithm::OURS {
                if algorithm.is_none_or(|algorithm| algorithm == one) {
                    changes.extend(keys.rotate_now(store, one, now).await?);
                }
            }
            changes
        }
        Command::Import { file, algorithm, now: at_once } => {
            let key = read(file, *algorithm)?;
            let turn = if *at_once { Turn::AtOnce } else { Turn::InTime };
            keys.import(store, &key, turn, now).await?
        }
        Command::Retire { kid, void } => {
            let disposal = if *void { Disposal::AtOnce } else { Disposal::KeepPublished };
            keys.retire(store, kid, disposal, now).await?
        }
    })
}

fn read(file: &Path, algorithm: Option<Algorithm>) -> Result<SigningKey, Failure> {
    let unread = |why: &dyn std::fmt::Display| {
        Failure::new(format_args!("reading a private key from {}: {why}", file.display()))
    };
    let pem = Zeroizing::new(std::fs::read(file).map_err(|error| unread(&error))?);
    SigningKey::from_pem(&pem, algorithm).map_err(|_| {
        unread(
            &"not an RSA key of 2048 bits or more, P-256 or Ed25519 in PEM without a passphrase, \
                 or not one for that algorithm",
        )
    })
}

fn list(store: &Store, json: bool) -> Outcome {
    let mut keys = wait(store.survey(signing_keys::list))??;
    keys.sort_by(|a, b| (&a.algorithm, a.state()).cmp(&(&b.algorithm, b.state())));
    if json {
        return print_json(&keys.iter().map(described).collect::<Vec<_>>());
    }
    if keys.is_empty() {
        return print("There are no keys yet: the first start makes them.");
    }
    for key in &keys {
        let state = match key.state() {
            State::Active { since } => format!("active since {since}"),
            State::Next => format!("next, published since {}", key.created_at),
            State::Retired { until } => format!("retired, published until {until}"),
        };
        print(format_args!("{:<43}  {:<5}  {state}", key.id, key.algorithm))?;
    }
    Ok(())
}

fn described(key: &StoredKey) -> Value {
    let state = match key.state() {
        State::Active { .. } => "active",
        State::Next => "next",
        State::Retired { .. } => "retired",
    };
    let written = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
    json!({
        "kid": key.id,
        "algorithm": key.algorithm,
        "state": state,
        "created_at": key.created_at.to_string(),
        "active_at": written(key.active_at),
        "retired_at": written(key.retired_at),
        "expires_at": written(key.expires_at),
        "public_jwk": serde_json::from_str::<Value>(&key.public_jwk).unwrap_or_default(),
    })
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::new(error)
    }
}
