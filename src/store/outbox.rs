//! What waits to be sent: written with its cause in one transaction, sent by a job.

use diesel::prelude::*;

use super::{Db, Error, contacts::Channel, db::on, schema::outbox};
use crate::clock::Moment;

crate::id! {
    /// Names a letter.
    LetterId
}

/// A message on its way. What it says may hold a code, so it is sealed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox)]
pub struct Letter {
    /// Which.
    pub id: LetterId,
    /// How it travels.
    pub channel: Channel,
    /// Where to.
    pub recipient: String,
    /// What it says, sealed by `delivery`.
    pub sealed_message: Vec<u8>,
    /// When its cause happened.
    pub created_at: Moment,
    /// When to try (again).
    pub due_at: Moment,
    /// Tries so far.
    pub attempts: i64,
    /// When it left.
    pub sent_at: Option<Moment>,
    /// When we gave up.
    pub failed_at: Option<Moment>,
    /// What the last try met.
    pub last_error: Option<String>,
    /// What the other side said when it took it.
    pub reply: Option<String>,
}

impl Letter {
    /// A letter to be sent at once.
    #[must_use]
    pub fn to(channel: Channel, recipient: &str, sealed_message: Vec<u8>, now: Moment) -> Self {
        Self {
            id: LetterId::random(),
            channel,
            recipient: recipient.to_owned(),
            sealed_message,
            created_at: now,
            due_at: now,
            attempts: 0,
            sent_at: None,
            failed_at: None,
            last_error: None,
            reply: None,
        }
    }
}

/// Puts a letter in the outbox.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, letter: &Letter) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(outbox::table).values(letter).execute(c))?;
    Ok(())
}

/// Lists what is due, the longest waiting first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_due(db: &mut Db<'_>, now: Moment, most: i64) -> Result<Vec<Letter>, Error> {
    Ok(on!(db, |c| outbox::table
        .filter(outbox::sent_at.is_null())
        .filter(outbox::failed_at.is_null())
        .filter(outbox::due_at.le(now))
        .order(outbox::due_at)
        .limit(most)
        .select(Letter::as_select())
        .load(c))?)
}

/// Lists the latest letters, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_latest(db: &mut Db<'_>, most: i64) -> Result<Vec<Letter>, Error> {
    Ok(on!(db, |c| outbox::table
        .order(outbox::created_at.desc())
        .limit(most)
        .select(Letter::as_select())
        .load(c))?)
}

/// Lists the latest letters that did not leave, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_unsent(db: &mut Db<'_>, most: i64) -> Result<Vec<Letter>, Error> {
    Ok(on!(db, |c| outbox::table
        .filter(outbox::sent_at.is_null())
        .order(outbox::created_at.desc())
        .limit(most)
        .select(Letter::as_select())
        .load(c))?)
}

/// Lists the letters to any of these recipients, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_to(db: &mut Db<'_>, recipients: &[String], most: i64) -> Result<Vec<Letter>, Error> {
    Ok(on!(db, |c| outbox::table
        .filter(outbox::recipient.eq_any(recipients))
        .order(outbox::created_at.desc())
        .limit(most)
        .select(Letter::as_select())
        .load(c))?)
}

/// Whether a letter to any of these recipients has not left yet, and still may.
///
/// # Errors
/// If the store cannot answer.
pub fn waits_for(db: &mut Db<'_>, recipients: &[String]) -> Result<bool, Error> {
    let waiting = outbox::table
        .filter(outbox::recipient.eq_any(recipients))
        .filter(outbox::sent_at.is_null())
        .filter(outbox::failed_at.is_null());
    Ok(on!(db, |c| diesel::select(diesel::dsl::exists(waiting)).get_result(c))?)
}

/// Takes a letter for one try, after which it is due again at `until` unless something was noted by
/// then: whoever dies over a letter leaves it to others. Of any number of callers, exactly one is
/// told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn claim(db: &mut Db<'_>, read: &Letter, until: Moment) -> Result<bool, Error> {
    let same = outbox::table
        .find(read.id)
        .filter(outbox::sent_at.is_null())
        .filter(outbox::failed_at.is_null())
        .filter(outbox::attempts.eq(read.attempts))
        .filter(outbox::due_at.eq(read.due_at));
    Ok(on!(db, |c| diesel::update(same)
        .set((outbox::attempts.eq(outbox::attempts + 1), outbox::due_at.eq(until)))
        .execute(c))?
        == 1)
}

/// Notes that a letter left, and what the other side said to it.
///
/// # Errors
/// If the store cannot answer.
pub fn set_sent(db: &mut Db<'_>, id: LetterId, reply: &str, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(outbox::table.find(id))
        .set((outbox::sent_at.eq(now), outbox::reply.eq(reply)))
        .execute(c))?;
    Ok(())
}

/// Makes a letter that did not leave due at once, for as many tries as a new one. `false` if there is
/// none, or it left.
///
/// # Errors
/// If the store cannot answer.
pub fn set_due(db: &mut Db<'_>, id: LetterId, now: Moment) -> Result<bool, Error> {
    let waiting = outbox::table.find(id).filter(outbox::sent_at.is_null());
    Ok(on!(db, |c| diesel::update(waiting)
        .set(
            (outbox::due_at.eq(now), outbox::attempts.eq(0), outbox::failed_at.eq(None::<Moment>),)
        )
        .execute(c))?
        == 1)
}

/// Notes that a try failed; with no `due_at` we give up.
///
/// # Errors
/// If the store cannot answer.
pub fn set_failed(
    db: &mut Db<'_>,
    id: LetterId,
    why: &str,
    due_at: Option<Moment>,
    now: Moment,
) -> Result<(), Error> {
    on!(db, |c| diesel::update(outbox::table.find(id))
        .set((
            outbox::last_error.eq(why),
            outbox::due_at.eq(due_at.unwrap_or(now)),
            outbox::failed_at.eq(if due_at.is_none() { Some(now) } else { None }),
        ))
        .execute(c))?;
    Ok(())
}

/// Removes at most `most` letters written before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| outbox::table
        .filter(outbox::created_at.lt(before))
        .order(outbox::created_at)
        .limit(most)
        .select(outbox::id)
        .load::<LetterId>(c))?;
    Ok(on!(db, |c| diesel::delete(outbox::table.filter(outbox::id.eq_any(&gone))).execute(c))?)
}
