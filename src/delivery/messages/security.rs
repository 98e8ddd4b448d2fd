//! What people are told of at all their contacts, so that nobody takes their account in silence.

use super::{
    super::{
        Message,
        letterhead::{Draft, Letterhead},
    },
    greeting,
};
use crate::{clock::Moment, store::contacts::Channel};

/// What people are told of at all their contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Somebody proved a contact, and may now choose a new password.
    RecoveryBegun,
    /// Somebody chose a new password in that way.
    Recovered,
    /// Somebody who knew the password changed it.
    PasswordChanged,
    /// A passkey or security key was added.
    PasskeyAdded,
    /// A passkey or security key was removed.
    PasskeyRemoved,
    /// Another contact was proved and listed.
    ContactAdded,
    /// A contact was removed.
    ContactRemoved,
    /// Another contact is the primary one.
    PrimaryContactChanged,
    /// Changes to the contacts were taken back.
    ContactChangeUndone,
    /// Somebody signed in with a link that an operator made.
    SignedInByLink,
    /// Somebody who lost every way in chose a new password after the wait.
    DelayedRecoveryDone,
    /// Two-step verification was switched on.
    TwoStepOn,
    /// Two-step verification was switched off.
    TwoStepOff,
    /// Which channels bring codes for the second step was changed.
    TwoStepChanged,
    /// An authenticator app was set up.
    AuthenticatorAdded,
    /// An authenticator app was removed.
    AuthenticatorRemoved,
    /// New recovery codes were made.
    RecoveryCodesMade,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// Somebody signed in with a browser that is new to the account.
    NewBrowser,
    /// A copy of what is held was asked for.
    ExportAsked,
    /// The deletion of the account was taken back.
    AccountKept,
    /// A sign-in was refused by whoever is signed in elsewhere.
    SignInRefused,
}

impl Alarm {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::RecoveryBegun,
        Self::Recovered,
        Self::PasswordChanged,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::ContactAdded,
        Self::ContactRemoved,
        Self::PrimaryContactChanged,
        Self::ContactChangeUndone,
        Self::SignedInByLink,
        Self::DelayedRecoveryDone,
        Self::TwoStepOn,
        Self::TwoStepOff,
        Self::TwoStepChanged,
        Self::AuthenticatorAdded,
        Self::AuthenticatorRemoved,
        Self::RecoveryCodesMade,
        Self::RecoveryCodeUsed,
        Self::NewBrowser,
        Self::ExportAsked,
        Self::AccountKept,
        Self::SignInRefused,
    ];

    /// Whether the link in its notice takes back what was done, rather than freeze the account.
    const fn undoable(self) -> bool {
        matches!(
            self,
            Self::ContactAdded
                | Self::ContactRemoved
                | Self::PrimaryContactChanged
                | Self::DelayedRecoveryDone
        )
    }

    const fn keys(self) -> [&'static str; 2] {
        match self {
            Self::RecoveryBegun => ["recovery-begun-subject", "recovery-begun-text"],
            Self::Recovered => ["recovered-subject", "recovered-text"],
            Self::PasswordChanged => ["password-changed-subject", "password-changed-text"],
            Self::PasskeyAdded => ["passkey-added-subject", "passkey-added-text"],
            Self::PasskeyRemoved => ["passkey-removed-subject", "passkey-removed-text"],
            Self::ContactAdded => ["contact-added-subject", "contact-added-text"],
            Self::ContactRemoved => ["contact-removed-subject", "contact-removed-text"],
            Self::PrimaryContactChanged => ["contact-primary-subject", "contact-primary-text"],
            Self::ContactChangeUndone => ["contact-undone-subject", "contact-undone-text"],
            Self::NewBrowser => ["new-browser-subject", "new-browser-text"],
            Self::ExportAsked => ["export-asked-subject", "export-asked-text"],
            Self::AccountKept => ["account-kept-subject", "account-kept-text"],
            Self::SignInRefused => ["sign-in-refused-subject", "sign-in-refused-text"],
            Self::SignedInByLink => ["link-used-subject", "link-used-text"],
            Self::DelayedRecoveryDone => ["delayed-done-subject", "delayed-done-text"],
            Self::TwoStepOn => ["two-step-on-subject", "two-step-on-text"],
            Self::TwoStepOff => ["two-step-off-subject", "two-step-off-text"],
            Self::TwoStepChanged => ["two-step-changed-subject", "two-step-changed-text"],
            Self::AuthenticatorAdded => ["authenticator-added-subject", "authenticator-added-text"],
            Self::AuthenticatorRemoved => {
                ["authenticator-removed-subject", "authenticator-removed-text"]
            }
            Self::RecoveryCodesMade => ["recovery-codes-made-subject", "recovery-codes-made-text"],
            Self::RecoveryCodeUsed => ["recovery-code-used-subject", "recovery-code-used-text"],
        }
    }
}

/// Something happened that its owner must be able to stop.
pub struct SecurityNotice<'a> {
    /// What.
    pub alarm: Alarm,
    /// The name the person goes by.
    pub name: &'a str,
    /// When.
    pub at: Moment,
    /// On what: "Firefox on Linux".
    pub device: &'a str,
    /// From which address.
    pub place: &'a str,
    /// What it was done to, if that must be said: an address, a number.
    pub what: &'a str,
    /// Where "This wasn't me" or "Undo this change" leads.
    pub link: &'a str,
}

impl SecurityNotice<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let [subject, opening] = self.alarm.keys();
        let subject = head.text(subject).to_string();
        let [action, advice] = if self.alarm.undoable() {
            ["contact-undo-link", "message-undo"]
        } else {
            ["not-me-link", "message-not-me"]
        };
        let known = [
            ("message-contact", self.what.to_owned()),
            ("message-when", head.language().time(self.at)),
            ("message-device", self.device.to_owned()),
            ("message-place", self.place.to_owned()),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.is_empty());
        let action = head.text(action).to_string();
        Draft {
            short: format!("{subject}. {action}"),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text(opening).to_string(),
            facts: known.map(|(key, value)| (head.text(key).to_string(), value)).collect(),
            advice: vec![head.text(advice).to_string()],
            action: Some((action, self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}
