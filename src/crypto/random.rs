//! Randomness from the operating system, by way of OpenSSL.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use zeroize::Zeroize as _;

/// `N` bytes that nobody can guess.
///
/// # Panics
/// If the machine has no randomness to give: nothing that follows could be safe.
#[must_use]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    openssl::rand::rand_bytes(&mut bytes).expect("the machine gives randomness");
    bytes
}

/// A secret of 256 bits as 43 base64url characters.
#[must_use]
pub fn token() -> String {
    let mut body = bytes::<32>();
    let token = BASE64_URL_SAFE_NO_PAD.encode(body);
    body.zeroize();
    token
}

/// That many decimal digits, each as likely as the others.
#[must_use]
pub fn digits(count: usize) -> String {
    let mut digits = String::with_capacity(count);
    while digits.len() < count {
        // 250 is the largest multiple of ten in a byte: what lies above would favour 0 to 5.
        let fair = bytes::<16>().into_iter().filter(|byte| *byte < 250);
        let wanted = count - digits.len();
        digits.extend(fair.take(wanted).map(|byte| char::from(b'0' + byte % 10)));
    }
    digits
}

/// That many lower-case letters and digits, five bits each.
#[must_use]
pub fn letters(count: usize) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let letter = |byte: u8| char::from(ALPHABET[usize::from(byte & 31)]);
    (0..count).map(|_| letter(bytes::<1>()[0])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_43_characters_and_never_returns() {
        let tokens: std::collections::HashSet<_> = (0..1000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|token| token.len() == 43));
    }

    #[test]
    fn digits_are_as_many_as_asked_and_evenly_spread() {
        assert_eq!(digits(0), "");
        let many = digits(100_000);
        assert_eq!(many.len(), 100_000);
        for digit in '0'..='9' {
            let seen = many.chars().filter(|found| *found == digit).count();
            // Ten standard deviations: a fair source never gets there.
            assert!(seen.abs_diff(10_000) < 950, "{digit} was seen {seen} times");
        }
    }
}
