//! Writes down when grants were last used, once a minute for all that were.

use std::time::Duration;

use super::Job;
use crate::{
    app::App,
    store::{Error, grants},
};

/// As many rows are touched in one transaction.
const BATCH: usize = 500;

/// Writes down when grants were last used.
pub struct WriteSightings;

impl Job for WriteSightings {
    const NAME: &'static str = "write_sightings";
    const EVERY: Duration = Duration::from_mins(1);
    // Each instance has seen its own.
    const LEASED: bool = false;

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let now = app.clock.now();
        let seen = app.sightings.take();
        for batch in seen.chunks(BATCH) {
            let batch = batch.to_vec();
            app.store.write(move |db| grants::set_used(db, &batch, now)).await?;
        }
        Ok(None)
    }
}
