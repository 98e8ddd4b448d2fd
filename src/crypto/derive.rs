//! One root secret, many keys: HKDF-SHA256 (RFC 5869).

use openssl::{error::ErrorStack, md::Md, pkey::Id, pkey_ctx::PkeyCtx};
use zeroize::Zeroizing;

/// Keeps our keys apart from any other use of the same root secret.
const SALT: &[u8] = b"countersign";

/// The key for one purpose. Knowing it tells nothing of the root or of the key for another purpose.
///
/// # Panics
/// If OpenSSL was built without HKDF: ours is not.
#[must_use]
pub fn key(root: &[u8; 32], purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    hkdf(root, SALT, purpose.as_bytes(), &mut key[..]).expect("OpenSSL derives keys");
    key
}

fn hkdf(root: &[u8], salt: &[u8], purpose: &[u8], out: &mut [u8]) -> Result<(), ErrorStack> {
    let mut context = PkeyCtx::new_id(Id::HKDF)?;
    context.derive_init()?;
    context.set_hkdf_md(Md::sha256())?;
    context.set_hkdf_key(root)?;
    context.set_hkdf_salt(salt)?;
    context.add_hkdf_info(purpose)?;
    context.derive(Some(out))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5869, appendix A.1.
    #[test]
    fn the_example_of_the_specification_comes_out() {
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let purpose: Vec<u8> = (0xf0..=0xf9).collect();
        let mut out = [0; 42];
        hkdf(&[0x0b; 22], &salt, &purpose, &mut out).unwrap();
        assert_eq!(
            out,
            [
                0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36,
                0x2f, 0x2a, 0x2d, 0x2d, 0x0a, 0x90, 0xcf, 0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56,
                0xec, 0xc4, 0xc5, 0xbf, 0x34, 0x00, 0x72, 0x08, 0xd5, 0xb8, 0x87, 0x18, 0x58, 0x65,
            ]
        );
    }

    #[test]
    fn every_purpose_and_every_root_has_its_own_key() {
        let one = [1; 32];
        assert_eq!(key(&one, "cookie"), key(&one, "cookie"));
        assert_ne!(key(&one, "cookie"), key(&one, "code"));
        assert_ne!(key(&one, "cookie"), key(&[2; 32], "cookie"));
    }
}
