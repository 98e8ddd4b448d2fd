//! What clients' servers must be told of a sign-out (OpenID Connect Back-Channel Logout §2.5): written
//! with the end of the session, sent by a job.

use std::time::Duration;

use diesel::prelude::*;

use super::{
    Db, Error,
    clients::{self, ClientId},
    db::on,
    grants::GrantId,
    schema::logout_notices,
    sessions::SessionId,
    token_families,
    users::UserId,
};
use crate::clock::Moment;

crate::id! {
    /// Names a notice.
    LogoutNoticeId
}

/// A client that must hear of a sign-out.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = logout_notices)]
pub struct LogoutNotice {
    /// Which; also the `jti` of the token that is sent.
    pub id: LogoutNoticeId,
    /// Who must hear it.
    pub client_id: ClientId,
    /// Who signed out.
    pub user_id: UserId,
    /// Of which session.
    pub session_id: SessionId,
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

/// As often a client is told; the wait between doubles.
const TRIES: i64 = 8;

impl LogoutNotice {
    /// When to try again after another failure; never, if it has been tried often enough.
    #[must_use]
    pub fn next_try(&self, now: Moment) -> Option<Moment> {
        let doublings = u32::try_from(self.attempts).unwrap_or(0).min(10);
        (self.attempts + 1 < TRIES).then(|| now + Duration::from_secs(5) * 2_u32.pow(doublings))
    }
}

/// Writes a notice for every client of a session that wants to be told.
pub(super) fn add_for_session(
    db: &mut Db<'_>,
    session_id: SessionId,
    user_id: UserId,
    now: Moment,
) -> Result<(), Error> {
    let families = token_families::list_of_session(db, session_id)?;
    let who = families.into_iter().map(|family| (family.client_id, session_id)).collect();
    add(db, who, user_id, now)
}

/// Writes a notice for each session that the client of a grant was signed in by, if it wants to be
/// told: its access ends, and with it the sign-in.
pub(super) fn add_for_grant(
    db: &mut Db<'_>,
    grant_id: GrantId,
    user_id: UserId,
    now: Moment,
) -> Result<(), Error> {
    let families = token_families::list_under(db, grant_id, now)?;
    let signed_in = families.into_iter().map(|it| it.family);
    let who = signed_in.filter_map(|family| Some((family.client_id, family.session_id?))).collect();
    add(db, who, user_id, now)
}

fn add(
    db: &mut Db<'_>,
    mut who: Vec<(ClientId, SessionId)>,
    user_id: UserId,
    now: Moment,
) -> Result<(), Error> {
    who.sort_unstable();
    who.dedup();
    let ids: Vec<ClientId> = who.iter().map(|(client_id, _)| *client_id).collect();
    let told = clients::list(db, &ids)?;
    let wants = |id: &ClientId| {
        let client = told.iter().find(|client| client.id == *id);
        client.is_some_and(|client| client.metadata.backchannel_logout_uri.is_some())
    };
    for (client_id, session_id) in who.into_iter().filter(|(id, _)| wants(id)) {
        let notice = LogoutNotice {
            id: LogoutNoticeId::random(),
            client_id,
            user_id,
            session_id,
            created_at: now,
            due_at: now,
            attempts: 0,
            sent_at: None,
            failed_at: None,
            last_error: None,
        };
        on!(db, |c| diesel::insert_into(logout_notices::table).values(&notice).execute(c))?;
    }
    Ok(())
}

/// Lists what is due, the longest waiting first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_due(db: &mut Db<'_>, now: Moment, most: i64) -> Result<Vec<LogoutNotice>, Error> {
    Ok(on!(db, |c| logout_notices::table
        .filter(logout_notices::sent_at.is_null())
        .filter(logout_notices::failed_at.is_null())
        .filter(logout_notices::due_at.le(now))
        .order(logout_notices::due_at)
        .limit(most)
        .select(LogoutNotice::as_select())
        .load(c))?)
}

/// Notes that a client heard it.
///
/// # Errors
/// If the store cannot answer.
pub fn set_sent(db: &mut Db<'_>, id: LogoutNoticeId, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(logout_notices::table.find(id))
        .set((
            logout_notices::sent_at.eq(now),
            logout_notices::attempts.eq(logout_notices::attempts + 1),
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
    id: LogoutNoticeId,
    why: &str,
    next_try: Option<Moment>,
    now: Moment,
) -> Result<(), Error> {
    on!(db, |c| diesel::update(logout_notices::table.find(id))
        .set((
            logout_notices::attempts.eq(logout_notices::attempts + 1),
            logout_notices::last_error.eq(why),
            logout_notices::due_at.eq(next_try.unwrap_or(now)),
            logout_notices::failed_at.eq(if next_try.is_none() { Some(now) } else { None }),
        ))
        .execute(c))?;
    Ok(())
}

/// Removes at most `most` notices written before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| logout_notices::table
        .filter(logout_notices::created_at.lt(before))
        .order(logout_notices::created_at)
        .limit(most)
        .select(logout_notices::id)
        .load::<LogoutNoticeId>(c))?;
    let gone = logout_notices::table.filter(logout_notices::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
