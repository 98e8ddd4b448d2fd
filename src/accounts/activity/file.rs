//! One's activity as a file, to keep or to look through elsewhere: CSV (RFC 4180) or JSON.

use actix_web::{HttpResponse, http::header, web::Data};
use serde_json::{Value, json};

use super::{Found, filter::Filter, words};
use crate::{
    app::App,
    identity::user_agent::UserAgent,
    store::{activity::Activity, clients::Client},
    web::{
        error::{Kind, PageError},
        form::{Malformed, Query},
        page::Page,
        visitor::Visitor,
    },
};

/// As many are in a file; whoever needs more narrows the time.
const MOST: i64 = 20_000;

/// The columns, and the members of each entry.
const MEMBERS: [&str; 10] = [
    "time",
    "event",
    "text",
    "app",
    "browser",
    "system",
    "device",
    "place",
    "address",
    "reference",
];

/// Hands out what the page lists, all of it at once.
///
/// # Errors
/// If nobody is signed in, the format is none of ours, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let found = Found::read(&app, &visitor, &Filter::read(&query), MOST).await?;
    let page = &visitor.page;
    let (kind, ending, body) = match query.get("format") {
        Some("csv") => {
            let rows = found.happened.iter().map(|it| row(&app, page, it, &found.apps));
            ("text/csv; charset=utf-8", "csv", csv(rows))
        }
        Some("json") => {
            let each = found.happened.iter().map(|it| as_json(&app, page, it, &found.apps));
            ("application/json", "json", each.collect::<Value>().to_string())
        }
        _ => return Err(Kind::NotFound.into()),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"activity.{ending}\""),
        ))
        .body(body))
}

/// An entry, in the order of [`MEMBERS`].
type Row = [String; MEMBERS.len()];

fn row(app: &App, page: &Page, happened: &Activity, apps: &[Client]) -> Row {
    let language = page.language;
    let agent = UserAgent::read(&happened.user_agent);
    let kind = language.text(agent.device.key()).to_string();
    let name = happened.client_id.and_then(|id| apps.iter().find(|app| app.id == id));
    [
        happened.happened_at.to_string(),
        happened.event.as_str().to_owned(),
        words(page, happened, apps),
        name.map(|app| app.name.clone()).unwrap_or_default(),
        agent.browser.unwrap_or_default(),
        agent.system.unwrap_or_default(),
        if happened.user_agent.is_empty() { String::new() } else { kind },
        app.places.find(&happened.address, language.code()).unwrap_or_default(),
        happened.address.clone(),
        happened.trace_id.clone(),
    ]
}

fn csv(rows: impl Iterator<Item = Row>) -> String {
    let line = |row: &[String]| row.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",");
    let head = MEMBERS.map(str::to_owned);
    let lines = std::iter::once(line(&head)).chain(rows.map(|row| line(&row)));
    lines.map(|line| line + "\r\n").collect()
}

/// A text as a cell. What a spreadsheet would take for a formula is made a text: what is in it comes
/// from strangers.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

/// An entry as JSON.
pub(in crate::accounts) fn as_json(
    app: &App,
    page: &Page,
    happened: &Activity,
    apps: &[Client],
) -> Value {
    let texts = MEMBERS.into_iter().zip(row(app, page, happened, apps));
    Value::Object(texts.map(|(name, text)| (name.to_owned(), json!(text))).collect())
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_a_text_whatever_it_holds() {
        assert_eq!(cell("Firefox \"beta\", Linux"), "\"Firefox \"\"beta\"\", Linux\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(cell(formula), format!("\"'{formula}\""));
        }
    }
}
