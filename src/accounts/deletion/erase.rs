//! The day has come: the last letters, word to the apps, and once these have left, the end of every row.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{
    accounts::notices,
    app::App,
    delivery::{Letterhead, messages::AccountRemoved},
    language::Language,
    store::{
        self, Db,
        activity::{self, Activity, ActivityId, Event},
        client_notices,
        contacts::{self, Contact},
        deletions::{self, Deletion},
        erasure,
        outbox::{self, Letter},
        users::{self, User, UserId},
    },
};

/// As many accounts are looked at in one run.
const BATCH: i64 = 20;

/// As many rows of a kind go in one transaction.
const FEW: i64 = 200;

/// As long the last letters may take to leave.
const PATIENCE: Duration = Duration::from_hours(24);

/// Takes each account whose day has come to its next step; how many are gone for good.
///
/// # Errors
/// If the store cannot answer.
pub async fn advance(app: &App) -> Result<usize, store::Error> {
    let now = app.clock.now();
    let due = app.store.survey(move |db| deletions::list_due(db, now, BATCH)).await?;
    let mut gone = 0;
    for deletion in &due {
        if deletion.told_at.is_none() {
            tell(app, deletion).await?;
        } else if all_have_left(app, deletion).await? {
            erase(app, deletion.user_id).await?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Whether a contact can be written to.
pub(super) fn reaches(app: &App, contact: &Contact) -> bool {
    contact.verified_at.is_some() && notices::reaches(app, contact.channel)
}

/// Writes the last letters, and closes the way back.
async fn tell(app: &App, deletion: &Deletion) -> Result<(), store::Error> {
    let (user_id, now) = (deletion.user_id, app.clock.now());
    let (user, contacts) = read(app, user_id).await?;
    let Some(user) = user else { return Ok(()) };
    let reached = contacts.iter().filter(|contact| reaches(app, contact));
    let letters: Vec<_> =
        reached.map(|contact| letter(app, &user, contact)).collect::<Result<_, _>>()?;
    app.store
        .write(move |db| {
            if deletions::set_told(db, user_id, now)? {
                letters.iter().try_for_each(|letter| outbox::add(db, letter))?;
            }
            Ok(())
        })
        .await
}

async fn read(app: &App, user_id: UserId) -> Result<(Option<User>, Vec<Contact>), store::Error> {
    let read = move |db: &mut Db<'_>| {
        Ok((users::find(db, user_id)?, contacts::list_of_user(db, user_id)?))
    };
    app.store.survey(read).await
}

fn letter(app: &App, user: &User, contact: &Contact) -> Result<Letter, store::Error> {
    let language = user.language.as_deref().and_then(|tag| Language::first_of([tag]));
    let head = Letterhead::new(&app.config, language.unwrap_or_default());
    let message = AccountRemoved { name: &user.name }.write(&head, contact.channel);
    let message = message.map_err(|error| store::Error::Broken(error.to_string()))?;
    let (to, now) = (contact.recipient(), app.clock.now());
    Ok(app.courier.letter(contact.channel, &to, &message, now))
}

/// Whether no letter to this person and no app that must hear of it waits any more, or they have waited
/// long enough.
async fn all_have_left(app: &App, deletion: &Deletion) -> Result<bool, store::Error> {
    let now = app.clock.now();
    if deletion.told_at.is_some_and(|told| told + PATIENCE <= now) {
        return Ok(true);
    }
    let user_id = deletion.user_id;
    let (_, contacts) = read(app, user_id).await?;
    let recipients: Vec<_> = contacts.iter().map(Contact::recipient).collect();
    let waiting = move |db: &mut Db<'_>| {
        Ok::<_, store::Error>(
            outbox::waits_for(db, &recipients)? || client_notices::waits_for(db, user_id)?,
        )
    };
    Ok(!app.store.survey(waiting).await?)
}

/// Removes every row that speaks of this person. What remains is one entry that says that an account
/// was removed, under a name that only who knows its id can work out again.
async fn erase(app: &App, user_id: UserId) -> Result<(), store::Error> {
    let (_, contacts) = read(app, user_id).await?;
    loop {
        let known = contacts.clone();
        let sweep = move |db: &mut Db<'_>| erasure::sweep(db, user_id, &known, FEW);
        if app.store.write(sweep).await? == 0 {
            break;
        }
    }
    let now = app.clock.now();
    let pseudonym = app.seals.subject.digest(&[b"deleted account", user_id.as_bytes()]);
    let happened = Activity {
        id: ActivityId::random(),
        user_id: None,
        client_id: None,
        session_id: None,
        event: Event::AccountErased,
        details: BASE64_URL_SAFE_NO_PAD.encode(&pseudonym[..16]),
        address: String::new(),
        user_agent: String::new(),
        trace_id: String::new(),
        happened_at: now,
    };
    app.store
        .write(move |db| {
            erasure::finish(db, user_id, &contacts, now)?;
            activity::add(db, &happened)
        })
        .await
}
