//! `countersign apps`: register an app from a file, read what it was refused and told.

mod errors;
mod events;
mod reports;

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{
    Surroundings, open_store,
    outcome::{Failure, Outcome, print, print_json},
    wait,
};
use crate::{
    clock::Clock,
    config::Config,
    crypto::{seal::Sealer, secret::Secret},
    identity::email_address::EmailAddress,
    keys::root::RootSecret,
    protocol::client_metadata::{ClientMetadata, ProposedMetadata, TokenEndpointAuthMethod},
    store::{
        Error, Store,
        client_secrets::{self, ClientSecret},
        clients::{self, Client},
        contacts::{self, Channel},
        users::UserId,
    },
};

/// Register apps, and see what they were refused and told
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign apps register --file app.json --owner ada@example.com --json
  countersign apps errors CLIENT_ID
  countersign apps events CLIENT_ID
  countersign apps reports")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Register(Register),
    Errors(errors::Arguments),
    Events(events::Arguments),
    Reports(reports::Arguments),
}

/// Register an app from a file of client metadata (RFC 7591)
#[derive(Args)]
#[command(after_help = "\
Examples:
  echo '{\"client_name\":\"Shop\",\"redirect_uris\":[\"https://shop.example/callback\"]}' > app.json
  countersign apps register --file app.json --owner ada@example.com --live --json

The client secret, if the app has one, is printed once and cannot be shown again.")]
struct Register {
    /// The file with the metadata, as JSON
    #[arg(long)]
    file: PathBuf,

    /// The mail address of the account that the app belongs to
    #[arg(long, value_name = "EMAIL")]
    owner: EmailAddress,

    /// Let everybody use the app at once, not only its owner and testers
    #[arg(long)]
    live: bool,

    /// One of your own: people are not asked what it may see (never a public app on their own device)
    #[arg(long)]
    first_party: bool,

    /// Print as JSON, with everything that is now known of the app
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    match &arguments.command {
        Command::Register(arguments) => register(arguments, surroundings),
        Command::Errors(arguments) => errors::run(arguments, surroundings),
        Command::Events(arguments) => events::run(arguments, surroundings),
        Command::Reports(arguments) => reports::run(arguments, surroundings),
    }
}

fn register(arguments: &Register, surroundings: &Surroundings) -> Outcome {
    let config = surroundings.config()?;
    let metadata = read(arguments, &config)?;
    let store = open_store(&config)?;
    let owner = wait(find_owner(&store, arguments.owner.canonical().to_owned()))??;
    let now = Clock::System.now();
    let mut client = Client::registered(metadata, Some(owner), now);
    client.live_at = arguments.live.then_some(now);
    client.first_party = arguments.first_party;
    let secret = match sealer_for(&client.metadata, &config)? {
        Wanted::No => None,
        Wanted::Digest => Some(ClientSecret::made(client.id, now, None)),
        Wanted::Known(sealer) => Some(ClientSecret::made(client.id, now, Some(&sealer))),
    };
    let written = (client.clone(), secret.as_ref().map(|(row, _)| row.clone()));
    wait(store.write(move |db| {
        clients::add(db, &written.0)?;
        written.1.iter().try_for_each(|row| client_secrets::add(db, row))
    }))?
    .map_err(|error: Error| Failure::from(error))?;
    tell(&client, secret.as_ref().map(|(_, secret)| secret), arguments.json)
}

fn read(arguments: &Register, config: &Config) -> Result<ClientMetadata, Failure> {
    let path = arguments.file.display();
    let text = fs::read(&arguments.file)
        .map_err(|error| Failure::new(format_args!("reading {path}: {error}")))?;
    ProposedMetadata::parse(&text)
        .and_then(|said| said.check(config.client_rules()))
        .map_err(|refusal| Failure::new(format_args!("{path}: {refusal}")))
}

async fn find_owner(store: &Store, address: String) -> Result<UserId, Failure> {
    let wanted = address.clone();
    let found = store
        .read(move |db| contacts::find_verified(db, Channel::Email, &wanted))
        .await?
        .map(|contact| contact.user_id);
    found.ok_or_else(|| {
        Failure::new(format_args!(
            "--owner: no account has proved {address}; make one with `countersign users add --verified`"
        ))
    })
}

/// Which kind of secret a client needs.
enum Wanted {
    No,
    Digest,
    /// One that we can read again: its signatures are checked with the secret itself.
    Known(Sealer),
}

fn sealer_for(metadata: &ClientMetadata, config: &Config) -> Result<Wanted, Failure> {
    let method = metadata.token_endpoint_auth_method;
    if !method.needs_secret() {
        return Ok(Wanted::No);
    }
    if method != TokenEndpointAuthMethod::ClientSecretJwt {
        return Ok(Wanted::Digest);
    }
    let root = RootSecret::load(&config.keys.directory, config.keys.root_secret.as_ref());
    Ok(Wanted::Known(root.map_err(Failure::new)?.sealer("client-secret")))
}

/// Answers as a registration does (RFC 7591 §3.2.1).
fn tell(client: &Client, secret: Option<&Secret>, json: bool) -> Outcome {
    let secret = secret.map(Secret::expose);
    if !json {
        print(format_args!("client_id      {}", client.id))?;
        return secret.map_or(Ok(()), |secret| print(format_args!("client_secret  {secret}")));
    }
    let mut answer = json!({
        "client_id": client.id.to_string(),
        "client_id_issued_at": client.created_at.seconds(),
    });
    if let Some(secret) = secret {
        answer["client_secret"] = json!(secret);
        answer["client_secret_expires_at"] = json!(0);
    }
    let metadata = serde_json::to_value(&client.metadata).unwrap_or_default();
    if let (Value::Object(answer), Value::Object(metadata)) = (&mut answer, metadata) {
        answer.extend(metadata);
    }
    print_json(&answer)
}
