//! The browsers that somebody has signed in with: what is tried there is not held back by what
//! strangers try elsewhere.

use diesel::{
    dsl::{exists, select},
    prelude::*,
};

use super::{Db, Error, db::on, schema::known_browsers, users::UserId};
use crate::clock::Moment;

/// Whether this person has signed in with this browser since `since`, and nobody forgot it.
///
/// # Errors
/// If the store cannot answer.
pub fn knows(
    db: &mut Db<'_>,
    user_id: UserId,
    browser_digest: &[u8],
    since: Moment,
) -> Result<bool, Error> {
    let known = known_browsers::table
        .find((user_id, browser_digest))
        .filter(known_browsers::forgotten_at.is_null())
        .filter(known_browsers::last_seen_at.gt(since));
    Ok(on!(db, |c| select(exists(known)).get_result(c))?)
}

/// Whether this browser is new to somebody who has signed in with another one. Whoever has never
/// signed in has nothing to compare with, and nothing to lose yet.
///
/// # Errors
/// If the store cannot answer.
pub fn is_new(
    db: &mut Db<'_>,
    user_id: UserId,
    browser_digest: &[u8],
    since: Moment,
) -> Result<bool, Error> {
    let any = known_browsers::table.filter(known_browsers::user_id.eq(user_id));
    let seen: bool = on!(db, |c| select(exists(any)).get_result(c))?;
    Ok(seen && !knows(db, user_id, browser_digest, since)?)
}

/// Lists when each browser of a person was first and last seen, the latest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<(Moment, Moment)>, Error> {
    Ok(on!(db, |c| known_browsers::table
        .filter(known_browsers::user_id.eq(user_id))
        .order(known_browsers::last_seen_at.desc())
        .select((known_browsers::first_seen_at, known_browsers::last_seen_at))
        .load(c))?)
}

/// Notes that this person has just signed in with this browser.
///
/// # Errors
/// If the store cannot answer.
pub fn set_seen(
    db: &mut Db<'_>,
    user_id: UserId,
    browser_digest: &[u8],
    now: Moment,
) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(known_browsers::table)
        .values((
            known_browsers::user_id.eq(user_id),
            known_browsers::browser_digest.eq(browser_digest),
            known_browsers::first_seen_at.eq(now),
            known_browsers::last_seen_at.eq(now),
        ))
        .on_conflict((known_browsers::user_id, known_browsers::browser_digest))
        .do_update()
        .set((
            known_browsers::last_seen_at.eq(now),
            known_browsers::forgotten_at.eq(None::<Moment>),
        ))
        .execute(c))?;
    Ok(())
}

/// Forgets all browsers of a person: whoever was in with one of them is a stranger there.
///
/// # Errors
/// If the store cannot answer.
pub fn forget_all(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<(), Error> {
    let known = known_browsers::table
        .filter(known_browsers::user_id.eq(user_id))
        .filter(known_browsers::forgotten_at.is_null());
    on!(db, |c| diesel::update(known).set(known_browsers::forgotten_at.eq(now)).execute(c))?;
    Ok(())
}

/// Removes at most `most` browsers last seen before `before`; of each person the latest stays, so
/// that somebody who has signed in once is never taken for somebody new.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let later = diesel::alias!(known_browsers as later);
    let (whose, seen) =
        (later.field(known_browsers::user_id), later.field(known_browsers::last_seen_at));
    let outlived = later.filter(whose.eq(known_browsers::user_id));
    let outlived = outlived.filter(seen.gt(known_browsers::last_seen_at));
    let gone = on!(db, |c| known_browsers::table
        .filter(known_browsers::last_seen_at.lt(before))
        .filter(exists(outlived))
        .order(known_browsers::last_seen_at)
        .limit(most)
        .select((known_browsers::user_id, known_browsers::browser_digest))
        .load::<(UserId, Vec<u8>)>(c))?;
    let mut removed = 0;
    for (user_id, browser_digest) in &gone {
        // Whoever signed in again meanwhile is still known.
        let old = known_browsers::table
            .find((user_id, browser_digest))
            .filter(known_browsers::last_seen_at.lt(before));
        removed += on!(db, |c| diesel::delete(old).execute(c))?;
    }
    Ok(removed)
}
