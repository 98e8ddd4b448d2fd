//! SMS by HTTP: a gateway of the operator's, which knows that a post is ours by its signature, or a
//! provider, by its own request form.

mod twilio;
mod vonage;
mod webhook;

use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use super::{Message, Unsent};
use crate::{
    clock::Moment,
    config::{self, SmsDriver},
    crypto::secret::Secret,
    outbound::{Answer, Call, Error, Outbound},
    store::outbox::Letter,
};

/// Posts each SMS as the settings say.
#[derive(Clone)]
pub struct Gateway {
    outbound: Outbound,
    form: &'static Form,
    address: Address,
    patience: Duration,
}

/// How one kind of gateway is asked, and what its answers mean.
struct Form {
    name: &'static str,
    /// Where it is asked, unless the settings name another address.
    url: fn(account: &str) -> Option<String>,
    call: fn(&Address, &Letter, &Message, Moment) -> Call,
    judge: fn(&Answer) -> Result<String, Unsent>,
}

/// Where a gateway is, and who we are there.
#[derive(Clone)]
struct Address {
    url: Url,
    account: String,
    secret: Option<Secret>,
    sender: Option<String>,
}

impl Gateway {
    /// The gateway of these settings; none if nothing leaves by them.
    #[must_use]
    pub fn new(settings: &config::Sms, outbound: &Outbound) -> Option<Self> {
        let form = match settings.driver {
            SmsDriver::Sandbox | SmsDriver::Off => return None,
            SmsDriver::Webhook => &webhook::FORM,
            SmsDriver::Twilio => &twilio::FORM,
            SmsDriver::Vonage => &vonage::FORM,
        };
        let account = settings.account.clone().unwrap_or_default();
        let named = settings.url.as_ref().map(|link| link.url().clone());
        Some(Self {
            outbound: outbound.clone(),
            form,
            address: Address {
                url: named.or_else(|| (form.url)(&account)?.parse().ok())?,
                account,
                secret: settings.secret.clone(),
                sender: settings.sender.clone(),
            },
            patience: Duration::from_secs(settings.timeout_seconds),
        })
    }

    /// Where it is, in words.
    #[must_use]
    pub fn name(&self) -> String {
        let host = self.address.url.host_str().unwrap_or_default();
        format!("{} at {host}", self.form.name)
    }

    /// The longest that a try takes.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        self.patience
    }

    /// Posts one SMS, and waits until the gateway has taken it; what it said.
    ///
    /// # Errors
    /// What the gateway answered, or that it could not be reached.
    pub async fn send(
        &self,
        letter: &Letter,
        message: &Message,
        now: Moment,
    ) -> Result<String, Unsent> {
        let call = (self.form.call)(&self.address, letter, message, now).named_by_operator();
        match timeout(self.patience, self.outbound.send(call)).await {
            Ok(Ok(answer)) => (self.form.judge)(&answer),
            Ok(Err(error)) => Err(Unsent::for_now(error.to_string())),
            Err(_) => Err(Unsent::for_now(Error::TimedOut.to_string())),
        }
    }
}

/// What a provider says in words of its own, made fit for one line of ours.
fn told(text: Option<&str>) -> String {
    crate::text::one_line(text.unwrap_or("no reason"), 200)
}
