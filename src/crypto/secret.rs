//! Secrets: hold them, digest them, compare them, recognise them.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openssl::sha::Sha256;
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use super::derive;

/// A text that must not be seen: it does not print, is not serialised, and leaves memory with its
/// owner.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into keeping.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// HMAC-SHA256 under this secret (RFC 2104), for whoever shares it.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> [u8; 32] {
        let key = self.0.as_bytes();
        // What is longer than a block is hashed first (§2).
        let key =
            if key.len() > BLOCK { DigestKey::new(&digest(key)) } else { DigestKey::new(key) };
        let mut inner = key.inner.clone();
        inner.update(text);
        key.close(inner)
    }

    /// The text itself. Whoever asks answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::new)
    }
}

/// SHA-256. For secrets that cannot be guessed, such as tokens of 256 random bits.
#[must_use]
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    openssl::sha::sha256(bytes)
}

/// Compares in a time that tells nothing of where the two differ.
#[must_use]
pub fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && openssl::memcmp::eq(one, other)
}

/// Digests what somebody could guess (one-time codes) or must not compute alone (CSRF tokens,
/// pairwise subjects): HMAC-SHA256 (RFC 2104) under a key that never leaves the server.
///
/// Kept as what the two hashes have made of the key, which is all they need of it.
#[derive(Clone)]
pub struct DigestKey {
    inner: Sha256,
    outer: Sha256,
}

/// Bytes that SHA-256 takes at a time.
const BLOCK: usize = 64;

impl DigestKey {
    /// The digest key for one purpose.
    #[must_use]
    pub fn derive(root: &[u8; 32], purpose: &str) -> Self {
        Self::new(&derive::key(root, &format!("digest {purpose}"))[..])
    }

    /// The key made of at most a block of bytes.
    fn new(key: &[u8]) -> Self {
        let begun = |pad: u8| {
            let mut block = Zeroizing::new([pad; BLOCK]);
            block.iter_mut().zip(key).for_each(|(padded, byte)| *padded ^= byte);
            let mut hash = Sha256::new();
            hash.update(&block[..]);
            hash
        };
        Self { inner: begun(0x36), outer: begun(0x5c) }
    }

    /// The digest of these parts. Each is preceded by its length, so moving a letter from one part
    /// to the next gives another digest.
    #[must_use]
    pub fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut inner = self.inner.clone();
        for part in parts {
            inner.update(&(part.len() as u64).to_be_bytes());
            inner.update(part);
        }
        self.close(inner)
    }

    fn close(&self, inner: Sha256) -> [u8; 32] {
        let mut outer = self.outer.clone();
        outer.update(&inner.finish());
        outer.finish()
    }
}

impl fmt::Debug for DigestKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DigestKey(…)")
    }
}

/// What a secret of ours is for. The first four characters say it, so that a scanner that finds one
/// in a repository or a log knows whose it is and what to revoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// An authorization code (RFC 6749 §4.1.2).
    AuthorizationCode,
    /// An opaque access token (RFC 6749 §1.4).
    AccessToken,
    /// A refresh token (RFC 6749 §1.5).
    RefreshToken,
    /// A client secret (RFC 6749 §2.3.1).
    ClientSecret,
    /// A token that admits to registration (RFC 7591 §3).
    InitialAccessToken,
    /// A token that manages one registration (RFC 7592 §2).
    RegistrationAccessToken,
    /// The secret part of a `request_uri` (RFC 9126 §2.2).
    RequestUri,
    /// A device code (RFC 8628 §3.2).
    DeviceCode,
    /// An `auth_req_id` (CIBA §7.3).
    AuthRequestId,
}

impl Prefix {
    /// The four characters themselves.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "cac_",
            Self::AccessToken => "cat_",
            Self::RefreshToken => "crt_",
            Self::ClientSecret => "ccs_",
            Self::InitialAccessToken => "cia_",
            Self::RegistrationAccessToken => "cra_",
            Self::RequestUri => "cru_",
            Self::DeviceCode => "cdc_",
            Self::AuthRequestId => "car_",
        }
    }
}

/// Characters of the check sum at the end.
const CHECK: usize = 6;

