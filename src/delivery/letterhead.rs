//! How every message looks: one mail in text and HTML, one SMS, whatever it says.

use askama::Template;

use super::Message;
use crate::{
    config::Config,
    language::{Language, Text},
    store::contacts::Channel,
};

/// Who writes, and in which language.
#[derive(Clone, Debug)]
pub struct Letterhead {
    brand: String,
    host: String,
    accent: String,
    language: Language,
}

impl Letterhead {
    /// The letterhead of the settings, in this language.
    #[must_use]
    pub fn new(config: &Config, language: Language) -> Self {
        Self {
            brand: config.brand.name.clone(),
            host: config.http.public_url.host().to_owned(),
            accent: config.brand.accent.to_string(),
            language,
        }
    }

    /// The language it is written in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentence under `key`; every sentence may speak of `$brand` and `$host`.
    pub(super) fn text<'a>(&self, key: &'a str) -> Text<'a> {
        self.language.text(key).and("brand", &self.brand).and("host", &self.host)
    }

    /// A name and its value on one line.
    fn fact(&self, name: &str, value: &str) -> String {
        self.text("message-fact").and("name", name).and("value", value).to_string()
    }
}

/// What a message says, before it is put on paper.
#[derive(Default)]
pub(super) struct Draft {
    /// The subject of a mail.
    pub subject: String,
    /// The whole of it as an SMS.
    pub short: String,
    /// The first line.
    pub greeting: String,
    /// What happened, or what is asked.
    pub opening: String,
    /// A code, to be read and typed.
    pub code: Option<String>,
    /// What is known of it: a name and a value each.
    pub facts: Vec<(String, String)>,
    /// What to do about it.
    pub advice: Vec<String>,
    /// The one thing that can be done about it: what the button says, and where it leads.
    pub action: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "messages/mail.txt")]
struct MailText<'a> {
    head: &'a Letterhead,
    draft: &'a Draft,
}

#[derive(Template)]
#[template(path = "messages/mail.html")]
struct MailPage<'a> {
    head: &'a Letterhead,
    draft: &'a Draft,
}

#[derive(Template)]
#[template(path = "messages/sms.txt")]
struct SmsText<'a> {
    head: &'a Letterhead,
    draft: &'a Draft,
}

impl Draft {
    /// The message, as it leaves by this channel.
    ///
    /// # Errors
    /// If a template cannot be rendered.
    pub fn write(self, head: &Letterhead, channel: Channel) -> askama::Result<Message> {
        let draft = &self;
        let (subject, text, html) = match channel {
            Channel::Email => (
                draft.subject.clone(),
                MailText { head, draft }.render()?,
                Some(MailPage { head, draft }.render()?),
            ),
            Channel::Sms => (String::new(), SmsText { head, draft }.render()?, None),
        };
        let link = self.action.map(|(_, link)| link);
        Ok(Message { subject, text, code: self.code, link, html, relayed: None })
    }
}
