//! Grants: what a person allows a client. Ending one ends every token that came of it.

mod email;

use diesel::{dsl::exists, prelude::*};

use super::{
    Db, Error, client_notices, clients::ClientId, contacts::ContactId, db::on,
    private_emails::PrivateEmailId, reach::EmailWish, schema::grants, token_families,
    users::UserId,
};
use crate::{clock::Moment, protocol::scope::Scope};

pub use email::set_email;

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
    /// What they left out: not asked again, as long as the client can do without.
    pub declined: Scope,
    /// When the person wished to be asked again.
    pub ask_again_at: Option<Moment>,
    email_contact_id: Option<ContactId>,
    private_email_id: Option<PrivateEmailId>,
}

/// What a person says yes and no to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// What they allow.
    pub allowed: Scope,
    /// What they leave out.
    pub declined: Scope,
    /// Which mail address the client is told, if they chose one.
    pub email: Option<EmailWish>,
}

impl Consent {
    /// A yes to all of this.
    #[must_use]
    pub fn to(scope: &Scope) -> Self {
        Self { allowed: scope.clone(), declined: Scope::EMPTY, email: None }
    }
}

impl Grant {
    /// What of `asked` the person must still be asked about, of which they may leave out `optional`.
    /// Where nothing would be left to allow, the choice is put to them again.
    #[must_use]
    pub fn unanswered(&self, asked: &Scope, optional: &Scope) -> Scope {
        if asked.intersection(&self.scope).is_empty() {
            return asked.clone();
        }
        asked.difference(&self.scope).difference(&self.declined.intersection(optional))
    }
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

/// Lists what a person allows and ever allowed, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<Grant>, Error> {
    Ok(on!(db, |c| grants::table
        .filter(grants::user_id.eq(user_id))
        .order(grants::created_at.desc())
        .select(Grant::as_select())
        .load(c))?)
}

/// Writes down an answer: what is allowed is added to what stands, or a new grant begins; what is left
/// out is taken away from it.
///
/// # Errors
/// If the store cannot answer.
pub fn allow(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
    consent: &Consent,
    now: Moment,
) -> Result<Grant, Error> {
    let mut fresh = Grant {
        id: GrantId::random(),
        user_id,
        client_id,
        scope: consent.allowed.clone(),
        created_at: now,
        consented_at: now,
        last_used_at: None,
        ended_at: None,
        end_reason: None,
        subject: None,
        declined: consent.declined.clone(),
        ask_again_at: None,
        email_contact_id: None,
        private_email_id: None,
    };
    fresh.begin_with(db, consent.email.as_ref())?;
    let begun = on!(db, |c| diesel::insert_into(grants::table)
        .values(&fresh)
        .on_conflict_do_nothing()
        .execute(c))?;
    if begun == 1 {
        return Ok(fresh);
    }
    change(db, user_id, client_id, consent, now)
}

/// Changes the grant that stands. The first update takes the row's lock, so that two answers at once
/// are both kept.
fn change(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
    consent: &Consent,
    now: Moment,
) -> Result<Grant, Error> {
    let standing = grants::table
        .filter(grants::user_id.eq(user_id))
        .filter(grants::client_id.eq(client_id))
        .filter(grants::ended_at.is_null());
    let mut grant = on!(db, |c| diesel::update(standing)
        .set((grants::consented_at.eq(now), grants::ask_again_at.eq(None::<Moment>)))
        .returning(Grant::as_returning())
        .get_result(c)
        .optional())?
    .ok_or_else(|| Error::Unavailable("the grant ended while it was widened".into()))?;
    if let Some(wish) = &consent.email {
        set_email(db, grant.id, user_id, wish)?;
        grant.tell(db, wish)?;
    }
    let Consent { allowed, declined, .. } = consent;
    grant.scope = grant.scope.union(allowed).difference(declined);
    grant.declined = grant.declined.difference(allowed).union(declined);
    set_scope(db, &grant, now)?;
    Ok(grant)
}

/// Takes a part out of a grant of this person, at once for every token under it; the whole grant, if
/// nothing is left of it. What became of it, if it was standing.
///
/// # Errors
/// If the store cannot answer.
pub fn narrow(
    db: &mut Db<'_>,
    id: GrantId,
    user_id: UserId,
    without: &Scope,
    now: Moment,
) -> Result<Option<Grant>, Error> {
    let standing = grants::table
        .find(id)
        .filter(grants::user_id.eq(user_id))
        .filter(grants::ended_at.is_null());
    // Changes nothing, but holds the row.
    let grant = on!(db, |c| diesel::update(standing)
        .set(grants::user_id.eq(user_id))
        .returning(Grant::as_returning())
        .get_result(c)
        .optional())?;
    let Some(mut grant) = grant else { return Ok(None) };
    let declined = grant.scope.intersection(without);
    grant.scope = grant.scope.difference(without);
    grant.declined = grant.declined.union(&declined);
    set_scope(db, &grant, now)?;
    if grant.scope.is_empty() {
        end(db, id, user_id, "removed_by_user", now)?;
    }
    Ok(Some(grant))
}

fn set_scope(db: &mut Db<'_>, grant: &Grant, now: Moment) -> Result<(), Error> {
    let row = grants::table.find(grant.id);
    let other = row.filter(grants::scope.ne(&grant.scope));
    let changes: bool = on!(db, |c| diesel::select(exists(other)).get_result(c))?;
    on!(db, |c| diesel::update(row)
        .set((grants::scope.eq(&grant.scope), grants::declined.eq(&grant.declined)))
        .execute(c))?;
    if changes && !grant.scope.is_empty() {
        client_notices::add_for_change(db, grant, now)?;
    }
    Ok(())
}

/// Notes that this person wishes to be asked again; `false` if there is no such grant of theirs.
///
/// # Errors
/// If the store cannot answer.
pub fn set_ask_again(
    db: &mut Db<'_>,
    id: GrantId,
    user_id: UserId,
    now: Moment,
) -> Result<bool, Error> {
    let standing = grants::table
        .find(id)
        .filter(grants::user_id.eq(user_id))
        .filter(grants::ended_at.is_null());
    Ok(on!(db, |c| diesel::update(standing).set(grants::ask_again_at.eq(now)).execute(c))? == 1)
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
        client_notices::add_for_grant(db, id, user_id, now)?;
        token_families::end_under(db, id, reason, now)?;
    }
    Ok(ended == 1)
}

/// Ends every token under a person's grants; what they allow stands.
///
/// # Errors
/// If the store cannot answer.
pub fn end_tokens_of_user(
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
