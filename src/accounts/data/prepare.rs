//! A copy of what is held, prepared page by page: JSON for programs, HTML for people, in one ZIP.

use std::{sync::Arc, time::Duration};

use askama::Template;
use serde_json::{Map, json};

use super::{file, held::Held, words};
use crate::{
    accounts::activity::{as_json, occurrence},
    app::App,
    clock::Moment,
    delivery::{Letterhead, messages::ExportReady},
    language::Language,
    store::{
        self,
        activity::{self, Activity, Wanted},
        clients::{self, Client},
        contacts::Contact,
        exports::{self, Export},
        outbox::{self, Letter},
    },
    web::{
        brand::Brand,
        colour::BLACK,
        page::Page,
        parts::{HeldSection, Occurrence},
        urls,
    },
};

/// As long nobody else takes up a copy that somebody works on.
const PATIENCE: Duration = Duration::from_mins(10);

/// As many happenings are read at once.
const PIECE: i64 = 500;

/// As many are in a copy at most; the newest.
const MOST: usize = 100_000;

#[derive(Template)]
#[template(path = "accounts/data_copy.html")]
struct CopyPage<'a> {
    page: &'a Page,
    held: Vec<HeldSection>,
    happened: Vec<Occurrence>,
}

/// Prepares the copy that waits the longest; whether there was one.
///
/// # Errors
/// If the store cannot answer.
pub async fn prepare(app: &App) -> Result<bool, store::Error> {
    let now = app.clock.now();
    if !app.store.read(move |db| exports::waits(db, now)).await? {
        return Ok(false);
    }
    let claimed = app.store.write(move |db| exports::claim(db, now, now + PATIENCE)).await?;
    let Some(export) = claimed else { return Ok(false) };
    let user_id = export.user_id;
    let held = app.store.survey(move |db| Held::read(db, user_id, now)).await?;
    let Some(held) = held else { return Ok(false) };
    let file = write(app, &export, &held, now).await?;
    file::keep(app, export.id, &file).await?;
    let now = app.clock.now();
    let letter = letter(app, &export, &held, now)?;
    let size = i64::try_from(file.len()).unwrap_or(i64::MAX);
    app.store
        .write(move |db| {
            let first = exports::set_ready(db, &export, size, now)?;
            letter.iter().filter(|_| first).try_for_each(|letter| outbox::add(db, letter))?;
            Ok(first)
        })
        .await
}

async fn write(
    app: &App,
    export: &Export,
    held: &Held,
    now: Moment,
) -> Result<Vec<u8>, store::Error> {
    let language = Language::first_of([&*export.language]).unwrap_or_default();
    let brand = Brand::plain(&app.config.brand.name, BLACK);
    let page = Page::new(Arc::new(brand), language, now);
    let (entries, happened) = happened(app, export, held, &page).await?;
    let sections = words::sections(held);
    let mut members = Map::from_iter([("made_at".to_owned(), json!(now.to_string()))]);
    members.extend(sections.iter().map(|section| (section.name.to_owned(), section.json())));
    members.insert("activity".to_owned(), entries.into());
    let copy = CopyPage {
        page: &page,
        held: sections.iter().map(|it| it.shown(app, &page, usize::MAX)).collect(),
        happened,
    };
    let broken = |error: &dyn std::fmt::Display| store::Error::Broken(error.to_string());
    let html = copy.render().map_err(|error| broken(&error))?;
    let work = move || {
        let json = serde_json::to_string_pretty(&members).unwrap_or_default();
        let css = include_str!("../../../templates/assets/data_copy.css").to_owned();
        file::zip(&[("account.json", json), ("account.html", html), ("account.css", css)])
    };
    let file = tokio::task::spawn_blocking(work).await.map_err(|error| broken(&error))?;
    file.map_err(|error| broken(&error))
}

/// What happened, as JSON and as lines of the page; how far it has come is noted on the way.
async fn happened(
    app: &App,
    export: &Export,
    held: &Held,
    page: &Page,
) -> Result<(Vec<serde_json::Value>, Vec<Occurrence>), store::Error> {
    let (user_id, total) = (export.user_id, held.activity);
    let apps = app.store.survey(move |db| {
        let ids = activity::clients_of_user(db, user_id)?;
        clients::list(db, &ids)
    });
    let apps: Vec<Client> = apps.await?;
    let (mut entries, mut lines) = (Vec::new(), Vec::new());
    let mut wanted = Wanted::everything();
    while entries.len() < MOST {
        let next = wanted.clone();
        let found = app.store.survey(move |db| activity::list_of_user(db, user_id, &next, PIECE));
        let found: Vec<Activity> = found.await?;
        let Some(last) = found.last() else { break };
        wanted.after = Some((last.happened_at, last.id));
        for it in &found {
            entries.push(as_json(app, page, it, &apps));
            lines.push(occurrence(app, page, it, &apps));
        }
        let (claimed, done) = (export.clone(), i64::try_from(entries.len()).unwrap_or(total));
        app.store.write(move |db| exports::set_progress(db, &claimed, done, total)).await?;
    }
    Ok((entries, lines))
}

/// What tells the person that it is there.
fn letter(
    app: &App,
    export: &Export,
    held: &Held,
    now: Moment,
) -> Result<Option<Letter>, store::Error> {
    let reached = |it: &&Contact| it.verified_at.is_some() && it.is_primary;
    let Some(contact) = held.contacts.iter().find(reached) else { return Ok(None) };
    let own = held.user.language.as_deref().unwrap_or(&export.language);
    let language = Language::first_of([own]).unwrap_or_default();
    let link = format!("{}{}", app.config.http.public_url.as_str(), urls::ACCOUNT_DATA);
    let days = exports::GOOD_FOR.as_secs() / 86_400;
    let message = ExportReady { name: &held.user.name, link: &link, days };
    let message = message.write(&Letterhead::new(&app.config, language), contact.channel);
    let message = message.map_err(|error| store::Error::Broken(error.to_string()))?;
    Ok(Some(app.courier.letter(contact.channel, &contact.recipient(), &message, now)))
}
