//! What people hear of the copy of their data and of the end of their account, and operators of apps
//! that were reported.

use super::{
    super::{
        Message,
        letterhead::{Draft, Letterhead},
    },
    greeting,
};
use crate::{clock::Moment, store::contacts::Channel};

/// The copy that was asked for is there.
pub struct ExportReady<'a> {
    /// The name the person goes by.
    pub name: &'a str,
    /// Where it is fetched.
    pub link: &'a str,
    /// How many days it is there.
    pub days: u64,
}

impl ExportReady<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let subject = head.text("export-ready-subject").to_string();
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text("export-ready-text").to_string(),
            advice: vec![head.text("export-ready-advice").and("count", self.days).to_string()],
            action: Some((head.text("data-title").to_string(), self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// The account will be removed.
pub struct DeletionBegun<'a> {
    /// The name the person goes by.
    pub name: &'a str,
    /// When.
    pub until: Moment,
    /// Where that is taken back.
    pub link: &'a str,
}

impl DeletionBegun<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let day = head.language().date(self.until);
        let subject = head.text("deletion-begun-subject").and("date", &day).to_string();
        let action = head.text("keep-submit").to_string();
        Draft {
            short: format!("{subject}. {action}"),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text("deletion-begun-text").and("date", &day).to_string(),
            advice: vec![head.text("deletion-begun-advice").to_string()],
            action: Some((action, self.link.to_owned())),
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// The account is removed: the last letter.
pub struct AccountRemoved<'a> {
    /// The name the person went by.
    pub name: &'a str,
}

impl AccountRemoved<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let subject = head.text("account-removed-subject").to_string();
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, self.name),
            opening: head.text("account-removed-text").to_string(),
            advice: vec![head.text("account-removed-advice").to_string()],
            ..Draft::default()
        }
        .write(head, channel)
    }
}

/// Somebody reported an app; for whoever runs this installation.
pub struct AppReported<'a> {
    /// The app's name.
    pub app: &'a str,
    /// Its id.
    pub client_id: &'a str,
    /// What is wrong, in a word of ours.
    pub reason: &'a str,
    /// More about it, in the words of whoever reported it.
    pub details: &'a str,
}

impl AppReported<'_> {
    /// The words of it.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(&self, head: &Letterhead) -> askama::Result<Message> {
        let subject = head.text("app-reported-subject").and("app", self.app).to_string();
        let known = [
            ("held-client-id", self.client_id),
            ("app-reported-reason", self.reason),
            ("app-reported-details", self.details),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.is_empty());
        Draft {
            short: format!("{subject}."),
            subject,
            greeting: greeting(head, ""),
            opening: head.text("app-reported-text").and("app", self.app).to_string(),
            facts: known.map(|(key, value)| (head.text(key).to_string(), value.into())).collect(),
            advice: vec![head.text("app-reported-advice").to_string()],
            ..Draft::default()
        }
        .write(head, Channel::Email)
    }
}
