//! Sends what waits in the outbox: mail by SMTP, again and later each time while the mail server does
//! not take it. In the sandbox a letter has arrived once it stands there: the inbox page shows it.

use std::time::Duration;

use super::Job;
use crate::{
    app::App,
    clock::Moment,
    delivery::email::Unsent,
    store::{
        Error,
        contacts::Channel,
        outbox::{self, Letter},
    },
};

/// As many letters are sent in one run.
const BATCH: i64 = 100;

/// As often a letter is tried; the wait between doubles, up to an hour.
const TRIES: i64 = 12;

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
        let mut left = 0;
        for letter in &due {
            left += usize::from(deliver(app, letter).await?);
        }
        Ok((waiting > 0).then(|| format!("Sent {left} of {waiting} messages")))
    }
}

/// Sends one letter and notes what came of it; whether it left.
async fn deliver(app: &App, letter: &Letter) -> Result<bool, Error> {
    let outcome = send(app, letter).await;
    let (id, now) = (letter.id, app.clock.now());
    let Err(unsent) = outcome else {
        app.store.write(move |db| outbox::set_sent(db, id, now)).await?;
        return Ok(true);
    };
    tracing::warn!(letter.id = %id, "A message did not leave: {}", unsent.why);
    let again = next_try(letter, now).filter(|_| !unsent.for_good);
    app.store.write(move |db| outbox::set_failed(db, id, &unsent.why, again, now)).await?;
    Ok(false)
}

async fn send(app: &App, letter: &Letter) -> Result<(), Unsent> {
    let never = |why: &str| Unsent { why: why.to_owned(), for_good: true };
    let message = app.courier.open(letter);
    let message = message.ok_or_else(|| never("it was sealed under another root secret"))?;
    match (letter.channel, &app.smtp) {
        (Channel::Email, Some(smtp)) => smtp.send(&letter.recipient, &message).await,
        _ if app.config.delivery.sandbox() => Ok(()),
        _ => Err(never("no way out is configured for it")),
    }
}

/// When to try again; never, if it has been tried often enough.
fn next_try(letter: &Letter, now: Moment) -> Option<Moment> {
    let doublings = u32::try_from(letter.attempts).unwrap_or(0).min(10);
    let wait = Duration::from_secs(10) * 2_u32.pow(doublings);
    (letter.attempts + 1 < TRIES).then(|| now + wait.min(Duration::from_hours(1)))
}
