//! An app as people see it, wherever it is shown.

use super::{
    content_policy::ContentPolicy,
    parts::{AppCard, Trust},
};
use crate::store::clients::Client;

/// What people are shown of a client.
#[must_use]
pub fn of(client: &Client) -> AppCard {
    let metadata = &client.metadata;
    AppCard {
        name: client.name.clone(),
        logo: metadata.logo_uri.clone(),
        publisher: None,
        trust: if client.first_party { Trust::OurOwn } else { Trust::Unknown },
        home: metadata.client_uri.clone(),
        privacy: metadata.policy_uri.clone(),
        terms: metadata.tos_uri.clone(),
        contact: metadata.contacts.as_ref().and_then(|contacts| contacts.first().cloned()),
    }
}

/// What a page with this card may load: our own things, and the app's logo.
#[must_use]
pub fn policy(card: &AppCard) -> ContentPolicy {
    ContentPolicy::default().images_from(card.logo.as_deref())
}
