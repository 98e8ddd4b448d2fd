//! Which mail address an app is told: the choice on a page, and what comes back of it.

use super::{
    error::{Kind, PageError},
    form::Parameters,
    parts::AddressChoice,
};
use crate::{
    protocol::scope::Scope,
    store::{
        contacts::{Contact, ContactId},
        reach::{self, EmailChoice},
    },
};

/// The field of the form.
const FIELD: &str = "email";

/// Whether a scope tells a mail address.
#[must_use]
pub fn is_told(scope: &Scope) -> bool {
    scope.contains("email") || scope.contains("claim:email")
}

/// What somebody with these contacts may choose from, where they have chosen this so far; nothing
/// where there is no choice.
#[must_use]
pub fn choices(contacts: &[Contact], choice: Option<EmailChoice>) -> Vec<AddressChoice> {
    let now = reach::chosen(contacts, choice).map(|contact| contact.id);
    let proved = reach::proved_emails(contacts).map(|contact| AddressChoice {
        id: contact.id.to_string(),
        address: contact.address.clone(),
        hidden: false,
        chosen: Some(contact.id) == now,
    });
    let choices: Vec<_> = proved.collect();
    if choices.len() > 1 { choices } else { Vec::new() }
}

/// What was chosen on a form, if anything was.
///
/// # Errors
/// [`Kind::Unreadable`] if it is nothing that somebody with these contacts may choose.
pub fn read(form: &Parameters, contacts: &[Contact]) -> Result<Option<EmailChoice>, PageError> {
    let Some(sent) = form.get(FIELD) else { return Ok(None) };
    let id = ContactId::parse(sent);
    let own = reach::proved_emails(contacts).find(|contact| Some(contact.id) == id);
    own.map(|contact| Some(EmailChoice::Contact(contact.id))).ok_or_else(|| Kind::Unreadable.into())
}
