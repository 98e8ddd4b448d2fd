//! How mail and SMS leave.

use super::{link::Link, section::section, words::words};
use crate::{crypto::secret::Secret, identity::email_address::EmailAddress};

section! {
    /// How mail and SMS leave.
    Delivery {
    }
    with {
        email: Email;
        email_fallback: EmailFallback;
        sms: Sms;
        sms_fallback: SmsFallback;
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
    /// A second mail server, tried whenever the first does not take a mail.
    EmailFallback {
        /// The mail server; without it there is no second one. What is not set here is as in
        /// `delivery.email`.
        host: Option<String> = None;
        /// The mail server's port.
        port: u16 = 587, 1..=65_535;
        /// The account at the mail server.
        username: Option<String> = None;
        /// The password of that account.
        password: Option<Secret> = None;
        /// How the connection is encrypted.
        tls: MailTls = MailTls::StartTls;
    }
}

section! {
    /// A second way out for SMS, tried whenever the first does not take one.
    SmsFallback {
        /// As `delivery.sms.driver`; `off` means that there is none.
        driver: SmsDriver = SmsDriver::Off;
        /// As `delivery.sms.url`.
        url: Option<Link> = None;
        /// As `delivery.sms.account`.
        account: Option<String> = None;
        /// As `delivery.sms.secret`.
        secret: Option<Secret> = None;
        /// As `delivery.sms.sender`.
        sender: Option<String> = None;
    }
}

section! {
    /// How SMS leave.
    Sms {
        /// `sandbox` keeps SMS in the inbox page, for developers and tests; it is refused unless
        /// `http.public_url` is loopback. `webhook` posts each to an address of yours. `twilio` and
        /// `vonage` send through an account there. `off` means that nothing is sent by SMS and nobody
        /// is offered it.
        driver: SmsDriver = SmsDriver::Sandbox;
        /// Where each SMS is posted. To a webhook, as JSON with `id`, `to`, `text` and `sender`: any
        /// 2xx means that the gateway has it; 400, 413 and 422 that it never can; after anything else
        /// it is posted again, later each time, with the same `id`. For `twilio` and `vonage` only if
        /// theirs is not to be reached directly.
        url: Option<Link> = None;
        /// The account's SID at Twilio, or the API key at Vonage.
        account: Option<String> = None;
        /// The auth token at Twilio, or the API secret at Vonage. To a webhook it signs each post:
        /// `Countersign-Signature` is the HMAC-SHA256 under it, in hexadecimal digits, of the header
        /// `Countersign-Timestamp` (seconds since 1970), a dot, and the body. Refuse what is older
        /// than a few minutes.
        secret: Option<Secret> = None;
        /// Who the SMS says it comes from: a number, or up to 11 letters; at Twilio also the SID of a
        /// messaging service.
        sender: Option<String> = None;
        /// How many SMS may leave to one country in an hour; those beyond wait, and codes that would
        /// come too late are not sent. Strangers who have numbers of their own written to for money
        /// get no further.
        per_country_hour: u32 = 500, 1..=1_000_000;
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

impl Email {
    /// The same by another server, if one is named.
    #[must_use]
    pub fn falling_back_to(&self, other: &EmailFallback) -> Option<Self> {
        Some(Self {
            host: Some(other.host.clone()?),
            port: other.port,
            username: other.username.clone(),
            password: other.password.clone(),
            tls: other.tls,
            ..self.clone()
        })
    }
}

impl Sms {
    /// The same by another gateway.
    #[must_use]
    pub fn falling_back_to(&self, other: &SmsFallback) -> Self {
        Self {
            driver: other.driver,
            url: other.url.clone(),
            account: other.account.clone(),
            secret: other.secret.clone(),
            sender: other.sender.clone(),
            ..self.clone()
        }
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
        /// Through an account at Twilio.
        Twilio = "twilio",
        /// Through an account at Vonage.
        Vonage = "vonage",
        /// There are none.
        Off = "off",
    }
}
