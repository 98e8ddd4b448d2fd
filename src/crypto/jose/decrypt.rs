//! Decrypting what a client encrypted to a key of ours: request objects (RFC 9101 §6.1).

use std::fmt;

use josekit::{
    jwe::{JweContext, JweDecrypter},
    jwk::{Jwk, alg::ec::EcCurve},
};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{
    ContentEncryption, JoseError, KeyManagement,
    read::{bytes, object},
    signing::describe,
    thumbprint,
};

/// The largest encrypted JWT we read: the largest signed one, and what wraps it.
const MOST_BYTES: usize = 48 * 1024;

/// A key pair of ours that clients encrypt to, in one way and no other.
pub struct DecryptionKey {
    management: KeyManagement,
    kid: String,
    private: Jwk,
    public: Value,
    decrypter: Box<dyn JweDecrypter>,
}

impl DecryptionKey {
    /// Makes a new key.
    pub fn generate(management: KeyManagement) -> Result<Self, JoseError> {
        let jwk = if management.is_rsa() {
            Jwk::generate_rsa_key(2048)
        } else {
            Jwk::generate_ec_key(EcCurve::P256)
        };
        Self::from_jwk(management, jwk.map_err(|_| JoseError::Key)?)
    }

    /// Reads what [`Self::to_private_jwk`] wrote.
    pub fn from_private_jwk(bytes: &[u8]) -> Result<Self, JoseError> {
        let jwk = Jwk::from_bytes(bytes).map_err(|_| JoseError::Key)?;
        let management = jwk.algorithm().ok_or(JoseError::Key)?.parse()?;
        Self::from_jwk(management, jwk)
    }

