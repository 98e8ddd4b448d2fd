//! One-time codes that wait to be typed: for one purpose, in one browser, a few attempts.

use diesel::prelude::*;

use super::{Db, Error, contacts::Channel, db::on, schema::challenges, users::UserId};
use crate::{clock::Moment, crypto::secret};

crate::id! {
    /// Names a challenge.
    ChallengeId
}

/// A code that was sent, of which only a keyed digest is kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = challenges)]
pub struct Challenge {
    /// Which.
    pub id: ChallengeId,
    /// What it is for: a code for one thing is no code for another.
    pub purpose: String,
    /// The browser that asked for it.
    pub browser_digest: Vec<u8>,
    /// Whom it concerns, if they have an account.
    pub user_id: Option<UserId>,
    /// How the code travels.
    pub channel: Channel,
    /// Where to.
    pub address: String,
    /// The code's digest, under a key that is not in the store.
    pub code_digest: Vec<u8>,
    /// What the purpose needs to remember, sealed.
    pub sealed_facts: Vec<u8>,
    /// Guesses so far, right and wrong.
    pub attempts: i64,
    /// Codes sent so far; only the latest counts.
    pub sends: i64,
    /// When the latest code was sent.
    pub sent_at: Moment,
    /// When the latest code expires.
    pub expires_at: Moment,
    /// When a right code was typed.
    pub used_at: Option<Moment>,
}

/// What a guess came to.
#[derive(Debug)]
pub enum Guess {
    /// The code was right, and this was its one use.
    Right(Box<Challenge>),
    /// It was wrong; so many attempts are left.
    Wrong {
        /// Attempts left.
        left: i64,
    },
    /// There is nothing to guess: expired, used, too many attempts, another browser or purpose.
    Gone,
}

/// Who guesses, for what.
pub struct Guesser<'a> {
    /// The purpose the answer is wanted for.
    pub purpose: &'a str,
    /// The digest of the browser that guesses.
    pub browser_digest: &'a [u8],
    /// As many attempts a challenge stands.
    pub most: i64,
}

/// Finds a challenge that this browser began for this purpose and that can still be answered or
/// sent again.
///
/// # Errors
/// If the store cannot answer.
pub fn find(
    db: &mut Db<'_>,
    id: ChallengeId,
    purpose: &str,
    browser_digest: &[u8],
) -> Result<Option<Challenge>, Error> {
    Ok(on!(db, |c| challenges::table
        .find(id)
        .filter(challenges::purpose.eq(purpose))
        .filter(challenges::browser_digest.eq(browser_digest))
        .filter(challenges::used_at.is_null())
        .select(Challenge::as_select())
        .first(c)
        .optional())?)
}

/// Adds a challenge.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, challenge: &Challenge) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(challenges::table).values(challenge).execute(c))?;
    Ok(())
}

/// Counts a guess, and takes the challenge if it is right. The count comes first and in one
/// statement with its limit, so that guesses at once cannot exceed it.
///
/// # Errors
/// If the store cannot answer.
pub fn guess(
    db: &mut Db<'_>,
    id: ChallengeId,
    guesser: &Guesser<'_>,
    code_digest: &[u8],
    now: Moment,
) -> Result<Guess, Error> {
    let open = challenges::table
        .find(id)
        .filter(challenges::purpose.eq(guesser.purpose))
        .filter(challenges::browser_digest.eq(guesser.browser_digest))
        .filter(challenges::used_at.is_null())
        .filter(challenges::expires_at.gt(now))
        .filter(challenges::attempts.lt(guesser.most));
    let counted = on!(db, |c| diesel::update(open)
        .set(challenges::attempts.eq(challenges::attempts + 1))
        .returning(Challenge::as_returning())
        .get_result(c)
        .optional())?;
    let Some(challenge) = counted else { return Ok(Guess::Gone) };
    if !secret::equal(&challenge.code_digest, code_digest) {
        return Ok(Guess::Wrong { left: guesser.most - challenge.attempts });
    }
    let unused = challenges::table.find(id).filter(challenges::used_at.is_null());
    let taken = on!(db, |c| diesel::update(unused).set(challenges::used_at.eq(now)).execute(c))?;
    Ok(if taken == 1 { Guess::Right(Box::new(challenge)) } else { Guess::Gone })
}

/// Takes a challenge that asks for no code any more: it was proved, and counts once. Of any number
/// of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn take(db: &mut Db<'_>, proof: &Challenge, now: Moment) -> Result<bool, Error> {
    let unused = challenges::table
        .find(proof.id)
        .filter(challenges::purpose.eq(&proof.purpose))
        .filter(challenges::browser_digest.eq(&proof.browser_digest))
        .filter(challenges::used_at.is_null())
        .filter(challenges::expires_at.gt(now));
    Ok(on!(db, |c| diesel::update(unused).set(challenges::used_at.eq(now)).execute(c))? == 1)
}

/// Replaces the code of a challenge, if nobody else did since it was read.
///
/// # Errors
/// If the store cannot answer.
pub fn set_sent_again(
    db: &mut Db<'_>,
    read: &Challenge,
    code_digest: &[u8],
    now: Moment,
    expires_at: Moment,
) -> Result<bool, Error> {
    let same = challenges::table
        .find(read.id)
        .filter(challenges::sends.eq(read.sends))
        .filter(challenges::used_at.is_null());
    Ok(on!(db, |c| diesel::update(same)
        .set((
            challenges::code_digest.eq(code_digest),
            challenges::sends.eq(challenges::sends + 1),
            challenges::sent_at.eq(now),
            challenges::expires_at.eq(expires_at),
        ))
        .execute(c))?
        == 1)
}

/// Removes at most `most` challenges that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| challenges::table
        .filter(challenges::expires_at.lt(before))
        .order(challenges::expires_at)
        .limit(most)
        .select(challenges::id)
        .load::<ChallengeId>(c))?;
    Ok(on!(db, |c| diesel::delete(challenges::table.filter(challenges::id.eq_any(&gone)))
        .execute(c))?)
}
