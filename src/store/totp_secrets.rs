//! Authenticator apps: the secret each shares with us, sealed, and which of its codes were used.

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::totp_secrets, users::UserId};
use crate::{
    clock::Moment,
    crypto::{seal::Sealer, totp::TotpSecret},
};

crate::id! {
    /// Names an authenticator app.
    AuthenticatorId
}

/// As many one person may have.
pub const MOST: usize = 10;

/// An authenticator app that its owner has set up.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = totp_secrets)]
pub struct Authenticator {
    /// Which.
    pub id: AuthenticatorId,
    /// Whose.
    pub user_id: UserId,
    /// What its owner calls it.
    pub name: String,
    sealed_secret: Vec<u8>,
    last_step: i64,
    /// Since when it counts.
    pub created_at: Moment,
    /// When one of its codes was last typed to sign in.
    pub last_used_at: Option<Moment>,
}

impl Authenticator {
    /// An app whose owner has just typed the code of this step.
    #[must_use]
    pub fn new(
        id: AuthenticatorId,
        user_id: UserId,
        name: &str,
        (secret, step): (&TotpSecret, i64),
        (sealer, now): (&Sealer, Moment),
    ) -> Self {
        Self {
            id,
            user_id,
            name: name.to_owned(),
            sealed_secret: sealer.seal(&(user_id, secret.as_bytes())),
            last_step: step,
            created_at: now,
            last_used_at: None,
        }
    }

    /// The step whose code this is, if it was not used (RFC 6238 §5.2).
    #[must_use]
    pub fn step_of(&self, code: &str, sealer: &Sealer, now: Moment) -> Option<i64> {
        let (owner, secret): (UserId, Vec<u8>) = sealer.open(&self.sealed_secret)?;
        let secret = TotpSecret::from_bytes(&secret);
        let step = secret.matching_step(code, now).filter(|_| owner == self.user_id)?;
        (step > self.last_step).then_some(step)
    }
}

/// Lists a person's authenticator apps, the oldest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<Authenticator>, Error> {
    Ok(on!(db, |c| totp_secrets::table
        .filter(totp_secrets::user_id.eq(user_id))
        .order((totp_secrets::created_at, totp_secrets::id))
        .select(Authenticator::as_select())
        .load(c))?)
}

/// Adds an authenticator app; [`Error::Taken`] if it is there already.
///
/// # Errors
/// If it is there, or the store cannot answer.
pub fn add(db: &mut Db<'_>, authenticator: &Authenticator) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(totp_secrets::table).values(authenticator).execute(c))?;
    Ok(())
}

/// Uses up the code of a step, and every one before it. Of any number of callers, exactly one is
/// told `true`.
///
/// # Errors
/// If the store cannot answer.
pub fn redeem(db: &mut Db<'_>, id: AuthenticatorId, step: i64, now: Moment) -> Result<bool, Error> {
    let unused = totp_secrets::table.find(id).filter(totp_secrets::last_step.lt(step));
    Ok(on!(db, |c| diesel::update(unused)
        .set((totp_secrets::last_step.eq(step), totp_secrets::last_used_at.eq(now)))
        .execute(c))?
        == 1)
}

/// Removes an authenticator app of this person; `false` if there is none.
///
/// # Errors
/// If the store cannot answer.
pub fn remove(db: &mut Db<'_>, id: AuthenticatorId, user_id: UserId) -> Result<bool, Error> {
    let own = totp_secrets::table.find(id).filter(totp_secrets::user_id.eq(user_id));
    Ok(on!(db, |c| diesel::delete(own).execute(c))? == 1)
}

/// Removes all of a person who lost them, or from whom they were taken.
pub(super) fn remove_all(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    let all = totp_secrets::table.filter(totp_secrets::user_id.eq(user_id));
    on!(db, |c| diesel::delete(all).execute(c))?;
    Ok(())
}
