//! Accounts whose owners want them removed: nobody gets in from that moment, and until the day comes
//! the owner can take it back.

use std::time::Duration;

use diesel::prelude::*;

use super::{
    Db, Error,
    client_notices::{self, Kind},
    db::on,
    grants,
    schema::{deletions, users as people},
    sessions,
    users::{self, UserId},
};
use crate::clock::Moment;

/// As long it can be taken back.
pub const GRACE: Duration = Duration::from_hours(14 * 24);

/// Why what ends with it ended.
const REASON: &str = "account_deleted";

/// An account on its way out.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = deletions)]
pub struct Deletion {
    /// Whose.
    pub user_id: UserId,
    /// When they wanted it.
    pub asked_at: Moment,
    /// When everything goes.
    pub due_at: Moment,
    /// When the last letters were written; from then on there is no way back.
    pub told_at: Option<Moment>,
}

/// Closes an account: every session and token ends, clients are told, and the day is set. What apps
/// were allowed stands until then. `None` if that was done before.
///
/// # Errors
/// If the store cannot answer.
pub fn ask(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<Option<Deletion>, Error> {
    let open = people::table.find(user_id).filter(people::deleted_at.is_null());
    let closed = on!(db, |c| diesel::update(open).set(people::deleted_at.eq(now)).execute(c))? == 1;
    if !closed {
        return Ok(None);
    }
    let deletion = Deletion { user_id, asked_at: now, due_at: now + GRACE, told_at: None };
    on!(db, |c| diesel::insert_into(deletions::table).values(&deletion).execute(c))?;
    client_notices::add_for_user(db, Kind::AccountClosed, user_id, now)?;
    sessions::end_others(db, user_id, None, REASON, now)?;
    grants::end_tokens_of_user(db, user_id, REASON, now)?;
    Ok(Some(deletion))
}

/// Finds what is planned for an account, while it can be taken back.
///
/// # Errors
/// If the store cannot answer.
pub fn find_open(db: &mut Db<'_>, user_id: UserId) -> Result<Option<Deletion>, Error> {
    Ok(on!(db, |c| deletions::table
        .find(user_id)
        .filter(deletions::told_at.is_null())
        .select(Deletion::as_select())
        .first(c)
        .optional())?)
}

/// Takes it back; `false` if there is nothing to take back, or not this.
///
/// # Errors
/// If the store cannot answer.
pub fn keep(
    db: &mut Db<'_>,
    user_id: UserId,
    asked_at: Moment,
    now: Moment,
) -> Result<bool, Error> {
    users::hold(db, user_id)?;
    let open = deletions::table
        .find(user_id)
        .filter(deletions::asked_at.eq(asked_at))
        .filter(deletions::told_at.is_null());
    if on!(db, |c| diesel::delete(open).execute(c))? == 0 {
        return Ok(false);
    }
    on!(db, |c| diesel::update(people::table.find(user_id))
        .set(people::deleted_at.eq(None::<Moment>))
        .execute(c))?;
    client_notices::add_for_user(db, Kind::AccountKept, user_id, now)?;
    Ok(true)
}

/// Lists those whose day has come, the longest waiting first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_due(db: &mut Db<'_>, now: Moment, most: i64) -> Result<Vec<Deletion>, Error> {
    Ok(on!(db, |c| deletions::table
        .filter(deletions::due_at.le(now))
        .order(deletions::due_at)
        .limit(most)
        .select(Deletion::as_select())
        .load(c))?)
}

/// Notes that the last letters are written, and has apps told. Of any number of callers, exactly one is told `true`;
/// nobody, if it was taken back.
///
/// # Errors
/// If the store cannot answer.
pub fn set_told(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<bool, Error> {
    let open = deletions::table.find(user_id).filter(deletions::told_at.is_null());
    let set = deletions::told_at.eq(now);
    if on!(db, |c| diesel::update(open).set(set).execute(c))? == 0 {
        return Ok(false);
    }
    client_notices::add_for_user(db, Kind::AccountDeleted, user_id, now)?;
    Ok(true)
}
