//! Which mail address a client is told: its two columns are read and written here alone.

use diesel::prelude::*;

use super::{Grant, GrantId};
use crate::store::{
    Db, Error,
    contacts::ContactId,
    db::on,
    private_emails::{self, PrivateEmailId},
    reach::{self, EmailChoice, EmailWish},
    schema::grants,
    users::UserId,
};

impl Grant {
    /// Which mail address the client is told, if it is not the primary one.
    #[must_use]
    pub fn email(&self) -> Option<EmailChoice> {
        let private = self.private_email_id.map(EmailChoice::Private);
        private.or(self.email_contact_id.map(EmailChoice::Contact))
    }

    /// What a new grant begins with: what was wished for; else the address that hid theirs from this
    /// client before, which nothing but a wish lifts.
    pub(super) fn begin_with(
        &mut self,
        db: &mut Db<'_>,
        wish: Option<&EmailWish>,
    ) -> Result<(), Error> {
        if let Some(wish) = wish {
            return self.tell(db, wish);
        }
        let before = private_emails::find_of_app(db, self.user_id, self.client_id)?;
        self.private_email_id = before.map(|private| private.id);
        Ok(())
    }

    /// Has the client told this.
    pub(super) fn tell(&mut self, db: &mut Db<'_>, wish: &EmailWish) -> Result<(), Error> {
        (self.email_contact_id, self.private_email_id) = columns(reach::settle(db, wish)?);
        Ok(())
    }
}

/// Notes which mail address the client is told; `false` if there is no such grant of this person.
///
/// # Errors
/// If the store cannot answer.
pub fn set_email(
    db: &mut Db<'_>,
    id: GrantId,
    user_id: UserId,
    wish: &EmailWish,
) -> Result<bool, Error> {
    let (own, private) = columns(reach::settle(db, wish)?);
    let standing = grants::table
        .find(id)
        .filter(grants::user_id.eq(user_id))
        .filter(grants::ended_at.is_null());
    Ok(on!(db, |c| diesel::update(standing)
        .set((grants::email_contact_id.eq(own), grants::private_email_id.eq(private)))
        .execute(c))?
        == 1)
}

fn columns(choice: Option<EmailChoice>) -> (Option<ContactId>, Option<PrivateEmailId>) {
    match choice {
        None => (None, None),
        Some(EmailChoice::Contact(id)) => (Some(id), None),
        Some(EmailChoice::Private(id)) => (None, Some(id)),
    }
}
