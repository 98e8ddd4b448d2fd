//! Signing keys over time: next, active, retired, gone. At most one of an algorithm is active; the
//! database sees to it.

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::signing_keys};
use crate::clock::Moment;

/// A signing key as it is kept: its private part sealed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_keys)]
pub struct StoredKey {
    /// Its `kid`: the thumbprint of its public part.
    pub id: String,
    /// What it signs with, as the wire says it.
    pub algorithm: String,
    /// The whole key, sealed under the root secret.
    pub sealed_private: Vec<u8>,
    /// What is published, for whoever reads the table without the root secret.
    pub public_jwk: String,
    /// When it was made, and first published.
    pub created_at: Moment,
    /// When it began to sign.
    pub active_at: Option<Moment>,
    /// When it ceased to sign.
    pub retired_at: Option<Moment>,
    /// When nothing that it signed is good any more.
    pub expires_at: Option<Moment>,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It signs.
    Active {
        /// Since when.
        since: Moment,
    },
    /// It is published, so that everybody knows it when it begins to sign.
    Next,
    /// It signs no longer, and is published for what it has signed.
    Retired {
        /// Until when.
        until: Moment,
    },
}

impl StoredKey {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        match (self.active_at, self.retired_at) {
            (_, Some(retired_at)) => {
                State::Retired { until: self.expires_at.unwrap_or(retired_at) }
            }
            (Some(since), None) => State::Active { since },
            (None, None) => State::Next,
        }
    }

    /// Is nothing that it signed good any more?
    #[must_use]
    pub fn expired(&self, now: Moment) -> bool {
        matches!(self.state(), State::Retired { until } if until <= now)
    }
}

/// Lists all keys, the oldest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list(db: &mut Db<'_>) -> Result<Vec<StoredKey>, Error> {
    Ok(on!(db, |c| signing_keys::table
        .order((signing_keys::created_at, signing_keys::id))
        .select(StoredKey::as_select())
        .load(c))?)
}

/// Adds a key; `false` if it is there already, or is to be active beside another.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, key: &StoredKey) -> Result<bool, Error> {
    Ok(on!(db, |c| diesel::insert_into(signing_keys::table)
        .values(key)
        .on_conflict_do_nothing()
        .execute(c))?
        == 1)
}

/// Makes the next key the active one; `false` if it is no longer next.
///
/// # Errors
/// [`Error::Taken`] if another of its algorithm is active; otherwise if the store cannot answer.
pub fn set_active(db: &mut Db<'_>, id: &str, now: Moment) -> Result<bool, Error> {
    let next = signing_keys::table
        .find(id)
        .filter(signing_keys::active_at.is_null())
        .filter(signing_keys::retired_at.is_null());
    Ok(on!(db, |c| diesel::update(next).set(signing_keys::active_at.eq(now)).execute(c))? == 1)
}

/// Lets a key sign no longer, and be published until `until`; `false` if there is no such key. One
/// that is retired already is published for the shorter time.
///
/// # Errors
/// If the store cannot answer.
pub fn set_retired(db: &mut Db<'_>, id: &str, now: Moment, until: Moment) -> Result<bool, Error> {
    let key = signing_keys::table
        .find(id)
        .filter(signing_keys::expires_at.is_null().or(signing_keys::expires_at.gt(until)));
    Ok(on!(db, |c| diesel::update(key)
        .set((signing_keys::retired_at.eq(now), signing_keys::expires_at.eq(until)))
        .execute(c))?
        == 1)
}

/// Removes the keys that have expired; returns how many.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, now: Moment) -> Result<usize, Error> {
    let expired = signing_keys::table
        .filter(signing_keys::retired_at.is_not_null())
        .filter(signing_keys::expires_at.le(now));
    Ok(on!(db, |c| diesel::delete(expired).execute(c))?)
}
