//! `countersign apps events`: what an app's server was told, and where it wants to be told.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    cli::{
        Surroundings, open_store,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    clock::{Clock, Moment},
    config::Config,
    store::{
        Db, Error, Store,
        client_notices::{self, ClientNotice},
        clients::{self, Client, ClientId},
    },
};

/// List what an app's server was told in the last 14 days, the newest first; or say where
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign apps events nFpmbIvUzLCCHAQ4NDoPbQ --uri https://shop.example/events
  countersign apps events nFpmbIvUzLCCHAQ4NDoPbQ
  countersign apps events nFpmbIvUzLCCHAQ4NDoPbQ --most 200 --json

Events are Security Event Tokens (RFC 8417), signed by our keys and pushed (RFC 8935): changed and
revoked grants, changed mail addresses, closed, kept and deleted accounts.")]
pub(super) struct Arguments {
    /// The app (an id may begin with a hyphen)
    #[arg(value_name = "CLIENT_ID", allow_hyphen_values = true)]
    client_id: String,

    /// Where its server is told from now on; empty for nowhere
    #[arg(long, value_name = "URL")]
    uri: Option<String>,

    /// As many are listed
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    most: u16,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let unknown = || Failure::new(format_args!("there is no app `{}`", arguments.client_id));
    let id = ClientId::parse(&arguments.client_id).ok_or_else(unknown)?;
    let config = surroundings.config()?;
    let store = open_store(&config)?;
    let found: Result<_, Error> = wait(store.read(move |db| clients::find(db, id)))?;
    let client = found?.filter(|client| client.deleted_at.is_none()).ok_or_else(unknown)?;
    match &arguments.uri {
        Some(uri) => set_uri(&store, &config, client, uri),
        None => list(&store, id, arguments),
    }
}

/// Checks the address as a registration does, and writes it down.
fn set_uri(store: &Store, config: &Config, mut client: Client, uri: &str) -> Outcome {
    let mut said = client.metadata.as_proposal();
    said.event_uri = (!uri.is_empty()).then(|| uri.to_owned());
    client.metadata = said
        .check(config.client_rules())
        .map_err(|refusal| Failure::new(format_args!("--uri: {refusal}")))?;
    client.updated_at = Clock::System.now();
    let name = client.name.clone();
    let set = move |db: &mut Db<'_>| clients::set_details(db, &client);
    let written: Result<(), Error> = wait(store.write(set))?;
    written?;
    match uri {
        "" => print(format_args!("{name} is told of no events.")),
        _ => print(format_args!("{name} is told of events at {uri}.")),
    }
}

fn list(store: &Store, id: ClientId, arguments: &Arguments) -> Outcome {
    let most = i64::from(arguments.most);
    let read = move |db: &mut Db<'_>| client_notices::list_of_client(db, id, most);
    let told: Result<Vec<ClientNotice>, Error> = wait(store.survey(read))?;
    let told = told?;
    if arguments.json {
        return print_json(&told.iter().map(as_json).collect::<Vec<_>>());
    }
    told.iter().try_for_each(tell)
}

fn state(notice: &ClientNotice) -> &'static str {
    match (notice.sent_at, notice.failed_at) {
        (Some(_), _) => "heard",
        (None, Some(_)) => "given_up",
        (None, None) => "waiting",
    }
}

fn tell(notice: &ClientNotice) -> Outcome {
    let ClientNotice { created_at, attempts, .. } = notice;
    let (kind, state) = (notice.kind.as_str(), state(notice));
    print(format_args!("{created_at}  {kind}  {state} after {attempts} tries"))?;
    match &notice.last_error {
        Some(why) => print(format_args!("  because    {why}")),
        None => Ok(()),
    }
}

fn as_json(notice: &ClientNotice) -> Value {
    let moment = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
    json!({
        "jti": notice.id.to_string(),
        "event": notice.kind.as_str(),
        "state": state(notice),
        "created_at": notice.created_at.to_string(),
        "attempts": notice.attempts,
        "due_at": (state(notice) == "waiting").then(|| notice.due_at.to_string()),
        "heard_at": moment(notice.sent_at),
        "given_up_at": moment(notice.failed_at),
        "last_error": notice.last_error,
    })
}
