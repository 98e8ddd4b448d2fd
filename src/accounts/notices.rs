//! What people are told of at all their contacts, so that nobody takes their account in silence.
//!
//! Each notice has a link for "This wasn't me", sealed for one person and one contact, or one that
//! takes a change of the contacts back. What they do is `recovery::not_me`'s and `contacts::undo`'s.

use std::time::Duration;

use actix_web::web::Data;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    clock::Moment,
    config::SmsDriver,
    crypto::seal::Sealer,
    delivery::{
        Letterhead, Message,
        messages::{Alarm, SecurityNotice},
    },
    language::Language,
    store::{
        self, Db,
        contact_changes::{ContactChange, ContactChangeId},
        contacts::{self, Channel, Contact, ContactId},
        outbox,
        users::{self, User, UserId},
    },
    web::{urls, visitor::Visitor, whereabouts},
};

/// As long the link in a notice is good.
const GOOD_FOR: Duration = Duration::from_hours(7 * 24);

/// "This wasn't me": who says so if the link is followed, from which contact, of what moment.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct NotMe {
    pub user_id: UserId,
    pub contact_id: ContactId,
    pub sent_at: Moment,
}

impl NotMe {
    /// As it travels in a link.
    pub fn seal(&self, sealer: &Sealer) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(sealer.seal(self))
    }

    /// Reads what we sealed, while it is good.
    pub fn open(text: &str, sealer: &Sealer, now: Moment) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        sealer.open(&bytes).filter(|it: &Self| now < it.sent_at + GOOD_FOR)
    }
}

/// A change to take back, and the contact that says so.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Undo {
    pub change_id: ContactChangeId,
    pub contact_id: ContactId,
}

impl Undo {
    /// As it travels in a link.
    fn seal(&self, sealer: &Sealer) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(sealer.seal(self))
    }

    /// Reads what we sealed; how long it is good is written with the change.
    pub fn open(text: &str, sealer: &Sealer) -> Option<Self> {
        sealer.open(&BASE64_URL_SAFE_NO_PAD.decode(text).ok()?)
    }
}

/// Something that happened at a visitor's request, as its notices tell it.
#[derive(Clone)]
pub(super) struct Notice {
    app: Data<App>,
    alarm: Alarm,
    language: Language,
    user_agent: String,
    address: String,
    what: String,
    undo: Option<ContactChangeId>,
    now: Moment,
}

impl Notice {
    /// What `visitor` did.
    pub fn of(app: &Data<App>, visitor: &Visitor, alarm: Alarm, now: Moment) -> Self {
        Self {
            app: app.clone(),
            alarm,
            language: visitor.page.language,
            user_agent: visitor.user_agent.clone(),
            address: visitor.address.clone(),
            what: String::new(),
            undo: None,
            now,
        }
    }

    /// The same of a change to this contact, with a link that takes it back.
    #[must_use]
    pub fn of_change(self, change: &ContactChange, contact: &str) -> Self {
        Self { what: contact.to_owned(), undo: Some(change.id), ..self }
    }

    /// Puts a notice to each proved contact of this person in the outbox, but for the one at
    /// `except`, whose owner did it.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn send(
        &self,
        db: &mut Db<'_>,
        user_id: UserId,
        except: Option<&str>,
    ) -> Result<(), store::Error> {
        let Some(user) = users::find(db, user_id)? else { return Ok(()) };
        for contact in contacts::list_of_user(db, user_id)? {
            let others = except != Some(&*contact.recipient());
            if others && contact.verified_at.is_some() && reaches(&self.app, contact.channel) {
                let message = self.message(&user, &contact)?;
                let letter = self.app.courier.letter(
                    contact.channel,
                    &contact.recipient(),
                    &message,
                    self.now,
                );
                outbox::add(db, &letter)?;
            }
        }
        Ok(())
    }

    fn message(&self, user: &User, contact: &Contact) -> Result<Message, store::Error> {
        let app = &self.app;
        let own = user.language.as_deref().and_then(|tag| Language::first_of([tag]));
        let language = own.unwrap_or(self.language);
        let notice = SecurityNotice {
            alarm: self.alarm,
            name: &user.name,
            at: self.now,
            device: &whereabouts::device(&self.user_agent, language),
            place: &whereabouts::place(app, &self.address, language),
            what: &self.what,
            link: &format!("{}{}", app.config.http.public_url.as_str(), self.path(contact)),
        };
        let message = notice.write(&Letterhead::new(&app.config, language), contact.channel);
        message.map_err(|error| store::Error::Broken(error.to_string()))
    }

    /// Where the notice to this contact leads.
    fn path(&self, contact: &Contact) -> String {
        match self.undo {
            Some(change_id) => {
                let undo = Undo { change_id, contact_id: contact.id };
                let undo = undo.seal(&self.app.seals.contact_change);
                urls::with_query(urls::UNDO_CONTACTS, &[("change", &undo)])
            }
            None => not_me(&self.app, contact.user_id, contact.id, self.now),
        }
    }
}

/// Where "This wasn't me" leads whoever reads this contact.
pub(super) fn not_me(app: &App, user_id: UserId, contact_id: ContactId, sent_at: Moment) -> String {
    let not_me = NotMe { user_id, contact_id, sent_at };
    urls::with_query(urls::NOT_ME, &[("alarm", &not_me.seal(&app.seals.alarm))])
}

/// Whether anything leaves by this channel.
pub(super) fn reaches(app: &App, channel: Channel) -> bool {
    channel != Channel::Sms || app.config.delivery.sms.driver != SmsDriver::Off
}
