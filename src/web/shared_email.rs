//! Which mail address an app is told: the choice on a page, and what comes back of it.

use super::{
    error::{Kind, PageError},
    form::Parameters,
    parts::AddressChoice,
};
use crate::{
    app::App,
    protocol::scope::Scope,
    store::{
        Db,
        clients::ClientId,
        contacts::{Contact, ContactId},
        private_emails::PrivateEmail,
        reach::{self, Addresses, EmailChoice, EmailWish, Reach},
        users::UserId,
    },
};

/// The field of the form.
const FIELD: &str = "email";

/// What it says for an address that hides the others.
const HIDDEN: &str = "hidden";

/// Whether a scope tells a mail address.
#[must_use]
pub fn is_told(scope: &Scope) -> bool {
    scope.contains("email") || scope.contains("claim:email")
}

/// The mail addresses that a person may share with one app.
pub struct Shareable {
    addresses: Addresses,
    /// The one that hides the others: as it was made, or as it would be.
    private: Option<PrivateEmail>,
}

impl Shareable {
    /// What this person may share with this app.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub async fn find(app: &App, user_id: UserId, client_id: ClientId) -> Result<Self, PageError> {
        let find = move |db: &mut Db<'_>| reach::find_addresses(db, user_id, client_id);
        let addresses = app.store.read(find).await?;
        let now = app.clock.now();
        let domain = app.config.hide_my_email.domain.as_deref();
        let fresh = domain.map(|domain| PrivateEmail::new(user_id, client_id, domain, now));
        let private = addresses.private.clone().or(fresh);
        Ok(Self { addresses, private })
    }

    /// What the app is told if this is chosen.
    #[must_use]
    pub fn reach(&self, choice: Option<EmailChoice>) -> Reach {
        Reach::of(&self.addresses, choice)
    }

    /// The address that was made for the app.
    #[must_use]
    pub fn made(&self) -> Option<&PrivateEmail> {
        self.addresses.private.as_ref()
    }

    /// The person's own.
    #[must_use]
    pub fn contacts(&self) -> &[Contact] {
        &self.addresses.contacts
    }

    /// What is proposed to whoever connects the app anew: what hid their address from it before.
    #[must_use]
    pub fn proposed(&self) -> Option<EmailChoice> {
        self.made().map(|made| EmailChoice::Private(made.id))
    }

    /// What they may choose from, where this is chosen or proposed; nothing where there is no choice.
    #[must_use]
    pub fn choices(&self, choice: Option<EmailChoice>) -> Vec<AddressChoice> {
        let (hides, own) = match choice {
            Some(EmailChoice::Private(_)) => (true, None),
            Some(EmailChoice::Contact(id)) => (false, Some(id)),
            None => (false, None),
        };
        let own = reach::chosen(self.contacts(), own).filter(|_| !hides).map(|it| it.id);
        let proved = reach::proved_emails(self.contacts()).map(|contact| AddressChoice {
            id: contact.id.to_string(),
            address: contact.address.clone(),
            hidden: false,
            chosen: Some(contact.id) == own,
        });
        let hidden = self.private.iter().map(|_| AddressChoice {
            id: HIDDEN.to_owned(),
            address: self.made().map(|made| made.address.clone()).unwrap_or_default(),
            hidden: true,
            chosen: hides,
        });
        let choices: Vec<_> = proved.chain(hidden).collect();
        if choices.len() > 1 { choices } else { Vec::new() }
    }

    /// What was chosen on a form, if anything was.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if it is nothing that this person may choose.
    pub fn read(&self, form: &Parameters) -> Result<Option<EmailWish>, PageError> {
        let Some(sent) = form.get(FIELD) else { return Ok(None) };
        let wish = if sent == HIDDEN {
            self.private.clone().map(EmailWish::Hidden)
        } else {
            self.own(sent).map(|contact| {
                if contact.is_primary { EmailWish::Primary } else { EmailWish::Contact(contact.id) }
            })
        };
        wish.map(Some).ok_or_else(|| Kind::Unreadable.into())
    }

    /// The proved address of this person that a form names.
    #[must_use]
    pub fn own(&self, sent: &str) -> Option<&Contact> {
        let id = ContactId::parse(sent)?;
        reach::proved_emails(self.contacts()).find(|contact| contact.id == id)
    }
}
