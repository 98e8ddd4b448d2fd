//! Sends what waits in the outbox. In the sandbox a letter has arrived once it stands there: the
//! inbox page shows it.

use std::time::Duration;

use super::Job;
use crate::{
    app::App,
    store::{Error, outbox},
};

/// As many letters are sent in one run.
const BATCH: i64 = 100;

/// Sends what waits in the outbox.
pub struct Deliver;

impl Job for Deliver {
    const NAME: &'static str = "deliver";
    const EVERY: Duration = Duration::from_secs(1);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let now = app.clock.now();
        let due = app.store.survey(move |db| outbox::list_due(db, now, BATCH)).await?;
        let waiting = due.len();
        let oldest = due.first().map(|letter| now.since(letter.created_at)).unwrap_or_default();
        app.metrics.outbox(waiting, oldest);
        if due.is_empty() {
            return Ok(None);
        }
        app.store
            .write(move |db| due.iter().try_for_each(|letter| outbox::set_sent(db, letter.id, now)))
            .await?;
        Ok(Some(format!("Put {waiting} messages into the inbox page")))
    }
}
