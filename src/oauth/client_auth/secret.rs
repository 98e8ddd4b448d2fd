//! `client_secret_basic` and `client_secret_post` (RFC 6749 §2.3.1).
//!
//! Secrets are 256 random bits that we made, so a plain digest is as good as a slow hash.

use crate::{
    clock::Moment,
    crypto::secret::{self, Secret},
    protocol::error::{OAuthError, invalid_client},
    store::client_secrets::ClientSecret,
};

/// Compares a presented secret with those of the client that count now.
pub(super) fn check(
    known: &[ClientSecret],
    presented: &Secret,
    now: Moment,
) -> Result<(), OAuthError> {
    let digest = secret::digest(presented.expose().as_bytes());
    let live = known.iter().filter(|known| known.counts(now));
    if live.fold(false, |found, known| found | secret::equal(&known.secret_digest, &digest)) {
        Ok(())
    } else {
        Err(invalid_client("the client is unknown or its credentials are wrong")
            .because("wrong secret"))
    }
}
