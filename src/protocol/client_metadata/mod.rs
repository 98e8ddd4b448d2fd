//! What a client may say of itself: RFC 7591 §2, OpenID Connect Dynamic Registration §2, and their
//! extensions. Used wherever clients are made or changed: registration, console, command line.
//!
//! A [`ProposedMetadata`] is typed; [`ProposedMetadata::check`] judges it and fills in the defaults.
//! Whether a person or a token may register it at all is decided by whoever calls.

mod addresses;
mod apis;
mod assertion_alg;
mod check;
mod client_type;
mod grants;
mod keys;
mod members;
mod words;

use crate::{
    crypto::jose::Algorithm,
    protocol::{
        error::{OAuthError, invalid_client_metadata},
        grant_type::GrantType,
        json_object::JsonObject,
        response::ResponseType,
    },
};

pub use assertion_alg::AssertionAlg;
pub use check::{Loopback, Offer, Pkce, Rules};
pub use client_type::ClientType;
pub use members::{ClientMetadata, ProposedMetadata};
pub use words::{AccessTokenFormat, ApplicationType, SubjectType, TokenEndpointAuthMethod};

/// Longer documents are refused unread.
const MOST_BYTES: usize = 64 * 1024;

impl ProposedMetadata {
    /// Reads the body of a registration request; a wrong type is refused by the member's name.
    pub fn parse(body: &[u8]) -> Result<Self, OAuthError> {
        if body.len() > MOST_BYTES {
            return Err(invalid_client_metadata("client metadata is longer than 64 KiB"));
        }
        let said = serde_json::from_slice::<JsonObject<Self>>(body);
        said.map(|said| said.0).map_err(|error| {
            invalid_client_metadata(
                wrong_member(body).unwrap_or("client metadata is not a JSON object"),
            )
            .because(error)
        })
    }
}

/// Finds the member that cannot be read by reading each alone.
fn wrong_member(body: &[u8]) -> Option<&'static str> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    let unreadable = |name: &str| {
        object.get(name).is_some_and(|value| {
            let alone = serde_json::json!({ name: value });
            serde_json::from_value::<ProposedMetadata>(alone).is_err()
        })
    };
    let wrong = members::MEMBERS.iter().find(|(name, _)| unreadable(name));
    Some(wrong.map_or("client metadata has a member twice", |(_, sentence)| sentence))
}

impl ClientMetadata {
    /// Whether it cannot keep a secret (RFC 6749 §2.1).
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.token_endpoint_auth_method == TokenEndpointAuthMethod::None
    }

    /// What kind of app it is.
    #[must_use]
    pub fn client_type(&self) -> ClientType {
        ClientType::of(self.application_type, self.token_endpoint_auth_method, &self.grant_types)
    }

    /// Whether it must use PKCE: every client, unless it is confidential and registered it off.
    #[must_use]
    pub fn must_use_pkce(&self) -> bool {
        self.is_public() || self.require_pkce.unwrap_or(true)
    }

    /// Whether it registered this way to ask.
    #[must_use]
    pub fn may_use(&self, grant_type: GrantType) -> bool {
        self.grant_types.contains(&grant_type)
    }

    /// Whether it registered this answer.
    #[must_use]
    pub fn may_expect(&self, response_type: ResponseType) -> bool {
        self.response_types.contains(&response_type)
    }

    /// How access tokens for its APIs are signed; none if they are not JWTs.
    #[must_use]
    pub fn access_token_alg(&self) -> Option<Algorithm> {
        match self.access_token_format.unwrap_or(AccessTokenFormat::Jwt) {
            AccessTokenFormat::Jwt => {
                Some(self.access_token_signed_response_alg.unwrap_or(Algorithm::Es256))
            }
            AccessTokenFormat::Opaque => None,
        }
    }

    /// The same as a proposal, to change a member and check it anew.
    #[must_use]
    pub fn as_proposal(&self) -> ProposedMetadata {
        let json = serde_json::to_value(self).unwrap_or_default();
        serde_json::from_value(json).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
