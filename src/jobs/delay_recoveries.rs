//! Takes each delayed recovery to its next step: its owner told, told again, the link sent.

use std::time::Duration;

use super::Job;
use crate::{accounts::delayed_recovery, app::App, store::Error};

/// Takes each delayed recovery to its next step.
pub struct DelayRecoveries;

impl Job for DelayRecoveries {
    const NAME: &'static str = "delay_recoveries";
    const EVERY: Duration = Duration::from_secs(5);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let steps = delayed_recovery::advance(app).await?;
        Ok((steps > 0).then(|| format!("Took {steps} steps of delayed recoveries")))
    }
}
