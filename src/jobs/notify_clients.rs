//! Tells clients' servers of sign-outs (OpenID Connect Back-Channel Logout §2.5) and other events
//! (RFC 8935), again and later each time while they do not answer.

use std::time::Duration;

use super::{Job, lanes};
use crate::{
    app::App,
    oauth::{
        backchannel,
        events::{self, Untold},
    },
    store::{
        Error,
        client_notices::{self, ClientNotice, Kind},
        clients,
    },
};

/// As many are told in one run.
const BATCH: i64 = 50;

/// Tells clients' servers what they want to know.
pub struct NotifyClients;

impl Job for NotifyClients {
    const NAME: &'static str = "notify_clients";
    const EVERY: Duration = Duration::from_millis(500);

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let now = app.clock.now();
        let due = app.store.survey(move |db| client_notices::list_due(db, now, BATCH)).await?;
        let heard = lanes::each(&due, async |notice| tell(app, notice).await).await?;
        let total = due.len();
        Ok((total > 0).then(|| format!("Told {heard} of {total} clients what happened")))
    }
}

/// Tells one client; whether it heard.
async fn tell(app: &App, notice: &ClientNotice) -> Result<bool, Error> {
    let (id, client_id) = (notice.id, notice.client_id);
    let client = app.store.read(move |db| clients::find(db, client_id)).await?;
    let outcome = match client.filter(clients::Client::in_good_standing) {
        Some(client) if notice.kind == Kind::SignedOut => {
            backchannel::tell(app, &client, notice).await.map_err(Untold::for_now)
        }
        Some(client) => events::tell(app, &client, notice).await,
        None => Ok(()),
    };
    let (now, heard) = (app.clock.now(), outcome.is_ok());
    let next_try = notice.next_try(now);
    app.store
        .write(move |db| match &outcome {
            Ok(()) => client_notices::set_sent(db, id, now),
            Err(untold) => {
                let next_try = next_try.filter(|_| !untold.for_good);
                client_notices::set_failed(db, id, &untold.why, next_try, now)
            }
        })
        .await?;
    Ok(heard)
}
