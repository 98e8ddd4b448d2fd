//! A token family: one act of authorization. All tokens that came of it end together.

use diesel::{
    dsl::{exists, not},
    prelude::*,
};

use super::{
    Db, Error,
    clients::{ClientId, Stamp},
    db::on,
    grants::{Grant, GrantId},
    revoked_tokens::TokenId,
    schema::{clients, grants, linked_devices, revoked_tokens, sessions, token_families, users},
    sessions::SessionId,
    statement::{Rotation, Same},
    users::{User, UserId},
};
use crate::{
    clock::Moment,
    protocol::{claims_request::ClaimsRequest, scope::Scope},
};

crate::id! {
    /// Names a family, and is the id of the authorization code it came of.
    FamilyId
}

/// One act of authorization.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = token_families, treat_none_as_default_value = false)]
pub struct TokenFamily {
    /// Which; the code's own id.
    pub id: FamilyId,
    /// Under which consent.
    pub grant_id: GrantId,
    /// Whose tokens they are.
    pub client_id: ClientId,
    /// Whom they speak for.
    pub user_id: UserId,
    /// The session it was authorized in; its tokens end with it unless they may be used offline.
    pub session_id: Option<SessionId>,
    /// What was asked and allowed.
    pub scope: Scope,
    /// The API the tokens are for, if one was named (RFC 8707).
    pub resource: Option<String>,
    /// The `claims` parameter, as JSON (OpenID Connect Core §5.5).
    pub claims: Option<String>,
    /// How sure we were of the person.
    pub acr: String,
    /// What they proved it with.
    pub amr: String,
    /// When they proved it.
    pub auth_at: Moment,
    /// The generation of the one refresh token that is live.
    pub generation: i64,
    /// When that generation began.
    pub rotated_at: Moment,
    /// When the code was redeemed.
    pub created_at: Moment,
    /// When the last of its tokens can have expired.
    pub expires_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// By what.
    pub end_reason: Option<String>,
}

impl TokenFamily {
    /// The single claims that were asked for.
    #[must_use]
    pub fn claims_request(&self) -> ClaimsRequest {
        self.claims.as_deref().and_then(|text| text.parse().ok()).unwrap_or_default()
    }
}

/// A family with what it hangs on, read together.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// The family.
    pub family: TokenFamily,
    /// The consent it is under.
    pub grant: Grant,
    /// The person.
    pub user: User,
    /// The stamp of the client they belong to.
    pub client: Stamp,
}

impl Lineage {
    /// Whether everything that a token of this family hangs on still stands, and for what: the
    /// family's scope as far as the grant still allows it.
    #[must_use]
    pub fn standing_scope(&self, now: Moment) -> Option<Scope> {
        let stands = self.family.ended_at.is_none()
            && self.grant.ended_at.is_none()
            && self.user.in_good_standing()
            && now < self.family.expires_at;
        stands.then(|| self.family.scope.intersection(&self.grant.scope))
    }
}

/// Begins a family: redeems its code. Of any number of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn begin(db: &mut Db<'_>, family: &TokenFamily) -> Result<bool, Error> {
    struct Begin;
    let insert = diesel::insert_into(token_families::table)
        .values(family)
        .on_conflict(token_families::id)
        .do_nothing();
    Ok(on!(db, |c| Same::<Begin, _>::new(insert).execute(c))? == 1)
}

/// Finds what a family hangs on that has just begun.
///
/// # Errors
/// If the store cannot answer.
pub fn find_lineage(db: &mut Db<'_>, family: TokenFamily) -> Result<Option<Lineage>, Error> {
    let row = on!(db, |c| grants::table
        .inner_join(users::table.on(users::id.eq(grants::user_id)))
        .inner_join(clients::table.on(clients::id.eq(grants::client_id)))
        .filter(grants::id.eq(family.grant_id))
        .select((Grant::as_select(), User::as_select(), Stamp::as_select()))
        .first(c)
        .optional())?;
    Ok(row.map(|(grant, user, client)| Lineage { family, grant, user, client }))
}

/// Finds a family with its grant and its person, in one read.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: FamilyId) -> Result<Option<Lineage>, Error> {
    find_unless_revoked(db, id, None)
}

/// Finds what an access token hangs on, in one read; nothing if that token was revoked on its own.
///
/// # Errors
/// If the store cannot answer.
pub fn find_for_token(
    db: &mut Db<'_>,
    id: FamilyId,
    token: TokenId,
) -> Result<Option<Lineage>, Error> {
    find_unless_revoked(db, id, Some(token))
}

fn find_unless_revoked(
    db: &mut Db<'_>,
    id: FamilyId,
    token: Option<TokenId>,
) -> Result<Option<Lineage>, Error> {
    let revoked = revoked_tokens::table.filter(revoked_tokens::id.nullable().eq(token));
    let row = on!(db, |c| token_families::table
        .inner_join(grants::table.on(grants::id.eq(token_families::grant_id)))
        .inner_join(users::table.on(users::id.eq(token_families::user_id)))
        .inner_join(clients::table.on(clients::id.eq(token_families::client_id)))
        .filter(token_families::id.eq(id))
        .filter(not(exists(revoked)))
        .select((
            TokenFamily::as_select(),
            Grant::as_select(),
            User::as_select(),
            Stamp::as_select(),
        ))
        .first(c)
        .optional())?;
    Ok(row.map(|(family, grant, user, client)| Lineage { family, grant, user, client }))
}

