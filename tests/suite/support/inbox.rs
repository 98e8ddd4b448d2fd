//! What a server wrote to people, as its inbox page tells programs (`interface.md`, Addresses).

use serde_json::Value;
use url::Url;

use super::http::Request;

/// Every message, the newest first.
pub async fn all(server: &Url) -> Vec<Value> {
    let inbox = server.join("/inbox").expect("a URL");
    let request = Request::get(&inbox).header("accept", "application/json");
    request.send().await.expect(200).json().as_array().expect("a list").clone()
}

/// The one-time code in the newest message to this address.
pub async fn code_sent_to(server: &Url, address: &str) -> String {
    let inbox = all(server).await;
    let to = inbox.iter().find(|message| message["to"] == address);
    let code = to.and_then(|message| message["code"].as_str());
    code.unwrap_or_else(|| panic!("no code for {address}: {inbox:#?}")).to_owned()
}

/// The newest one-time code of all, whoever it was sent to.
pub async fn newest_code(server: &Url) -> String {
    let inbox = all(server).await;
    let code = inbox.iter().find_map(|message| message["code"].as_str());
    code.unwrap_or_else(|| panic!("no code: {inbox:#?}")).to_owned()
}
