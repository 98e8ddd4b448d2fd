//! Tells clients' servers of sign-outs (OpenID Connect Back-Channel Logout §2.5), again and later
//! each time while they do not answer.

use std::time::Duration;

use super::Job;
use crate::{
    app::App,
    oauth::backchannel,
    store::{
        Error, clients,
        logout_notices::{self, LogoutNotice},
    },
};

/// As many are told in one run.
const BATCH: i64 = 50;

/// Tells clients' servers of sign-outs.
pub struct NotifyClients;

impl Job for NotifyClients {
    const NAME: &'static str = "notify_clients";
    const EVERY: Duration = Duration::from_millis(500);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let now = app.clock.now();
        let due = app.store.survey(move |db| logout_notices::list_due(db, now, BATCH)).await?;
        let mut heard = 0;
        for notice in &due {
            heard += usize::from(tell(app, notice).await?);
        }
        let total = due.len();
        Ok((total > 0).then(|| format!("Told {heard} of {total} clients of a sign-out")))
    }
}

/// Tells one client; whether it heard.
async fn tell(app: &App, notice: &LogoutNotice) -> Result<bool, Error> {
    let (id, client_id) = (notice.id, notice.client_id);
    let client = app.store.read(move |db| clients::find(db, client_id)).await?;
    let outcome = match client.filter(clients::Client::in_good_standing) {
        Some(client) => backchannel::tell(app, &client, notice).await,
        None => Ok(()),
    };
    let (now, heard) = (app.clock.now(), outcome.is_ok());
    let next_try = notice.next_try(now);
    app.store
        .write(move |db| match &outcome {
            Ok(()) => logout_notices::set_sent(db, id, now),
            Err(why) => logout_notices::set_failed(db, id, why, next_try, now),
        })
        .await?;
    Ok(heard)
}
