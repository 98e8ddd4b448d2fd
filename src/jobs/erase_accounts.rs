//! Removes the accounts whose day has come.

use std::time::Duration;

use super::Job;
use crate::{accounts::deletion, app::App, store::Error};

/// Removes the accounts whose day has come.
pub struct EraseAccounts;

impl Job for EraseAccounts {
    const NAME: &'static str = "erase_accounts";
    const EVERY: Duration = Duration::from_mins(1);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let gone = deletion::advance(app).await?;
        Ok((gone > 0).then(|| format!("Removed {gone} accounts for good")))
    }
}
