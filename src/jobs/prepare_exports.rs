//! Prepares the copies that people asked for of what is held about them.

use std::time::Duration;

use super::Job;
use crate::{accounts::data, app::App, store::Error};

/// Prepares copies of what is held.
pub struct PrepareExports;

impl Job for PrepareExports {
    const NAME: &'static str = "prepare_exports";
    const EVERY: Duration = Duration::from_secs(1);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let mut made = 0;
        while data::prepare(app).await? {
            made += 1;
        }
        Ok((made > 0).then(|| format!("Prepared {made} copies of what is held")))
    }
}
