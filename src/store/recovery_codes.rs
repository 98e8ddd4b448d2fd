//! Recovery codes: a set of them, each good once, of which only keyed digests are kept.

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::recovery_codes, users::UserId};
use crate::clock::Moment;

crate::id! {
    /// Names a recovery code.
    RecoveryCodeId
}

#[derive(Insertable)]
#[diesel(table_name = recovery_codes)]
struct RecoveryCode {
    id: RecoveryCodeId,
    user_id: UserId,
    code_digest: Vec<u8>,
    made_at: Moment,
}

/// Adds a set that its owner has not confirmed; an older one that was never confirmed goes.
///
/// # Errors
/// If the store cannot answer.
pub fn add(
    db: &mut Db<'_>,
    user_id: UserId,
    digests: &[Vec<u8>],
    now: Moment,
) -> Result<(), Error> {
    let unconfirmed = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user_id))
        .filter(recovery_codes::confirmed_at.is_null());
    on!(db, |c| diesel::delete(unconfirmed).execute(c))?;
    for digest in digests {
        let id = RecoveryCodeId::random();
        let code = RecoveryCode { id, user_id, code_digest: digest.clone(), made_at: now };
        on!(db, |c| diesel::insert_into(recovery_codes::table).values(&code).execute(c))?;
    }
    Ok(())
}

/// Makes the new set count, and the one before it not, if this is one of the new codes.
///
/// # Errors
/// If the store cannot answer.
pub fn confirm(
    db: &mut Db<'_>,
    user_id: UserId,
    digest: &[u8],
    now: Moment,
) -> Result<bool, Error> {
    let new = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user_id))
        .filter(recovery_codes::confirmed_at.is_null());
    let known = new.filter(recovery_codes::code_digest.eq(digest));
    let known: i64 = on!(db, |c| known.count().get_result(c))?;
    if known == 0 {
        return Ok(false);
    }
    let old = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user_id))
        .filter(recovery_codes::confirmed_at.is_not_null());
    on!(db, |c| diesel::delete(old).execute(c))?;
    on!(db, |c| diesel::update(new).set(recovery_codes::confirmed_at.eq(now)).execute(c))?;
    Ok(true)
}

/// Uses a code up. Of any number of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn redeem(db: &mut Db<'_>, user_id: UserId, digest: &[u8], now: Moment) -> Result<bool, Error> {
    let unused = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user_id))
        .filter(recovery_codes::code_digest.eq(digest))
        .filter(recovery_codes::confirmed_at.is_not_null())
        .filter(recovery_codes::used_at.is_null());
    Ok(on!(db, |c| diesel::update(unused).set(recovery_codes::used_at.eq(now)).execute(c))? == 1)
}

/// How many codes of a person's confirmed set are left.
///
/// # Errors
/// If the store cannot answer.
pub fn count_left(db: &mut Db<'_>, user_id: UserId) -> Result<i64, Error> {
    Ok(on!(db, |c| recovery_codes::table
        .filter(recovery_codes::user_id.eq(user_id))
        .filter(recovery_codes::confirmed_at.is_not_null())
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(c))?)
}

/// Removes all of a person who lost them, or from whom they were taken.
pub(super) fn remove_all(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    let all = recovery_codes::table.filter(recovery_codes::user_id.eq(user_id));
    on!(db, |c| diesel::delete(all).execute(c))?;
    Ok(())
}
