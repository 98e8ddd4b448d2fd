//! What people are told of at all their contacts, so that nobody takes their account in silence.
//!
//! Each notice has a link for "This wasn't me", sealed for one person and one contact. What it does
//! is `recovery::not_me`'s.

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
    identity::user_agent::UserAgent,
    language::Language,
    store::{
        self, Db,
        contacts::{self, Channel, Contact, ContactId},
        outbox,
        users::{self, User, UserId},
    },
    web::{urls, visitor::Visitor},
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

/// Something that happened at a visitor's request, as its notices tell it.
#[derive(Clone)]
pub(super) struct Notice {
    app: Data<App>,
    alarm: Alarm,
    language: Language,
    agent: UserAgent,
    place: String,
    now: Moment,
}

impl Notice {
    /// What `visitor` did.
    pub fn of(app: &Data<App>, visitor: &Visitor, alarm: Alarm, now: Moment) -> Self {
        Self {
            app: app.clone(),
            alarm,
            language: visitor.page.language,
            agent: UserAgent::read(&visitor.user_agent),
            place: visitor.address.clone(),
            now,
        }
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
        let not_me = NotMe { user_id: user.id, contact_id: contact.id, sent_at: self.now };
        let path = urls::with_query(urls::NOT_ME, &[("alarm", &not_me.seal(&app.seals.alarm))]);
        let notice = SecurityNotice {
            alarm: self.alarm,
            name: &user.name,
            at: self.now,
            device: &described(&self.agent, language),
            place: &self.place,
            link: &format!("{}{path}", app.config.http.public_url.as_str()),
        };
        let message = notice.write(&Letterhead::new(&app.config, language), contact.channel);
        message.map_err(|error| store::Error::Broken(error.to_string()))
    }
}

/// "Firefox, Linux", or else what kind of thing it is.
fn described(agent: &UserAgent, language: Language) -> String {
    let known: Vec<&str> = agent.browser.iter().chain(&agent.system).map(String::as_str).collect();
    if known.is_empty() { language.text(agent.device.key()).to_string() } else { known.join(", ") }
}

/// Whether anything leaves by this channel.
pub(super) fn reaches(app: &App, channel: Channel) -> bool {
    channel != Channel::Sms || app.config.delivery.sms.driver != SmsDriver::Off
}
