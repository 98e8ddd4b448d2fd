//! Device codes (RFC 8628): a device asked for access, and waits for somebody to type its code.

use std::time::Duration;

use diesel::prelude::*;

use super::{
    Db, Error,
    clients::ClientId,
    db::on,
    grants::{self, Consent, GrantId},
    schema::device_codes,
    sessions::Session,
    token_families::FamilyId,
    users::UserId,
};
use crate::{clock::Moment, identity::display_name::DisplayName, protocol::scope::Scope};

/// How much longer a device that asks too often must wait each time (RFC 8628 §3.5).
const SLOWER_SECONDS: i64 = 5;

/// A request for access by a device. Its codes are kept as digests only.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = device_codes)]
pub struct DeviceCode {
    /// The id of the family that redeeming it begins.
    pub id: FamilyId,
    /// The digest of what the device holds.
    pub code_digest: Vec<u8>,
    /// The digest of what the person types, under a key that is not in the store.
    pub user_code_digest: Vec<u8>,
    /// The app on the device.
    pub client_id: ClientId,
    /// What is asked for.
    pub scope: Scope,
    /// The API the tokens shall be for (RFC 8707).
    pub resource: Option<String>,
    /// What the device calls itself, if it said so.
    pub device_name: Option<DisplayName>,
    /// Where it asked from.
    pub address: String,
    /// What its program calls itself.
    pub user_agent: String,
    /// When it asked.
    pub created_at: Moment,
    /// Until when somebody may answer, and the device fetch its tokens.
    pub expires_at: Moment,
    /// How long it must wait between two polls.
    pub interval_seconds: i64,
    /// When it last polled.
    pub polled_at: Option<Moment>,
    /// Who answered.
    pub user_id: Option<UserId>,
    /// Under which consent.
    pub grant_id: Option<GrantId>,
    /// How sure we were of them.
    pub acr: Option<String>,
    /// What they had proved it with.
    pub amr: Option<String>,
    /// When they had proved it.
    pub auth_at: Option<Moment>,
    /// When they said yes.
    pub allowed_at: Option<Moment>,
    /// When they said no.
    pub denied_at: Option<Moment>,
    /// When the device fetched its tokens.
    pub redeemed_at: Option<Moment>,
}

/// How a device's request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has answered.
    Pending,
    /// Somebody said yes; the tokens wait.
    Allowed(Approval),
    /// Somebody said no.
    Denied,
    /// It was too late.
    Expired,
    /// The tokens were fetched.
    Redeemed,
}

/// Who said yes, and how sure we were of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub user_id: UserId,
    /// Under which consent.
    pub grant_id: GrantId,
    /// How sure we were.
    pub acr: String,
    /// By what proof.
    pub amr: String,
    /// When that was given.
    pub auth_at: Moment,
}

impl DeviceCode {
    /// How it stands now: read off its moments, here and nowhere else.
    #[must_use]
    pub fn state(&self, now: Moment) -> State {
        if self.redeemed_at.is_some() {
            State::Redeemed
        } else if self.denied_at.is_some() {
            State::Denied
        } else if now >= self.expires_at {
            State::Expired
        } else {
            self.approval().map_or(State::Pending, State::Allowed)
        }
    }

    fn approval(&self) -> Option<Approval> {
        self.allowed_at?;
        Some(Approval {
            user_id: self.user_id?,
            grant_id: self.grant_id?,
            acr: self.acr.clone()?,
            amr: self.amr.clone()?,
            auth_at: self.auth_at?,
        })
    }

    fn interval(&self) -> Duration {
        Duration::from_secs(self.interval_seconds.unsigned_abs())
    }
}

/// Adds a request; `false` if another one has the same user code.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, code: &DeviceCode) -> Result<bool, Error> {
    Ok(on!(db, |c| diesel::insert_into(device_codes::table)
        .values(code)
        .on_conflict_do_nothing()
        .execute(c))?
        == 1)
}

/// Finds a request by its id.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: FamilyId) -> Result<Option<DeviceCode>, Error> {
    Ok(on!(db, |c| device_codes::table
        .find(id)
        .select(DeviceCode::as_select())
        .first(c)
        .optional())?)
}

