//! Mail by SMTP.

use std::{fmt, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::authentication::Credentials,
};

use super::Message;
use crate::config::{Config, Email, MailTls};

/// Sends mail through the server that the settings name.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a mail did not leave.
#[derive(Debug)]
pub struct Unsent {
    /// What the mail server said, or that it could not be reached.
    pub why: String,
    /// Whether trying again makes no sense: the server refused it for good.
    pub for_good: bool,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Smtp(from {})", self.from)
    }
}

impl Smtp {
    /// The way out that the settings describe.
    ///
    /// # Errors
    /// If the server's or the sender's address cannot be used, by the name of its key.
    pub fn new(config: &Config) -> Result<Self, String> {
        let settings = &config.delivery.email;
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
        Ok(Self { transport: builder.build(), from: from(settings, &config.brand.name)? })
    }

    /// Sends one mail, and waits until the mail server has taken it.
    ///
    /// # Errors
    /// What the mail server said, or that it could not be reached.
    pub async fn send(&self, to: &str, message: &Message) -> Result<(), Unsent> {
        let never = |why: String| Unsent { why, for_good: true };
        let to = to.parse().map_err(|error| never(format!("the address: {error}")))?;
        let mail = Mail::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.trim())
            .header(ContentType::TEXT_PLAIN)
            .body(message.text.clone())
            .map_err(|error| never(error.to_string()))?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) => Err(Unsent { for_good: error.is_permanent(), why: error.to_string() }),
        }
    }
}

fn from(settings: &Email, brand: &str) -> Result<Mailbox, String> {
    let address = settings.from_address.as_ref().ok_or("delivery.email.from_address is missing")?;
    let address = address.deliverable().parse();
    let address = address.map_err(|error| format!("delivery.email.from_address: {error}"))?;
    let name = settings.from_name.clone().unwrap_or_else(|| brand.to_owned());
    Ok(Mailbox::new(Some(name), address))
}
