//! Hashes that other systems made: bcrypt, scrypt (RFC 7914), PBKDF2 (RFC 8018). They are only
//! compared with, never made: the first right password is hashed anew with Argon2id.
//!
//! Kept as `dialects` writes them: bcrypt as it is, the others as PHC strings.

use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
use openssl::{hash::MessageDigest, pkcs5};

use crate::crypto::secret;

/// The most memory that comparing with one hash may take.
const MOST_MEMORY: u64 = 256 << 20;

/// The most rounds of PBKDF2.
const MOST_ROUNDS: usize = 10_000_000;

/// The highest cost of bcrypt: a second or so.
const MOST_COST: u32 = 15;

/// A hash of another system, read.
pub enum Foreign {
    /// The text is the hash.
    Bcrypt(String),
    /// RFC 7914.
    Scrypt {
        /// The binary logarithm of N, r and p.
        cost: (u8, u32, u32),
        salt: Vec<u8>,
        output: Vec<u8>,
    },
    /// RFC 8018 §5.2, with HMAC over this digest.
    Pbkdf2 { digest: Digest, rounds: usize, salt: Vec<u8>, output: Vec<u8> },
}

/// What PBKDF2 is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    Sha1,
    Sha256,
    Sha512,
}

impl Digest {
    const ALL: [Self; 3] = [Self::Sha1, Self::Sha256, Self::Sha512];

    /// The name in PHC strings.
    const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "pbkdf2",
            Self::Sha256 => "pbkdf2-sha256",
            Self::Sha512 => "pbkdf2-sha512",
        }
    }

    fn message_digest(self) -> MessageDigest {
        match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
            Self::Sha512 => MessageDigest::sha512(),
        }
    }
}

impl Foreign {
    /// Reads what we keep; nothing if it is no hash of these kinds, or a dearer one than we compare.
    pub fn read(kept: &str) -> Option<Self> {
        let read = match kept.strip_prefix('$')?.split('$').collect::<Vec<_>>()[..] {
            ["2a" | "2b" | "2x" | "2y", _, _] => Self::Bcrypt(kept.to_owned()),
            ["scrypt", numbers, salt, output] => {
                let [ln, r, p] = numbers_of(numbers, ["ln", "r", "p"])?;
                let cost = (u8::try_from(ln).ok()?, r, p);
                Self::Scrypt { cost, salt: bytes(salt)?, output: bytes(output)? }
            }
            [name, numbers, salt, output] => {
                let digest = Digest::ALL.into_iter().find(|digest| digest.name() == name)?;
                let [rounds] = numbers_of(numbers, ["i"])?;
                let rounds = rounds as usize;
                Self::Pbkdf2 { digest, rounds, salt: bytes(salt)?, output: bytes(output)? }
            }
            _ => return None,
        };
        read.affordable().then_some(read)
    }

    /// As it is kept.
    pub fn phc(&self) -> String {
        let text = |bytes: &[u8]| BASE64_STANDARD_NO_PAD.encode(bytes);
        match self {
            Self::Bcrypt(hash) => hash.clone(),
            Self::Scrypt { cost: (ln, r, p), salt, output } => {
                format!("$scrypt$ln={ln},r={r},p={p}${}${}", text(salt), text(output))
            }
            Self::Pbkdf2 { digest, rounds, salt, output } => {
                format!("${}$i={rounds}${}${}", digest.name(), text(salt), text(output))
            }
        }
    }

    /// Is this the password that it was made of? Nothing if it cannot be said.
    pub fn matches(&self, password: &str) -> Option<bool> {
        let password = password.as_bytes();
        match self {
            Self::Bcrypt(hash) => bcrypt::verify(password, hash).ok(),
            Self::Scrypt { cost: (ln, r, p), salt, output } => {
                let (r, p) = (u64::from(*r), u64::from(*p));
                let mut made = vec![0; output.len()];
                pkcs5::scrypt(password, salt, 1 << ln, r, p, MOST_MEMORY * 2, &mut made).ok()?;
                Some(secret::equal(&made, output))
            }
            Self::Pbkdf2 { digest, rounds, salt, output } => {
                let (mut made, digest) = (vec![0; output.len()], digest.message_digest());
                pkcs5::pbkdf2_hmac(password, salt, *rounds, digest, &mut made).ok()?;
                Some(secret::equal(&made, output))
            }
        }
    }

    fn affordable(&self) -> bool {
        let sound = |output: &[u8]| (16..=128).contains(&output.len());
        match self {
            Self::Bcrypt(hash) => {
                let parts = hash.parse::<bcrypt::HashParts>();
                parts.is_ok_and(|parts| parts.get_cost() <= MOST_COST)
            }
            Self::Scrypt { cost: (ln, r, p), output, .. } => {
                let memory = 128_u64.checked_shl(u32::from(*ln));
                let memory = memory.and_then(|memory| memory.checked_mul(u64::from(*r)));
                let fits = memory.is_some_and(|memory| memory <= MOST_MEMORY);
                (1..=20).contains(ln) && fits && (1..=16).contains(p) && *r > 0 && sound(output)
            }
            Self::Pbkdf2 { rounds, output, .. } => {
                (1..=MOST_ROUNDS).contains(rounds) && sound(output)
            }
        }
    }
}

/// Numbers such as `ln=15,r=8,p=1`, in this order; more of them, such as a length, are no matter.
fn numbers_of<const N: usize>(text: &str, names: [&str; N]) -> Option<[u32; N]> {
    let pairs: Vec<_> = text.split(',').filter_map(|pair| pair.split_once('=')).collect();
    let mut numbers = [0; N];
    for (number, name) in numbers.iter_mut().zip(names) {
        let (_, value) = pairs.iter().find(|(known, _)| *known == name)?;
        *number = value.parse().ok()?;
    }
    Some(numbers)
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD_NO_PAD.decode(text).ok()
}