/// Finds a request by the digest of the code that the device holds.
///
/// # Errors
/// If the store cannot answer.
pub fn find_by_code(db: &mut Db<'_>, digest: &[u8]) -> Result<Option<DeviceCode>, Error> {
    Ok(on!(db, |c| device_codes::table
        .filter(device_codes::code_digest.eq(digest))
        .select(DeviceCode::as_select())
        .first(c)
        .optional())?)
}

/// Finds a request by the digest of the code that a person types.
///
/// # Errors
/// If the store cannot answer.
pub fn find_by_user_code(db: &mut Db<'_>, digest: &[u8]) -> Result<Option<DeviceCode>, Error> {
    Ok(on!(db, |c| device_codes::table
        .filter(device_codes::user_code_digest.eq(digest))
        .select(DeviceCode::as_select())
        .first(c)
        .optional())?)
}

/// Notes that the device asked again. `false` if it did so too early: from then on it must wait
/// longer (RFC 8628 §3.5).
///
/// # Errors
/// If the store cannot answer.
pub fn poll(db: &mut Db<'_>, code: &DeviceCode, now: Moment) -> Result<bool, Error> {
    let patient = device_codes::table
        .find(code.id)
        .filter(device_codes::interval_seconds.eq(code.interval_seconds))
        .filter(
            device_codes::polled_at.is_null().or(device_codes::polled_at.le(now - code.interval())),
        );
    let noted =
        on!(db, |c| diesel::update(patient).set(device_codes::polled_at.eq(now)).execute(c))?;
    if noted == 1 {
        return Ok(true);
    }
    on!(db, |c| diesel::update(device_codes::table.find(code.id))
        .set((
            device_codes::interval_seconds.eq(device_codes::interval_seconds + SLOWER_SECONDS),
            device_codes::polled_at.eq(now),
        ))
        .execute(c))?;
    Ok(false)
}

/// Writes down the yes of the person of this session, as their consent too. Of all answers to a
/// request, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn allow(
    db: &mut Db<'_>,
    code: &DeviceCode,
    session: &Session,
    consent: &Consent,
    now: Moment,
) -> Result<bool, Error> {
    let waiting = device_codes::table
        .find(code.id)
        .filter(device_codes::allowed_at.is_null())
        .filter(device_codes::denied_at.is_null())
        .filter(device_codes::expires_at.gt(now));
    let taken = on!(db, |c| diesel::update(waiting)
        .set((
            device_codes::allowed_at.eq(now),
            device_codes::user_id.eq(session.user_id),
            device_codes::acr.eq(&session.acr),
            device_codes::amr.eq(&session.amr),
            device_codes::auth_at.eq(session.auth_at),
        ))
        .execute(c))?;
    if taken == 0 {
        return Ok(false);
    }
    let grant = grants::allow(db, session.user_id, code.client_id, consent, now)?;
    on!(db, |c| diesel::update(device_codes::table.find(code.id))
        .set(device_codes::grant_id.eq(grant.id))
        .execute(c))?;
    Ok(true)
}

/// Writes down a no. Of all answers to a request, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn deny(db: &mut Db<'_>, id: FamilyId, user_id: UserId, now: Moment) -> Result<bool, Error> {
    let waiting = device_codes::table
        .find(id)
        .filter(device_codes::allowed_at.is_null())
        .filter(device_codes::denied_at.is_null())
        .filter(device_codes::expires_at.gt(now));
    Ok(on!(db, |c| diesel::update(waiting)
        .set((device_codes::denied_at.eq(now), device_codes::user_id.eq(user_id)))
        .execute(c))?
        == 1)
}

/// Redeems a request that was allowed. Of any number of callers, exactly one is told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn redeem(db: &mut Db<'_>, id: FamilyId, now: Moment) -> Result<bool, Error> {
    let allowed = device_codes::table
        .find(id)
        .filter(device_codes::allowed_at.is_not_null())
        .filter(device_codes::redeemed_at.is_null());
    Ok(on!(db, |c| diesel::update(allowed).set(device_codes::redeemed_at.eq(now)).execute(c))? == 1)
}

/// Removes at most `most` requests that expired before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| device_codes::table
        .filter(device_codes::expires_at.lt(before))
        .order(device_codes::expires_at)
        .limit(most)
        .select(device_codes::id)
        .load::<FamilyId>(c))?;
    let gone = device_codes::table.filter(device_codes::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
