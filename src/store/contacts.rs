//! Mail addresses and phone numbers: how a person is reached, and found.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, prelude::*, sql_types::Text};
use serde::{Deserialize, Serialize};

use super::{Db, Error, db::on, schema::contacts, users::UserId};
use crate::{clock::Moment, identity::email_address::EmailAddress};

crate::id! {
    /// Names a contact.
    ContactId
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// By mail.
    Email,
    /// By SMS.
    Sms,
}

impl Channel {
    /// The word in the store and in the inbox.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

impl std::str::FromStr for Channel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "email" => Ok(Self::Email),
            "sms" => Ok(Self::Sms),
            other => Err(format!("`{other}` is no channel")),
        }
    }
}

crate::text_column!(Channel);

/// A way to reach a person.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, Deserialize)]
#[diesel(table_name = contacts)]
pub struct Contact {
    /// Which.
    pub id: ContactId,
    /// Whose.
    pub user_id: UserId,
    /// Mail or SMS.
    pub channel: Channel,
    /// As the person wrote it.
    pub address: String,
    /// As it is compared.
    pub canonical: String,
    /// Whether apps are told this one.
    pub is_primary: bool,
    /// Since when it is listed.
    pub created_at: Moment,
    /// Since when it is proved.
    pub verified_at: Option<Moment>,
}

impl Contact {
    /// The address as mail servers and gateways take it.
    #[must_use]
    pub fn recipient(&self) -> String {
        match self.channel {
            Channel::Email => self
                .address
                .parse::<EmailAddress>()
                .map_or_else(|_| self.canonical.clone(), |address| address.deliverable()),
            Channel::Sms => self.canonical.clone(),
        }
    }
}

/// Finds a contact.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, id: ContactId) -> Result<Option<Contact>, Error> {
    Ok(on!(db, |c| contacts::table.find(id).select(Contact::as_select()).first(c).optional())?)
}

/// Finds who owns a proved address. `canonical` is as `identity` writes it.
///
/// # Errors
/// If the store cannot answer.
pub fn find_verified(
    db: &mut Db<'_>,
    channel: Channel,
    canonical: &str,
) -> Result<Option<Contact>, Error> {
    Ok(on!(db, |c| contacts::table
        .filter(contacts::channel.eq(channel))
        .filter(contacts::canonical.eq(canonical))
        .filter(contacts::verified_at.is_not_null())
        .select(Contact::as_select())
        .first(c)
        .optional())?)
}

/// Lists a person's contacts, the primary ones first.
///
/// # Errors
/// If the store cannot answer.
pub fn list_of_user(db: &mut Db<'_>, user_id: UserId) -> Result<Vec<Contact>, Error> {
    Ok(on!(db, |c| contacts::table
        .filter(contacts::user_id.eq(user_id))
        .order((contacts::is_primary.desc(), contacts::created_at.asc()))
        .select(Contact::as_select())
        .load(c))?)
}

/// Finds the address of this kind that apps are told.
///
/// # Errors
/// If the store cannot answer.
pub fn find_primary(
    db: &mut Db<'_>,
    user_id: UserId,
    channel: Channel,
) -> Result<Option<Contact>, Error> {
    Ok(on!(db, |c| contacts::table
        .filter(contacts::user_id.eq(user_id))
        .filter(contacts::channel.eq(channel))
        .filter(contacts::is_primary.eq(true))
        .select(Contact::as_select())
        .first(c)
        .optional())?)
}

/// Adds a contact; [`Error::Taken`] if it is proved and another's already.
///
/// # Errors
/// If it is taken, or the store cannot answer.
pub fn add(db: &mut Db<'_>, contact: &Contact) -> Result<(), Error> {
    on!(db, |c| diesel::insert_into(contacts::table).values(contact).execute(c))?;
    Ok(())
}

/// Notes that a contact is proved; [`Error::Taken`] if it is another's.
///
/// # Errors
/// If it is taken, or the store cannot answer.
pub fn set_verified(db: &mut Db<'_>, id: ContactId, now: Moment) -> Result<(), Error> {
    on!(db, |c| diesel::update(contacts::table.find(id))
        .set(contacts::verified_at.eq(now))
        .execute(c))?;
    Ok(())
}

/// Makes this contact the one of its kind that apps are told.
///
/// # Errors
/// If the store cannot answer.
pub fn set_primary(db: &mut Db<'_>, contact: &Contact) -> Result<(), Error> {
    let same_kind = contacts::table
        .filter(contacts::user_id.eq(contact.user_id))
        .filter(contacts::channel.eq(contact.channel));
    on!(db, |c| diesel::update(same_kind)
        .set(contacts::is_primary.eq(contacts::id.eq(contact.id)))
        .execute(c))?;
    Ok(())
}

/// Makes the oldest proved contact of each kind that has no primary one the primary one.
pub(super) fn promote(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    for channel in [Channel::Email, Channel::Sms] {
        let known = list_of_user(db, user_id)?;
        let mut known = known.iter().filter(|it| it.channel == channel && it.verified_at.is_some());
        if let Some(first) = known.next().filter(|first| !first.is_primary) {
            set_primary(db, first)?;
        }
    }
    Ok(())
}

/// Removes a contact.
///
/// # Errors
/// If the store cannot answer.
pub fn remove(db: &mut Db<'_>, id: ContactId) -> Result<(), Error> {
    on!(db, |c| diesel::delete(contacts::table.find(id)).execute(c))?;
    Ok(())
}

/// Removes all of a person's contacts, for others to take their place.
pub(super) fn remove_all(db: &mut Db<'_>, user_id: UserId) -> Result<(), Error> {
    let all = contacts::table.filter(contacts::user_id.eq(user_id));
    on!(db, |c| diesel::delete(all).execute(c))?;
    Ok(())
}
