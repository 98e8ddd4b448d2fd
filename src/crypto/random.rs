//! Randomness from the operating system, by way of OpenSSL.

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
