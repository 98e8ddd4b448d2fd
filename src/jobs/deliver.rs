//! Sends what waits in the outbox, again and later each time while the other side does not take it.
//! In the sandbox a letter has arrived once it stands there: the inbox page shows it.
//!
//! Every instance delivers. A letter is claimed before it is sent, so that two do not send it, and
//! is due again a little later if whoever claimed it is killed: each leaves at least once.

use std::time::Duration;

use super::{Job, lanes};
use crate::{
    app::App,
    clock::Moment,
    delivery::{Message, Sent, Unsent},
    identity::phone_number::PhoneNumber,
    store::{
        Db, Error,
        attempts::{self, Counted, Limit},
        contacts::Channel,
        outbox::{self, Letter},
        relayed_mails,
    },
};

/// As many letters are sent in one run.
const BATCH: i64 = 100;

/// As often a letter is tried; the wait between doubles, up to an hour.
const TRIES: i64 = 12;

/// How long beyond its time-out a try may take before the letter is tried by others.
const MARGIN: Duration = Duration::from_secs(5);

/// Sends what waits in the outbox.
pub struct Deliver;

impl Job for Deliver {
    const NAME: &'static str = "deliver";
    const EVERY: Duration = Duration::from_secs(1);
    const LEASED: bool = false;

    async fn run(&self, app: &App) -> Result<Option<String>, Error> {
        let now = app.clock.now();
        let due = app.store.survey(move |db| outbox::list_due(db, now, BATCH)).await?;
        let oldest = due.first().map(|letter| now.since(letter.created_at)).unwrap_or_default();
        app.metrics.outbox(due.len(), oldest);
        let left = lanes::each(&due, async |letter| deliver(app, letter).await).await?;
        Ok((left > 0).then(|| format!("Sent {left} of {} messages", due.len())))
    }
}

/// Claims one letter, sends it and notes what came of it; whether it left.
async fn deliver(app: &App, letter: &Letter) -> Result<bool, Error> {
    let (id, read, until) =
        (letter.id, letter.clone(), app.clock.now() + app.ways.patience() + MARGIN);
    if !app.store.write(move |db| outbox::claim(db, &read, until)).await? {
        return Ok(false);
    }
    if let Some(until) = too_many(app, letter).await? {
        let (why, now) = ("too many SMS to this country in this hour", app.clock.now());
        app.metrics.called(letter.channel.as_str(), "postponed");
        tracing::warn!(letter.id = %id, "A message did not leave yet: {why}");
        app.store.write(move |db| outbox::set_failed(db, id, why, Some(until), now)).await?;
        return Ok(false);
    }
    let (outcome, now) = (send(app, letter).await, app.clock.now());
    let channel = letter.channel.as_str();
    let unsent = match outcome {
        Ok(Sent { by, reply, refused }) => {
            for (other, why) in &refused {
                tracing::warn!(letter.id = %id, "A message left by {by}, not by {other}: {why}");
            }
            app.metrics.called(channel, "sent");
            let note = move |db: &mut Db<'_>| -> Result<(), Error> {
                relayed_mails::remove(db, id)?;
                outbox::set_sent(db, id, &reply, now)
            };
            app.store.write(note).await?;
            return Ok(true);
        }
        Err(unsent) => unsent,
    };
    let again = next_try(letter, now).filter(|_| !unsent.for_good);
    app.metrics.called(channel, if again.is_some() { "postponed" } else { "failed" });
    if again.is_some() {
        tracing::warn!(letter.id = %id, "A message did not leave yet: {}", unsent.why);
    } else {
        tracing::error!(letter.id = %id, "A message will not leave: {}", unsent.why);
    }
    app.store.write(move |db| outbox::set_failed(db, id, &unsent.why, again, now)).await?;
    Ok(false)
}

async fn send(app: &App, letter: &Letter) -> Result<Sent, Unsent> {
    let never = |why: &str| Unsent::for_good(why.to_owned());
    let message = app.courier.open(letter);
    let mut message = message.ok_or_else(|| never("it was sealed under another root secret"))?;
    if let Some(relayed) = &mut message.relayed {
        relayed.mail = fetch(app, letter).await?;
    }
    let now = app.clock.now();
    if stale(app, letter, &message, now) {
        return Err(never("its code has expired"));
    }
    app.ways.send(letter, &message, now).await
}

/// The mail of others that a letter carries.
async fn fetch(app: &App, letter: &Letter) -> Result<Vec<u8>, Unsent> {
    let id = letter.id;
    let found = app.store.read(move |db| relayed_mails::find(db, id)).await;
    let found = found.map_err(|error: Error| Unsent::for_now(error.to_string()))?;
    let mail = found.and_then(|found| app.seals.relayed_mail.open_bytes(&found.sealed_mail));
    let mail = mail.ok_or_else(|| Unsent::for_good("the mail it carried is gone".to_owned()))?;
    Ok(mail.to_vec())
}

/// Until when no more SMS leave to this number's country: a stranger who has them sent there for money
/// does not get far. What is kept here costs nothing.
async fn too_many(app: &App, letter: &Letter) -> Result<Option<Moment>, Error> {
    if letter.channel != Channel::Sms || !app.ways.lead_out(Channel::Sms) {
        return Ok(None);
    }
    let number = letter.recipient.parse::<PhoneNumber>().ok();
    let country = number.and_then(|number| number.country()).unwrap_or_default();
    let most = i64::from(app.config.delivery.sms.per_country_hour);
    let (limit, now) = (Limit { most, within: Duration::from_hours(1) }, app.clock.now());
    let counter = attempts::key("sms to", country.as_bytes());
    let count = app.store.write(move |db| attempts::count(db, &counter, limit, now));
    Ok(match count.await? {
        Counted::Within => None,
        Counted::TooMany { until } => Some(until),
    })
}

/// Whether a code would arrive that is good for nothing any more.
fn stale(app: &App, letter: &Letter, message: &Message, now: Moment) -> bool {
    let lifetime = Duration::from_secs(app.config.sign_in.one_time_code_lifetime_seconds);
    message.code.is_some() && letter.created_at + lifetime <= now
}

/// When to try again; never, if it has been tried often enough.
fn next_try(letter: &Letter, now: Moment) -> Option<Moment> {
    let doublings = u32::try_from(letter.attempts).unwrap_or(0).min(10);
    let wait = Duration::from_secs(10) * 2_u32.pow(doublings);
    (letter.attempts + 1 < TRIES).then(|| now + wait.min(Duration::from_hours(1)))
}
