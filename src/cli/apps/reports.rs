//! `countersign apps reports`: what people report of apps.

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
        app_reports::{self, AppReport},
        clients::{self, ClientId},
    },
};

/// List what people reported of apps, the newest first
#[derive(Args)]
#[command(after_help = "\
Examples:
  countersign apps reports
  countersign apps reports nFpmbIvUzLCCHAQ4NDoPbQ --json

Who reported is named by the id of their account, as `countersign users show` takes it.")]
pub(super) struct Arguments {
    /// Of this app only (an id may begin with a hyphen)
    #[arg(value_name = "CLIENT_ID", allow_hyphen_values = true)]
    client_id: Option<String>,

    /// As many are listed
    #[arg(long, value_name = "NUMBER", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    most: u16,

    /// Print as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, surroundings: &Surroundings) -> Outcome {
    let parse = |text: &String| {
        let id = ClientId::parse(text);
        id.ok_or_else(|| Failure::new(format_args!("there is no app `{text}`")))
    };
    let id = arguments.client_id.as_ref().map(parse).transpose()?;
    let store = open_store(&surroundings.config()?)?;
    let most = i64::from(arguments.most);
    let list = move |db: &mut Db<'_>| -> Result<Vec<(AppReport, String)>, Error> {
        let reports = app_reports::list(db, id, most)?;
        let ids: Vec<_> = reports.iter().map(|report| report.client_id).collect();
        let apps = clients::list(db, &ids)?;
        let name = |id: ClientId| {
            let app = apps.iter().find(|app| app.id == id);
            app.map(|app| app.name.clone()).unwrap_or_default()
        };
        Ok(reports.into_iter().map(|it| (it.clone(), name(it.client_id))).collect())
    };
    let found = wait(store.survey(list))??;
    if arguments.json {
        return print_json(&found.iter().map(as_json).collect::<Vec<_>>());
    }
    found.iter().try_for_each(tell)
}

fn tell((report, name): &(AppReport, String)) -> Outcome {
    let AppReport { reported_at, client_id, reason, details, .. } = report;
    print(format_args!("{reported_at}  {name} ({client_id})  {}", reason.as_str()))?;
    if details.is_empty() { Ok(()) } else { print(format_args!("  {details:?}")) }
}

fn as_json((report, name): &(AppReport, String)) -> Value {
    json!({
        "reported_at": report.reported_at.to_string(),
        "client_id": report.client_id.to_string(),
        "name": name,
        "by": report.user_id.map(|id| id.to_string()),
        "reason": report.reason.as_str(),
        "details": report.details,
    })
}
