//! Encrypting a signed JWT to a client's key (RFC 7516, RFC 7519 §5.2).

use std::str::FromStr;

use josekit::{
    jwe::{
        ECDH_ES, ECDH_ES_A128KW, ECDH_ES_A256KW, JweContext, JweEncrypter, JweHeader, RSA_OAEP,
        RSA_OAEP_256,
    },
    jwk::Jwk,
};

use serde::{Deserialize, Serialize};

use super::{ForeignKeys, JoseError};

/// How the key of the content travels (RFC 7518 §4.1). There is no `RSA1_5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum KeyManagement {
    /// RSA-OAEP with SHA-1, for clients that know no other.
    RsaOaep,
    /// RSA-OAEP with SHA-256.
    RsaOaep256,
    /// Agreement on an elliptic curve.
    EcdhEs,
    /// The same, wrapping a key of 128 bits.
    EcdhEsA128Kw,
    /// The same, wrapping a key of 256 bits.
    EcdhEsA256Kw,
}

impl KeyManagement {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::RsaOaep, Self::RsaOaep256, Self::EcdhEs, Self::EcdhEsA128Kw, Self::EcdhEsA256Kw];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RsaOaep => "RSA-OAEP",
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::EcdhEs => "ECDH-ES",
            Self::EcdhEsA128Kw => "ECDH-ES+A128KW",
            Self::EcdhEsA256Kw => "ECDH-ES+A256KW",
        }
    }

    fn encrypter(self, jwk: &Jwk) -> Result<Box<dyn JweEncrypter>, JoseError> {
        let encrypter: Result<Box<dyn JweEncrypter>, _> = match self {
            Self::RsaOaep => RSA_OAEP.encrypter_from_jwk(jwk).map(|key| Box::new(key) as _),
            Self::RsaOaep256 => RSA_OAEP_256.encrypter_from_jwk(jwk).map(|key| Box::new(key) as _),
            Self::EcdhEs => ECDH_ES.encrypter_from_jwk(jwk).map(|key| Box::new(key) as _),
            Self::EcdhEsA128Kw => {
                ECDH_ES_A128KW.encrypter_from_jwk(jwk).map(|key| Box::new(key) as _)
            }
            Self::EcdhEsA256Kw => {
                ECDH_ES_A256KW.encrypter_from_jwk(jwk).map(|key| Box::new(key) as _)
            }
        };
        encrypter.map_err(|_| JoseError::Key)
    }
}

/// How the content is encrypted (RFC 7518 §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum ContentEncryption {
    /// AES-GCM with 128 bits.
    A128Gcm,
    /// AES-GCM with 256 bits.
    A256Gcm,
    /// AES-CBC with 128 bits and an HMAC. What a client gets that asks for nothing (OpenID Connect
    /// Registration §2).
    A128CbcHs256,
    /// AES-CBC with 256 bits and an HMAC.
    A256CbcHs512,
}

impl ContentEncryption {
    /// What we can encrypt with.
    pub const ALL: [Self; 4] =
        [Self::A128Gcm, Self::A256Gcm, Self::A128CbcHs256, Self::A256CbcHs512];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
            Self::A128CbcHs256 => "A128CBC-HS256",
            Self::A256CbcHs512 => "A256CBC-HS512",
        }
    }
}

impl From<KeyManagement> for &'static str {
    fn from(named: KeyManagement) -> Self {
        named.as_str()
    }
}

impl TryFrom<String> for KeyManagement {
    type Error = JoseError;

    fn try_from(name: String) -> Result<Self, JoseError> {
        name.parse()
    }
}

impl FromStr for KeyManagement {
    type Err = JoseError;

    fn from_str(name: &str) -> Result<Self, JoseError> {
        Self::ALL.into_iter().find(|known| known.as_str() == name).ok_or(JoseError::Algorithm)
    }
}

impl From<ContentEncryption> for &'static str {
    fn from(named: ContentEncryption) -> Self {
        named.as_str()
    }
}

impl TryFrom<String> for ContentEncryption {
    type Error = JoseError;

    fn try_from(name: String) -> Result<Self, JoseError> {
        name.parse()
    }
}

impl FromStr for ContentEncryption {
    type Err = JoseError;

    fn from_str(name: &str) -> Result<Self, JoseError> {
        Self::ALL.into_iter().find(|known| known.as_str() == name).ok_or(JoseError::Algorithm)
    }
}

/// What is to be encrypted.
#[derive(Clone, Copy, Debug)]
pub enum Plaintext<'a> {
    /// A signed JWT: the result is a nested one (RFC 7519 §5.2).
    Jwt(&'a str),
    /// Claims that nobody signed, as JSON.
    Claims(&'a [u8]),
}

impl ForeignKeys {
    /// Encrypts so that only the owner of these keys can read it.
    pub fn encrypt(
        &self,
        plaintext: Plaintext<'_>,
        management: KeyManagement,
        encryption: ContentEncryption,
    ) -> Result<String, JoseError> {
        let encrypter = self.encrypter(management).ok_or(JoseError::Key)?;
        let mut header = JweHeader::new();
        header.set_content_encryption(encryption.as_str());
        let content = match plaintext {
            Plaintext::Jwt(jwt) => {
                header.set_content_type("JWT");
                jwt.as_bytes()
            }
            Plaintext::Claims(json) => json,
        };
        let sealed = JweContext::new().serialize_compact(content, &header, &*encrypter);
        sealed.map_err(|_| JoseError::Key)
    }

    /// Is there a key to encrypt to in this way?
    #[must_use]
    pub fn can_encrypt(&self, management: KeyManagement) -> bool {
        self.encrypter(management).is_some()
    }

    /// A key that is made for encryption before one that does not say what it is for.
    fn encrypter(&self, management: KeyManagement) -> Option<Box<dyn JweEncrypter>> {
        let made_for_it = self.0.iter().filter(|key| key.key_use() == Some("enc"));
        let mut keys = made_for_it.chain(self.0.iter().filter(|key| key.key_use().is_none()));
        keys.find_map(|key| management.encrypter(key).ok())
    }
}
