//! Passwords, as Argon2id hashes.

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::passwords, users::UserId};
use crate::clock::Moment;

/// Finds the hash of a person's password, as a PHC string.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, user_id: UserId) -> Result<Option<String>, Error> {
    Ok(on!(db, |c| passwords::table.find(user_id).select(passwords::hash).first(c).optional())?)
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

/// Replaces `old` by `new`, the same password hashed afresh; nothing happens if it changed since.
///
/// # Errors
/// If the store cannot answer.
pub fn set_upgraded(db: &mut Db<'_>, user_id: UserId, old: &str, new: &str) -> Result<(), Error> {
    let same = passwords::table.find(user_id).filter(passwords::hash.eq(old));
    on!(db, |c| diesel::update(same).set(passwords::hash.eq(new)).execute(c))?;
    Ok(())
}
