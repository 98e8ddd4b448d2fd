//! SMS by an HTTP gateway of the operator's, which knows that a post is ours by its signature.

use std::{fmt::Write as _, time::Duration};

use serde_json::json;
use tokio::time::timeout;
use url::Url;

use super::{Message, Unsent};
use crate::{
    clock::Moment,
    config,
    crypto::secret::Secret,
    outbound::{Answer, Call, Error, Outbound},
    store::outbox::Letter,
};

/// Posts each SMS to the address that the settings name.
#[derive(Clone)]
pub struct Gateway {
    outbound: Outbound,
    url: Url,
    secret: Option<Secret>,
    sender: Option<String>,
    patience: Duration,
}

impl Gateway {
    /// The gateway of the settings; none without an address.
    #[must_use]
    pub fn new(settings: &config::Sms, outbound: &Outbound) -> Option<Self> {
        Some(Self {
            outbound: outbound.clone(),
            url: settings.url.as_ref()?.url().clone(),
            secret: settings.secret.clone(),
            sender: settings.sender.clone(),
            patience: Duration::from_secs(settings.timeout_seconds),
        })
    }

    /// Posts one SMS, and waits until the gateway has taken it.
    ///
    /// # Errors
    /// What the gateway answered, or that it could not be reached.
    pub async fn send(
        &self,
        letter: &Letter,
        message: &Message,
        now: Moment,
    ) -> Result<(), Unsent> {
        let sent = self.outbound.send(self.call(letter, message, now));
        match timeout(self.patience, sent).await.unwrap_or(Err(Error::TimedOut)) {
            Ok(answer) => judge(&answer),
            Err(error) => Err(Unsent { why: error.to_string(), for_good: false }),
        }
    }

    /// The post: the letter's id lets the gateway know one that it has had.
    fn call(&self, letter: &Letter, message: &Message, now: Moment) -> Call {
        let body = json!({
            "id": letter.id.to_string(),
            "to": letter.recipient,
            "text": message.text,
            "sender": self.sender,
        });
        let call = Call::post_json(&self.url, &body).named_by_operator();
        let Some(secret) = &self.secret else { return call };
        let timestamp = now.seconds().to_string();
        let signed = [timestamp.as_bytes(), b".", call.body()].concat();
        let signature = hex(&secret.sign(&signed));
        call.header("countersign-timestamp", timestamp).header("countersign-signature", signature)
    }
}

/// Only what says that this very SMS cannot be sent ends it: a gateway that is broken, busy or not
/// yet set up right is tried again.
fn judge(answer: &Answer) -> Result<(), Unsent> {
    match answer.status {
        200..=299 => Ok(()),
        status => Err(Unsent {
            why: format!("the gateway answered {status}"),
            for_good: matches!(status, 400 | 413 | 422),
        }),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
