//! Forms count only when they come from one of our own pages (security rule 14).

use actix_web::{HttpRequest, http::header};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use super::{
    cookies::BrowserId,
    error::{Kind, PageError},
};
use crate::{
    config::Config,
    crypto::secret::{self, DigestKey},
    store::sessions::SessionId,
};

/// The token that goes with every form: good in this browser and this session only.
#[must_use]
pub fn token(key: &DigestKey, browser: BrowserId, session: Option<SessionId>) -> String {
    let session = session.map(|session| session.as_bytes().to_vec()).unwrap_or_default();
    BASE64_URL_SAFE_NO_PAD.encode(key.digest(&[browser.as_bytes(), &session]))
}

/// Checks a form's token, and the `Origin` that browsers send with it.
///
/// # Errors
/// [`Kind::Expired`] if either is not ours.
pub fn check(
    http: &HttpRequest,
    config: &Config,
    sent: Option<&str>,
    expected: &str,
) -> Result<(), PageError> {
    let origin = http.headers().get(header::ORIGIN).map(header::HeaderValue::as_bytes);
    if origin.is_some_and(|origin| origin != config.http.public_url.as_str().as_bytes()) {
        return Err(PageError::from(Kind::Expired).because("the form came from another origin"));
    }
    if !secret::equal(sent.unwrap_or_default().as_bytes(), expected.as_bytes()) {
        return Err(PageError::from(Kind::Expired).because("the form token is wrong"));
    }
    Ok(())
}
