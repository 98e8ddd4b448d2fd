//! Authorization requests that a client pushed (RFC 9126): they wait for the browser, a minute.

use diesel::prelude::*;

use super::{Db, Error, clients::ClientId, db::on, schema::pushed_requests};
use crate::clock::Moment;

/// A pushed request, under the digest of its `request_uri`'s secret.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = pushed_requests)]
pub struct PushedRequest {
    /// The digest.
    pub id: Vec<u8>,
    /// Who pushed it.
    pub client_id: ClientId,
    /// What was asked, form-encoded.
    pub parameters: String,
    /// Whether it was signed by the client (RFC 9101).
    pub signed: bool,
    /// When its `request_uri` stops.
    pub expires_at: Moment,
    /// When it was answered.
    pub used_at: Option<Moment>,
}

/// Adds a request.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, request: &PushedRequest) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(pushed_requests::table).values(request).execute(c))?;
    Ok(())
}

/// Finds a request that can still be answered.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: &[u8], now: Moment) -> Result<Option<PushedRequest>, Error> {
    Ok(on!(db, |c| pushed_requests::table
        .find(id)
        .filter(pushed_requests::used_at.is_null())
        .filter(pushed_requests::expires_at.gt(now))
        .select(PushedRequest::as_select())
        .first(c)
        .optional())?)
}

/// Answers a request. Of any number of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn redeem(db: &mut Db<'_>, id: &[u8], now: Moment) -> Result<bool, Error> {
    let open = pushed_requests::table.find(id).filter(pushed_requests::used_at.is_null());
    Ok(on!(db, |c| diesel::update(open).set(pushed_requests::used_at.eq(now)).execute(c))? == 1)
}

/// Removes at most `most` requests that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| pushed_requests::table
        .filter(pushed_requests::expires_at.lt(before))
        .limit(most)
        .select(pushed_requests::id)
        .load::<Vec<u8>>(c))?;
    let gone = pushed_requests::table.filter(pushed_requests::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
