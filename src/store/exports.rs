//! Copies of what is held about somebody: asked for, prepared by a job, kept in sealed pieces until
//! they expire. One of each person at a time.

use std::time::Duration;

use diesel::prelude::*;

use super::{
    Db, Error,
    db::on,
    schema::{export_parts, exports},
    users::{self, UserId},
};
use crate::clock::Moment;

crate::id! {
    /// Names a copy.
    ExportId
}

/// As long a copy can be fetched once it is ready.
pub const GOOD_FOR: Duration = Duration::from_hours(7 * 24);

/// A copy of what is held about somebody.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = exports)]
pub struct Export {
    /// Which.
    pub id: ExportId,
    /// About whom.
    pub user_id: UserId,
    /// In which language, as a tag (BCP 47).
    pub language: String,
    /// When it was asked for.
    pub asked_at: Moment,
    claimed_until: Option<Moment>,
    /// How much of it is prepared.
    pub done: i64,
    /// Of how much.
    pub total: i64,
    /// When it was ready.
    pub ready_at: Option<Moment>,
    /// How many bytes it has.
    pub size: i64,
    /// When it goes.
    pub expires_at: Moment,
}

impl Export {
    /// A copy that is to be prepared.
    #[must_use]
    pub fn asked(user_id: UserId, language: &str, now: Moment) -> Self {
        Self {
            id: ExportId::random(),
            user_id,
            language: language.to_owned(),
            asked_at: now,
            claimed_until: None,
            done: 0,
            total: 0,
            ready_at: None,
            size: 0,
            expires_at: now + GOOD_FOR,
        }
    }
}

/// Asks for a copy, which takes the place of an older one; `false` while one is being prepared.
///
/// # Errors
/// If the store cannot answer.
pub fn ask(db: &mut Db<'_>, wanted: &Export) -> Result<bool, Error> {
    users::hold(db, wanted.user_id)?;
    let now = wanted.asked_at;
    let waiting = |it: &Export| it.ready_at.is_none() && now < it.expires_at;
    let known = list_of_user(db, wanted.user_id)?;
    if known.iter().any(waiting) {
        return Ok(false);
    }
    known.iter().try_for_each(|old| remove(db, old.id))?;
    on!(db, |c| diesel::insert_into(exports::table).values(wanted).execute(c))?;
    Ok(true)
}

/// Finds the copy of this person that is being prepared or can be fetched.
///
/// # Errors
/// If the store cannot answer.
pub fn find_of_user(
    db: &mut Db<'_>,
    user_id: UserId,
    now: Moment,
) -> Result<Option<Export>, Error> {
    Ok(list_of_user(db, user_id)?.into_iter().find(|it| now < it.expires_at))
}

fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<Export>, Error> {
    Ok(on!(db, |c| exports::table
        .filter(exports::user_id.eq(user_id))
        .order(exports::asked_at.desc())
        .select(Export::as_select())
        .load(c))?)
}

/// Takes the longest waiting copy to prepare, until `until`: whoever dies over it leaves it to others.
/// Of any number of callers, one is given it.
///
/// # Errors
/// If the store cannot answer.
pub fn claim(db: &mut Db<'_>, now: Moment, until: Moment) -> Result<Option<Export>, Error> {
    let free = exports::claimed_until.is_null().or(exports::claimed_until.lt(now));
    let next: Option<ExportId> = on!(db, |c| exports::table
        .filter(exports::ready_at.is_null())
        .filter(exports::expires_at.gt(now))
        .filter(free)
        .order(exports::asked_at)
        .select(exports::id)
        .first(c)
        .optional())?;
    let Some(id) = next else { return Ok(None) };
    let still = exports::table.find(id).filter(exports::ready_at.is_null()).filter(free);
    Ok(on!(db, |c| diesel::update(still)
        .set(exports::claimed_until.eq(until))
        .returning(Export::as_returning())
        .get_result(c)
        .optional())?)
}

/// Whether anything is to be prepared.
///
/// # Errors
/// If the store cannot answer.
pub fn waits(db: &mut Db<'_>, now: Moment) -> Result<bool, Error> {
    let waiting =
        exports::table.filter(exports::ready_at.is_null()).filter(exports::expires_at.gt(now));
    Ok(on!(db, |c| diesel::select(diesel::dsl::exists(waiting)).get_result(c))?)
}

/// Notes how far a claimed copy has come; `false` if it is not claimed like this any more.
///
/// # Errors
/// If the store cannot answer.
pub fn set_progress(
    db: &mut Db<'_>,
    claimed: &Export,
    done: i64,
    total: i64,
) -> Result<bool, Error> {
    let own = exports::table
        .find(claimed.id)
        .filter(exports::claimed_until.eq(claimed.claimed_until))
        .filter(exports::ready_at.is_null());
    let set = (exports::done.eq(done), exports::total.eq(total));
    Ok(on!(db, |c| diesel::update(own).set(set).execute(c))? == 1)
}

/// Keeps one piece of a claimed copy, in the place of one that somebody left there before.
///
/// # Errors
/// If the store cannot answer.
pub fn add_part(db: &mut Db<'_>, id: ExportId, position: i64, sealed: &[u8]) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(export_parts::table)
        .values((
            export_parts::export_id.eq(id),
            export_parts::position.eq(position),
            export_parts::sealed_bytes.eq(sealed),
        ))
        .on_conflict((export_parts::export_id, export_parts::position))
        .do_update()
        .set(export_parts::sealed_bytes.eq(sealed))
        .execute(c))?;
    Ok(())
}

/// Notes that a claimed copy is there; `false` if it is not claimed like this any more.
///
/// # Errors
/// If the store cannot answer.
pub fn set_ready(db: &mut Db<'_>, claimed: &Export, size: i64, now: Moment) -> Result<bool, Error> {
    let own = exports::table
        .find(claimed.id)
        .filter(exports::claimed_until.eq(claimed.claimed_until))
        .filter(exports::ready_at.is_null());
    Ok(on!(db, |c| diesel::update(own)
        .set((
            exports::ready_at.eq(now),
            exports::size.eq(size),
            exports::expires_at.eq(now + GOOD_FOR),
        ))
        .execute(c))?
        == 1)
}

/// One piece of a copy.
///
/// # Errors
/// If the store cannot answer.
pub fn find_part(db: &mut Db<'_>, id: ExportId, position: i64) -> Result<Option<Vec<u8>>, Error> {
    Ok(on!(db, |c| export_parts::table
        .find((id, position))
        .select(export_parts::sealed_bytes)
        .first(c)
        .optional())?)
}

/// Removes a copy.
pub(super) fn remove(db: &mut Db<'_>, id: ExportId) -> Result<(), Error> {
    let parts = export_parts::table.filter(export_parts::export_id.eq(id));
    on!(db, |c| diesel::delete(parts).execute(c))?;
    on!(db, |c| diesel::delete(exports::table.find(id)).execute(c))?;
    Ok(())
}

/// Removes at most `most` copies that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| exports::table
        .filter(exports::expires_at.lt(before))
        .order(exports::expires_at)
        .limit(most)
        .select(exports::id)
        .load::<ExportId>(c))?;
    gone.iter().try_for_each(|id| remove(db, *id))?;
    Ok(gone.len())
}
