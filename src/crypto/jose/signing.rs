//! Our own signing keys.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use josekit::{
    jwk::{
        Jwk,
        alg::{
            ec::{EcCurve, EcKeyPair},
            ed::{EdCurve, EdKeyPair},
            rsa::RsaKeyPair,
        },
    },
    jws::{JwsSigner, JwsVerifier},
};
use openssl::pkey::{Id, PKey};
use serde::Serialize;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::{
    Algorithm, Claims, JoseError, Typ, Unverified,
    algorithm::{signer, verifier},
    thumbprint,
};

const RSA_BITS: u32 = 2048;

/// A key pair that signs with one algorithm, and with no other.
pub struct SigningKey {
    algorithm: Algorithm,
    kid: String,
    private: Jwk,
    public: Value,
    signer: Box<dyn JwsSigner>,
    verifier: Box<dyn JwsVerifier>,
}

impl SigningKey {
    /// Makes a new key. For RSA this takes a tenth of a second, sometimes much longer.
    pub fn generate(algorithm: Algorithm) -> Result<Self, JoseError> {
        let jwk = match algorithm {
            Algorithm::Es256 => Jwk::generate_ec_key(EcCurve::P256),
            Algorithm::Es384 => Jwk::generate_ec_key(EcCurve::P384),
            Algorithm::Es512 => Jwk::generate_ec_key(EcCurve::P521),
            Algorithm::EdDsa => Jwk::generate_ed_key(EdCurve::Ed25519),
            _ => Jwk::generate_rsa_key(RSA_BITS),
        };
        Self::from_jwk(algorithm, jwk.map_err(|_| JoseError::Key)?)
    }

    /// Takes over a key that an operator brings (PEM, PKCS #8 or traditional, not encrypted). Without
    /// an algorithm it is the usual one of that type of key: RS256, ES256, EdDSA.
    pub fn from_pem(pem: &[u8], asked: Option<Algorithm>) -> Result<Self, JoseError> {
        // An empty passphrase, so that OpenSSL does not ask for one on the terminal.
        let key = PKey::private_key_from_pem_passphrase(pem, b"").map_err(|_| JoseError::Key)?;
        let der = Zeroizing::new(key.private_key_to_pkcs8().map_err(|_| JoseError::Key)?);
        let (usual, jwk) = match key.id() {
            Id::RSA => {
                (Algorithm::Rs256, RsaKeyPair::from_der(&*der).map(|key| key.to_jwk_key_pair()))
            }
            Id::EC => (
                Algorithm::Es256,
                EcKeyPair::from_der(&*der, None).map(|key| key.to_jwk_key_pair()),
            ),
            Id::ED25519 => {
                (Algorithm::EdDsa, EdKeyPair::from_der(&*der).map(|key| key.to_jwk_key_pair()))
            }
            _ => return Err(JoseError::Key),
        };
        Self::from_jwk(asked.unwrap_or(usual), jwk.map_err(|_| JoseError::Key)?)
    }

    /// Reads what [`Self::to_private_jwk`] wrote.
    pub fn from_private_jwk(bytes: &[u8]) -> Result<Self, JoseError> {
        let jwk = Jwk::from_bytes(bytes).map_err(|_| JoseError::Key)?;
        let algorithm = jwk.algorithm().ok_or(JoseError::Key)?.parse()?;
        Self::from_jwk(algorithm, jwk)
    }

