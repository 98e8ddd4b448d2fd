//! A gateway of the operator's: JSON, signed.

use std::fmt::Write as _;

use serde_json::json;

use super::{Address, Form};
use crate::{
    clock::Moment,
    delivery::{Message, Unsent},
    outbound::{Answer, Call},
    store::outbox::Letter,
};

pub(super) const FORM: Form = Form { name: "webhook", url: |_| None, call, judge };

/// The post: the letter's id lets the gateway know one that it has had.
fn call(address: &Address, letter: &Letter, message: &Message, now: Moment) -> Call {
    let body = json!({
        "id": letter.id.to_string(),
        "to": letter.recipient,
        "text": message.text,
        "sender": address.sender,
    });
    let call = Call::post_json(&address.url, &body);
    let Some(secret) = &address.secret else { return call };
    let timestamp = now.seconds().to_string();
    let signed = [timestamp.as_bytes(), b".", call.body()].concat();
    let signature = hex(&secret.sign(&signed));
    call.header("countersign-timestamp", timestamp).header("countersign-signature", signature)
}

/// Only what says that this very SMS cannot be sent ends it: a gateway that is broken, busy or not
/// yet set up right is tried again.
fn judge(answer: &Answer) -> Result<String, Unsent> {
    match answer.status {
        status @ 200..=299 => Ok(format!("the gateway answered {status}")),
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
