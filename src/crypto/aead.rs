//! Authenticated encryption: XAES-256-GCM (C2SP), which is AES-256-GCM with a nonce of 24 bytes.
//!
//! With the twelve bytes of plain AES-GCM, nonces chosen by chance may be used for 2³² values and no
//! more (NIST SP 800-38D §8.3): a busy server seals as many tokens in days, and a repeated nonce gives
//! the key away. Here the first half of the nonce makes a key of its own, and chance suffices for 2⁸⁰.

use openssl::{
    cipher::Cipher,
    cipher_ctx::{CipherCtx, CipherCtxRef},
    error::ErrorStack,
};
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes of a nonce.
pub(super) const NONCE: usize = 24;
/// Bytes of a tag.
pub(super) const TAG: usize = 16;

const HALF: usize = NONCE / 2;
const BLOCK: usize = 16;

/// A key, ready for use.
pub(super) struct Key {
    /// AES-256 with the key, a block at a time.
    blocks: CipherCtx,
    /// What the key makes of a block of zeros, doubled (NIST SP 800-38B §6.1: `K1`).
    mask: Zeroizing<[u8; BLOCK]>,
    gcm: Cipher,
}

impl Key {
    pub(super) fn new(key: &[u8; 32]) -> Result<Self, ErrorStack> {
        let mut blocks = CipherCtx::new()?;
        blocks.encrypt_init(Some(Cipher::aes_256_ecb()), Some(key), None)?;
        blocks.set_padding(false);
        let mut zeros = Zeroizing::new([0; 2 * BLOCK]);
        copy(&blocks)?.cipher_update(&[0; BLOCK], Some(&mut zeros[..]))?;
        let mask = double(zeros.first_chunk().expect("a block is there"));
        Ok(Self { blocks, mask, gcm: Cipher::fetch(None, "AES-256-GCM", None)? })
    }

    /// Encrypts `plain` in place and gives the tag over it and what is associated with it.
    pub(super) fn encrypt(
        &self,
        nonce: &[u8; NONCE],
        associated: &[u8],
        body: &mut [u8],
    ) -> Result<[u8; TAG], ErrorStack> {
        let mut context = CipherCtx::new()?;
        let key = self.derived(nonce)?;
        context.encrypt_init(Some(&self.gcm), Some(&key[..]), Some(&nonce[HALF..]))?;
        context.cipher_update(associated, None)?;
        update(&mut context, body)?;
        context.cipher_final(&mut [])?;
        let mut tag = [0; TAG];
        context.tag(&mut tag)?;
        Ok(tag)
    }

    /// Decrypts `body` in place; an error if anything was changed, and then nothing is left of it.
    pub(super) fn decrypt(
        &self,
        nonce: &[u8; NONCE],
        associated: &[u8],
        body: &mut [u8],
        tag: &[u8; TAG],
    ) -> Result<(), ErrorStack> {
        let mut context = CipherCtx::new()?;
        let key = self.derived(nonce)?;
        context.decrypt_init(Some(&self.gcm), Some(&key[..]), Some(&nonce[HALF..]))?;
        context.cipher_update(associated, None)?;
        update(&mut context, body)?;
        context.set_tag(tag)?;
        context.cipher_final(&mut []).map(|_| ()).inspect_err(|_| body.zeroize())
    }

    /// The key for all values whose nonces begin with the same twelve bytes.
    fn derived(&self, nonce: &[u8; NONCE]) -> Result<Zeroizing<[u8; 32]>, ErrorStack> {
        let mut input = Zeroizing::new([0; 2 * BLOCK]);
        for (counter, block) in (1..).zip(input.chunks_exact_mut(BLOCK)) {
            block[..4].copy_from_slice(&[0, counter, b'X', 0]);
            block[4..].copy_from_slice(&nonce[..HALF]);
            block.iter_mut().zip(self.mask.iter()).for_each(|(byte, mask)| *byte ^= mask);
        }
        let mut output = Zeroizing::new([0; 3 * BLOCK]);
        copy(&self.blocks)?.cipher_update(&input[..], Some(&mut output[..]))?;
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&output[..2 * BLOCK]);
        Ok(key)
    }
}

fn copy(context: &CipherCtxRef) -> Result<CipherCtx, ErrorStack> {
    let mut copy = CipherCtx::new()?;
    copy.copy(context)?;
    Ok(copy)
}

/// An empty body would be taken for more associated data.
fn update(context: &mut CipherCtxRef, body: &mut [u8]) -> Result<(), ErrorStack> {
    if !body.is_empty() {
        let length = body.len();
        context.cipher_update_inplace(body, length)?;
    }
    Ok(())
}

/// Multiplies by x in the field of 2¹²⁸ (NIST SP 800-38B §6.1).
fn double(block: &[u8; BLOCK]) -> Zeroizing<[u8; BLOCK]> {
    let number = u128::from_be_bytes(*block);
    let carried = 0x87 * (number >> 127);
    Zeroizing::new(((number << 1) ^ carried).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted(key: u8, associated: &[u8]) -> String {
        let mut body = *b"XAES-256-GCM";
        let key = Key::new(&[key; 32]).unwrap();
        let tag = key.encrypt(b"ABCDEFGHIJKLMNOPQRSTUVWX", associated, &mut body).unwrap();
        let all = [body.as_slice(), &tag].concat();
        all.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    /// C2SP XAES-256-GCM, test vectors: one with the carry of the doubling, one without.
    #[test]
    fn the_examples_of_the_specification_come_out() {
        assert_eq!(encrypted(1, b""), "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
        assert_eq!(
            encrypted(3, b"c2sp.org/XAES-256-GCM"),
            "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
        );
    }

    #[test]
    fn what_was_changed_leaves_nothing_behind() {
        let key = Key::new(&[7; 32]).unwrap();
        let nonce = [9; NONCE];
        let mut body = *b"secret";
        let tag = key.encrypt(&nonce, b"for ada", &mut body).unwrap();
        let mut opened = body;
        key.decrypt(&nonce, b"for ada", &mut opened, &tag).unwrap();
        assert_eq!(&opened, b"secret");
        let mut refused = body;
        key.decrypt(&nonce, b"for bob", &mut refused, &tag).unwrap_err();
        assert_eq!(refused, [0; 6]);
        assert!(key.decrypt(&[8; NONCE], b"for ada", &mut body, &tag).is_err());
    }
}
