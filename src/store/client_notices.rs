//! What clients' servers must be told: sign-outs (OpenID Connect Back-Channel Logout §2.5) and what else
//! happens between a person and a client (RFC 8417). Written with its cause, sent by a job, and kept for
//! a while for whoever looks after the client.

mod kinds;

use std::time::Duration;

use diesel::{dsl::exists, prelude::*};

pub use kinds::Kind;

use super::{
    Db, Error,
    clients::{self, ClientId},
    db::on,
    grants::{self, Grant, GrantId},
    schema::client_notices,
    sessions::SessionId,
    token_families,
    users::UserId,
};
use crate::clock::Moment;

crate::id! {
    /// Names a notice.
    ClientNoticeId
}

/// Something that a client must hear.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_notices)]
pub struct ClientNotice {
    /// Which; also the `jti` of the token that is sent.
    pub id: ClientNoticeId,
    /// Who must hear it.
    pub client_id: ClientId,
    /// Of whom it speaks.
    pub user_id: UserId,
    /// Of which session, if it ended.
    pub session_id: Option<SessionId>,
    /// What happened.
    #[diesel(column_name = event)]
    pub kind: Kind,
    /// What is told besides, as the members of a JSON object.
    pub details: String,
    /// When.
    pub created_at: Moment,
    /// When to try (again).
    pub due_at: Moment,
    /// Tries so far.
    pub attempts: i64,
    /// When it was heard.
    pub sent_at: Option<Moment>,
    /// When we gave up.
    pub failed_at: Option<Moment>,
    /// What the last try met.
    pub last_error: Option<String>,
}

impl ClientNotice {
    fn of(kind: Kind, client_id: ClientId, user_id: UserId, now: Moment) -> Self {
        Self {
            id: ClientNoticeId::random(),
            client_id,
            user_id,
            session_id: None,
            kind,
            details: "{}".to_owned(),
            created_at: now,
            due_at: now,
            attempts: 0,
            sent_at: None,
            failed_at: None,
            last_error: None,
        }
    }

    /// When to try again after another failure; never, if it has been tried often enough.
    #[must_use]
    pub fn next_try(&self, now: Moment) -> Option<Moment> {
        let doublings = u32::try_from(self.attempts).unwrap_or(0).min(10);
        let wait = Duration::from_secs(5) * 2_u32.pow(doublings);
        (self.attempts + 1 < self.kind.tries()).then(|| now + wait.min(Duration::from_hours(1)))
    }
}

/// Writes a notice for every client of a session that wants to be told of its end.
pub(super) fn add_for_session(
    db: &mut Db<'_>,
    session_id: SessionId,
    user_id: UserId,
    now: Moment,
) -> Result<(), Error> {
    let families = token_families::list_of_session(db, session_id)?;
    let who = families.into_iter().map(|family| (family.client_id, session_id)).collect();
    add(db, signed_out(who, user_id, now))
}

/// Writes a notice for each session that the client of a grant was signed in by, and one of the end of
/// the grant itself, as far as the client wants to be told.
pub(super) fn add_for_grant(
    db: &mut Db<'_>,
    grant_id: GrantId,
    user_id: UserId,
    now: Moment,
) -> Result<(), Error> {
    let families = token_families::list_under(db, grant_id, now)?;
    let signed_in = families.into_iter().map(|it| it.family);
    let who = signed_in.filter_map(|family| Some((family.client_id, family.session_id?))).collect();
    let mut notices = signed_out(who, user_id, now);
    if let Some(grant) = grants::find(db, grant_id)? {
        notices.push(ClientNotice::of(Kind::GrantRevoked, grant.client_id, user_id, now));
    }
    add(db, notices)
}

/// Writes a notice of what a client is allowed from now on.
pub(super) fn add_for_change(db: &mut Db<'_>, grant: &Grant, now: Moment) -> Result<(), Error> {
    let details = serde_json::json!({ "scope": grant.scope.to_string() }).to_string();
    let notice = ClientNotice::of(Kind::GrantChanged, grant.client_id, grant.user_id, now);
    add(db, vec![ClientNotice { details, ..notice }])
}

