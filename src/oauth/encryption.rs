//! What we sign for a client, and encrypt to it as well if it registered that (OpenID Connect Core
//! §10, RFC 9701 §5).

use std::{fmt, sync::Arc};

use serde::Serialize;
use serde_json::{Map, Value};

use super::client_keys::{self, ClientKeys};
use crate::{
    app::App,
    crypto::jose::{Algorithm, ContentEncryption, ForeignKeys, KeyManagement, Plaintext},
    protocol::{
        client_metadata::ClientMetadata,
        error::{OAuthError, invalid_client_metadata, server_error},
    },
    store::clients::Client,
};

/// A signed JWT, not to be sent before it was encrypted if its client wants that.
pub struct Signed(String);

impl From<String> for Signed {
    fn from(jwt: String) -> Self {
        Self(jwt)
    }
}

/// Signs claims with the key that is active for this algorithm; `typ` says what kind of JWT it is.
///
/// # Errors
/// If the key cannot sign.
pub fn sign(
    app: &App,
    algorithm: Algorithm,
    typ: Option<&str>,
    claims: &impl Serialize,
) -> Result<String, OAuthError> {
    let unsigned = "the answer cannot be signed";
    let key = app.keys.active(algorithm).map_err(|error| server_error(unsigned).because(error))?;
    key.sign_compact(typ, claims).map_err(|error| server_error(unsigned).because(error))
}

/// How one kind of answer is encrypted to its client; not at all, unless the client registered it.
/// Gathered before anything is decided: the keys may have to be fetched.
pub struct Encryption(Option<Recipient>);

struct Recipient {
    keys: Arc<ForeignKeys>,
    management: KeyManagement,
    content: ContentEncryption,
}

/// The answers that a client may want encrypted.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Its ID tokens (OpenID Connect Dynamic Registration §2).
    IdToken,
    /// Its userinfo answers (OpenID Connect Dynamic Registration §2).
    Userinfo,
    /// The introspection answers it gets (RFC 9701 §6).
    Introspection,
}

impl Kind {
    /// What a client registered for it.
    fn registered(
        self,
        said: &ClientMetadata,
    ) -> (Option<KeyManagement>, Option<ContentEncryption>) {
        match self {
            Self::IdToken => {
                (said.id_token_encrypted_response_alg, said.id_token_encrypted_response_enc)
            }
            Self::Userinfo => {
                (said.userinfo_encrypted_response_alg, said.userinfo_encrypted_response_enc)
            }
            Self::Introspection => (
                said.introspection_encrypted_response_alg,
                said.introspection_encrypted_response_enc,
            ),
        }
    }
}

impl Encryption {
    /// Reads what the client registered for this kind of answer, and the key that goes with it.
    ///
    /// # Errors
    /// `invalid_client_metadata` if the client has no key to encrypt to.
    pub async fn of(
        kind: Kind,
        app: &App,
        known: &ClientKeys,
        client: &Client,
    ) -> Result<Self, OAuthError> {
        let (management, content) = kind.registered(&client.metadata);
        let Some(management) = management else { return Ok(Self(None)) };
        let keys = client_keys::recipient(app, known, client, management).await;
        let keys = keys.map_err(unreadable)?;
        // Left out, it is what OpenID Connect Dynamic Registration §2 says.
        let content = content.unwrap_or(ContentEncryption::A128CbcHs256);
        Ok(Self(Some(Recipient { keys, management, content })))
    }

    /// What is signed, as it travels: a nested JWT if the client registered that (RFC 7519 §11.2).
    ///
    /// # Errors
    /// `invalid_client_metadata` if the client's key will not do.
    pub fn of_signed(&self, jwt: Signed) -> Result<String, OAuthError> {
        match &self.0 {
            None => Ok(jwt.0),
            Some(recipient) => recipient.encrypt(Plaintext::Jwt(&jwt.0)),
        }
    }

    /// Claims that are encrypted without being signed (OpenID Connect Core §5.3.2); none if nothing is
    /// to be encrypted.
    ///
    /// # Errors
    /// As [`Self::of_signed`].
    pub fn of_claims(&self, claims: &Map<String, Value>) -> Result<Option<String>, OAuthError> {
        let Some(recipient) = &self.0 else { return Ok(None) };
        let json = serde_json::to_vec(claims).unwrap_or_default();
        recipient.encrypt(Plaintext::Claims(&json)).map(Some)
    }
}

impl Recipient {
    fn encrypt(&self, plaintext: Plaintext<'_>) -> Result<String, OAuthError> {
        self.keys.encrypt(plaintext, self.management, self.content).map_err(unreadable)
    }
}

fn unreadable(error: impl fmt::Display) -> OAuthError {
    invalid_client_metadata("the client has no key that its answer can be encrypted to")
        .because(error)
}
