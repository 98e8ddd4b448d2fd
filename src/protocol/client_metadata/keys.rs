//! Keys and algorithms in client metadata: what we can do, and what the client must give for it.

use serde_json::Value;

use super::{TokenEndpointAuthMethod as Method, members::ProposedMetadata};
use crate::{
    crypto::jose::{Algorithm, ContentEncryption, ForeignKeys, KeyManagement},
    protocol::error::{OAuthError, invalid_client_metadata},
};

const MOST_KEYS: usize = 20;

/// The members of a JWK that no stranger may know (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Judges the keys, and the algorithms that need them.
pub(super) fn judge(said: &ProposedMetadata, method: Method) -> Result<(), OAuthError> {
    judge_signatures(said)?;
    judge_encryption(said)?;
    if said.jwks.is_some() && said.jwks_uri.is_some() {
        return Err(invalid_client_metadata("jwks and jwks_uri must not both be given"));
    }
    if needs_keys(said, method) && said.jwks.is_none() && said.jwks_uri.is_none() {
        return Err(invalid_client_metadata("jwks or jwks_uri is needed for what is registered"));
    }
    let Some(jwks) = &said.jwks else { return Ok(()) };
    judge_jwks(jwks)?;
    judge_recipients(said, jwks)
}

/// What of ours a client may want encrypted, and the refusal if none of its keys will do.
fn encrypted(said: &ProposedMetadata) -> [(Option<KeyManagement>, &'static str); 3] {
    [
        (
            said.id_token_encrypted_response_alg,
            "jwks holds no key whose kty, use and alg fit id_token_encrypted_response_alg",
        ),
        (
            said.userinfo_encrypted_response_alg,
            "jwks holds no key whose kty, use and alg fit userinfo_encrypted_response_alg",
        ),
        (
            said.introspection_encrypted_response_alg,
            "jwks holds no key whose kty, use and alg fit introspection_encrypted_response_alg",
        ),
    ]
}

/// What we encrypt needs a key to encrypt to. Keys at an address are looked at when they are used.
fn judge_recipients(said: &ProposedMetadata, jwks: &Value) -> Result<(), OAuthError> {
    let wanted = encrypted(said).into_iter().filter_map(|(alg, no_key)| Some((alg?, no_key)));
    let keys = ForeignKeys::from_value(jwks).unwrap_or_default();
    match wanted.into_iter().find(|(alg, _)| !keys.can_encrypt(*alg)) {
        Some((_, no_key)) => Err(invalid_client_metadata(no_key)),
        None => Ok(()),
    }
}

/// What we sign must be signed with a key that we have.
fn judge_signatures(said: &ProposedMetadata) -> Result<(), OAuthError> {
    for (alg, sentence) in [
        (said.id_token_signed_response_alg, "id_token_signed_response_alg is not offered"),
        (said.userinfo_signed_response_alg, "userinfo_signed_response_alg is not offered"),
        (
            said.introspection_signed_response_alg,
            "introspection_signed_response_alg is not offered",
        ),
    ] {
        if alg.is_some_and(|alg| !Algorithm::OURS.contains(&alg)) {
            return Err(invalid_client_metadata(sentence));
        }
    }
    Ok(())
}

/// A way to encrypt the content needs a way to encrypt the key.
fn judge_encryption(said: &ProposedMetadata) -> Result<(), OAuthError> {
    for (alg, enc, sentence) in [
        (
            said.id_token_encrypted_response_alg,
            said.id_token_encrypted_response_enc,
            "id_token_encrypted_response_enc needs id_token_encrypted_response_alg",
        ),
        (
            said.userinfo_encrypted_response_alg,
            said.userinfo_encrypted_response_enc,
            "userinfo_encrypted_response_enc needs userinfo_encrypted_response_alg",
        ),
        (
            said.introspection_encrypted_response_alg,
            said.introspection_encrypted_response_enc,
            "introspection_encrypted_response_enc needs introspection_encrypted_response_alg",
        ),
    ] {
        if enc.is_some() && alg.is_none() {
            return Err(invalid_client_metadata(sentence));
        }
    }
    Ok(())
}

fn needs_keys(said: &ProposedMetadata, method: Method) -> bool {
    method == Method::PrivateKeyJwt
        || encrypted(said).iter().any(|(alg, _)| alg.is_some())
        || said.request_object_signing_alg.is_some()
        || said.require_signed_request_object == Some(true)
}

/// A JWK Set of public keys (RFC 7517 §5). Whether a key for signatures is a sound one shows when it
/// is used.
fn judge_jwks(jwks: &Value) -> Result<(), OAuthError> {
    let keys = jwks.get("keys").and_then(Value::as_array);
    let keys = keys.ok_or(invalid_client_metadata("jwks must be an object with a list of keys"))?;
    if keys.len() > MOST_KEYS {
        return Err(invalid_client_metadata("jwks holds more than 20 keys"));
    }
    for key in keys {
        let kty = key.get("kty").and_then(Value::as_str);
        let kty =
            kty.ok_or(invalid_client_metadata("each key of jwks must be an object with a kty"))?;
        if kty == "oct" || PRIVATE.iter().any(|member| key.get(member).is_some()) {
            return Err(invalid_client_metadata("jwks must hold public keys only"));
        }
    }
    Ok(())
}

/// The content encryption that goes without saying (OpenID Connect Dynamic Registration §2, RFC 9701
/// §6).
pub(super) fn fill_in(said: &mut ProposedMetadata) {
    for (alg, enc) in [
        (said.id_token_encrypted_response_alg, &mut said.id_token_encrypted_response_enc),
        (said.userinfo_encrypted_response_alg, &mut said.userinfo_encrypted_response_enc),
        (said.introspection_encrypted_response_alg, &mut said.introspection_encrypted_response_enc),
    ] {
        if alg.is_some() {
            enc.get_or_insert(ContentEncryption::A128CbcHs256);
        }
    }
}
