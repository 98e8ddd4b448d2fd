//! How mail and SMS leave.

use super::{link::Link, section::section, words::words};
use crate::{crypto::secret::Secret, identity::email_address::EmailAddress};

section! {
    /// How mail and SMS leave.
    Delivery {
    }
    with {
        email: Email;
        sms: Sms;
    }
}

section! {
    /// How mail leaves.
    Email {
        /// `sandbox` keeps mail in the inbox page, for developers and tests; it is refused unless
        /// `http.public_url` is loopback. `smtp` sends it.
        driver: EmailDriver = EmailDriver::Sandbox;
        /// The mail server.
        host: Option<String> = None;
        /// The mail server's port: 587 for `starttls`, 465 for `tls`.
        port: u16 = 587, 1..=65_535;
        /// The account at the mail server.
        username: Option<String> = None;
        /// The password of that account.
        password: Option<Secret> = None;
        /// How the connection is encrypted.
        tls: MailTls = MailTls::StartTls;
        /// The address that mail comes from.
        from_address: Option<EmailAddress> = None;
        /// The name that mail comes from; without it, `brand.name`.
        from_name: Option<String> = None;
        /// How long the mail server may take.
        timeout_seconds: u64 = 20, 1..=300;
    }
}

section! {
    /// How SMS leave.
    Sms {
        /// `sandbox` keeps SMS in the inbox page, for developers and tests; it is refused unless
        /// `http.public_url` is loopback. `webhook` posts each to an address of yours. `off` means
        /// that nothing is sent by SMS and nobody is offered it.
        driver: SmsDriver = SmsDriver::Sandbox;
        /// Where each SMS is posted, as JSON with `id`, `to`, `text` and `sender`. Any 2xx means that
        /// the gateway has it; 400, 413 and 422 that it never can; after anything else it is posted
        /// again, later each time, with the same `id`.
        url: Option<Link> = None;
        /// Signs each post: `Countersign-Signature` is the HMAC-SHA256 under it, in hexadecimal
        /// digits, of the header `Countersign-Timestamp` (seconds since 1970), a dot, and the body.
        /// Refuse what is older than a few minutes.
        secret: Option<Secret> = None;
        /// Who the SMS says it comes from: a number, or up to 11 letters.
        sender: Option<String> = None;
        /// How long the gateway may take, if `outbound.timeout_seconds` is not shorter.
        timeout_seconds: u64 = 10, 1..=300;
    }
}

impl Delivery {
    /// Whether any message is kept in the inbox page instead of being sent.
    #[must_use]
    pub fn sandbox(&self) -> bool {
        self.email.driver == EmailDriver::Sandbox || self.sms.driver == SmsDriver::Sandbox
    }
}

words! {
    /// How mail leaves.
    EmailDriver {
        /// It does not: it is kept in the inbox page.
        Sandbox = "sandbox",
        /// To a mail server (RFC 5321).
        Smtp = "smtp",
    }
}

words! {
    /// How the connection to the mail server is encrypted.
    MailTls {
        /// In clear first, then encrypted or not at all (RFC 3207).
        StartTls = "starttls",
        /// From the first byte (RFC 8314 §3.3).
        Tls = "tls",
        /// Never: for a mail server on this machine.
        None = "none",
    }
}

words! {
    /// How SMS leave.
    SmsDriver {
        /// They do not: they are kept in the inbox page.
        Sandbox = "sandbox",
        /// To an HTTP address of the operator's.
        Webhook = "webhook",
        /// There are none.
        Off = "off",
    }
}
