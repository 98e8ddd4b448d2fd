//! The refresh token (RFC 6749 §1.5): a generation of a family, sealed so that the same generation
//! is always the same text. A client that lost our answer can be given it again; nothing is stored.

use serde::{Deserialize, Serialize};

use crate::{
    app::Seals,
    crypto::secret::{Prefix, Secret, dress, undress},
    store::token_families::FamilyId,
};

/// What a refresh token says, to us alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshToken {
    /// The family it keeps alive.
    pub family: FamilyId,
    /// Which of its refresh tokens this is, counted from 0.
    pub generation: i64,
}

impl RefreshToken {
    /// The token as it travels.
    #[must_use]
    pub fn seal(&self, seals: &Seals) -> Secret {
        Secret::new(dress(Prefix::RefreshToken, &seals.refresh_token.seal_repeatably(self)))
    }

    /// Reads a token; anything we did not seal as one is none.
    #[must_use]
    pub fn open(text: &str, seals: &Seals) -> Option<Self> {
        seals.refresh_token.open(&undress(Prefix::RefreshToken, text)?)
    }
}