    /// The whole key, private part and all: to be sealed at once.
    #[must_use]
    pub fn to_private_jwk(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.private.to_string().into_bytes())
    }

    fn from_jwk(algorithm: Algorithm, mut private: Jwk) -> Result<Self, JoseError> {
        let public = private.to_public_key().map_err(|_| JoseError::Key)?;
        let kid = thumbprint(public.as_ref())?;
        for name in ["use", "key_ops"] {
            private.set_parameter(name, None).map_err(|_| JoseError::Key)?;
        }
        private.set_algorithm(algorithm.as_str());
        private.set_key_id(&kid);
        let public = describe(public, &kid, algorithm.as_str(), "sig");
        let signer = signer(algorithm, &private)?;
        let verifier = Jwk::from_map(public.as_object().cloned().unwrap_or_default())
            .map_err(|_| JoseError::Key)
            .and_then(|jwk| verifier(algorithm, &jwk))?;
        Ok(Self { algorithm, kid, private, public, signer, verifier })
    }

    /// What it signs with.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Its name: the thumbprint of its public part (RFC 7638).
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What everybody may know: the public part with `kid`, `alg` and `use` (RFC 7517 §4).
    #[must_use]
    pub const fn public_jwk(&self) -> &Value {
        &self.public
    }

    /// Signs claims as a JWT in the compact form (RFC 7515 §3.1). `typ` says what kind of JWT it is.
    pub fn sign_compact(
        &self,
        typ: Option<&str>,
        claims: &impl Serialize,
    ) -> Result<String, JoseError> {
        let mut header = json!({ "alg": self.algorithm.as_str(), "kid": self.kid });
        if let Some(typ) = typ {
            header["typ"] = typ.into();
        }
        let header = serde_json::to_vec(&header).map_err(|_| JoseError::Malformed)?;
        let claims = serde_json::to_vec(claims).map_err(|_| JoseError::Malformed)?;
        let mut jwt = String::with_capacity((header.len() + claims.len() + 256) * 4 / 3 + 8);
        BASE64_URL_SAFE_NO_PAD.encode_string(header, &mut jwt);
        jwt.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(claims, &mut jwt);
        let signature = self.sign(jwt.as_bytes())?;
        jwt.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(signature, &mut jwt);
        Ok(jwt)
    }

    /// The bare signature of these bytes.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, JoseError> {
        self.signer.sign(message).map_err(|_| JoseError::Key)
    }

    /// Believes a JWT that this key has signed, whatever its times say.
    pub fn verify(&self, jwt: Unverified<'_>, typ: Typ) -> Result<Claims, JoseError> {
        if jwt.header.text("alg")? != Some(self.algorithm.as_str()) {
            return Err(JoseError::Algorithm);
        }
        typ.check(&jwt.header)?;
        let verified = self.verifier.verify(jwt.signed, &jwt.signature);
        verified.map(|()| jwt.claims).map_err(|_| JoseError::Signature)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({} {})", self.algorithm, self.kid)
    }
}

