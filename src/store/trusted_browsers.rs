//! Browsers in which somebody has shown a second step, and need not show one again for a while.
//!
//! A browser is believed by a secret of its own, of which only the digest is here, and only where it
//! was given: one row for each person and browser.

use std::time::Duration;

use diesel::prelude::*;

use super::{Db, Error, db::on, schema::trusted_browsers, users::UserId};
use crate::clock::Moment;

crate::id! {
    /// Names a trusted browser.
    TrustedBrowserId
}

/// A browser that somebody trusts.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = trusted_browsers)]
pub struct TrustedBrowser {
    /// Which.
    pub id: TrustedBrowserId,
    /// Who trusts it.
    pub user_id: UserId,
    /// Which browser it is.
    pub browser_digest: Vec<u8>,
    /// The digest of the secret in its cookie.
    pub secret_digest: Vec<u8>,
    /// What it calls itself.
    pub user_agent: String,
    /// Where it last called from.
    pub address: String,
    /// When its owner said so.
    pub trusted_at: Moment,
    /// When it last spared them the second step.
    pub last_used_at: Moment,
    /// How long they were told that it lasts.
    pub expires_at: Moment,
}

impl TrustedBrowser {
    /// Until when it is trusted where that lasts `longest` now: never longer than its owner was told.
    #[must_use]
    pub fn until(&self, longest: Duration) -> Moment {
        self.expires_at.min(self.trusted_at + longest)
    }
}

/// Finds what a person trusts in this browser, if it shows the secret.
///
/// # Errors
/// If the store cannot answer.
pub fn find(
    db: &mut Db<'_>,
    user_id: UserId,
    browser_digest: &[u8],
    secret_digest: &[u8],
) -> Result<Option<TrustedBrowser>, Error> {
    Ok(on!(db, |c| trusted_browsers::table
        .filter(trusted_browsers::user_id.eq(user_id))
        .filter(trusted_browsers::browser_digest.eq(browser_digest))
        .filter(trusted_browsers::secret_digest.eq(secret_digest))
        .select(TrustedBrowser::as_select())
        .first(c)
        .optional())?)
}

/// Lists the browsers that a person trusts, the latest used first; those whose time is over may be
/// among them.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<TrustedBrowser>, Error> {
    Ok(on!(db, |c| trusted_browsers::table
        .filter(trusted_browsers::user_id.eq(user_id))
        .order(trusted_browsers::last_used_at.desc())
        .select(TrustedBrowser::as_select())
        .load(c))?)
}

/// Adds a trusted browser, in place of what the same person trusted there before. The secret is the
/// browser's: whoever else trusts it there is known by the new one too.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, trusted: &TrustedBrowser, before: Option<&[u8]>) -> Result<(), Error> {
    end_in_browser(db, trusted.user_id, &trusted.browser_digest)?;
    on!(db, |c| diesel::insert_into(trusted_browsers::table).values(trusted).execute(c))?;
    let Some(before) = before else { return Ok(()) };
    let others = trusted_browsers::table
        .filter(trusted_browsers::browser_digest.eq(&trusted.browser_digest))
        .filter(trusted_browsers::secret_digest.eq(before));
    on!(db, |c| diesel::update(others)
        .set(trusted_browsers::secret_digest.eq(&trusted.secret_digest))
        .execute(c))?;
    Ok(())
}

/// Notes that a trusted browser spared its owner the second step; `false` if it is trusted no more.
///
/// # Errors
/// If the store cannot answer.
pub fn set_used(
    db: &mut Db<'_>,
    trusted: &TrustedBrowser,
    address: &str,
    now: Moment,
) -> Result<bool, Error> {
    let same = trusted_browsers::table
        .find(trusted.id)
        .filter(trusted_browsers::secret_digest.eq(&trusted.secret_digest));
    Ok(on!(db, |c| diesel::update(same)
        .set((trusted_browsers::last_used_at.eq(now), trusted_browsers::address.eq(address)))
        .execute(c))?
        == 1)
}

/// Trusts one of this person's browsers no more; `false` if it was none.
///
/// # Errors
/// If the store cannot answer.
pub fn end(db: &mut Db<'_>, id: TrustedBrowserId, user_id: UserId) -> Result<bool, Error> {
    let own = trusted_browsers::table.find(id).filter(trusted_browsers::user_id.eq(user_id));
    Ok(on!(db, |c| diesel::delete(own).execute(c))? == 1)
}

/// Ends what a person trusts in this browser.
///
/// # Errors
/// If the store cannot answer.
pub fn end_in_browser(
    db: &mut Db<'_>,
    user_id: UserId,
    browser_digest: &[u8],
) -> Result<(), Error> {
    let own = trusted_browsers::table
        .filter(trusted_browsers::user_id.eq(user_id))
        .filter(trusted_browsers::browser_digest.eq(browser_digest));
    on!(db, |c| diesel::delete(own).execute(c))?;
    Ok(())
}

/// Trusts none of a person's browsers any more but, if given, this one; tells how many it were.
///
/// # Errors
/// If the store cannot answer.
pub fn end_others(db: &mut Db<'_>, user_id: UserId, but: Option<&[u8]>) -> Result<usize, Error> {
    let own = trusted_browsers::table.filter(trusted_browsers::user_id.eq(user_id));
    Ok(match but {
        Some(but) => {
            let others = own.filter(trusted_browsers::browser_digest.ne(but));
            on!(db, |c| diesel::delete(others).execute(c))?
        }
        None => on!(db, |c| diesel::delete(own).execute(c))?,
    })
}

/// Removes at most `most` browsers whose time was over before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| trusted_browsers::table
        .filter(trusted_browsers::expires_at.lt(before))
        .order(trusted_browsers::expires_at)
        .limit(most)
        .select(trusted_browsers::id)
        .load::<TrustedBrowserId>(c))?;
    let gone = trusted_browsers::table.filter(trusted_browsers::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
