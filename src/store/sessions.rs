//! A browser, signed in.

use diesel::{dsl::exists, prelude::*};

use super::{Db, Error, client_notices, db::on, schema::sessions, token_families, users::UserId};
use crate::clock::Moment;

crate::id! {
    /// Names a session; apps see it as `sid`.
    SessionId
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// The digest of the secret in the cookie.
    pub secret_digest: Vec<u8>,
    /// Who is signed in.
    pub user_id: UserId,
    /// How sure we are of that (OpenID Connect Core §2).
    pub acr: String,
    /// What they proved it with, separated by spaces (RFC 8176).
    pub amr: String,
    /// What the browser calls itself.
    pub user_agent: String,
    /// Where it called from.
    pub address: String,
    /// When the session began.
    pub created_at: Moment,
    /// When the person last proved who they are.
    pub auth_at: Moment,
    /// When it was last seen, to the minute.
    pub last_seen_at: Moment,
    /// When it ends by itself, whatever happens.
    pub expires_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
    /// Which browser it is in; nothing if it began before that was kept.
    pub browser_digest: Option<Vec<u8>>,
}

impl Session {
    /// Whether it still counts: not ended, not too old, not idle for longer than `idle`.
    #[must_use]
    pub fn alive(&self, now: Moment, idle: std::time::Duration) -> bool {
        self.ended_at.is_none() && now < self.expires_at && now < self.last_seen_at + idle
    }
}

/// Finds the session whose cookie has this digest.
///
/// # Errors
/// If the store cannot answer.
pub fn find_by_secret(db: &mut Db<'_>, digest: &[u8]) -> Result<Option<Session>, Error> {
    Ok(on!(db, |c| sessions::table
        .filter(sessions::secret_digest.eq(digest))
        .select(Session::as_select())
        .first(c)
        .optional())?)
}

/// Finds a session by its id.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: SessionId) -> Result<Option<Session>, Error> {
    Ok(on!(db, |c| sessions::table.find(id).select(Session::as_select()).first(c).optional())?)
}

/// Whether a session is there and nobody has ended it: what may be begun in it still may.
///
/// # Errors
/// If the store cannot answer.
pub fn stands(db: &mut Db<'_>, id: SessionId) -> Result<bool, Error> {
    let standing = sessions::table.find(id).filter(sessions::ended_at.is_null());
    Ok(on!(db, |c| diesel::select(exists(standing)).get_result(c))?)
}

/// Whether a session is known to have been ended.
///
/// # Errors
/// If the store cannot answer.
pub fn has_ended(db: &mut Db<'_>, id: SessionId) -> Result<bool, Error> {
    let ended = sessions::table.find(id).filter(sessions::ended_at.is_not_null());
    Ok(on!(db, |c| diesel::select(exists(ended)).get_result(c))?)
}

/// Lists a person's sessions that still count, the latest seen first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<Vec<Session>, Error> {
    Ok(on!(db, |c| sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order(sessions::last_seen_at.desc())
        .select(Session::as_select())
        .load(c))?)
}

/// Adds a session.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, session: &Session) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(sessions::table).values(session).execute(c))?;
    Ok(())
}

/// Notes a new proof in the same session, under a new secret: what was known of the old cookie is
/// worth nothing now (security: a new identifier at every rise of privilege).
///
/// # Errors
/// If the store cannot answer.
pub fn set_proved(db: &mut Db<'_>, session: &Session) -> Result<bool, Error> {
    let standing = sessions::table.find(session.id).filter(sessions::ended_at.is_null());
    let changed = on!(db, |c| diesel::update(standing)
        .set((
            sessions::secret_digest.eq(&session.secret_digest),
            sessions::acr.eq(&session.acr),
            sessions::amr.eq(&session.amr),
            sessions::auth_at.eq(session.auth_at),
            sessions::last_seen_at.eq(session.last_seen_at),
            sessions::expires_at.eq(session.expires_at),
        ))
        .execute(c))?;
    Ok(changed == 1)
}

/// Notes that a session was seen.
///
/// # Errors
/// If the store cannot answer.
pub fn set_seen(db: &mut Db<'_>, id: SessionId, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(sessions::table.find(id))
        .set(sessions::last_seen_at.eq(now))
        .execute(c))?;
    Ok(())
}

/// Ends a session of this person, and the tokens that may not outlive it, and has its clients told;
/// `false` if it had ended, or is another's.
///
/// # Errors
/// If the store cannot answer.
pub fn end(
    db: &mut Db<'_>,
    id: SessionId,
    user_id: UserId,
    reason: &str,
    now: Moment,
) -> Result<bool, Error> {
    let standing = sessions::table
        .find(id)
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::ended_at.is_null());
    let ended =
        on!(db, |c| diesel::update(standing).set(sessions::ended_at.eq(now)).execute(c))? == 1;
    if ended {
        client_notices::add_for_session(db, id, user_id, now)?;
        token_families::end_online(db, id, reason, now)?;
    }
    Ok(ended)
}

/// Ends all of a person's sessions but, if given, one; tells how many.
///
/// # Errors
/// If the store cannot answer.
pub fn end_others(
    db: &mut Db<'_>,
    user_id: UserId,
    but: Option<SessionId>,
    reason: &str,
    now: Moment,
) -> Result<usize, Error> {
    let mut ended = 0;
    for session in list_of_user(db, user_id, now)? {
        if Some(session.id) != but && end(db, session.id, user_id, reason, now)? {
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends what a person left open in a browser where they sign in again.
///
/// # Errors
/// If the store cannot answer.
pub fn end_in_browser(
    db: &mut Db<'_>,
    user_id: UserId,
    browser_digest: &[u8],
    now: Moment,
) -> Result<(), Error> {
    let left = on!(db, |c| sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::browser_digest.eq(browser_digest))
        .filter(sessions::ended_at.is_null())
        .select(sessions::id)
        .load::<SessionId>(c))?;
    for id in left {
        end(db, id, user_id, "signed_in_again", now)?;
    }
    Ok(())
}

/// Removes at most `most` sessions that ended by themselves before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| sessions::table
        .filter(sessions::expires_at.lt(before))
        .order(sessions::expires_at)
        .limit(most)
        .select(sessions::id)
        .load::<SessionId>(c))?;
    Ok(on!(db, |c| diesel::delete(sessions::table.filter(sessions::id.eq_any(&gone))).execute(c))?)
}
