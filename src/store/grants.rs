//! Grants: what a person allows a client. Ending one ends every token that came of it.

use diesel::prelude::*;

use super::{Db, Error, clients::ClientId, db::on, schema::grants, token_families, users::UserId};
use crate::{clock::Moment, protocol::scope::Scope};

crate::id! {
    /// Names a grant.
    GrantId
}

/// A standing consent. A new one after its end is another row, so nothing old comes back with it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = grants)]
pub struct Grant {
    /// Which.
    pub id: GrantId,
    /// Who allows.
    pub user_id: UserId,
    /// Whom.
    pub client_id: ClientId,
    /// What.
    pub scope: Scope,
    /// When it was first given.
    pub created_at: Moment,
    /// When the person last said yes.
    pub consented_at: Moment,
    /// When the client last used it, to the minute.
    pub last_used_at: Option<Moment>,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// By what.
    pub end_reason: Option<String>,
    /// Who the person is to the client, if it may speak of them in an assertion (RFC 7523).
    pub subject: Option<String>,
}

/// Finds a grant by its id, also one that has ended.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: GrantId) -> Result<Option<Grant>, Error> {
    Ok(on!(db, |c| grants::table.find(id).select(Grant::as_select()).first(c).optional())?)
}

/// Finds what this person allows this client now.
///
/// # Errors
/// If the store cannot answer.
pub fn find_standing(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
) -> Result<Option<Grant>, Error> {
    Ok(on!(db, |c| grants::table
        .filter(grants::user_id.eq(user_id))
        .filter(grants::client_id.eq(client_id))
        .filter(grants::ended_at.is_null())
        .select(Grant::as_select())
        .first(c)
        .optional())?)
}

/// Finds what the person of this subject allows this client now: as the client has come to know
/// them, which may have been under another sector.
///
/// # Errors
/// If the store cannot answer.
pub fn find_of_subject(
    db: &mut Db<'_>,
    client_id: ClientId,
    subject: &str,
) -> Result<Option<Grant>, Error> {
    Ok(on!(db, |c| grants::table
        .filter(grants::client_id.eq(client_id))
        .filter(grants::subject.eq(subject))
        .filter(grants::ended_at.is_null())
        .select(Grant::as_select())
        .first(c)
        .optional())?)
}

/// Notes who the person is to the client.
///
/// # Errors
/// If the store cannot answer.
pub fn set_subject(db: &mut Db<'_>, id: GrantId, subject: &str) -> Result<(), Error> {
    on!(db, |c| diesel::update(grants::table.find(id))
        .set(grants::subject.eq(subject))
        .execute(c))?;
    Ok(())
}

/// Lists what a person allows, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_standing(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<Grant>, Error> {
    Ok(on!(db, |c| grants::table
        .filter(grants::user_id.eq(user_id))
        .filter(grants::ended_at.is_null())
        .order(grants::created_at.desc())
        .select(Grant::as_select())
        .load(c))?)
}

/// Writes down a yes: `scope` is added to what stands, or a new grant begins.
///
/// # Errors
/// If the store cannot answer.
pub fn allow(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
    scope: &Scope,
    now: Moment,
) -> Result<Grant, Error> {
    let fresh = Grant {
        id: GrantId::random(),
        user_id,
        client_id,
        scope: scope.clone(),
        created_at: now,
        consented_at: now,
        last_used_at: None,
        ended_at: None,
        end_reason: None,
        subject: None,
    };
    let begun = on!(db, |c| diesel::insert_into(grants::table)
        .values(&fresh)
        .on_conflict_do_nothing()
        .execute(c))?;
    if begun == 1 {
        return Ok(fresh);
    }
    widen(db, user_id, client_id, scope, now)
}

/// Adds `scope` to the grant that stands. The first update takes the row's lock, so that two
/// widenings at once are both kept.
fn widen(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
    scope: &Scope,
    now: Moment,
) -> Result<Grant, Error> {
    let standing = grants::table
        .filter(grants::user_id.eq(user_id))
        .filter(grants::client_id.eq(client_id))
        .filter(grants::ended_at.is_null());
    let mut grant = on!(db, |c| diesel::update(standing)
        .set(grants::consented_at.eq(now))
        .returning(Grant::as_returning())
        .get_result(c)
        .optional())?
    .ok_or_else(|| Error::Unavailable("the grant ended while it was widened".into()))?;
    grant.scope = grant.scope.union(scope);
    on!(db, |c| diesel::update(grants::table.find(grant.id))
        .set(grants::scope.eq(&grant.scope))
        .execute(c))?;
    Ok(grant)
}

/// Ends a grant of this person and every family under it; `false` if there was none standing.
///
/// # Errors
/// If the store cannot answer.
pub fn end(
    db: &mut Db<'_>,
    id: GrantId,
    user_id: UserId,
    reason: &str,
    now: Moment,
) -> Result<bool, Error> {
    let standing = grants::table
        .find(id)
        .filter(grants::user_id.eq(user_id))
        .filter(grants::ended_at.is_null());
    let ended = on!(db, |c| diesel::update(standing)
        .set((grants::ended_at.eq(now), grants::end_reason.eq(reason)))
        .execute(c))?;
    if ended == 1 {
        token_families::end_under(db, id, reason, now)?;
    }
    Ok(ended == 1)
}

/// Ends every token under a person's grants; what they allow stands.
pub(super) fn end_tokens_of_user(
    db: &mut Db<'_>,
    user_id: UserId,
    reason: &str,
    now: Moment,
) -> Result<(), Error> {
    for grant in list_standing(db, user_id)? {
        token_families::end_under(db, grant.id, reason, now)?;
    }
    Ok(())
}

/// Ends every grant to a client, and every family under them.
///
/// # Errors
/// If the store cannot answer.
pub fn end_of_client(
    db: &mut Db<'_>,
    client_id: ClientId,
    reason: &str,
    now: Moment,
) -> Result<(), Error> {
    let standing =
        grants::table.filter(grants::client_id.eq(client_id)).filter(grants::ended_at.is_null());
    on!(db, |c| diesel::update(standing)
        .set((grants::ended_at.eq(now), grants::end_reason.eq(reason)))
        .execute(c))?;
    token_families::end_of_client(db, client_id, reason, now)
}

/// Notes when grants were last used.
///
/// # Errors
/// If the store cannot answer.
pub fn set_used(db: &mut Db<'_>, ids: &[GrantId], now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(grants::table.filter(grants::id.eq_any(ids)))
        .set(grants::last_used_at.eq(now))
        .execute(c))?;
    Ok(())
}
