//! What is ready when the demo opens: people who can sign in, and apps that are registered.
//!
//! Passwords, client ids and client secrets are derived from the root secret. So nothing has to be
//! written down, every start finds what the first one made and prints the same, and no two machines
//! have a secret in common.

mod apps;
mod people;

use std::fmt;

use openidconnect::url::Url;

pub use self::{apps::App, people::Person};
use crate::{
    clock::Moment,
    config::Config,
    crypto::secret::DigestKey,
    keys::root::RootSecret,
    protocol::error::OAuthError,
    store::{self, Settle, Store},
};

/// Everything that is ready.
pub struct Ready {
    /// Who can sign in.
    pub people: Vec<Person>,
    /// The sample shop.
    pub shop: App,
    /// The sample API.
    pub api: App,
    /// An app without a secret, for trying things out.
    pub native: App,
    /// The television in the shop's window.
    pub television: App,
}

/// Why something could not be made ready.
#[derive(Debug)]
pub enum Error {
    /// The store's reason.
    Store(store::Error),
    /// A sample app is not what these settings allow to be registered.
    Refused(OAuthError),
    /// A sample person is not what these settings allow to sign up.
    Strange(String),
}

/// What everything is derived from.
struct Source(DigestKey);

/// Makes ready what is not yet, and tells what there is.
///
/// # Errors
/// If the store cannot answer, or the settings refuse what the demo needs.
pub async fn prepare(
    store: &Store,
    root: &RootSecret,
    config: &Config,
    shop: &Url,
    now: Moment,
) -> Result<Ready, Error> {
    let source = Source(root.digest_key("demo"));
    let people = people::prepare(store, &source, config, now).await?;
    let rules = config.client_rules();
    let owner = people.publisher;
    let app = async |draft| apps::prepare(store, &source, draft, (owner, rules), now).await;
    Ok(Ready {
        shop: app(apps::shop(shop)).await?,
        api: app(apps::api(shop)).await?,
        native: app(apps::native()).await?,
        television: app(apps::television()).await?,
        people: people.all,
    })
}

impl Source {
    /// Thirty-two bytes that are always the same for the same thing, on this machine.
    fn bytes(&self, thing: &str, name: &str) -> [u8; 32] {
        self.0.digest(&[thing.as_bytes(), name.as_bytes()])
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl Settle for Error {
    fn undoes(&self) -> bool {
        true
    }

    fn passes(&self) -> bool {
        matches!(self, Self::Store(error) if error.passes())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(out, "preparing the demo: {error}"),
            Self::Refused(error) => write!(out, "registering the demo's apps: {error}"),
            Self::Strange(what) => write!(out, "preparing the demo's people: {what}"),
        }
    }
}

#[cfg(test)]
mod tests;
