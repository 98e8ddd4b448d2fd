//! The authorization code (RFC 6749 §4.1.2): sealed, it carries its own facts and costs no row.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    app::Seals,
    clock::Moment,
    crypto::secret::{Prefix, dress, undress},
    protocol::scope::Scope,
    store::{
        clients::ClientId,
        grants::GrantId,
        sessions::SessionId,
        token_families::{FamilyId, TokenFamily},
        users::UserId,
    },
};

/// What a code says, to us alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationCode {
    /// The family that redeeming it begins: its key, so it is redeemed once.
    pub family: FamilyId,
    /// The family of the tokens that came in the same answer, if any did: it began with the answer.
    pub beside: Option<FamilyId>,
    /// Who may redeem it.
    pub client: ClientId,
    /// The redirect URI of the request, to be repeated exactly (RFC 6749 §4.1.3).
    pub redirect_uri: String,
    /// The S256 challenge (RFC 7636 §4.4).
    pub code_challenge: Option<String>,
    /// Who allowed it.
    pub user: UserId,
    /// Under which consent.
    pub grant: GrantId,
    /// In which session.
    pub session: SessionId,
    /// What was allowed.
    pub scope: Scope,
    /// For which API (RFC 8707).
    pub resource: Option<String>,
    /// What the ID token must repeat.
    pub nonce: Option<String>,
    /// The `claims` parameter, as JSON.
    pub claims: Option<String>,
    /// How sure we were of the person.
    pub acr: String,
    /// What they proved it with.
    pub amr: String,
    /// When they proved it.
    pub auth_at: Moment,
    /// When the code was made; it lives for a minute.
    pub issued_at: Moment,
}

impl AuthorizationCode {
    /// The code as it travels.
    #[must_use]
    pub fn seal(&self, seals: &Seals) -> String {
        dress(Prefix::AuthorizationCode, &seals.authorization_code.seal(self))
    }

    /// The family that redeeming it begins.
    #[must_use]
    pub fn family(&self, lifetime: Duration, now: Moment) -> TokenFamily {
        TokenFamily {
            id: self.family,
            grant_id: self.grant,
            client_id: self.client,
            user_id: self.user,
            session_id: Some(self.session),
            scope: self.scope.clone(),
            resource: self.resource.clone(),
            claims: self.claims.clone(),
            acr: self.acr.clone(),
            amr: self.amr.clone(),
            auth_at: self.auth_at,
            generation: 0,
            rotated_at: now,
            created_at: now,
            expires_at: now + lifetime,
            ended_at: None,
            end_reason: None,
        }
    }

    /// Every family that came of the same act: whoever replays the code saw the whole answer.
    pub fn families(&self) -> impl Iterator<Item = FamilyId> {
        [Some(self.family), self.beside].into_iter().flatten()
    }

    /// Reads a code; anything we did not seal as one is none.
    #[must_use]
    pub fn open(text: &str, seals: &Seals) -> Option<Self> {
        seals.authorization_code.open(&undress(Prefix::AuthorizationCode, text)?)
    }
}
