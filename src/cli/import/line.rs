//! One line of an import: an account, or what is wrong with it.

use serde::Deserialize;

use super::named;
use crate::{
    clock::Moment,
    crypto::password,
    identity::{display_name::DisplayName, email_address::EmailAddress, phone_number::PhoneNumber},
    store::{
        contacts::{Channel, Contact, ContactId},
        users::{Profile, User},
    },
};

/// A line as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    phone: Option<String>,
    #[serde(default)]
    phone_verified: bool,
    password_hash: Option<String>,
    #[serde(default)]
    profile: Profile,
}

/// Everything that is written for one account.
#[derive(Clone)]
pub struct Account {
    pub user: User,
    pub contacts: Vec<Contact>,
    pub password_hash: Option<String>,
}

impl Account {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, beginning with the member.
    pub fn read(text: &str, all_verified: bool, now: Moment) -> Result<Self, String> {
        let line: Line = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let name: DisplayName = line.name.parse().map_err(|p| format!("name: {p}"))?;
        let user = User::named(name.as_str(), now).with_profile(&line.profile);
        let contact = |channel, address: &str, canonical: &str, verified: bool| Contact {
            id: ContactId::random(),
            user_id: user.id,
            channel,
            address: address.to_owned(),
            canonical: canonical.to_owned(),
            is_primary: true,
            created_at: now,
            verified_at: (verified || all_verified).then_some(now),
        };
        let mut contacts = Vec::new();
        let wrong =
            |channel, problem: &dyn std::fmt::Display| format!("{}: {problem}", named(channel));
        if let Some(email) = &line.email {
            let email: EmailAddress = email.parse().map_err(|p| wrong(Channel::Email, &p))?;
            let (address, canonical) = (email.as_str(), email.canonical());
            contacts.push(contact(Channel::Email, address, canonical, line.email_verified));
        }
        if let Some(phone) = &line.phone {
            let phone = PhoneNumber::read(phone, None).map_err(|p| wrong(Channel::Sms, &p))?;
            let (address, canonical) = (phone.readable(), phone.as_str());
            contacts.push(contact(Channel::Sms, &address, canonical, line.phone_verified));
        }
        if !contacts.iter().any(|contact| contact.verified_at.is_some()) {
            let why = "email_verified: no contact is proved, so nobody could sign in; \
                       --verified counts all as proved";
            return Err(why.to_owned());
        }
        let password_hash = line.password_hash.as_deref().map(hash).transpose()?;
        Ok(Self { user, contacts, password_hash })
    }
}

/// The hash is not repeated in what is wrong with it: it is a secret.
fn hash(text: &str) -> Result<String, String> {
    password::read_foreign(text).ok_or_else(|| {
        "password_hash: this is no bcrypt, Argon2, scrypt or PBKDF2 in a form that is understood, \
         or it costs more than this server spends on one password"
            .to_owned()
    })
}