/// Writes a notice for every client that a person allows anything, as far as `kind` concerns it.
///
/// # Errors
/// If the store cannot answer.
pub fn add_for_user(
    db: &mut Db<'_>,
    kind: Kind,
    user_id: UserId,
    now: Moment,
) -> Result<(), Error> {
    let standing = grants::list_standing(db, user_id)?;
    let concerned = standing.iter().filter(|grant| kind.concerns(&grant.scope));
    let each = concerned.map(|grant| ClientNotice::of(kind, grant.client_id, user_id, now));
    add(db, each.collect())
}

fn signed_out(
    mut who: Vec<(ClientId, SessionId)>,
    user_id: UserId,
    now: Moment,
) -> Vec<ClientNotice> {
    who.sort_unstable();
    who.dedup();
    let each = who.into_iter().map(|(client_id, session_id)| ClientNotice {
        session_id: Some(session_id),
        ..ClientNotice::of(Kind::SignedOut, client_id, user_id, now)
    });
    each.collect()
}

/// Keeps those that somebody wants to hear.
fn add(db: &mut Db<'_>, notices: Vec<ClientNotice>) -> Result<(), Error> {
    let ids: Vec<ClientId> = notices.iter().map(|notice| notice.client_id).collect();
    let told = clients::list(db, &ids)?;
    let wanted = |notice: &ClientNotice| {
        let client = told.iter().find(|client| client.id == notice.client_id);
        client.is_some_and(|client| notice.kind.address(&client.metadata).is_some())
    };
    for notice in notices.into_iter().filter(wanted) {
        on!(db, |c| diesel::insert_into(client_notices::table).values(&notice).execute(c))?;
    }
    Ok(())
}

/// Lists what is due, the longest waiting first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_due(db: &mut Db<'_>, now: Moment, most: i64) -> Result<Vec<ClientNotice>, Error> {
    Ok(on!(db, |c| client_notices::table
        .filter(client_notices::sent_at.is_null())
        .filter(client_notices::failed_at.is_null())
        .filter(client_notices::due_at.le(now))
        .order(client_notices::due_at)
        .limit(most)
        .select(ClientNotice::as_select())
        .load(c))?)
}

/// Lists what a client was told lately, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_client(
    db: &mut Db<'_>,
    client_id: ClientId,
    most: i64,
) -> Result<Vec<ClientNotice>, Error> {
    Ok(on!(db, |c| client_notices::table
        .filter(client_notices::client_id.eq(client_id))
        .order(client_notices::created_at.desc())
        .limit(most)
        .select(ClientNotice::as_select())
        .load(c))?)
}

/// Whether anybody still has to hear something of this person.
///
/// # Errors
/// If the store cannot answer.
pub fn waits_for(db: &mut Db<'_>, user_id: UserId) -> Result<bool, Error> {
    let waiting = client_notices::table
        .filter(client_notices::user_id.eq(user_id))
        .filter(client_notices::sent_at.is_null())
        .filter(client_notices::failed_at.is_null());
    Ok(on!(db, |c| diesel::select(exists(waiting)).get_result(c))?)
}

/// Notes that a client heard it.
///
/// # Errors
/// If the store cannot answer.
pub fn set_sent(db: &mut Db<'_>, id: ClientNoticeId, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(client_notices::table.find(id))
        .set((
            client_notices::sent_at.eq(now),
            client_notices::attempts.eq(client_notices::attempts + 1),
        ))
        .execute(c))?;
    Ok(())
}

/// Notes that a try failed; with no next one we give up.
///
/// # Errors
/// If the store cannot answer.
pub fn set_failed(
    db: &mut Db<'_>,
    id: ClientNoticeId,
    why: &str,
    next_try: Option<Moment>,
    now: Moment,
) -> Result<(), Error> {
    on!(db, |c| diesel::update(client_notices::table.find(id))
        .set((
            client_notices::attempts.eq(client_notices::attempts + 1),
            client_notices::last_error.eq(why),
            client_notices::due_at.eq(next_try.unwrap_or(now)),
            client_notices::failed_at.eq(if next_try.is_none() { Some(now) } else { None }),
        ))
        .execute(c))?;
    Ok(())
}

/// Removes at most `most` notices written before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| client_notices::table
        .filter(client_notices::created_at.lt(before))
        .order(client_notices::created_at)
        .limit(most)
        .select(client_notices::id)
        .load::<ClientNoticeId>(c))?;
    let gone = client_notices::table.filter(client_notices::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