/// Moves a family from `generation` to the next, if it stands there. Of any number of callers,
/// exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn rotate(db: &mut Db<'_>, id: FamilyId, generation: i64, now: Moment) -> Result<bool, Error> {
    let rotation = Rotation { id, generation, next: generation + 1, rotated_at: now };
    Ok(on!(db, |c| rotation.execute(c))? == 1)
}

/// Ends a family; `false` if it had ended.
///
/// # Errors
/// If the store cannot answer.
pub fn end(db: &mut Db<'_>, id: FamilyId, reason: &str, now: Moment) -> Result<bool, Error> {
    let standing = token_families::table.find(id).filter(token_families::ended_at.is_null());
    Ok(on!(db, |c| diesel::update(standing)
        .set((token_families::ended_at.eq(now), token_families::end_reason.eq(reason)))
        .execute(c))?
        == 1)
}

/// Ends every family under a grant.
pub(super) fn end_under(
    db: &mut Db<'_>,
    grant_id: GrantId,
    reason: &str,
    now: Moment,
) -> Result<(), Error> {
    let standing = token_families::table
        .filter(token_families::grant_id.eq(grant_id))
        .filter(token_families::ended_at.is_null());
    on!(db, |c| diesel::update(standing)
        .set((token_families::ended_at.eq(now), token_families::end_reason.eq(reason)))
        .execute(c))?;
    Ok(())
}

/// Ends every family of a client.
pub(super) fn end_of_client(
    db: &mut Db<'_>,
    client_id: ClientId,
    reason: &str,
    now: Moment,
) -> Result<(), Error> {
    // By way of its grants, which are found by the client.
    let under = grants::table.filter(grants::client_id.eq(client_id)).select(grants::id);
    let standing = token_families::table
        .filter(token_families::grant_id.eq_any(under))
        .filter(token_families::ended_at.is_null());
    on!(db, |c| diesel::update(standing)
        .set((token_families::ended_at.eq(now), token_families::end_reason.eq(reason)))
        .execute(c))?;
    Ok(())
}

/// Ends the families of a session that may not be used offline (OpenID Connect Core §11).
///
/// # Errors
/// If the store cannot answer.
pub fn end_online(
    db: &mut Db<'_>,
    session_id: SessionId,
    reason: &str,
    now: Moment,
) -> Result<(), Error> {
    let families = list_of_session(db, session_id)?;
    for family in families.iter().filter(|family| !family.scope.contains("offline_access")) {
        end(db, family.id, reason, now)?;
    }
    Ok(())
}

/// Lists the families of a session: who must be told when it ends.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_session(db: &mut Db<'_>, session_id: SessionId) -> Result<Vec<TokenFamily>, Error> {
    Ok(on!(db, |c| token_families::table
        .filter(token_families::session_id.eq(session_id))
        .filter(token_families::ended_at.is_null())
        .select(TokenFamily::as_select())
        .load(c))?)
}

/// A family that still gives access, with where that is.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The family.
    pub family: TokenFamily,
    /// What the browser of its session calls itself.
    pub user_agent: Option<String>,
    /// What the device is called that was linked by it.
    pub device_name: Option<String>,
}

/// Lists the families under a grant that still give access, the last used first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_under(
    db: &mut Db<'_>,
    grant_id: GrantId,
    now: Moment,
) -> Result<Vec<Connection>, Error> {
    let here = sessions::id.nullable().eq(token_families::session_id);
    let rows = on!(db, |c| token_families::table
        .left_join(sessions::table.on(here))
        .left_join(linked_devices::table.on(linked_devices::id.eq(token_families::id)))
        .filter(token_families::grant_id.eq(grant_id))
        .filter(token_families::ended_at.is_null())
        .filter(token_families::expires_at.gt(now))
        .order(token_families::rotated_at.desc())
        .limit(MOST_PLACES)
        .select((
            TokenFamily::as_select(),
            sessions::user_agent.nullable(),
            linked_devices::name.nullable(),
        ))
        .load::<(TokenFamily, Option<String>, Option<String>)>(c))?;
    let each = rows.into_iter().map(|(family, user_agent, device_name)| Connection {
        family,
        user_agent,
        device_name,
    });
    Ok(each.collect())
}

/// As many families are listed at once.
const MOST_PLACES: i64 = 200;

/// Ends a family under a grant and all that were begun in the same session under it; `false` if there
/// was none.
///
/// # Errors
/// If the store cannot answer.
pub fn end_place(
    db: &mut Db<'_>,
    grant_id: GrantId,
    id: FamilyId,
    reason: &str,
    now: Moment,
) -> Result<bool, Error> {
    let named = token_families::table
        .find(id)
        .filter(token_families::grant_id.eq(grant_id))
        .select(token_families::session_id);
    let Some(session) = on!(db, |c| named.first::<Option<SessionId>>(c).optional())? else {
        return Ok(false);
    };
    let ended = end(db, id, reason, now)?;
    let beside = token_families::table
        .filter(token_families::grant_id.eq(grant_id))
        .filter(token_families::session_id.eq(session))
        .filter(token_families::ended_at.is_null());
    on!(db, |c| diesel::update(beside)
        .set((token_families::ended_at.eq(now), token_families::end_reason.eq(reason)))
        .execute(c))?;
    Ok(ended)
}

/// Removes at most `most` families of which every token expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| token_families::table
        .filter(token_families::expires_at.lt(before))
        .order(token_families::expires_at)
        .limit(most)
        .select(token_families::id)
        .load::<FamilyId>(c))?;
    Ok(on!(db, |c| diesel::delete(token_families::table.filter(token_families::id.eq_any(&gone)))
        .execute(c))?)
}
