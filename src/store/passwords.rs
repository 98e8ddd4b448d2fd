//! Passwords, as Argon2id hashes.

use diesel::prelude::*;

use super::{
    Db, Error, attempts,
    db::on,
    grants, known_browsers,
    schema::passwords,
    sessions, trusted_browsers,
    users::{self, UserId},
};
use crate::clock::Moment;

/// Finds the hash of a person's password, as a PHC string.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, user_id: UserId) -> Result<Option<String>, Error> {
    Ok(on!(db, |c| passwords::table.find(user_id).select(passwords::hash).first(c).optional())?)
}

/// When this person last chose their password.
///
/// # Errors
/// If the store cannot answer.
pub fn changed_at(db: &mut Db<'_>, user_id: UserId) -> Result<Option<Moment>, Error> {
    let row = passwords::table.find(user_id);
    Ok(on!(db, |c| row.select(passwords::changed_at).first(c).optional())?)
}

/// Whether a person's password was set after this moment: whoever proved an older one by then has
/// proved nothing.
///
/// # Errors
/// If the store cannot answer.
pub fn changed_since(db: &mut Db<'_>, user_id: UserId, then: Moment) -> Result<bool, Error> {
    let changed = on!(db, |c| passwords::table
        .find(user_id)
        .select(passwords::changed_at)
        .first::<Moment>(c)
        .optional())?;
    Ok(changed.is_some_and(|changed_at| changed_at > then))
}

/// Sets a person's password, the first or a new one.
///
/// # Errors
/// If the store cannot answer.
pub fn set(db: &mut Db<'_>, user_id: UserId, hash: &str, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(passwords::table)
        .values((
            passwords::user_id.eq(user_id),
            passwords::hash.eq(hash),
            passwords::changed_at.eq(now),
        ))
        .on_conflict(passwords::user_id)
        .do_update()
        .set((passwords::hash.eq(hash), passwords::changed_at.eq(now)))
        .execute(c))?;
    Ok(())
}

/// Sets a password that was chosen by somebody who did not know the old one. Whoever was in is out:
/// every session ends, and every token, those for offline use too (RFC 9700 §4.14.2), and no browser
/// is known or trusted any more. What was allowed to apps stands, and a frozen account is usable again.
///
/// # Errors
/// If the store cannot answer.
pub fn reset(db: &mut Db<'_>, user_id: UserId, hash: &str, now: Moment) -> Result<(), Error> {
    const REASON: &str = "password_reset";
    set(db, user_id, hash, now)?;
    sessions::end_others(db, user_id, None, REASON, now)?;
    grants::end_tokens_of_user(db, user_id, REASON, now)?;
    known_browsers::forget_all(db, user_id, now)?;
    trusted_browsers::end_others(db, user_id, None)?;
    forget_guesses(db, user_id)?;
    users::thaw(db, user_id, now)
}

/// Under what strangers' guesses at an account are counted, by whichever of its names.
#[must_use]
pub fn guesses_at(user_id: UserId) -> Vec<u8> {
    attempts::key("guesses at", user_id.as_bytes())
}

/// Forgets what strangers have tried at this account: its owner has proved themselves otherwise.
///
/// # Errors
/// If the store cannot answer.
pub fn forget_guesses(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    attempts::forget(db, &guesses_at(user_id))
}

/// Replaces `old` by `new`, the same password hashed afresh; nothing happens if it changed since.
///
/// # Errors
/// If the store cannot answer.
pub fn set_upgraded(db: &mut Db<'_>, user_id: UserId, old: &str, new: &str) -> Result<(), Error> {
    let same = passwords::table.find(user_id).filter(passwords::hash.eq(old));
    on!(db, |c| diesel::update(same).set(passwords::hash.eq(new)).execute(c))?;
    Ok(())
}
