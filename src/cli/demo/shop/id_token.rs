//! What a relying party checks of an ID token.

use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, Nonce, OAuth2TokenResponse, SubjectIdentifier,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreTokenResponse},
};

/// Signature, issuer, audience, time, nonce, and that the access token beside it is the one it was
/// made for (OpenID Connect Core §3.1.3.7, §3.1.3.8). A refreshed token repeats no nonce of ours.
pub fn judge(
    id_token: &CoreIdToken,
    tokens: &CoreTokenResponse,
    verifier: &CoreIdTokenVerifier<'_>,
    nonce: Option<&Nonce>,
) -> Result<SubjectIdentifier, ClaimsVerificationError> {
    let claims = match nonce {
        Some(nonce) => id_token.claims(verifier, nonce)?,
        None => id_token.claims(verifier, |_: Option<&Nonce>| Ok(()))?,
    };
    if let Some(promised) = claims.access_token_hash() {
        let signature = ClaimsVerificationError::SignatureVerification;
        let algorithm = id_token.signing_alg().map_err(signature)?;
        let key = id_token.signing_key(verifier).map_err(signature)?;
        let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|error| ClaimsVerificationError::Other(error.to_string()))?;
        if found != *promised {
            return Err(ClaimsVerificationError::Other("at_hash does not fit".to_owned()));
        }
    }
    Ok(claims.subject().clone())
}
