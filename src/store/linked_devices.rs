//! Devices that somebody linked by a code (RFC 8628): token families with a name. Whether one still
//! has access is its family's matter.

use diesel::prelude::*;

use super::{
    Db, Error,
    db::on,
    schema::{linked_devices, token_families},
    token_families::{self as families, FamilyId, Lineage, TokenFamily},
    users::UserId,
};
use crate::{clock::Moment, identity::display_name::DisplayName};

/// As many are listed at most: nobody has more in use.
const MOST: i64 = 200;

/// A device, under the id of the family of its tokens.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = linked_devices)]
pub struct LinkedDevice {
    /// Which family.
    pub id: FamilyId,
    /// Whose device it is.
    pub user_id: UserId,
    /// What it calls itself, if it said so, or what its owner calls it.
    pub name: Option<DisplayName>,
    /// When it got its first tokens.
    pub linked_at: Moment,
}

/// Adds a device.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, device: &LinkedDevice) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(linked_devices::table).values(device).execute(c))?;
    Ok(())
}

/// Lists the devices of a person that still have access, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(
    db: &mut Db<'_>,
    user_id: UserId,
    now: Moment,
) -> Result<Vec<(LinkedDevice, Lineage)>, Error> {
    let own = on!(db, |c| linked_devices::table
        .inner_join(token_families::table.on(token_families::id.eq(linked_devices::id)))
        .filter(linked_devices::user_id.eq(user_id))
        .filter(token_families::ended_at.is_null())
        .order(linked_devices::linked_at.desc())
        .limit(MOST)
        .select(LinkedDevice::as_select())
        .load(c))?;
    let mut standing = Vec::with_capacity(own.len());
    for device in own {
        let lineage = families::find(db, device.id)?;
        let lineage = lineage.filter(|lineage| lineage.standing_scope(now).is_some());
        standing.extend(lineage.map(|lineage| (device, lineage)));
    }
    Ok(standing)
}

/// Gives one of this person's devices another name; `None` if it is none of theirs, else whose tokens it
/// has.
///
/// # Errors
/// If the store cannot answer.
pub fn set_name(
    db: &mut Db<'_>,
    id: FamilyId,
    user_id: UserId,
    name: &DisplayName,
) -> Result<Option<TokenFamily>, Error> {
    let own = find_family(db, id, user_id)?.filter(|family| family.ended_at.is_none());
    if own.is_some() {
        on!(db, |c| diesel::update(linked_devices::table.find(id))
            .set(linked_devices::name.eq(name))
            .execute(c))?;
    }
    Ok(own)
}

/// The family of one of this person's devices.
fn find_family(
    db: &mut Db<'_>,
    id: FamilyId,
    user_id: UserId,
) -> Result<Option<TokenFamily>, Error> {
    Ok(on!(db, |c| linked_devices::table
        .inner_join(token_families::table.on(token_families::id.eq(linked_devices::id)))
        .filter(linked_devices::id.eq(id))
        .filter(linked_devices::user_id.eq(user_id))
        .select(TokenFamily::as_select())
        .first(c)
        .optional())?)
}

/// Ends the access of one of this person's devices, at once; `None` if it has none, else whose
/// tokens they were.
///
/// # Errors
/// If the store cannot answer.
pub fn end(
    db: &mut Db<'_>,
    id: FamilyId,
    user_id: UserId,
    reason: &str,
    now: Moment,
) -> Result<Option<TokenFamily>, Error> {
    match find_family(db, id, user_id)? {
        Some(family) if families::end(db, id, reason, now)? => Ok(Some(family)),
        _ => Ok(None),
    }
}
