//! `client_secret_basic` and `client_secret_post` (RFC 6749 §2.3.1).
//!
//! Secrets are 256 random bits that we made, so a plain digest is as good as a slow hash.

use crate::{
    app::App,
    crypto::secret::{self, Secret},
    protocol::error::{OAuthError, invalid_client},
    store::{client_secrets, clients::Client},
};

/// Compares a presented secret with those of the client that count now.
pub(super) async fn check(
    app: &App,
    client: &Client,
    presented: &Secret,
) -> Result<(), OAuthError> {
    let (id, now) = (client.id, app.clock.now());
    let live = app.store.read(move |db| client_secrets::list_live(db, id, now)).await?;
    let digest = secret::digest(presented.expose().as_bytes());
    if live.iter().any(|known| secret::equal(&known.secret_digest, &digest)) {
        Ok(())
    } else {
        Err(invalid_client("the client is unknown or its credentials are wrong")
            .because("wrong secret"))
    }
}
