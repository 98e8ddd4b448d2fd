//! Addresses made for one app each, which forward to a person ("hide my email").

use diesel::prelude::*;

use super::{
    Db, Error,
    clients::{self, Client, ClientId},
    contacts::{self, Contact, ContactId},
    db::on,
    grants, reach,
    schema::private_emails,
    users::{self, User, UserId},
};
use crate::{clock::Moment, crypto::random};

crate::id! {
    /// Names an address made for an app.
    PrivateEmailId
}

/// As many letters and digits stand before the @: a hundred bits that nobody can guess.
const LETTERS: usize = 20;

/// An address made for one app, by which it reaches one person.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = private_emails)]
pub struct PrivateEmail {
    /// Which.
    pub id: PrivateEmailId,
    /// Whose.
    pub user_id: UserId,
    /// For which app.
    pub client_id: ClientId,
    /// The address itself, in lower case. It outlives a change of the domain in the settings.
    pub address: String,
    /// Where mail goes, if that was chosen.
    pub contact_id: Option<ContactId>,
    /// When it was made.
    pub created_at: Moment,
    /// Since when the person wants no mail by it.
    pub stopped_at: Option<Moment>,
}

impl PrivateEmail {
    /// A new one at this domain.
    #[must_use]
    pub fn new(user_id: UserId, client_id: ClientId, domain: &str, now: Moment) -> Self {
        Self {
            id: PrivateEmailId::random(),
            user_id,
            client_id,
            address: format!("{}@{domain}", random::letters(LETTERS)),
            contact_id: None,
            created_at: now,
            stopped_at: None,
        }
    }

    /// Which of these contacts mail goes to: the primary address, if none was chosen or that one is
    /// gone.
    #[must_use]
    pub fn target<'a>(&self, contacts: &'a [Contact]) -> Option<&'a Contact> {
        reach::chosen(contacts, self.contact_id).filter(|contact| contact.verified_at.is_some())
    }
}

/// Lists the addresses made for a person, the newest first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<PrivateEmail>, Error> {
    Ok(on!(db, |c| private_emails::table
        .filter(private_emails::user_id.eq(user_id))
        .order(private_emails::created_at.desc())
        .select(PrivateEmail::as_select())
        .load(c))?)
}

/// An address that takes mail now.
#[derive(Clone, Debug)]
pub struct Living {
    /// Itself.
    pub email: PrivateEmail,
    /// The app it was made for.
    pub client: Client,
    /// Where its mail goes.
    pub target: Contact,
}

/// Finds an address by its id.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: PrivateEmailId) -> Result<Option<PrivateEmail>, Error> {
    Ok(on!(db, |c| private_emails::table
        .find(id)
        .select(PrivateEmail::as_select())
        .first(c)
        .optional())?)
}

/// Finds the address that was made for this person and this app.
///
/// # Errors
/// If the store cannot answer.
pub fn find_of_app(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
) -> Result<Option<PrivateEmail>, Error> {
    Ok(on!(db, |c| private_emails::table
        .filter(private_emails::user_id.eq(user_id))
        .filter(private_emails::client_id.eq(client_id))
        .select(PrivateEmail::as_select())
        .first(c)
        .optional())?)
}

/// Finds an address that takes mail: its app has access, neither side is suspended, and the person
/// has not stopped it. `address` is in lower case.
///
/// # Errors
/// If the store cannot answer.
pub fn find_living(db: &mut Db<'_>, address: &str) -> Result<Option<Living>, Error> {
    let known = on!(db, |c| private_emails::table
        .filter(private_emails::address.eq(address))
        .filter(private_emails::stopped_at.is_null())
        .select(PrivateEmail::as_select())
        .first(c)
        .optional())?;
    let Some(email) = known else { return Ok(None) };
    let user = users::find(db, email.user_id)?.filter(User::in_good_standing);
    let client = clients::find(db, email.client_id)?.filter(Client::in_good_standing);
    let grant = grants::find_standing(db, email.user_id, email.client_id)?;
    let (Some(_), Some(client), Some(_)) = (user, client, grant) else { return Ok(None) };
    let contacts = contacts::list_of_user(db, email.user_id)?;
    let target = email.target(&contacts).cloned();
    Ok(target.map(|target| Living { email, client, target }))
}

/// Keeps a new address, unless one was made for this person and this app before; the one that counts.
///
/// # Errors
/// If the store cannot answer.
pub fn find_or_add(db: &mut Db<'_>, fresh: &PrivateEmail) -> Result<PrivateEmail, Error> {
    let added = on!(db, |c| diesel::insert_into(private_emails::table)
        .values(fresh)
        .on_conflict_do_nothing()
        .execute(c))?;
    if added == 1 {
        return Ok(fresh.clone());
    }
    let known = find_of_app(db, fresh.user_id, fresh.client_id)?;
    known.ok_or_else(|| Error::Unavailable("the address was taken by chance".into()))
}

/// Has mail go to this contact from now on.
///
/// # Errors
/// If the store cannot answer.
pub fn set_target(db: &mut Db<'_>, id: PrivateEmailId, contact: ContactId) -> Result<(), Error> {
    on!(db, |c| diesel::update(private_emails::table.find(id))
        .set(private_emails::contact_id.eq(contact))
        .execute(c))?;
    Ok(())
}

/// Stops mail by this address since then, or lets it through again.
///
/// # Errors
/// If the store cannot answer.
pub fn set_stopped(
    db: &mut Db<'_>,
    id: PrivateEmailId,
    stopped_at: Option<Moment>,
) -> Result<(), Error> {
    on!(db, |c| diesel::update(private_emails::table.find(id))
        .set(private_emails::stopped_at.eq(stopped_at))
        .execute(c))?;
    Ok(())
}
