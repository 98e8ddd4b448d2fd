//! Ways back in for people who lost every other: they wait, so that whoever still reads one of the
//! account's contacts can cancel them.

use diesel::prelude::*;

use super::{
    Db, Error,
    db::on,
    schema::{delayed_recoveries, sessions},
    users::{self, UserId},
};
use crate::clock::Moment;

crate::id! {
    /// Names a delayed recovery.
    DelayedRecoveryId
}

/// Somebody who lost every way in, and waits.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = delayed_recoveries)]
pub struct DelayedRecovery {
    /// Which.
    pub id: DelayedRecoveryId,
    /// Whose account; nobody's, if nothing comes of it.
    pub user_id: Option<UserId>,
    /// Where the link goes once the wait is over.
    pub address: String,
    /// From where it was asked for.
    pub place: String,
    /// By what.
    pub user_agent: String,
    /// In which language.
    pub language: String,
    /// When it was asked for.
    pub begun_at: Moment,
    /// When the wait is over.
    pub due_at: Moment,
    /// When all contacts were told.
    pub told_at: Option<Moment>,
    /// When they were told again.
    pub reminded_at: Option<Moment>,
    /// When the link was sent.
    pub sent_at: Option<Moment>,
    /// Until when it can be followed.
    pub expires_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// Why.
    pub end_reason: Option<String>,
}

/// What is written down once for each.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// All contacts were told.
    Told,
    /// All contacts were told again.
    Reminded,
    /// The link was sent.
    Sent,
}

/// Begins one. Whoever has one open already, and nobody, get a row of the same size that is over.
///
/// # Errors
/// If the store cannot answer.
pub fn begin(db: &mut Db<'_>, wanted: &DelayedRecovery) -> Result<bool, Error> {
    users::hold(db, wanted.user_id.unwrap_or_else(UserId::random))?;
    let open = delayed_recoveries::table
        .filter(delayed_recoveries::user_id.eq(wanted.user_id))
        .filter(delayed_recoveries::ended_at.is_null())
        .count();
    let open: i64 = on!(db, |c| open.get_result(c))?;
    let begins = wanted.user_id.is_some() && open == 0;
    let over = DelayedRecovery {
        user_id: None,
        ended_at: Some(wanted.begun_at),
        end_reason: Some("nobody".to_owned()),
        ..wanted.clone()
    };
    let row = if begins { wanted } else { &over };
    on!(db, |c| diesel::insert_into(delayed_recoveries::table).values(row).execute(c))?;
    Ok(begins)
}

/// Finds one.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: DelayedRecoveryId) -> Result<Option<DelayedRecovery>, Error> {
    Ok(on!(db, |c| delayed_recoveries::table
        .find(id)
        .select(DelayedRecovery::as_select())
        .first(c)
        .optional())?)
}

/// Lists those that are not over, the oldest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_open(db: &mut Db<'_>, most: i64) -> Result<Vec<DelayedRecovery>, Error> {
    Ok(on!(db, |c| delayed_recoveries::table
        .filter(delayed_recoveries::ended_at.is_null())
        .order(delayed_recoveries::begun_at)
        .limit(most)
        .select(DelayedRecovery::as_select())
        .load(c))?)
}

/// Whether its owner has signed in since it began: they have not lost every way in.
///
/// # Errors
/// If the store cannot answer.
pub fn refuted(db: &mut Db<'_>, recovery: &DelayedRecovery) -> Result<bool, Error> {
    let Some(user_id) = recovery.user_id else { return Ok(true) };
    let proved = sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::auth_at.gt(recovery.begun_at));
    Ok(on!(db, |c| diesel::select(diesel::dsl::exists(proved)).get_result(c))?)
}

/// Notes a step. Of any number of callers, exactly one is told `true`; nobody, if it is over.
///
/// # Errors
/// If the store cannot answer.
pub fn set_step(
    db: &mut Db<'_>,
    id: DelayedRecoveryId,
    step: Step,
    now: Moment,
) -> Result<bool, Error> {
    let open = delayed_recoveries::table.find(id).filter(delayed_recoveries::ended_at.is_null());
    let changed = match step {
        Step::Told => {
            let open = open.filter(delayed_recoveries::told_at.is_null());
            let set = delayed_recoveries::told_at.eq(now);
            on!(db, |c| diesel::update(open).set(set).execute(c))?
        }
        Step::Reminded => {
            let open = open.filter(delayed_recoveries::reminded_at.is_null());
            let set = delayed_recoveries::reminded_at.eq(now);
            on!(db, |c| diesel::update(open).set(set).execute(c))?
        }
        Step::Sent => {
            let open = open.filter(delayed_recoveries::sent_at.is_null());
            let set = delayed_recoveries::sent_at.eq(now);
            on!(db, |c| diesel::update(open).set(set).execute(c))?
        }
    };
    Ok(changed == 1)
}

/// Ends one. Of any number of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn end(
    db: &mut Db<'_>,
    id: DelayedRecoveryId,
    reason: &str,
    now: Moment,
) -> Result<bool, Error> {
    let open = delayed_recoveries::table.find(id).filter(delayed_recoveries::ended_at.is_null());
    Ok(on!(db, |c| diesel::update(open)
        .set((delayed_recoveries::ended_at.eq(now), delayed_recoveries::end_reason.eq(reason),))
        .execute(c))?
        == 1)
}

/// Removes at most `most` that could be followed until before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| delayed_recoveries::table
        .filter(delayed_recoveries::expires_at.lt(before))
        .order(delayed_recoveries::expires_at)
        .limit(most)
        .select(delayed_recoveries::id)
        .load::<DelayedRecoveryId>(c))?;
    let gone = delayed_recoveries::table.filter(delayed_recoveries::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
