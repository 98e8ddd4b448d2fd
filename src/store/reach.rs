//! How an app reaches a person: by the mail address they chose for it, and by their number.

use super::{
    Db, Error,
    contacts::{self, Channel, Contact, ContactId},
    users::UserId,
};

/// The mail address that a person chose for an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailChoice {
    /// One of their own.
    Contact(ContactId),
}

/// What an app may be told of how somebody is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// By mail.
    pub email: Option<Told>,
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
    /// What an app is told for which somebody with these contacts has chosen this. An address that
    /// was removed since, or is proved no more, gives way to the primary one.
    #[must_use]
    pub fn of(contacts: &[Contact], choice: Option<EmailChoice>) -> Self {
        let email = chosen(contacts, choice).map(|contact| Told {
            address: contact.address.clone(),
            verified: contact.verified_at.is_some(),
        });
        let phone = primary(contacts, Channel::Sms).map(|contact| Told {
            address: contact.canonical.clone(),
            verified: contact.verified_at.is_some(),
        });
        Self { email, phone }
    }
}

/// The mail address that an app is told for which somebody with these contacts has chosen this.
#[must_use]
pub fn chosen(contacts: &[Contact], choice: Option<EmailChoice>) -> Option<&Contact> {
    let own = |contact: &&Contact| choice == Some(EmailChoice::Contact(contact.id));
    let chosen = proved_emails(contacts).find(own);
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
    Ok(Reach::of(&contacts::list_of_user(db, user_id)?, choice))
}
