//! Which API answers to which name (RFC 8707): what clients say of themselves, to be found by the name.

use diesel::prelude::*;

use super::{
    Db, Error,
    clients::{Client, ClientId, Stamp},
    db::on,
    schema::{client_resources, clients},
};

/// Writes down the names that a client answers to now.
pub(super) fn set(db: &mut Db<'_>, client: &Client) -> Result<(), Error> {
    let former = client_resources::table.filter(client_resources::client_id.eq(client.id));
    on!(db, |c| diesel::delete(former).execute(c))?;
    for resource in client.metadata.resources.iter().flatten() {
        on!(db, |c| diesel::insert_into(client_resources::table)
            .values((
                client_resources::resource.eq(resource),
                client_resources::client_id.eq(client.id),
            ))
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Finds the client that answers to this name. Of several, the one that was registered first says how
/// tokens are made for it.
pub(super) fn find(db: &mut Db<'_>, resource: &str) -> Result<Option<(ClientId, Stamp)>, Error> {
    Ok(on!(db, |c| client_resources::table
        .inner_join(clients::table.on(clients::id.eq(client_resources::client_id)))
        .filter(client_resources::resource.eq(resource))
        .filter(clients::suspended_at.is_null())
        .filter(clients::deleted_at.is_null())
        .order((clients::created_at, clients::id))
        .select((clients::id, Stamp::as_select()))
        .first(c)
        .optional())?)
}
