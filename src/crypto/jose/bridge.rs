//! Where our keys meet openidconnect: its typed ID tokens, our signatures.

use openidconnect::{
    PrivateSigningKey, SigningError,
    core::{CoreJsonWebKey, CoreJwsSigningAlgorithm},
};
use serde_json::Value;

use super::SigningKey;

/// Lets openidconnect sign its typed ID tokens with our key.
impl PrivateSigningKey for SigningKey {
    type VerificationKey = CoreJsonWebKey;

    fn sign(
        &self,
        asked: &CoreJwsSigningAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        let asked = serde_json::to_value(asked).ok();
        if asked.as_ref().and_then(Value::as_str) != Some(self.algorithm().as_str()) {
            return Err(SigningError::UnsupportedAlg(self.algorithm().to_string()));
        }
        Self::sign(self, message).map_err(|error| SigningError::Other(error.to_string()))
    }

    fn as_verification_key(&self) -> CoreJsonWebKey {
        self.core.clone()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use openidconnect::{
        AccessToken, Audience, AuthorizationCode, ClientId, EmptyAdditionalClaims, IssuerUrl,
        JsonWebKeySet, Nonce, StandardClaims, SubjectIdentifier,
        core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier},
    };

    use super::*;
    use crate::crypto::jose::{Algorithm, Typ, Unverified, left_half_hash};

    #[test]
    fn openidconnect_signs_id_tokens_with_every_key_and_its_client_accepts_them() {
        for algorithm in Algorithm::OURS {
            let key = SigningKey::generate(algorithm).unwrap();
            let asked: CoreJwsSigningAlgorithm =
                serde_json::from_value(algorithm.as_str().into()).unwrap();
            let nonce = Nonce::new("n".to_owned());
            let issuer = IssuerUrl::new("https://id.example".to_owned()).unwrap();
            let now: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            let claims = CoreIdTokenClaims::new(
                issuer.clone(),
                vec![Audience::new("shop".to_owned())],
                now + chrono::TimeDelta::minutes(5),
                now,
                StandardClaims::new(SubjectIdentifier::new("ada".to_owned())),
                EmptyAdditionalClaims {},
            )
            .set_nonce(Some(nonce.clone()));
            let (token, code) =
                (AccessToken::new("token".to_owned()), AuthorizationCode::new("code".to_owned()));
            let id_token =
                CoreIdToken::new(claims, &key, asked.clone(), Some(&token), Some(&code)).unwrap();

            let keys = JsonWebKeySet::new(vec![key.as_verification_key()]);
            let verifier = CoreIdTokenVerifier::new_public_client(
                ClientId::new("shop".to_owned()),
                issuer,
                keys,
            )
            .set_allowed_algs([asked])
            .set_time_fn(move || now);
            let accepted = id_token.claims(&verifier, &nonce).unwrap();
            assert_eq!(accepted.subject().as_str(), "ada");
            let mine = {
                let text = id_token.to_string();
                key.verify(Unverified::read(&text).unwrap(), Typ::OrPlain("jwt")).unwrap()
            };
            let half = |value| Ok(Some(left_half_hash(algorithm, value)));
            assert_eq!(mine.text("at_hash").map(|hash| hash.map(str::to_owned)), half("token"));
            assert_eq!(mine.text("c_hash").map(|hash| hash.map(str::to_owned)), half("code"));
        }
    }

    #[test]
    fn openidconnect_cannot_make_a_key_sign_with_another_algorithm() {
        let key = SigningKey::generate(Algorithm::Es256).unwrap();
        let wrong = PrivateSigningKey::sign(&key, &CoreJwsSigningAlgorithm::HmacSha256, b"m");
        assert!(matches!(wrong, Err(SigningError::UnsupportedAlg(_))));
    }
}
