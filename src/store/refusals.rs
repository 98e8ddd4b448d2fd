//! What an app was refused, and why, for whoever develops it. Rows are added, never changed, and say
//! nothing of who a person is.

use diesel::prelude::*;

use super::{Db, Error, clients::ClientId, db::on, schema::refusals};
use crate::clock::Moment;

crate::id! {
    /// Names a refusal.
    RefusalId
}

/// As many refusals of one app are kept: the newest, however many there were.
pub const MOST_OF_CLIENT: i64 = 1_000;

/// Something that an app was refused.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = refusals)]
pub struct Refusal {
    /// Which.
    pub id: RefusalId,
    /// Which app.
    pub client_id: ClientId,
    /// Where: the path of the endpoint.
    pub endpoint: String,
    /// The error code, as the specifications name it.
    pub error: String,
    /// What the app was told.
    pub description: String,
    /// What it was not told: why.
    pub cause: Option<String>,
    /// The request's id, as the answer and our log carry it.
    pub trace_id: String,
    /// How many more of this app were not kept, for they came too fast after this one.
    pub left_out: i64,
    /// When.
    pub refused_at: Moment,
}

/// Adds refusals, and removes the oldest of every app that has more than are kept.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, refused: &[Refusal]) -> Result<(), Error> {
    // One by one: of several rows at once, diesel makes a transaction of its own on SQLite.
    for refusal in refused {
        on!(db, |c| diesel::insert_into(refusals::table).values(refusal).execute(c))?;
    }
    let mut clients: Vec<_> = refused.iter().map(|refusal| refusal.client_id).collect();
    clients.sort_unstable();
    clients.dedup();
    clients.into_iter().try_for_each(|client| prune_of_client(db, client))
}

fn prune_of_client(db: &mut Db<'_>, client_id: ClientId) -> Result<(), Error> {
    let last_kept = on!(db, |c| refusals::table
        .filter(refusals::client_id.eq(client_id))
        .order(refusals::refused_at.desc())
        .offset(MOST_OF_CLIENT - 1)
        .limit(1)
        .select(refusals::refused_at)
        .first::<Moment>(c)
        .optional())?;
    let Some(last_kept) = last_kept else { return Ok(()) };
    let older = refusals::table
        .filter(refusals::client_id.eq(client_id))
        .filter(refusals::refused_at.lt(last_kept));
    on!(db, |c| diesel::delete(older).execute(c))?;
    Ok(())
}

/// Lists what an app was refused, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_client(
    db: &mut Db<'_>,
    client_id: ClientId,
    most: i64,
) -> Result<Vec<Refusal>, Error> {
    Ok(on!(db, |c| refusals::table
        .filter(refusals::client_id.eq(client_id))
        .order(refusals::refused_at.desc())
        .limit(most)
        .select(Refusal::as_select())
        .load(c))?)
}

/// Removes at most `most` refusals older than `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| refusals::table
        .filter(refusals::refused_at.lt(before))
        .limit(most)
        .select(refusals::id)
        .load::<RefusalId>(c))?;
    Ok(on!(db, |c| diesel::delete(refusals::table.filter(refusals::id.eq_any(&gone))).execute(c))?)
}