/// Writes a secret so that it can be recognised: prefix, base64url, check sum.
#[must_use]
pub fn dress(prefix: Prefix, body: &[u8]) -> String {
    let mut text = String::with_capacity(4 + body.len().div_ceil(3) * 4 + CHECK);
    text.push_str(prefix.as_str());
    BASE64_URL_SAFE_NO_PAD.encode_string(body, &mut text);
    text.extend(check_sum(&text));
    text
}

/// Reads what [`dress`] wrote under the same prefix. Whatever is not that costs no look-up.
#[must_use]
pub fn undress(prefix: Prefix, text: &str) -> Option<Vec<u8>> {
    let (dressed, check) = text.split_at_checked(text.len().checked_sub(CHECK)?)?;
    let body = dressed.strip_prefix(prefix.as_str())?;
    if !check.chars().eq(check_sum(dressed)) {
        return None;
    }
    BASE64_URL_SAFE_NO_PAD.decode(body).ok()
}

/// CRC-32 in base 62: six characters hold it, and a double click selects the whole secret.
fn check_sum(text: &str) -> [char; CHECK] {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut check = ['0'; CHECK];
    for place in check.iter_mut().rev() {
        *place = char::from(ALPHABET[(rest % 62) as usize]);
        rest /= 62;
    }
    check
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::from("hunter2".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn a_signature_is_that_of_the_examples() {
        let begins = |key: &str, text: &[u8]| {
            let mac = Secret::from(key.to_owned()).sign(text);
            u64::from_be_bytes(mac[..8].try_into().unwrap())
        };
        // RFC 4231 §4.3
        assert_eq!(begins("Jefe", b"what do ya want for nothing?"), 0x5bdc_c146_bf60_754e);
        // Longer than a block; by Python's hmac.
        assert_eq!(begins(&"k".repeat(131), b"x"), 0x5e7d_f641_fef2_82de);
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        let key = DigestKey::derive(&[7; 32], "test");
        assert_eq!(key.digest(&[b"ab", b"c"]), key.digest(&[b"ab", b"c"]));
        assert_ne!(key.digest(&[b"ab", b"c"]), key.digest(&[b"a", b"bc"]));
        assert_ne!(key.digest(&[b"ab"]), DigestKey::derive(&[7; 32], "other").digest(&[b"ab"]));
    }

    /// RFC 4231 §4.3.
    #[test]
    fn the_digest_is_hmac_sha256() {
        let key = DigestKey::new(b"Jefe");
        let mut inner = key.inner.clone();
        inner.update(b"what do ya want for nothing?");
        let mac = base64::prelude::BASE64_STANDARD.encode(key.close(inner));
        assert_eq!(mac, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
    }

    #[test]
    fn equality_looks_at_length_and_content() {
        assert!(equal(b"same", b"same"));
        assert!(!equal(b"same", b"sane"));
        assert!(!equal(b"same", b"same longer"));
    }

    #[test]
    fn a_dressed_secret_says_what_it_is() {
        // The check sum of the four characters alone is CRC-32 as zip knows it.
        assert_eq!(crc32fast::hash(b"123456789"), 0xCBF4_3926);
        let text = dress(Prefix::RefreshToken, b"body");
        assert!(text.starts_with("crt_Ym9keQ"), "{text}");
        assert_eq!(text.len(), 4 + 6 + 6);
        assert_eq!(undress(Prefix::RefreshToken, &text).as_deref(), Some(&b"body"[..]));
        assert_eq!(undress(Prefix::AccessToken, &text), None);
        assert_eq!(undress(Prefix::RefreshToken, "crt_"), None);
        assert_eq!(undress(Prefix::RefreshToken, "é€é€é"), None);
    }

    proptest! {
        #[test]
        fn what_is_dressed_comes_back(body: Vec<u8>) {
            let text = dress(Prefix::ClientSecret, &body);
            prop_assert_eq!(undress(Prefix::ClientSecret, &text), Some(body));
        }

        #[test]
        fn a_mistyped_secret_is_not_read(body: [u8; 16], at in 0_usize..32, letter in "[0-9A-Za-z_-]") {
            let text = dress(Prefix::ClientSecret, &body);
            let mut wrong = text.clone();
            wrong.replace_range(at..=at, &letter);
            prop_assume!(wrong != text);
            prop_assert_eq!(undress(Prefix::ClientSecret, &wrong), None);
        }
    }
}
