//! The end of an account in the store: every row that speaks of a person, in every table. What can be
//! many goes first, a few at a time; the rest in one transaction.

use diesel::prelude::*;

use super::{
    Db, Error, app_reports,
    clients::{self, ClientId, TeamId},
    contacts::Contact,
    db::on,
    exports, grants,
    outbox::LetterId,
    schema::{
        activity, approvals, challenges, client_notices, clients as apps, contact_changes,
        contacts, delayed_recoveries, deletions, device_codes, export_parts, exports as copies,
        grants as consents, known_browsers, linked_devices, outbox, passkeys, passwords,
        private_emails, recovery_codes, relayed_mails, sessions, sign_ins, token_families,
        totp_secrets, trusted_browsers, users,
    },
    users::UserId,
};
use crate::clock::Moment;

/// Removes a few rows of this person from a table that may hold many.
macro_rules! few {
    ($db:ident, $table:ident, $owned:expr, $most:ident) => {{
        let ids = on!($db, |c| $table::table
            .filter($owned)
            .limit($most)
            .select($table::id)
            .load::<Vec<u8>>(c))?;
        on!($db, |c| diesel::delete($table::table.filter($table::id.eq_any(ids))).execute(c))?
    }};
}

/// Removes all rows of this person from these tables, in this order.
macro_rules! all {
    ($db:ident, $user_id:ident, $($table:ident,)*) => {
        $(
            let own = $table::table.filter($table::user_id.eq($user_id));
            on!($db, |c| diesel::delete(own).execute(c))?;
        )*
    };
}

/// Removes at most `most` rows of each kind that can be many; how many went.
///
/// # Errors
/// If the store cannot answer.
pub fn sweep(
    db: &mut Db<'_>,
    user_id: UserId,
    known: &[Contact],
    most: i64,
) -> Result<usize, Error> {
    let recipients: Vec<_> = known.iter().map(Contact::recipient).collect();
    let mut gone = few!(db, activity, activity::user_id.eq(user_id), most);
    gone += letters_to(db, &recipients, most)?;
    gone += few!(db, token_families, token_families::user_id.eq(user_id), most);
    gone += few!(db, client_notices, client_notices::user_id.eq(user_id), most);
    gone += few!(db, sessions, sessions::user_id.eq(user_id), most);
    gone += few!(db, sign_ins, sign_ins::user_id.eq(user_id), most);
    Ok(gone)
}

/// Removes a few letters to these, with the mails of others that they carry.
fn letters_to(db: &mut Db<'_>, recipients: &[String], most: i64) -> Result<usize, Error> {
    let ids = on!(db, |c| outbox::table
        .filter(outbox::recipient.eq_any(recipients))
        .limit(most)
        .select(outbox::id)
        .load::<LetterId>(c))?;
    let carried = relayed_mails::table.filter(relayed_mails::letter_id.eq_any(&ids));
    on!(db, |c| diesel::delete(carried).execute(c))?;
    Ok(on!(db, |c| diesel::delete(outbox::table.filter(outbox::id.eq_any(&ids))).execute(c))?)
}

/// Removes the rest, and the person; the apps they registered end with them.
///
/// # Errors
/// If the store cannot answer.
pub fn finish(
    db: &mut Db<'_>,
    user_id: UserId,
    known: &[Contact],
    now: Moment,
) -> Result<(), Error> {
    end_own_apps(db, user_id, now)?;
    let parts = copies::table.filter(copies::user_id.eq(user_id)).select(copies::id);
    let parts: Vec<exports::ExportId> = on!(db, |c| parts.load(c))?;
    on!(db, |c| diesel::delete(
        export_parts::table.filter(export_parts::export_id.eq_any(&parts))
    )
    .execute(c))?;
    for contact in known {
        let typed = [&contact.address, &contact.canonical];
        let asked = challenges::table.filter(challenges::address.eq_any(typed));
        on!(db, |c| diesel::delete(asked).execute(c))?;
        let waiting = delayed_recoveries::table.filter(delayed_recoveries::address.eq_any(typed));
        on!(db, |c| diesel::delete(waiting).execute(c))?;
    }
    app_reports::forget(db, user_id)?;
    all! {
        db, user_id,
        linked_devices, device_codes, token_families, client_notices, consents, private_emails, copies,
        passwords, passkeys, totp_secrets, recovery_codes, sign_ins, challenges, known_browsers, trusted_browsers, approvals,
        contact_changes, delayed_recoveries, sessions, contacts, activity, deletions,
    }
    on!(db, |c| diesel::delete(users::table.find(user_id)).execute(c))?;
    Ok(())
}

/// Ends the apps that this person registered: nobody looks after them any more, and none speaks of
/// them.
fn end_own_apps(db: &mut Db<'_>, user_id: UserId, now: Moment) -> Result<(), Error> {
    let own = apps::table.filter(apps::owner_id.eq(user_id)).select(apps::id);
    for id in on!(db, |c| own.load::<ClientId>(c))? {
        let Some(mut client) = clients::find(db, id)? else { continue };
        if client.deleted_at.is_none() {
            grants::end_of_client(db, id, "app_deleted", now)?;
        }
        client.team_id = TeamId::from_bytes(*id.as_bytes());
        client.deleted_at = client.deleted_at.or(Some(now));
        client.tokens_not_before = Some(now);
        client.metadata.contacts = None;
        client.updated_at = now;
        clients::set_details(db, &client)?;
        let nobodys = apps::owner_id.eq(None::<UserId>);
        on!(db, |c| diesel::update(apps::table.find(id)).set(nobodys).execute(c))?;
    }
    Ok(())
}
