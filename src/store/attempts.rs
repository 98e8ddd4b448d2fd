//! Counted tries: every door to the same check shares one counter, on every node and across a
//! restart (security rules 5 and 11).

use std::time::Duration;

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::attempts};
use crate::{clock::Moment, crypto::secret};

/// So many tries in so long a time.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// As many tries are free.
    pub most: i64,
    /// From the first of them until they are forgotten.
    pub within: Duration,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It is within the limit, and counted.
    Within,
    /// It is one too many: nothing may be tried before this moment.
    TooMany {
        /// When the tries so far are forgotten.
        until: Moment,
    },
}

/// The key of a counter: what is tried, and who tries or on what.
#[must_use]
pub fn key(purpose: &str, subject: &[u8]) -> Vec<u8> {
    secret::digest(&[purpose.as_bytes(), b"\0", subject].concat()).to_vec()
}

/// Counts a try, before it is made. Each step is one statement with its own condition, so tries at
/// once cannot exceed the limit.
///
/// # Errors
/// If the store cannot answer.
pub fn count(db: &mut Db<'_>, id: &[u8], limit: Limit, now: Moment) -> Result<Counted, Error> {
    let first =
        (attempts::id.eq(id), attempts::tries.eq(1), attempts::expires_at.eq(now + limit.within));
    let begun = on!(db, |c| diesel::insert_into(attempts::table)
        .values(first)
        .on_conflict(attempts::id)
        .do_nothing()
        .execute(c))?;
    if begun == 1 {
        return Ok(Counted::Within);
    }
    let forgotten = attempts::table.find(id).filter(attempts::expires_at.le(now));
    let anew = on!(db, |c| diesel::update(forgotten)
        .set((attempts::tries.eq(1), attempts::expires_at.eq(now + limit.within)))
        .execute(c))?;
    let free = attempts::table
        .find(id)
        .filter(attempts::expires_at.gt(now))
        .filter(attempts::tries.lt(limit.most));
    let counted = anew == 1
        || on!(db, |c| diesel::update(free)
            .set(attempts::tries.eq(attempts::tries + 1))
            .execute(c))?
            == 1;
    if counted {
        return Ok(Counted::Within);
    }
    let until = on!(db, |c| attempts::table.find(id).select(attempts::expires_at).first(c))?;
    Ok(Counted::TooMany { until })
}

/// Takes one try back: it was right, and no guess.
///
/// # Errors
/// If the store cannot answer.
pub fn forgive(db: &mut Db<'_>, id: &[u8]) -> Result<(), Error> {
    let counted = attempts::table.find(id).filter(attempts::tries.gt(0));
    on!(db, |c| diesel::update(counted).set(attempts::tries.eq(attempts::tries - 1)).execute(c))?;
    Ok(())
}

/// Removes at most `most` counters that were forgotten before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| attempts::table
        .filter(attempts::expires_at.lt(before))
        .order(attempts::expires_at)
        .limit(most)
        .select(attempts::id)
        .load::<Vec<u8>>(c))?;
    // Whoever tried again meanwhile has begun anew, and is still counted.
    let gone =
        attempts::table.filter(attempts::id.eq_any(&gone)).filter(attempts::expires_at.lt(before));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
