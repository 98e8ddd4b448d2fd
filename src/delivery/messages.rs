//! Every message we send, typed. The words stand in `templates/languages`, the look in
//! `templates/messages`.

mod privacy;
mod security;

pub use privacy::{AccountRemoved, AppReported, DeletionBegun, ExportReady};
pub use security::{Alarm, SecurityNotice};

use super::{
    Message,
    letterhead::{Draft, Letterhead},
};
use crate::{clock::Moment, store::contacts::Channel};

/// What a one-time code is for: a code for one thing is no code for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It proves an address before an account is made.
    SignUp,
    /// It leads back into an account.
    Recovery,
    /// It proves another address or number of an account.
    Contact,
    /// It is the second step of a sign-in.
    SecondFactor,
}

impl Purpose {
    /// The word a challenge keeps it under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::Recovery => "recovery",
            Self::Contact => "contact",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// A one-time code on its way to whoever asked for it.
pub struct OneTimeCode<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// The name the person goes by.
    pub name: &'a str,
    /// The code.
    pub code: &'a str,
    /// How long it is good.
    pub minutes: u64,
}

impl OneTimeCode<'_> {
    /// The words of it, with the warning never to tell it to anyone.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let [subject, opening, ignore] = match self.purpose {
            Purpose::SignUp => ["sign-up-code-subject", "sign-up-code-text", "sign-up-code-ignore"],
            Purpose::Recovery => {
                ["recovery-code-subject", "recovery-code-text", "recovery-code-ignore"]
            }
            Purpose::Contact => {
                ["contact-code-subject", "contact-code-text", "contact-code-ignore"]
            }
            Purpose::SecondFactor => [
                "second-factor-code-subject",
                "second-factor-code-text",
                "second-factor-code-ignore",
            ],
        };
        let subject = head.text(subject).and("code", self.code).to_string();
        Draft {
            short: format!("{subject}. {}", head.text("message-code-secret")),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text(opening).to_string(),
            code: Some(self.code.to_owned()),
            advice: vec![
                head.text("message-code-rule").and("minutes", self.minutes).to_string(),
                head.text(ignore).to_string(),
            ],
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// What somebody tried with an address that has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// To make an account with it.
    SignUp,
    /// To list it in another account.
    Contact,
}

/// What the owner of an address hears when somebody else tries to have it.
pub struct AddressTaken<'a> {
    /// What was tried.
    pub tried: Tried,
    /// Where to sign in.
    pub link: &'a str,
}

impl AddressTaken<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let [subject, opening, advice] = match self.tried {
            Tried::SignUp => {
                ["sign-up-repeated-subject", "sign-up-repeated-text", "sign-up-repeated-advice"]
            }
            Tried::Contact => {
                ["contact-taken-subject", "contact-taken-text", "sign-up-repeated-advice"]
            }
        };
        let subject = head.text(subject).to_string();
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, ""),
            opening: head.text(opening).to_string(),
            advice: vec![head.text(advice).to_string()],
            action: Some((head.text("sign-in-submit").to_string(), self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// The receipt for an app's access that was taken back.
pub struct AccessRemoved<'a> {
    /// The name the person goes by.
    pub name: &'a str,
    /// The app.
    pub app: &'a str,
    /// Where the apps are that still have access.
    pub link: &'a str,
}

impl AccessRemoved<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let subject = head.text("access-removed-subject").and("app", self.app).to_string();
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text("access-removed-text").and("app", self.app).to_string(),
            advice: vec![head.text("access-removed-advice").and("app", self.app).to_string()],
            action: Some((head.text("menu-apps").to_string(), self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// Somebody who says that they lost every way in will be let in after a wait.
pub struct DelayedRecoveryNotice<'a> {
    /// The name the person goes by.
    pub name: &'a str,
    /// When it was asked for, and when the wait is over.
    pub times: (Moment, Moment),
    /// On what: "Firefox on Linux".
    pub device: &'a str,
    /// From which address.
    pub place: &'a str,
    /// Where the link will go.
    pub address: &'a str,
    /// Where it is cancelled.
    pub link: &'a str,
}

impl DelayedRecoveryNotice<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let subject = head.text("delayed-notice-subject").to_string();
        let cancel = head.text("delayed-cancel-link").to_string();
        let known = [
            ("delayed-notice-due", head.language().time(self.times.1)),
            ("delayed-notice-address", self.address.to_owned()),
            ("message-when", head.language().time(self.times.0)),
            ("message-device", self.device.to_owned()),
            ("message-place", self.place.to_owned()),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.is_empty());
        Draft {
            short: format!("{subject}. {cancel}"),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text("delayed-notice-text").to_string(),
            facts: known.map(|(key, value)| (head.text(key).to_string(), value)).collect(),
            advice: vec![head.text("delayed-notice-advice").to_string()],
            action: Some((cancel, self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// The wait is over: where a new password is chosen.
pub struct DelayedRecoveryReady<'a> {
    /// Where.
    pub link: &'a str,
    /// How many days the link is good.
    pub days: u64,
}

impl DelayedRecoveryReady<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let subject = head.text("delayed-ready-subject").to_string();
        let action = head.text("recover-password-title").to_string();
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, ""),
            opening: head.text("delayed-ready-text").to_string(),
            advice: vec![head.text("delayed-ready-advice").and("count", self.days).to_string()],
            action: Some((action, self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// A message that only shows that messages arrive.
pub struct DeliveryTest;

impl DeliveryTest {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let subject = head.text("delivery-test-subject").to_string();
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, ""),
            opening: head.text("delivery-test-text").to_string(),
            advice: vec![head.text("delivery-test-advice").to_string()],
            ..Draft::default()
        }
        .write(head, channel)
    }
}

fn greeting(head: &Letterhead, name: &str) -> String {
    if name.is_empty() {
        return head.text("message-hello-anybody").to_string();
    }
    head.text("message-hello").and("name", name).to_string()
}

#[cfg(test)]
mod tests;
