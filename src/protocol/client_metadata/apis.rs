//! What a client that is an API says of itself: what tokens for it are called, and what they are.

use super::{AccessTokenFormat, members::ProposedMetadata};
use crate::{
    crypto::jose::Algorithm,
    protocol::{
        error::{OAuthError, invalid_client_metadata},
        resource::Resource,
    },
};

const MOST_RESOURCES: usize = 20;

/// Judges the names, and the form of the tokens.
pub(super) fn judge(said: &ProposedMetadata) -> Result<(), OAuthError> {
    let resources = said.resources.as_deref().unwrap_or_default();
    if resources.len() > MOST_RESOURCES {
        return Err(invalid_client_metadata("resources holds more than 20"));
    }
    if let Some(refusal) = resources.iter().find_map(|uri| uri.parse::<Resource>().err()) {
        let sentence = "each of resources must be an absolute URI without fragment";
        return Err(invalid_client_metadata(sentence).because(refusal));
    }
    let (format, alg) = (said.access_token_format, said.access_token_signed_response_alg);
    if resources.is_empty() && (format.is_some() || alg.is_some()) {
        return Err(invalid_client_metadata(
            "access_token_format and access_token_signed_response_alg need resources",
        ));
    }
    if format == Some(AccessTokenFormat::Opaque) && alg.is_some() {
        return Err(invalid_client_metadata(
            "access_token_signed_response_alg needs the access_token_format jwt",
        ));
    }
    if alg.is_some_and(|alg| !Algorithm::OURS.contains(&alg)) {
        return Err(invalid_client_metadata("access_token_signed_response_alg is not offered"));
    }
    Ok(())
}
