//! What people say to be found: a mail address or a mobile number.

use crate::{
    identity::{
        email_address::{EmailAddress, EmailProblem},
        phone_number::{PhoneNumber, PhoneProblem},
    },
    store::contacts::{Channel, Contact},
};

/// An address or number, as it was typed and as it is compared.
#[derive(Clone)]
pub(super) struct Identifier {
    pub channel: Channel,
    pub typed: String,
    pub canonical: String,
    /// As mail servers and gateways take it.
    pub recipient: String,
}

impl Identifier {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// The key of the sentence that says what is wrong with it.
    pub fn read(typed: &str) -> Result<Self, &'static str> {
        let typed = typed.trim();
        let number = typed.starts_with(|c: char| c == '+' || c.is_ascii_digit());
        if number && !typed.contains('@') {
            let number = PhoneNumber::read(typed, None).map_err(PhoneProblem::key)?;
            return Ok(Self::of_number(&number));
        }
        let address: EmailAddress = typed.parse().map_err(EmailProblem::key)?;
        Ok(Self::of_address(&address))
    }

    /// A mail address.
    pub fn of_address(address: &EmailAddress) -> Self {
        Self {
            channel: Channel::Email,
            typed: address.as_str().to_owned(),
            canonical: address.canonical().to_owned(),
            recipient: address.deliverable(),
        }
    }

    /// A contact that somebody has proved.
    pub fn of_contact(contact: &Contact) -> Self {
        Self {
            channel: contact.channel,
            typed: contact.address.clone(),
            canonical: contact.canonical.clone(),
            recipient: contact.recipient(),
        }
    }

    /// A mobile number.
    pub fn of_number(number: &PhoneNumber) -> Self {
        let text = number.as_str().to_owned();
        Self {
            channel: Channel::Sms,
            typed: number.readable(),
            canonical: text.clone(),
            recipient: text,
        }
    }
}
