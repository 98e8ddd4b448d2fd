//! Mails of others on their way to people, beside the letters in the outbox that carry them: a letter is
//! small, and many are read at once.

use diesel::prelude::*;

use super::{Db, Error, db::on, outbox::LetterId, schema::relayed_mails};
use crate::clock::Moment;

/// A mail as it will leave.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = relayed_mails)]
pub struct RelayedMail {
    /// The letter that carries it.
    pub letter_id: LetterId,
    /// All of it, sealed.
    pub sealed_mail: Vec<u8>,
    /// When it came.
    pub created_at: Moment,
}

impl RelayedMail {
    /// The mail that this letter carries.
    #[must_use]
    pub fn of(letter_id: LetterId, sealed_mail: Vec<u8>, created_at: Moment) -> Self {
        Self { letter_id, sealed_mail, created_at }
    }
}

/// Keeps a mail until it leaves.
///
/// # Errors
/// If the store cannot answer.
pub fn add(db: &mut Db<'_>, mail: &RelayedMail) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(relayed_mails::table).values(mail).execute(c))?;
    Ok(())
}

/// Finds the mail that a letter carries.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: LetterId) -> Result<Option<RelayedMail>, Error> {
    Ok(on!(db, |c| relayed_mails::table
        .find(id)
        .select(RelayedMail::as_select())
        .first(c)
        .optional())?)
}

/// Removes the mail that a letter carried.
///
/// # Errors
/// If the store cannot answer.
pub fn remove(db: &mut Db<'_>, id: LetterId) -> Result<(), Error> {
    on!(db, |c| diesel::delete(relayed_mails::table.find(id)).execute(c))?;
    Ok(())
}

/// Removes at most `most` mails that came before `before`.
///
/// # Errors
/// If the store cannot answer.
pub fn prune(db: &mut Db<'_>, before: Moment, most: i64) -> Result<usize, Error> {
    let gone = on!(db, |c| relayed_mails::table
        .filter(relayed_mails::created_at.lt(before))
        .order(relayed_mails::created_at)
        .limit(most)
        .select(relayed_mails::letter_id)
        .load::<LetterId>(c))?;
    let gone = relayed_mails::table.filter(relayed_mails::letter_id.eq_any(&gone));
    Ok(on!(db, |c| diesel::delete(gone).execute(c))?)
}