/// josekit's public half comes without `kid` and `alg`: says again what this key is for.
pub(super) fn describe(public: Jwk, kid: &str, algorithm: &str, purpose: &str) -> Value {
    let mut members: Map<String, Value> = public.into();
    members.insert("use".to_owned(), purpose.into());
    members.insert("alg".to_owned(), algorithm.into());
    members.insert("kid".to_owned(), kid.into());
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use openidconnect::{
        AccessTokenHash, Audience, AuthorizationCodeHash, ClientId, EmptyAdditionalClaims,
        IssuerUrl, JsonWebKeySet, Nonce, StandardClaims, SubjectIdentifier,
        core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier},
    };

    use super::*;
    use crate::crypto::jose::left_half_hash;

    fn verified(key: &SigningKey, jwt: &str, typ: Typ) -> Result<Claims, JoseError> {
        Unverified::read(jwt).and_then(|jwt| key.verify(jwt, typ))
    }

    /// RFC 8037, appendices A.1 and A.4.
    #[test]
    fn ed25519_signs_as_in_the_example() {
        let jwk = json!({
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA",
            "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        });
        let key = SigningKey::from_private_jwk(jwk.to_string().as_bytes()).unwrap();
        assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        assert_eq!(
            BASE64_URL_SAFE_NO_PAD.encode(key.sign(message).unwrap()),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    #[test]
    fn the_client_of_openidconnect_accepts_an_id_token_of_every_key() {
        for algorithm in Algorithm::OURS {
            let key = SigningKey::generate(algorithm).unwrap();
            let issuer = IssuerUrl::new("https://id.example".to_owned()).unwrap();
            let now: DateTime<Utc> = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
            let (nonce, half) = (Nonce::new("n".to_owned()), |it| left_half_hash(algorithm, it));
            let claims = CoreIdTokenClaims::new(
                issuer.clone(),
                vec![Audience::new("shop".to_owned())],
                now + TimeDelta::minutes(5),
                now,
                StandardClaims::new(SubjectIdentifier::new("ada".to_owned())),
                EmptyAdditionalClaims {},
            )
            .set_nonce(Some(nonce.clone()))
            .set_access_token_hash(Some(AccessTokenHash::new(half("token"))))
            .set_code_hash(Some(AuthorizationCodeHash::new(half("code"))));
            let id_token: CoreIdToken = key.sign_compact(None, &claims).unwrap().parse().unwrap();

            let public = serde_json::from_value(key.public_jwk().clone()).unwrap();
            let shop = ClientId::new("shop".to_owned());
            let keys = JsonWebKeySet::new(vec![public]);
            let asked = serde_json::from_value(algorithm.as_str().into()).unwrap();
            let verifier = CoreIdTokenVerifier::new_public_client(shop, issuer, keys)
                .set_allowed_algs([asked])
                .set_time_fn(move || now);
            let accepted = id_token.claims(&verifier, &nonce).unwrap();
            assert_eq!(accepted.subject().as_str(), "ada");
            let (signing_alg, signing_key) =
                (id_token.signing_alg().unwrap(), id_token.signing_key(&verifier).unwrap());
            let token = openidconnect::AccessToken::new("token".to_owned());
            let hash = AccessTokenHash::from_token(&token, signing_alg, signing_key).unwrap();
            assert_eq!(accepted.access_token_hash(), Some(&hash));
            let code = openidconnect::AuthorizationCode::new("code".to_owned());
            let hash = AuthorizationCodeHash::from_code(&code, signing_alg, signing_key).unwrap();
            assert_eq!(accepted.code_hash(), Some(&hash));
        }
    }

    #[test]
    fn every_kind_of_key_signs_and_verifies() {
        for algorithm in Algorithm::ALL {
            let key = SigningKey::generate(algorithm).unwrap();
            let jwt = key.sign_compact(Some("at+jwt"), &json!({ "sub": "ada" })).unwrap();
            let claims = verified(&key, &jwt, Typ::Exactly("at+jwt")).unwrap();
            assert_eq!(claims.text("sub"), Ok(Some("ada")));
            let header = Unverified::read(&jwt).unwrap().header;
            assert_eq!(header.text("alg"), Ok(Some(algorithm.as_str())));
            assert_eq!(header.text("kid"), Ok(Some(key.kid())));
            assert_eq!(verified(&key, &jwt, Typ::OrPlain("logout+jwt")), Err(JoseError::Type));
            let kept = SigningKey::from_private_jwk(&key.to_private_jwk()).unwrap();
            assert_eq!(kept.public_jwk(), key.public_jwk());
            assert!(verified(&kept, &jwt, Typ::Exactly("at+jwt")).is_ok());
        }
    }

    #[test]
    fn a_published_key_says_its_use_and_keeps_its_secret() {
        for algorithm in Algorithm::OURS {
            let key = SigningKey::generate(algorithm).unwrap();
            let public = key.public_jwk();
            assert_eq!(public["kid"], key.kid());
            assert_eq!(public["alg"], algorithm.as_str());
            assert_eq!(public["use"], "sig");
            for secret in ["d", "p", "q", "dp", "dq", "qi", "k", "key_ops"] {
                assert!(public.get(secret).is_none(), "{secret}");
            }
            assert_eq!(format!("{key:?}"), format!("SigningKey({algorithm} {})", key.kid()));
        }
    }

    #[test]
    fn an_operator_may_bring_a_key() {
        let rsa = openssl::rsa::Rsa::generate(2048).unwrap();
        let traditional = rsa.private_key_to_pem().unwrap();
        let usual = SigningKey::from_pem(&traditional, None).unwrap();
        assert_eq!(usual.algorithm(), Algorithm::Rs256);
        let asked = SigningKey::from_pem(&traditional, Some(Algorithm::Ps256)).unwrap();
        assert_eq!(asked.algorithm(), Algorithm::Ps256);
        let ed = PKey::generate_ed25519().unwrap().private_key_to_pem_pkcs8().unwrap();
        let ed = SigningKey::from_pem(&ed, None).unwrap();
        assert_eq!(ed.algorithm(), Algorithm::EdDsa);

        let weak = openssl::rsa::Rsa::generate(1024).unwrap().private_key_to_pem().unwrap();
        assert!(SigningKey::from_pem(&weak, None).is_err());
        assert!(SigningKey::from_pem(&traditional, Some(Algorithm::Es256)).is_err());
        assert!(SigningKey::from_pem(b"-----BEGIN PRIVATE KEY-----\n", None).is_err());
        let locked = rsa.private_key_to_pem_passphrase(openssl::symm::Cipher::aes_128_cbc(), b"x");
        assert!(SigningKey::from_pem(&locked.unwrap(), None).is_err());
    }
}
