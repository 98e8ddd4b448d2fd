//! How an app reaches a person: by the mail address they chose for it, and by their number.

use super::{
    Db, Error,
    clients::ClientId,
    contacts::{self, Channel, Contact, ContactId},
    private_emails::{self, PrivateEmail, PrivateEmailId},
    users::UserId,
};

/// The mail address that a person chose for an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailChoice {
    /// One of their own.
    Contact(ContactId),
    /// One that was made for the app and hides theirs.
    Private(PrivateEmailId),
}

/// What a person wishes an app to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailWish {
    /// Their primary address, whichever that will be.
    Primary,
    /// Another one of their own.
    Contact(ContactId),
    /// One that hides theirs: this one, unless one was made before.
    Hidden(PrivateEmail),
}

/// The mail addresses that an app could be told of a person, and their numbers.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// Their own.
    pub contacts: Vec<Contact>,
    /// The one that was made for the app, if one was.
    pub private: Option<PrivateEmail>,
}

/// What an app may be told of how somebody is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// By mail.
    pub email: Option<Told>,
    /// Whether that address hides another.
    pub private: bool,
    /// By mobile number.
    pub phone: Option<Told>,
}

/// An address or a number as an app is told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Itself.
    pub address: String,
    /// Whether it is proved.
    pub verified: bool,
}

impl Reach {
    /// What an app is told for which somebody with these addresses has chosen this. An address of
    /// theirs that was removed since, or is proved no more, gives way to the primary one; one that
    /// hides theirs never does.
    #[must_use]
    pub fn of(addresses: &Addresses, choice: Option<EmailChoice>) -> Self {
        let Addresses { contacts, private } = addresses;
        let email = match choice {
            Some(EmailChoice::Private(_)) => private
                .as_ref()
                .map(|private| Told { address: private.address.clone(), verified: true }),
            Some(EmailChoice::Contact(id)) => chosen(contacts, Some(id)).map(told),
            None => chosen(contacts, None).map(told),
        };
        let phone = primary(contacts, Channel::Sms)
            .map(|phone| Told { address: phone.canonical.clone(), ..told(phone) });
        Self { email, private: matches!(choice, Some(EmailChoice::Private(_))), phone }
    }
}

fn told(contact: &Contact) -> Told {
    Told { address: contact.address.clone(), verified: contact.verified_at.is_some() }
}

/// Of these, the mail address that was chosen, or else the primary one.
#[must_use]
pub fn chosen(contacts: &[Contact], choice: Option<ContactId>) -> Option<&Contact> {
    let chosen = proved_emails(contacts).find(|contact| Some(contact.id) == choice);
    chosen.or_else(|| primary(contacts, Channel::Email))
}

/// The mail addresses that a person may choose from.
pub fn proved_emails(contacts: &[Contact]) -> impl Iterator<Item = &Contact> {
    contacts.iter().filter(|it| it.channel == Channel::Email && it.verified_at.is_some())
}

fn primary(contacts: &[Contact], channel: Channel) -> Option<&Contact> {
    contacts.iter().find(|contact| contact.channel == channel && contact.is_primary)
}

/// Finds what an app is told for which this person has chosen this.
///
/// # Errors
/// If the store cannot answer.
pub fn find(db: &mut Db<'_>, user_id: UserId, choice: Option<EmailChoice>) -> Result<Reach, Error> {
    let contacts = contacts::list_of_user(db, user_id)?;
    let private = match choice {
        Some(EmailChoice::Private(id)) => private_emails::find(db, id)?,
        _ => None,
    };
    Ok(Reach::of(&Addresses { contacts, private }, choice))
}

/// Finds all that this app could be told of this person.
///
/// # Errors
/// If the store cannot answer.
pub fn find_addresses(
    db: &mut Db<'_>,
    user_id: UserId,
    client_id: ClientId,
) -> Result<Addresses, Error> {
    Ok(Addresses {
        contacts: contacts::list_of_user(db, user_id)?,
        private: private_emails::find_of_app(db, user_id, client_id)?,
    })
}

/// Makes the choice that was wished for; none where the primary address will do.
///
/// # Errors
/// If the store cannot answer.
pub(super) fn settle(db: &mut Db<'_>, wish: &EmailWish) -> Result<Option<EmailChoice>, Error> {
    Ok(match wish {
        EmailWish::Primary => None,
        EmailWish::Contact(id) => Some(EmailChoice::Contact(*id)),
        EmailWish::Hidden(fresh) => {
            Some(EmailChoice::Private(private_emails::find_or_add(db, fresh)?.id))
        }
    })
}
