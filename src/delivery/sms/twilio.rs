//! Twilio's Messages API: `POST /2010-04-01/Accounts/{AccountSid}/Messages.json`.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize;

use super::{Address, Form, told};
use crate::{
    clock::Moment,
    crypto::secret::Secret,
    delivery::{Message, Unsent},
    outbound::{Answer, Call},
    store::outbox::Letter,
};

pub(super) const FORM: Form = Form { name: "Twilio", url, call, judge };

/// The codes that say that this number gets no SMS from us, however often we try: it is none, is no
/// mobile number, wants none, or is where the account may not send.
const FOR_GOOD: [u32; 7] = [21_211, 21_214, 21_217, 21_408, 21_610, 21_612, 21_614];

/// What answers hold, good and bad.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    sid: Option<String>,
    status: serde_json::Value,
    code: Option<u32>,
    message: Option<String>,
}

fn url(account: &str) -> Option<String> {
    let plain = account.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let url = format!("https://api.twilio.com/2010-04-01/Accounts/{account}/Messages.json");
    (plain && !account.is_empty()).then_some(url)
}

/// The post. A sender that begins with `MG` is a messaging service, which chooses the number itself.
fn call(address: &Address, letter: &Letter, message: &Message, _: Moment) -> Call {
    let sender = address.sender.as_deref().unwrap_or_default();
    let service = sender.len() == 34 && sender.starts_with("MG");
    let from = if service { "MessagingServiceSid" } else { "From" };
    let fields = [("To", &*letter.recipient), (from, sender), ("Body", &*message.text)];
    let secret = address.secret.as_ref().map(Secret::expose).unwrap_or_default();
    let credentials = BASE64_STANDARD.encode(format!("{}:{secret}", address.account));
    Call::post_form(&address.url, &fields).header("authorization", format!("Basic {credentials}"))
}

fn judge(answer: &Answer) -> Result<String, Unsent> {
    let said: Told = serde_json::from_slice(&answer.body).unwrap_or_default();
    if matches!(answer.status, 200..=299) {
        let status = said.status.as_str().unwrap_or("accepted").to_owned();
        return Ok(format!("{status} as {}", told(said.sid.as_deref())));
    }
    let code = said.code.map(|code| format!(", code {code}")).unwrap_or_default();
    Err(Unsent {
        why: format!("Twilio answered {}{code}: {}", answer.status, told(said.message.as_deref())),
        for_good: said.code.is_some_and(|code| FOR_GOOD.contains(&code)),
    })
}
