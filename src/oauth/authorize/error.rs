//! A refusal at the authorization endpoint: shown here, or carried back; never the wrong one.

use crate::{
    protocol::{error::OAuthError, redirect_uri::ReturnTo, response::ResponseMode},
    store,
    web::error::{Kind, PageError},
};

/// A refusal, and who hears it.
pub enum AuthorizeError {
    /// The person: there is no registered place to go back to.
    Show(PageError),
    /// The client, by way of the browser.
    Return(WayBack, OAuthError),
}

/// Where an answer goes, and how it travels.
#[derive(Clone, Debug)]
pub struct WayBack {
    /// The registered place.
    pub return_to: ReturnTo,
    /// Query, fragment or form.
    pub mode: ResponseMode,
}

impl From<PageError> for AuthorizeError {
    fn from(error: PageError) -> Self {
        Self::Show(error)
    }
}

impl From<Kind> for AuthorizeError {
    fn from(kind: Kind) -> Self {
        Self::Show(kind.into())
    }
}

impl From<store::Error> for AuthorizeError {
    fn from(error: store::Error) -> Self {
        Self::Show(error.into())
    }
}
