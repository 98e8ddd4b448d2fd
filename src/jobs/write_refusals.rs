//! Writes down what apps were refused, for whoever develops them.

use std::time::Duration;

use super::Job;
use crate::{
    app::App,
    store::{Error, refusals},
};

/// As many rows are added in one transaction.
const BATCH: usize = 200;

/// Writes down what apps were refused.
pub struct WriteRefusals;

impl Job for WriteRefusals {
    const NAME: &'static str = "write_refusals";
    const EVERY: Duration = Duration::from_secs(10);
    // Each instance has refused its own.
    const LEASED: bool = false;

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let (refused, left_out) = app.refusals.take();
        for batch in refused.chunks(BATCH) {
            let batch = batch.to_vec();
            app.store.write(move |db| refusals::add(db, &batch)).await?;
        }
        Ok((left_out > 0).then(|| format!("Left out {left_out} refusals: they came too fast")))
    }
}
