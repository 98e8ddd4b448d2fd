//! `countersign apps errors`: what an app was refused lately, and why.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    cli::{
        Surroundings, open_store,
        outcome::{Failure, Outcome, print, print_json},
        wait,
    },
    store::{
        Db, Error,
        clients::{self, ClientId},
        refusals::{self, Refusal},
    },
};

/// List what an app was refused in the last 30 days, and why, the newest first
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign apps errors nFpmbIvUzLCCHAQ4NDoPbQ
  countersign apps errors nFpmbIvUzLCCHAQ4NDoPbQ --most 200 --json

The reference is the one at the foot of the error page, the trace_id of an answer in JSON and the
X-Request-Id of every answer. A refusal is listed some seconds after it was told.")]
pub(super) struct Arguments {
    /// The app (an id may begin with a hyphen)
    #[arg(value_name = "CLIENT_ID", allow_hyphen_values = true)]
    client_id: String,

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
    let store = open_store(&surroundings.config()?)?;
    let most = i64::from(arguments.most);
    let list = move |db: &mut Db<'_>| -> Result<Option<Vec<Refusal>>, Error> {
        match clients::find(db, id)? {
            Some(_) => refusals::list_of_client(db, id, most).map(Some),
            None => Ok(None),
        }
    };
    let refused = wait(store.survey(list))??.ok_or_else(unknown)?;
    if arguments.json {
        return print_json(&refused.iter().map(as_json).collect::<Vec<_>>());
    }
    refused.iter().try_for_each(tell)
}

fn tell(refusal: &Refusal) -> Outcome {
    let Refusal { refused_at, endpoint, error, description, trace_id, .. } = refusal;
    print(format_args!("{refused_at}  {endpoint}  {error}: {description}"))?;
    if let Some(cause) = &refusal.cause {
        print(format_args!("  because    {cause}"))?;
    }
    print(format_args!("  reference  {trace_id}"))?;
    match refusal.left_out {
        0 => Ok(()),
        more => print(format_args!("  and {more} more in the seconds after it")),
    }
}

fn as_json(refusal: &Refusal) -> Value {
    json!({
        "refused_at": refusal.refused_at.to_string(),
        "endpoint": refusal.endpoint,
        "error": refusal.error,
        "error_description": refusal.description,
        "cause": refusal.cause,
        "trace_id": refusal.trace_id,
        "left_out": refusal.left_out,
    })
}
