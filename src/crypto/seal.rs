//! Small things, encrypted and authenticated: what travels in tokens and cookies, what is kept
//! secret at rest.
//!
//! A sealed value is one byte of key generation, 24 of nonce, the ciphertext, 16 of tag. The
//! generation and the purpose are authenticated with it, and every purpose has its own key, so a
//! value sealed for one purpose never opens for another.

use std::{fmt, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::{
    aead::{Key, NONCE, TAG},
    derive, random,
    secret::DigestKey,
};

/// The generation that new values are sealed with. A value of an unknown one does not open.
const GENERATION: u8 = 1;
const HEAD: usize = 1 + NONCE;

/// Seals and opens values of one purpose. Cheap to clone.
#[derive(Clone)]
pub struct Sealer(Arc<Keys>);

struct Keys {
    associated: Vec<u8>,
    key: Key,
    nonces: DigestKey,
}

impl Sealer {
    /// The sealer for one purpose.
    ///
    /// # Panics
    /// If OpenSSL was built without AES: ours is not.
    #[must_use]
    pub fn derive(root: &[u8; 32], purpose: &'static str) -> Self {
        let key = derive::key(root, &format!("seal {GENERATION} {purpose}"));
        let key = Key::new(&key).expect("OpenSSL keeps a key");
        let nonces = DigestKey::derive(root, &format!("nonce {GENERATION} {purpose}"));
        let associated = [&[GENERATION], purpose.as_bytes()].concat();
        Self(Arc::new(Keys { associated, key, nonces }))
    }

    /// Seals a value; twice the same value gives two different results.
    ///
    /// # Panics
    /// If the type cannot be written down (a map whose keys are maps): a mistake of ours.
    #[must_use]
    pub fn seal<T: Serialize>(&self, value: &T) -> Vec<u8> {
        self.seal_bytes(&pack(value))
    }

    /// Seals a value so that the same value gives the same bytes: the nonce is computed from it.
    /// Only for values that differ whenever it matters that their sealed forms do.
    ///
    /// # Panics
    /// As [`Self::seal`].
    #[must_use]
    pub fn seal_repeatably<T: Serialize>(&self, value: &T) -> Vec<u8> {
        let plain = pack(value);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&self.0.nonces.digest(&[&plain])[..NONCE]);
        self.0.seal(&nonce, &plain)
    }

    /// Opens what [`Self::seal`] or [`Self::seal_repeatably`] made, and nothing else.
    #[must_use]
    pub fn open<T: DeserializeOwned>(&self, sealed: &[u8]) -> Option<T> {
        rmp_serde::from_slice(&self.open_bytes(sealed)?).ok()
    }

    /// Seals bytes as they are.
    #[must_use]
    pub fn seal_bytes(&self, plain: &[u8]) -> Vec<u8> {
        self.0.seal(&random::bytes(), plain)
    }

    /// Opens what [`Self::seal_bytes`] made, and nothing else.
    #[must_use]
    pub fn open_bytes(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.open(sealed)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sealer({})", String::from_utf8_lossy(&self.0.associated[1..]))
    }
}

impl Keys {
    fn seal(&self, nonce: &[u8; NONCE], plain: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(HEAD + plain.len() + TAG);
        sealed.push(GENERATION);
        sealed.extend_from_slice(nonce);
        sealed.extend_from_slice(plain);
        let tag = self.key.encrypt(nonce, &self.associated, &mut sealed[HEAD..]);
        sealed.extend_from_slice(&tag.expect("OpenSSL encrypts"));
        sealed
    }

    fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (body, tag) = sealed.split_last_chunk::<TAG>()?;
        let (generation, body) = body.split_first()?;
        let (nonce, body) = body.split_first_chunk::<NONCE>()?;
        if *generation != GENERATION {
            return None;
        }
        let mut plain = Zeroizing::new(body.to_vec());
        self.key.decrypt(nonce, &self.associated, &mut plain, tag).ok()?;
        Some(plain)
    }
}

fn pack<T: Serialize>(value: &T) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(rmp_serde::to_vec(value).expect("the value can be written down"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sealer() -> Sealer {
        Sealer::derive(&[7; 32], "test")
    }

    #[test]
    fn a_value_comes_back_as_it_was() {
        let value = ("family".to_owned(), 7_u32, vec![1_u8, 2, 3]);
        let sealed = sealer().seal(&value);
        assert_eq!(sealer().open(&sealed), Some(value));
    }

    #[test]
    fn the_same_value_is_sealed_differently_unless_asked() {
        let sealer = sealer();
        assert_ne!(sealer.seal(&1), sealer.seal(&1));
        assert_eq!(sealer.seal_repeatably(&1), sealer.seal_repeatably(&1));
        assert_ne!(sealer.seal_repeatably(&1)[1..HEAD], sealer.seal_repeatably(&2)[1..HEAD]);
        assert_eq!(sealer.open(&sealer.seal_repeatably(&1)), Some(1));
    }

    #[test]
    fn another_purpose_root_or_type_does_not_open() {
        let sealed = sealer().seal(&"text");
        assert_eq!(Sealer::derive(&[7; 32], "other").open::<String>(&sealed), None);
        assert_eq!(Sealer::derive(&[8; 32], "test").open::<String>(&sealed), None);
        assert_eq!(sealer().open::<u32>(&sealed), None);
    }

    #[test]
    fn what_is_too_short_does_not_open() {
        for length in 0..HEAD + TAG {
            assert_eq!(sealer().open_bytes(&vec![1; length]), None);
        }
        assert!(sealer().open_bytes(&sealer().seal_bytes(b"")).unwrap().is_empty());
    }

    #[test]
    fn a_sealer_does_not_print_its_key() {
        assert_eq!(format!("{:?}", sealer()), "Sealer(test)");
    }

    proptest! {
        #[test]
        fn bytes_come_back_as_they_were(plain: Vec<u8>) {
            let opened = sealer().open_bytes(&sealer().seal_bytes(&plain)).unwrap();
            prop_assert_eq!(opened.to_vec(), plain);
        }

        #[test]
        fn every_bit_matters(plain: Vec<u8>, place: prop::sample::Index, bit in 0..8_u32) {
            let mut sealed = sealer().seal_bytes(&plain);
            let place = place.index(sealed.len());
            sealed[place] ^= 1_u8 << bit;
            prop_assert!(sealer().open_bytes(&sealed).is_none());
        }
    }
}
