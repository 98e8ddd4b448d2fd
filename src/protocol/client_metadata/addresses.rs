//! The addresses in client metadata: which are fetched, called or shown, and what each must be.

use std::collections::BTreeSet;

use url::{Host, Url};

use super::{
    ApplicationType,
    check::{Loopback, Rules},
    members::ProposedMetadata,
};
use crate::protocol::{
    error::{OAuthError, invalid_client_metadata, invalid_redirect_uri},
    grant_type::GrantType,
    redirect_uri::{Kind, RedirectUri},
};

const MOST_CHARACTERS: usize = 2_000;
const MOST_REDIRECT_URIS: usize = 100;
const MOST_REQUEST_URIS: usize = 20;

/// Judges every address that is one URL.
pub(super) fn judge(said: &ProposedMetadata, rules: Rules) -> Result<(), OAuthError> {
    let shown_or_called = [
        (&said.client_uri, "client_uri must be an https URL without fragment"),
        (&said.logo_uri, "logo_uri must be an https URL without fragment"),
        (&said.policy_uri, "policy_uri must be an https URL without fragment"),
        (&said.tos_uri, "tos_uri must be an https URL without fragment"),
        (&said.jwks_uri, "jwks_uri must be an https URL without fragment"),
        (
            &said.sector_identifier_uri,
            "sector_identifier_uri must be an https URL without fragment",
        ),
        (&said.initiate_login_uri, "initiate_login_uri must be an https URL without fragment"),
        (
            &said.backchannel_logout_uri,
            "backchannel_logout_uri must be an https URL without fragment",
        ),
        (&said.event_uri, "event_uri must be an https URL without fragment"),
        (
            &said.frontchannel_logout_uri,
            "frontchannel_logout_uri must be an https URL without fragment",
        ),
    ];
    for (address, sentence) in shown_or_called {
        if let Some(wrong) = address.as_deref().filter(|text| !is_web_address(text, rules.loopback))
        {
            return Err(invalid_client_metadata(sentence).because(format_args!("{wrong:.200?}")));
        }
    }
    judge_request_uris(said.request_uris.as_deref().unwrap_or_default(), rules)
}

/// A request URI may end in a fragment: the hash of what is found there (OpenID Connect Core §6.2).
fn judge_request_uris(uris: &[String], rules: Rules) -> Result<(), OAuthError> {
    if uris.len() > MOST_REQUEST_URIS {
        return Err(invalid_client_metadata("request_uris holds more than 20"));
    }
    let address = |uri: &str| uri.split('#').next().unwrap_or_default().to_owned();
    match uris.iter().find(|uri| !is_web_address(&address(uri), rules.loopback)) {
        Some(wrong) => Err(invalid_client_metadata("each of request_uris must be an https URL")
            .because(format_args!("{wrong:.200?}"))),
        None => Ok(()),
    }
}

fn is_web_address(text: &str, loopback: Loopback) -> bool {
    let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
    let Some(url) = Url::parse(text).ok().filter(|_| printable && text.len() <= MOST_CHARACTERS)
    else {
        return false;
    };
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let http_here = || url.scheme() == "http" && loopback == Loopback::Allowed && is_loopback(&url);
    bare && url.host().is_some() && (url.scheme() == "https" || http_here())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Reads a list of redirect URIs; the refusal is the URI's own.
pub(super) fn redirect_uris(said: Option<&[String]>) -> Result<Vec<RedirectUri>, OAuthError> {
    let said = said.unwrap_or_default();
    if said.len() > MOST_REDIRECT_URIS {
        return Err(invalid_redirect_uri("more than 100 redirect URIs"));
    }
    let mut uris: Vec<RedirectUri> = Vec::with_capacity(said.len());
    for text in said {
        let uri = text.parse()?;
        if !uris.contains(&uri) {
            uris.push(uri);
        }
    }
    Ok(uris)
}

/// Judges the redirect URIs by what they are for; which kind of app may have which is
/// [`super::ClientType`]'s.
pub(super) fn judge_redirect_uris(
    uris: &[RedirectUri],
    application_type: ApplicationType,
    grant_types: &BTreeSet<GrantType>,
) -> Result<(), OAuthError> {
    if uris.is_empty() && grant_types.iter().any(|it| it.needs_redirect_uri()) {
        return Err(invalid_redirect_uri(
            "redirect_uris is missing, and this grant type needs one",
        ));
    }
    // OpenID Connect Dynamic Registration §2: what comes by fragment needs https.
    let web = application_type == ApplicationType::Web;
    let implicit = web && grant_types.contains(&GrantType::Implicit);
    if implicit && uris.iter().any(|uri| uri.kind() != Kind::Https) {
        return Err(invalid_redirect_uri("a web app with the implicit grant must use https"));
    }
    Ok(())
}

/// Front-Channel Logout §2: the page that signs out lives where the client lives.
pub(super) fn judge_frontchannel(
    said: &ProposedMetadata,
    redirect_uris: &[RedirectUri],
) -> Result<(), OAuthError> {
    let Some(page) = said.frontchannel_logout_uri.as_deref().and_then(|uri| Url::parse(uri).ok())
    else {
        return Ok(());
    };
    let origin = Some(page.origin().ascii_serialization());
    if redirect_uris.iter().any(|uri| uri.origin() == origin) {
        return Ok(());
    }
    Err(invalid_client_metadata("frontchannel_logout_uri must share the origin of a redirect URI"))
}
