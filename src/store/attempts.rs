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

/// A few tries are free; after that each makes the next one wait, twice as long as the one before.
#[derive(Clone, Copy, Debug)]
pub struct Delays {
    /// As many tries are free.
    pub free: i64,
    /// The first wait.
    pub first: Duration,
    /// No wait is longer.
    pub longest: Duration,
    /// From the last of them until they are forgotten.
    pub within: Duration,
}

impl Delays {
    /// The wait after so many tries.
    fn after(&self, tries: i64) -> Duration {
        let Ok(doublings) = u32::try_from(tries - self.free) else { return Duration::ZERO };
        self.first.saturating_mul(2_u32.saturating_pow(doublings)).min(self.longest)
    }
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It is within the limit, and counted.
    Within,
    /// It is one too many: nothing may be tried before this moment.
    TooMany {
        /// When the tries so far are forgotten, or the wait is over.
        until: Moment,
    },
}

/// The key of a counter: what is tried, and who tries or on what.
#[must_use]
pub fn key(purpose: &str, subject: &[u8]) -> Vec<u8> {
    secret::digest(&[purpose.as_bytes(), b"\0", subject].concat()).to_vec()
}

/// The counter of the one-time codes that are sent to one address.
#[must_use]
pub fn codes_to(channel: &str, canonical: &str) -> Vec<u8> {
    key("codes to", format!("{channel} {canonical}").as_bytes())
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

/// Counts a try, before it is made, and closes the door for as long as it is worth. The first
/// statement takes the row and is its own condition, so of tries at once one passes an open door.
///
/// # Errors
/// If the store cannot answer.
pub fn count_slowly(
    db: &mut Db<'_>,
    id: &[u8],
    delays: Delays,
    now: Moment,
) -> Result<Counted, Error> {
    if count(db, id, Limit { most: 1, within: delays.within }, now)? == Counted::Within {
        return set_opens(db, id, now + delays.after(1));
    }
    let open = attempts::table.find(id).filter(attempts::opens_at.le(now));
    let tries = on!(db, |c| diesel::update(open)
        .set((
            attempts::tries.eq(attempts::tries + 1),
            attempts::expires_at.eq(now + delays.within),
        ))
        .returning(attempts::tries)
        .get_result(c)
        .optional())?;
    if let Some(tries) = tries {
        return set_opens(db, id, now + delays.after(tries));
    }
    let until = on!(db, |c| attempts::table.find(id).select(attempts::opens_at).first(c))?;
    Ok(Counted::TooMany { until })
}

fn set_opens(db: &mut Db<'_>, id: &[u8], at: Moment) -> Result<Counted, Error> {
    let counter = attempts::table.find(id);
    on!(db, |c| diesel::update(counter).set(attempts::opens_at.eq(at)).execute(c))?;
    Ok(Counted::Within)
}

/// Takes one try back: it was right, and no guess. The wait it began is over.
///
/// # Errors
/// If the store cannot answer.
pub fn forgive(db: &mut Db<'_>, id: &[u8]) -> Result<(), Error> {
    let counted = attempts::table.find(id).filter(attempts::tries.gt(0));
    on!(db, |c| diesel::update(counted)
        .set((attempts::tries.eq(attempts::tries - 1), attempts::opens_at.eq(0)))
        .execute(c))?;
    Ok(())
}

/// Forgets all tries: whoever made them has nothing left to find out.
///
/// # Errors
/// If the store cannot answer.
pub fn forget(db: &mut Db<'_>, id: &[u8]) -> Result<(), Error> {
    on!(db, |c| diesel::delete(attempts::table.find(id)).execute(c))?;
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
