//! Vonage's SMS API: `POST /sms/json`. It answers 200 whatever came of it.

use serde::Deserialize;

use super::{Address, Form, told};
use crate::{
    clock::Moment,
    crypto::secret::Secret,
    delivery::{Message, Unsent},
    outbound::{Answer, Call},
    store::outbox::Letter,
};

pub(super) const FORM: Form = Form {
    name: "Vonage",
    url: |_| Some("https://rest.nexmo.com/sms/json".to_owned()),
    call,
    judge,
};

/// The states that say that this SMS or this number will never do: parameters that are wrong, a
/// message that is, a number that is barred, not allowed or no more.
const FOR_GOOD: [&str; 6] = ["3", "6", "7", "12", "29", "33"];

/// What an answer holds: one entry for each part of a long SMS.
#[derive(Deserialize)]
struct Told {
    messages: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    status: String,
    #[serde(rename = "message-id")]
    id: Option<String>,
    #[serde(rename = "error-text")]
    error: Option<String>,
}

fn call(address: &Address, letter: &Letter, message: &Message, _: Moment) -> Call {
    let kind = if message.text.is_ascii() { "text" } else { "unicode" };
    let fields = [
        ("api_key", &*address.account),
        ("api_secret", address.secret.as_ref().map(Secret::expose).unwrap_or_default()),
        ("from", address.sender.as_deref().unwrap_or_default()),
        ("to", letter.recipient.trim_start_matches('+')),
        ("text", &message.text),
        ("type", kind),
    ];
    Call::post_form(&address.url, &fields)
}

fn judge(answer: &Answer) -> Result<String, Unsent> {
    let said = serde_json::from_slice::<Told>(&answer.body).ok();
    let Some(Told { messages }) = said.filter(|said| !said.messages.is_empty()) else {
        return Err(Unsent::for_now(format!("Vonage answered {}", answer.status)));
    };
    match messages.iter().find(|part| part.status != "0") {
        Some(part) => Err(Unsent {
            why: format!(
                "Vonage answered {}: {}",
                told(Some(&part.status)),
                told(part.error.as_deref())
            ),
            for_good: FOR_GOOD.contains(&&*part.status),
        }),
        None => Ok(format!("accepted as {}", told(messages[0].id.as_deref()))),
    }
}
