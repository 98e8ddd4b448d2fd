//! Whether a mail is taken, and its way into the outbox.

use std::time::Duration;

use super::{
    headers::{self, Headers},
    reply::Reply,
};
use crate::{
    app::App,
    clock::Moment,
    config::HideMyEmail,
    delivery::{Courier, Message, Relayed},
    identity::email_address::EmailAddress,
    store::{
        self, Db, Settle,
        attempts::{self, Counted, Limit},
        contacts::Channel,
        outbox,
        private_emails::{self, Living},
        relayed_mails::{self, RelayedMail},
    },
};

/// As much of a mail is kept where messages can be read instead of being sent.
const SHOWN: usize = 20_000;

/// What was said of a mail before it came.
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    /// Whom it is from; nobody if it reports on another.
    pub sender: Option<EmailAddress>,
    /// Whom it is for.
    pub recipients: Vec<String>,
}

/// Why a mail is not taken.
#[derive(Debug)]
pub enum Refused {
    /// It shall not be.
    For(Reply),
    /// The store could not answer.
    Trouble(store::Error),
}

impl Refused {
    /// What is said of it.
    pub fn reply(self) -> Reply {
        match self {
            Self::For(reply) => reply,
            Self::Trouble(error) => {
                tracing::warn!("A mail could not be taken: {error}");
                Reply::OUR_TROUBLE
            }
        }
    }
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        Self::Trouble(error)
    }
}

impl Settle for Refused {
    fn undoes(&self) -> bool {
        true
    }

    fn passes(&self) -> bool {
        matches!(self, Self::Trouble(error) if error.passes())
    }
}

/// Whether mail from this sender may come for this address.
///
/// # Errors
/// Why not.
pub async fn recipient(
    app: &App,
    sender: Option<&EmailAddress>,
    recipient: &EmailAddress,
) -> Result<(), Refused> {
    let address = recipient.canonical().to_owned();
    let living = app.store.read(move |db| private_emails::find_living(db, &address)).await?;
    let Some(living) = living else {
        let ours = app.config.hide_my_email.domain.as_deref() == Some(recipient.domain());
        return Err(Refused::For(if ours { Reply::NO_MAILBOX } else { Reply::NOT_HERE }));
    };
    let allowed = sender.is_some_and(|it| may_write(&app.config.hide_my_email, &living, it));
    if allowed { Ok(()) } else { Err(Refused::For(Reply::SENDER)) }
}

/// Whether this sender is the app that the address was made for, or one whom the operator lets write
/// to everybody. Nobody's mail, which reports on others, is nobody's who may.
fn may_write(settings: &HideMyEmail, living: &Living, sender: &EmailAddress) -> bool {
    let own = living.client.metadata.email_sender_domains.iter().flatten();
    let below = |domain: &String| {
        let rest = sender.domain().strip_suffix(domain.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    own.chain(&settings.sender_domains).any(below)
}

/// Takes a mail: once this says yes, it is on disk for each of its recipients.
///
/// # Errors
/// Why it is not taken.
pub async fn mail(
    app: &App,
    envelope: Envelope,
    trace: &str,
    mail: Vec<u8>,
) -> Result<(), Refused> {
    let head = headers::read(&mail).map_err(Refused::For)?;
    let now = app.clock.now();
    let text = if app.ways.lead_out(Channel::Email) {
        String::new()
    } else {
        String::from_utf8_lossy(&mail[..mail.len().min(SHOWN)]).into_owned()
    };
    let settings = &app.config.hide_my_email;
    let taking = Taking {
        head,
        text,
        settings: settings.clone(),
        sealed: app.seals.relayed_mail.seal_bytes(&marked(trace, settings, now, &mail)),
        courier: app.courier.clone(),
        now,
    };
    let write = move |db: &mut Db<'_>| -> Result<(), Refused> {
        envelope.recipients.iter().try_for_each(|address| taking.take(db, address))
    };
    app.store.write(write).await
}

/// What is written down for each recipient.
struct Taking {
    head: Headers,
    text: String,
    settings: HideMyEmail,
    sealed: Vec<u8>,
    courier: Courier,
    now: Moment,
}

impl Taking {
    /// Judges once more, and puts the mail in the outbox. It comes from the address itself: whoever
    /// reports that it did not arrive reports to nobody, and the app learns of no other address.
    fn take(&self, db: &mut Db<'_>, address: &str) -> Result<(), Refused> {
        let living =
            private_emails::find_living(db, address)?.ok_or(Refused::For(Reply::NO_MAILBOX))?;
        if !may_write(&self.settings, &living, &self.head.from) {
            return Err(Refused::For(Reply::SENDER));
        }
        let most = i64::from(self.settings.per_address_hour);
        let limit = Limit { most, within: Duration::from_hours(1) };
        let counter = attempts::key("mail for", address.as_bytes());
        if attempts::count(db, &counter, limit, self.now)? != Counted::Within {
            return Err(Refused::For(Reply::TOO_OFTEN));
        }
        let message = Message {
            subject: self.head.subject.clone(),
            text: self.text.clone(),
            code: None,
            link: None,
            html: None,
            relayed: Some(Relayed { sender: address.to_owned(), mail: Vec::new() }),
        };
        let to = living.target.recipient();
        let letter = self.courier.letter(Channel::Email, &to, &message, self.now);
        let body = RelayedMail::of(letter.id, self.sealed.clone(), self.now);
        outbox::add(db, &letter)?;
        relayed_mails::add(db, &body)?;
        Ok(())
    }
}

/// The mail as it came, under what we say of it (RFC 5321 §4.4).
fn marked(trace: &str, settings: &HideMyEmail, now: Moment, mail: &[u8]) -> Vec<u8> {
    let domain = settings.domain.as_deref().unwrap_or("localhost");
    let date = now.as_chrono().to_rfc2822();
    let ours = format!("Received: {trace};\r\n\t{date}\r\n{}: {domain}\r\n", headers::OWN);
    [ours.as_bytes(), mail].concat()
}
