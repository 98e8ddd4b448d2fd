//! Mail by SMTP.

use std::{fmt, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor,
    address::Envelope,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{Error, authentication::Credentials},
};

use super::{Message, Relayed, Unsent};
use crate::{
    config::{Config, Email, MailTls},
    store::outbox::Letter,
    text::one_line,
};

/// Sends mail through the server that the settings name.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
    server: String,
    patience: Duration,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Smtp(from {})", self.from)
    }
}

impl Smtp {
    /// The way out that these settings describe.
    ///
    /// # Errors
    /// If the server's or the sender's address cannot be used, by the name of its key.
    pub fn new(config: &Config, settings: &Email) -> Result<Self, String> {
        let host = settings.host.as_deref().ok_or("delivery.email.host is missing")?;
        let builder = match settings.tls {
            MailTls::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host),
            MailTls::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host),
            MailTls::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)),
        };
        let builder = builder.map_err(|error| format!("delivery.email.host: {error}"))?;
        let timeout = Duration::from_secs(settings.timeout_seconds);
        let mut builder = builder.port(settings.port).timeout(Some(timeout));
        if let (Some(username), Some(password)) = (&settings.username, &settings.password) {
            let password = password.expose().to_owned();
            builder = builder.credentials(Credentials::new(username.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from: from(settings, &config.brand.name)?,
            host: config.http.public_url.host().to_owned(),
            server: format!("{host}:{}", settings.port),
            patience: timeout,
        })
    }

    /// Where it leads, in words.
    #[must_use]
    pub fn name(&self) -> String {
        format!("SMTP at {}", self.server)
    }

    /// The longest that a try takes.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        self.patience
    }

    /// Sends one mail, and waits until the mail server has taken it; what it said.
    ///
    /// # Errors
    /// What the mail server said, or that it could not be reached.
    pub async fn send(&self, letter: &Letter, message: &Message) -> Result<String, Unsent> {
        let sent = if let Some(relayed) = &message.relayed {
            let envelope = envelope(letter, relayed).map_err(Unsent::for_good)?;
            // What ends its last line is written with the dot that ends the mail.
            let mail = relayed.mail.strip_suffix(b"\r\n").unwrap_or(&relayed.mail);
            self.transport.send_raw(&envelope, mail).await
        } else {
            self.transport.send(self.mail(letter, message).map_err(Unsent::for_good)?).await
        };
        match sent {
            Ok(reply) => {
                let said: Vec<_> = reply.message().collect();
                Ok(one_line(&format!("{} {}", reply.code(), said.join(" ")), 300))
            }
            Err(error) => Err(Unsent { for_good: is_about_the_mail(&error), why: told(&error) }),
        }
    }

    /// The mail itself. A letter that is sent again has the same `Message-ID`, by which mail
    /// programs know that they have it (RFC 5322 §3.6.4).
    fn mail(&self, letter: &Letter, message: &Message) -> Result<Mail, String> {
        let to = letter.recipient.parse().map_err(|error| format!("the address: {error}"))?;
        let mail = Mail::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.trim())
            .message_id(Some(format!("<{}@{}>", letter.id, self.host)))
            // Nobody's holiday reply is wanted (RFC 3834 §5.1).
            .raw_header(header("Auto-Submitted", "auto-generated"));
        let text = message.text.clone();
        let mail = match &message.html {
            Some(html) => mail.multipart(MultiPart::alternative_plain_html(text, html.clone())),
            None => mail.singlepart(SinglePart::plain(text)),
        };
        mail.map_err(|error| error.to_string())
    }
}

/// Whom a mail of others is from and for, to mail servers.
fn envelope(letter: &Letter, relayed: &Relayed) -> Result<Envelope, String> {
    let sender = relayed.sender.parse().map_err(|error| format!("the sender: {error}"))?;
    let to = letter.recipient.parse().map_err(|error| format!("the address: {error}"))?;
    Envelope::new(Some(sender), vec![to]).map_err(|error| error.to_string())
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Whether trying again makes no sense: the server refused this mail for good. That it does not
/// take our password (RFC 4954 §6) says nothing of the mail.
fn is_about_the_mail(error: &Error) -> bool {
    let code = error.status().map(u16::from);
    error.is_permanent() && !matches!(code, Some(530 | 534 | 535 | 538))
}

/// The error with what lies beneath it: "connection error" alone helps nobody.
fn told(error: &Error) -> String {
    let mut told = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_told = cause.to_string();
        if !told.contains(&cause_told) {
            told = format!("{told}: {cause_told}");
        }
        source = cause.source();
    }
    told
}

fn from(settings: &Email, brand: &str) -> Result<Mailbox, String> {
    let address = settings.from_address.as_ref().ok_or("delivery.email.from_address is missing")?;
    let address = address.deliverable().parse();
    let address = address.map_err(|error| format!("delivery.email.from_address: {error}"))?;
    let name = settings.from_name.clone().unwrap_or_else(|| brand.to_owned());
    Ok(Mailbox::new(Some(name), address))
}
