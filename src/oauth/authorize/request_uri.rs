//! Request objects by reference (OpenID Connect Core §6.2): fetched where the client registered that
//! they are, and only under the certification profile. Elsewhere a client pushes its request.

use url::Url;

use crate::{
    app::App,
    outbound::Call,
    protocol::{
        client_metadata::Offer,
        error::{OAuthError, invalid_request_uri, request_uri_not_supported},
    },
    store::clients::Client,
};

/// Fetches the request object at this address. It is never kept: the hash in the address, by which a
/// cache would know that it is still the same (§6.2), needs no look.
///
/// # Errors
/// `request_uri_not_supported` outside the profile; `invalid_request_uri` if the client did not
/// register the address, or nothing can be fetched there.
pub async fn fetch(app: &App, client: &Client, address: &str) -> Result<String, OAuthError> {
    if app.config.client_rules().offer == Offer::CodeOnly {
        return Err(request_uri_not_supported("only a request_uri from the PAR endpoint is taken"));
    }
    let url = registered(client, address)?;
    let call = Call::get(&url).header("accept", "application/oauth-authz-req+jwt, application/jwt");
    let answer = app.outbound.send(call).await.map_err(|error| unreadable().because(error))?;
    if answer.status != 200 {
        return Err(unreadable().because(format_args!("status {}", answer.status)));
    }
    let text = String::from_utf8(answer.body).map_err(|_| unreadable().because("no text"))?;
    Ok(text.trim().to_owned())
}

/// The address as it is fetched, if the client registered it; a hash may differ on either side.
fn registered(client: &Client, address: &str) -> Result<Url, OAuthError> {
    let mut registered = client.metadata.request_uris.iter().flatten();
    let asked = without_hash(address);
    if !registered.any(|known| without_hash(known) == asked) {
        return Err(invalid_request_uri("request_uri is not one that the client registered"));
    }
    asked.parse().map_err(|_| unreadable().because("no URL"))
}

fn without_hash(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

fn unreadable() -> OAuthError {
    invalid_request_uri("nothing can be read at request_uri")
}