    /// The whole key, private part and all: to be sealed at once.
    #[must_use]
    pub fn to_private_jwk(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.private.to_string().into_bytes())
    }

    fn from_jwk(management: KeyManagement, mut private: Jwk) -> Result<Self, JoseError> {
        let public = private.to_public_key().map_err(|_| JoseError::Key)?;
        let kid = thumbprint(public.as_ref())?;
        for name in ["use", "key_ops", "kid"] {
            private.set_parameter(name, None).map_err(|_| JoseError::Key)?;
        }
        private.set_algorithm(management.as_str());
        let public = describe(public, &kid, management.as_str(), "enc");
        let decrypter = management.decrypter(&private)?;
        Ok(Self { management, kid, private, public, decrypter })
    }

    /// Its name: the thumbprint of its public part (RFC 7638).
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// What everybody may know: the public part with `kid`, `alg` and `use`.
    #[must_use]
    pub const fn public_jwk(&self) -> &Value {
        &self.public
    }

    /// Opens what was encrypted to this key. What comes out is still to be verified.
    pub fn decrypt(&self, jwe: &str) -> Result<String, JoseError> {
        self.inspect(jwe)?;
        let mut context = JweContext::new();
        // What is small when compressed may be as large as memory when not.
        context.remove_compression("DEF");
        let opened = context.deserialize_compact(jwe, &*self.decrypter);
        let (jwt, _) = opened.map_err(|_| JoseError::Decryption)?;
        String::from_utf8(jwt).map_err(|_| JoseError::Malformed)
    }

    /// Looks at everything that josekit and OpenSSL take on trust: a tag of one byte would do for
    /// them, and a piece of the wrong length makes them panic.
    fn inspect(&self, jwe: &str) -> Result<(), JoseError> {
        if jwe.len() > MOST_BYTES {
            return Err(JoseError::TooLarge);
        }
        let parts: Vec<&str> = jwe.split('.').collect();
        let [header, key, nonce, _, tag] = parts[..] else { return Err(JoseError::Malformed) };
        let header = object(header)?;
        if ["jwk", "jku", "x5u", "x5c"].iter().any(|name| header.get(name).is_some()) {
            return Err(JoseError::KeySource);
        }
        if ["crit", "zip"].iter().any(|name| header.get(name).is_some()) {
            return Err(JoseError::Critical);
        }
        if header.text("alg")? != Some(self.management.as_str()) {
            return Err(JoseError::Algorithm);
        }
        let encryption: ContentEncryption = header.required_text("enc")?.parse()?;
        if !ContentEncryption::DECRYPTED.contains(&encryption) {
            return Err(JoseError::Algorithm);
        }
        if header.text("kid")?.is_some_and(|kid| kid != self.kid) {
            return Err(JoseError::UnknownKey);
        }
        let lengths = (bytes(key)?.len(), bytes(nonce)?.len(), bytes(tag)?.len());
        if lengths == (self.wrapped_bytes(encryption), 12, 16) {
            Ok(())
        } else {
            Err(JoseError::Malformed)
        }
    }

    const fn wrapped_bytes(&self, encryption: ContentEncryption) -> usize {
        match self.management {
            KeyManagement::RsaOaep | KeyManagement::RsaOaep256 => 256,
            KeyManagement::EcdhEs => 0,
            KeyManagement::EcdhEsA128Kw | KeyManagement::EcdhEsA256Kw => encryption.key_bytes() + 8,
        }
    }
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DecryptionKey({} {})", self.management.as_str(), self.kid)
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::crypto::jose::{Algorithm, ForeignKeys, Plaintext, SigningKey};

    fn key(management: KeyManagement) -> DecryptionKey {
        DecryptionKey::generate(management).unwrap()
    }

    fn set(keys: &[&Value]) -> ForeignKeys {
        ForeignKeys::from_value(&json!({ "keys": keys })).unwrap()
    }

    fn sealed(key: &DecryptionKey, encryption: ContentEncryption) -> String {
        set(&[key.public_jwk()])
            .encrypt(Plaintext::Jwt("a.b.c"), key.management, encryption)
            .unwrap()
    }

    #[test]
    fn what_is_encrypted_to_a_key_comes_out_with_it() {
        for management in KeyManagement::ALL {
            let key = key(management);
            let kept = DecryptionKey::from_private_jwk(&key.to_private_jwk()).unwrap();
            assert_eq!(kept.public_jwk(), key.public_jwk());
            for encryption in ContentEncryption::DECRYPTED {
                let jwe = sealed(&key, encryption);
                assert_eq!(kept.decrypt(&jwe).as_deref(), Ok("a.b.c"));
                let header = object(jwe.split('.').next().unwrap()).unwrap();
                assert_eq!(header.text("kid"), Ok(Some(key.kid())));
                assert_eq!(header.text("cty"), Ok(Some("JWT")));
            }
        }
    }

    /// Keys and values made by another implementation (jwcrypto 1.6, Python).
    #[test]
    fn what_another_implementation_encrypted_comes_out() {
        let examples = [
            (
                json!({
                    "kty": "EC", "crv": "P-256", "alg": "ECDH-ES",
                    "d": "BYXy5O7Wl6baPt8tyaH6j7beqblg20cO7LLJTwfXSbg",
                    "x": "4FbEtvrL3SDFTiaEoePcvrHDT-1IHINLYFVGrTpJKYI",
                    "y": "3jowlaQ835QamRA5uYVhXcjS00EYkDKSC9Rk2QpE0-0",
                }),
                "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImVwayI6eyJjcnYiOiJQLTI1NiIsImt0eSI6Ik\
                 VDIiwieCI6Ino1Ui1KTkJDUklkYzJUUHdHX1FjcGlyT1M3VDl6VjJMNllSVDhjY2tZX0EiLCJ5IjoibGtVd\
                 004NXhjVGl6OWpMdTRPcFh2QUdrdVFRRGoyNENCMG05TUt3M204MCJ9fQ..mMbiEGCLQxtfL2Kq.kMEKaXs\
                 .6myqJZQervDzWcgAolxtIQ",
            ),
            (
                json!({
                    "kty": "EC", "crv": "P-256", "alg": "ECDH-ES+A128KW",
                    "d": "7wAVhv1vsPNjOSQUHFst62o6w9-X04uURGSgqnQSSRE",
                    "x": "p6azxAF7ed6raoPPLy1jmtchFVOyiFe42deSMWq3fBM",
                    "y": "hJdawU9bpYSQeug5Q4EX0OvJkwThOjhJduMeognsO7E",
                }),
                "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImVuYyI6IkExMjhHQ00iLCJlcGsiOnsiY3J2IjoiUC0yNTYiLC\
                 JrdHkiOiJFQyIsIngiOiJtOG5wVTFhVU9SUlpIOHI0TXFrTlpjdVY4OGlJNnl2MmJaelZRdktoS1BzIiwie\
                 SI6ImlxVGJDZ2JieXVQZm5ORXIxbFdwejBqM3QzSWdHQTFfWmIwMjcydWVndncifX0.b5l6-xonb5zR8dQ9\
                 6nCf7Q-ExXYTpa_k.fBZOoi0eEeXFAYT3.N-lrMYE.TzPusUmTS8-bkBYHVyAjkA",
            ),
        ];
        for (private, jwe) in examples {
            let key = DecryptionKey::from_private_jwk(private.to_string().as_bytes()).unwrap();
            assert_eq!(key.decrypt(jwe).as_deref(), Ok("a.b.c"));
        }
    }

    #[test]
    fn a_piece_of_another_length_is_refused_before_anything_is_decrypted() {
        let key = key(KeyManagement::EcdhEsA256Kw);
        let jwe = sealed(&key, ContentEncryption::A256Gcm);
        let parts: Vec<&str> = jwe.split('.').collect();
        // Wrapped key, nonce, tag: gone, too short, too long.
        for (at, piece) in [(1, ""), (1, "AAAA"), (2, ""), (2, "AAAA"), (4, ""), (4, "AA")] {
            let mut changed = parts.clone();
            changed[at] = piece;
            assert_eq!(key.decrypt(&changed.join(".")), Err(JoseError::Malformed), "{at} {piece}");
        }
        for at in [1, 2, 4] {
            let longer = format!("{}{}", parts[at], "AAAA");
            let mut changed = parts.clone();
            changed[at] = &longer;
            assert_eq!(key.decrypt(&changed.join(".")), Err(JoseError::Malformed));
        }
        for text in ["", "a.b.c", "e30....", "e30.e30.e30.e30.e30.e30"] {
            assert!(key.decrypt(text).is_err());
        }
        assert_eq!(key.decrypt(&"A".repeat(MOST_BYTES + 1)), Err(JoseError::TooLarge));
    }

    #[test]
    fn compression_extensions_foreign_keys_and_other_algorithms_are_refused() {
        let key = key(KeyManagement::EcdhEs);
        let refused = |header: Value| {
            let header = BASE64_URL_SAFE_NO_PAD.encode(header.to_string());
            key.decrypt(&format!("{header}..AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA"))
                .unwrap_err()
        };
        let with = |name: &str, value: Value| {
            let mut header = json!({ "alg": "ECDH-ES", "enc": "A256GCM" });
            header[name] = value;
            refused(header)
        };
        assert_eq!(with("zip", "DEF".into()), JoseError::Critical);
        assert_eq!(with("crit", json!(["exp"])), JoseError::Critical);
        assert_eq!(with("jku", "https://evil.example".into()), JoseError::KeySource);
        assert_eq!(with("kid", "another".into()), JoseError::UnknownKey);
        for name in ["dir", "RSA1_5", "ECDH-ES+A128KW", "PBES2-HS256+A128KW"] {
            assert_eq!(with("alg", name.into()), JoseError::Algorithm, "{name}");
        }
        for name in ["A128CBC-HS256", "A256CBC-HS512", "XC20P"] {
            assert_eq!(with("enc", name.into()), JoseError::Algorithm, "{name}");
        }
        // An ephemeral key that is on another curve, or on none.
        for epk in
            [json!(null), json!({}), json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" })]
        {
            assert_eq!(with("epk", epk), JoseError::Decryption);
        }
    }

    #[test]
    fn a_key_for_signing_is_not_encrypted_to() {
        let signing = SigningKey::generate(Algorithm::Es256).unwrap();
        let encrypt = |keys: &ForeignKeys| {
            let jwt = Plaintext::Jwt("a.b.c");
            keys.encrypt(jwt, KeyManagement::EcdhEs, ContentEncryption::A128CbcHs256)
        };
        assert_eq!(encrypt(&set(&[signing.public_jwk()])), Err(JoseError::Key));
        assert_eq!(encrypt(&ForeignKeys::default()), Err(JoseError::Key));
        let mut silent = signing.public_jwk().clone();
        for name in ["use", "alg"] {
            silent.as_object_mut().unwrap().remove(name);
        }
        assert!(encrypt(&set(&[&silent])).is_ok());
        // The one that is made for it wins, wherever it stands.
        let made = key(KeyManagement::EcdhEs);
        let jwe = encrypt(&set(&[&silent, made.public_jwk()])).unwrap();
        let header = object(jwe.split('.').next().unwrap()).unwrap();
        assert_eq!(header.text("kid"), Ok(Some(made.kid())));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_changed_value_never_comes_out(at: prop::sample::Index, letter in "[A-Za-z0-9_.-]") {
            let key = key(KeyManagement::EcdhEsA128Kw);
            let jwe = sealed(&key, ContentEncryption::A128Gcm);
            let at = at.index(jwe.len());
            let mut changed = jwe.clone();
            changed.replace_range(at..=at, &letter);
            prop_assume!(changed != jwe);
            prop_assert!(key.decrypt(&changed).is_err());
        }
    }
}
