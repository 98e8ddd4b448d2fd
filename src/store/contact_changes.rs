//! Changes to how a person is reached: for some days whoever was told of one can take it back.
//!
//! Taking one back makes the list what it was before that change, so whatever somebody else did
//! after it is gone as well.

use std::time::Duration;

use diesel::prelude::*;

use super::{
    Db, Error,
    client_notices::{self, Kind},
    contacts::{self, Contact},
    db::on,
    schema::contact_changes,
    users::{self, UserId},
};
use crate::clock::Moment;

crate::id! {
    /// Names a change to a person's contacts.
    ContactChangeId
}

/// As long a change can be taken back.
pub const UNDO_WITHIN: Duration = Duration::from_hours(7 * 24);

/// A change to a person's contacts.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = contact_changes)]
pub struct ContactChange {
    /// Which.
    pub id: ContactChangeId,
    /// Whose contacts.
    pub user_id: UserId,
    contacts_before: String,
    /// When.
    pub made_at: Moment,
    /// Until when it can be taken back.
    pub expires_at: Moment,
    /// When that was done.
    pub undone_at: Option<Moment>,
}

impl ContactChange {
    /// A change that is about to be made to this list.
    #[must_use]
    pub fn to(user_id: UserId, before: &[Contact], now: Moment) -> Self {
        Self {
            id: ContactChangeId::random(),
            user_id,
            contacts_before: serde_json::to_string(before).unwrap_or_else(|_| "[]".to_owned()),
            made_at: now,
            expires_at: now + UNDO_WITHIN,
            undone_at: None,
        }
    }

    /// Whether it can still be taken back.
    #[must_use]
    pub fn undoable(&self, now: Moment) -> bool {
        self.undone_at.is_none() && now < self.expires_at
    }

    fn before(&self) -> Vec<Contact> {
        serde_json::from_str(&self.contacts_before).unwrap_or_default()
    }
}

/// Finds a change.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: ContactChangeId) -> Result<Option<ContactChange>, Error> {
    Ok(on!(db, |c| contact_changes::table
        .find(id)
        .select(ContactChange::as_select())
        .first(c)
        .optional())?)
}

/// Writes a change down, with its cause.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, change: &ContactChange) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(contact_changes::table).values(change).execute(c))?;
    Ok(())
}

/// Takes a change back, and with it every later one of the same person. Of any number of callers,
/// exactly one is told `true`; nobody, if nothing of the old list can be had again.
///
/// # Errors
/// If the store cannot answer.
pub fn undo(db: &mut Db<'_>, change: &ContactChange, now: Moment) -> Result<bool, Error> {
    users::hold(db, change.user_id)?;
    let open = contact_changes::table
        .find(change.id)
        .filter(contact_changes::undone_at.is_null())
        .filter(contact_changes::expires_at.gt(now));
    let set = contact_changes::undone_at.eq(now);
    if on!(db, |c| diesel::update(open).set(set).execute(c))? != 1 {
        return Ok(false);
    }
    let later = contact_changes::table
        .filter(contact_changes::user_id.eq(change.user_id))
        .filter(contact_changes::made_at.ge(change.made_at))
        .filter(contact_changes::undone_at.is_null());
    on!(db, |c| diesel::update(later).set(set).execute(c))?;
    let restored = restore(db, change)?;
    if restored {
        client_notices::add_for_user(db, Kind::EmailChanged, change.user_id, now)?;
    }
    Ok(restored)
}

/// Makes a person's list what it was; what is somebody else's by now stays theirs.
fn restore(db: &mut Db<'_>, change: &ContactChange) -> Result<bool, Error> {
    let mut wanted = Vec::new();
    for contact in change.before() {
        let owner = contacts::find_verified(db, contact.channel, &contact.canonical)?;
        if owner.is_none_or(|owner| owner.user_id == change.user_id) {
            wanted.push(contact);
        }
    }
    if !wanted.iter().any(|contact| contact.verified_at.is_some()) {
        return Ok(false);
    }
    contacts::remove_all(db, change.user_id)?;
    for contact in &wanted {
        contacts::add(db, contact)?;
    }
    contacts::promote(db, change.user_id)?;
    Ok(true)
}

/// Removes at most `most` changes that could be taken back until before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| contact_changes::table
        .filter(contact_changes::expires_at.lt(before))
        .order(contact_changes::expires_at)
        .limit(most)
        .select(contact_changes::id)
        .load::<ContactChangeId>(c))?;
    let gone = contact_changes::table.filter(contact_changes::id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
