//! What happens while somebody waits: their contacts are told, told again, and the link is sent.

use std::time::Duration;

use super::{LINK_GOOD_FOR, Link};
use crate::{
    accounts::notices,
    app::App,
    clock::Moment,
    delivery::{
        Letterhead, Message,
        messages::{DelayedRecoveryNotice, DelayedRecoveryReady},
    },
    language::Language,
    store::{
        self,
        contacts::{self, Channel, Contact},
        delayed_recoveries::{self, DelayedRecovery, Step},
        outbox::{self, Letter},
        users::{self, User},
    },
    web::{urls, whereabouts},
};

/// As many are looked at in one run.
const BATCH: i64 = 500;

/// So long before the end all contacts are told again, if the wait is three times as long.
const REMIND_BEFORE: Duration = Duration::from_hours(24);

/// Takes each delayed recovery to its next step; how many were taken.
///
/// # Errors
/// If the store cannot answer.
pub async fn advance(app: &App) -> Result<usize, store::Error> {
    let open = app.store.survey(|db| delayed_recoveries::list_open(db, BATCH)).await?;
    let mut taken = 0;
    for recovery in &open {
        taken += usize::from(take(app, recovery).await?);
    }
    Ok(taken)
}

async fn take(app: &App, recovery: &DelayedRecovery) -> Result<bool, store::Error> {
    let now = app.clock.now();
    let read = recovery.clone();
    let found = app.store.read(move |db| {
        let refuted = delayed_recoveries::refuted(db, &read)?;
        let user = read.user_id.map_or(Ok(None), |id| users::find(db, id))?;
        let contacts = read.user_id.map_or(Ok(Vec::new()), |id| contacts::list_of_user(db, id))?;
        Ok::<_, store::Error>((user.filter(User::may_recover), contacts, refuted))
    });
    let id = recovery.id;
    let (user, contacts) = match found.await? {
        _ if now >= recovery.expires_at => return end(app, recovery, "expired", now).await,
        (None, ..) => return end(app, recovery, "no_account", now).await,
        (_, _, true) => return end(app, recovery, "signed_in", now).await,
        (Some(user), contacts, false) => (user, contacts),
    };
    let remind_at =
        recovery.due_at - REMIND_BEFORE.min(recovery.due_at.since(recovery.begun_at) / 3);
    let (step, letters) = if recovery.told_at.is_none() {
        (Step::Told, tell(app, recovery, &user, &contacts, now)?)
    } else if recovery.reminded_at.is_none() && now >= remind_at {
        (Step::Reminded, tell(app, recovery, &user, &contacts, now)?)
    } else if recovery.sent_at.is_none() && now >= recovery.due_at {
        (Step::Sent, vec![ready(app, recovery, now)?])
    } else {
        return Ok(false);
    };
    app.store
        .write(move |db| {
            let first = delayed_recoveries::set_step(db, id, step, now)?;
            if first {
                letters.iter().try_for_each(|letter| outbox::add(db, letter))?;
            }
            Ok(first)
        })
        .await
}

async fn end(
    app: &App,
    recovery: &DelayedRecovery,
    reason: &'static str,
    now: Moment,
) -> Result<bool, store::Error> {
    let id = recovery.id;
    app.store.write(move |db| delayed_recoveries::end(db, id, reason, now)).await
}

/// A notice to each proved contact, with a link of its own that cancels.
fn tell(
    app: &App,
    recovery: &DelayedRecovery,
    user: &User,
    contacts: &[Contact],
    now: Moment,
) -> Result<Vec<Letter>, store::Error> {
    let language = user.language.as_deref().unwrap_or(&recovery.language);
    let language = Language::first_of([language]).unwrap_or_default();
    let reached = |contact: &&Contact| {
        contact.verified_at.is_some() && notices::reaches(app, contact.channel)
    };
    let letter = |contact: &Contact| {
        let link = Link { id: recovery.id, contact_id: Some(contact.id) };
        let notice = DelayedRecoveryNotice {
            name: &user.name,
            times: (recovery.begun_at, recovery.due_at),
            device: &whereabouts::device(&recovery.user_agent, language),
            place: &whereabouts::place(app, &recovery.place, language),
            address: &recovery.address,
            link: &address(app, urls::RECOVER_DELAYED_CANCEL, &link),
        };
        let message = notice.write(&Letterhead::new(&app.config, language), contact.channel);
        Ok(app.courier.letter(contact.channel, &contact.recipient(), &written(message)?, now))
    };
    contacts.iter().filter(reached).map(letter).collect()
}

/// The link to the address that was given at the start.
fn ready(app: &App, recovery: &DelayedRecovery, now: Moment) -> Result<Letter, store::Error> {
    let language = Language::first_of([&*recovery.language]).unwrap_or_default();
    let link = Link { id: recovery.id, contact_id: None };
    let message = DelayedRecoveryReady {
        link: &address(app, urls::RECOVER_DELAYED_FINISH, &link),
        days: LINK_GOOD_FOR.as_secs() / 86_400,
    };
    let message = written(message.write(&Letterhead::new(&app.config, language), Channel::Email))?;
    Ok(app.courier.letter(Channel::Email, &recovery.address, &message, now))
}

fn address(app: &App, path: &str, link: &Link) -> String {
    let sealed = link.seal(&app.seals.delayed_recovery);
    let path = urls::with_query(path, &[("recovery", &sealed)]);
    format!("{}{path}", app.config.http.public_url.as_str())
}

fn written(message: askama::Result<Message>) -> Result<Message, store::Error> {
    message.map_err(|error| store::Error::Broken(error.to_string()))
}
