//! Single access tokens ended before their time (RFC 7009).

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::revoked_tokens};
use crate::clock::Moment;

crate::id! {
    /// Names an access token: its `jti`.
    TokenId
}

/// Whether this token was revoked on its own.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: TokenId) -> Result<bool, Error> {
    Ok(on!(db, |c| revoked_tokens::table
        .find(id)
        .select(revoked_tokens::expires_at)
        .first::<Moment>(c)
        .optional())?
    .is_some())
}

/// Revokes a token that would have lasted until `expires_at`.
///
/// # Errors
/// If the store cannot answer.
pub fn revoke(db: &mut Db<'_>, id: TokenId, expires_at: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(revoked_tokens::table)
        .values((revoked_tokens::id.eq(id), revoked_tokens::expires_at.eq(expires_at)))
        .on_conflict(revoked_tokens::id)
        .do_nothing()
        .execute(c))?;
    Ok(())
}

/// Removes at most `most` rows of tokens that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| revoked_tokens::table
        .filter(revoked_tokens::expires_at.lt(before))
        .limit(most)
        .select(revoked_tokens::id)
        .load::<TokenId>(c))?;
    Ok(on!(db, |c| diesel::delete(revoked_tokens::table.filter(revoked_tokens::id.eq_any(&gone)))
        .execute(c))?)
}
