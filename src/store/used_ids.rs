//! Identifiers that count once: the `jti` of a client assertion or of a proof.

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::used_ids};
use crate::clock::Moment;

/// Uses an identifier, by the digest of whose and which. Of any number of callers, exactly one is
/// told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn redeem(db: &mut Db<'_>, id: &[u8], expires_at: Moment) -> Result<bool, Error> {
    Ok(on!(db, |c| diesel::insert_into(used_ids::table)
        .values((used_ids::id.eq(id), used_ids::expires_at.eq(expires_at)))
        .on_conflict(used_ids::id)
        .do_nothing()
        .execute(c))?
        == 1)
}

/// Whether an identifier was used.
///
/// # Errors
/// If the store cannot answer.
pub fn used(db: &mut Db<'_>, id: &[u8]) -> Result<bool, Error> {
    let known = used_ids::table.find(id);
    Ok(on!(db, |c| diesel::select(diesel::dsl::exists(known)).get_result(c))?)
}

/// Removes at most `most` identifiers that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| used_ids::table
        .filter(used_ids::expires_at.lt(before))
        .limit(most)
        .select(used_ids::id)
        .load::<Vec<u8>>(c))?;
    let gone = used_ids::table.filter(used_ids::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
