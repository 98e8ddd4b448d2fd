//! The access token (RFC 6749 §1.4) for our own endpoints: sealed, good while its seal, its expiry,
//! its family and its grant are good.

use serde::{Deserialize, Serialize};

use super::Granted;
use crate::{
    app::Seals,
    clock::Moment,
    crypto::secret::{Prefix, Secret, dress, undress},
    protocol::scope::Scope,
    store::{clients::ClientId, revoked_tokens::TokenId, token_families::FamilyId},
};

/// What an access token says, to us alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    /// Its own id, by which it can be revoked on its own.
    pub id: TokenId,
    /// Whose it is.
    pub client: ClientId,
    /// What it hangs on.
    pub holder: Holder,
    /// What for, at most.
    pub scope: Scope,
    /// For which API; none means our own endpoints.
    pub resource: Option<String>,
    /// When it was made.
    pub issued_at: Moment,
    /// When it stops.
    pub expires_at: Moment,
}

/// What an access token hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// An act of authorization by a person.
    Family(FamilyId),
    /// The client itself (RFC 6749 §4.4).
    Client,
}

impl AccessToken {
    /// A new token for what was granted.
    #[must_use]
    pub fn new(granted: &Granted, holder: Holder, issued_at: Moment, expires_at: Moment) -> Self {
        Self {
            id: TokenId::random(),
            client: granted.client.id,
            holder,
            scope: granted.scope.clone(),
            resource: granted.resource.clone(),
            issued_at,
            expires_at,
        }
    }

    /// The token as it travels.
    #[must_use]
    pub fn seal(&self, seals: &Seals) -> Secret {
        Secret::new(dress(Prefix::AccessToken, &seals.access_token.seal(self)))
    }

    /// Reads a token; anything we did not seal as one is none.
    #[must_use]
    pub fn open(text: &str, seals: &Seals) -> Option<Self> {
        seals.access_token.open(&undress(Prefix::AccessToken, text)?)
    }
}
