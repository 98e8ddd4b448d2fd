//! Passwords: Argon2id. The only file that names argon2.
//!
//! Slow on purpose (about 19 ms): never inside a transaction, always on the bounded pool.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::random;

/// What guessing one password costs, the attacker as well as us.
#[derive(Clone, Debug)]
pub struct Cost(Params);

impl Cost {
    /// Memory in KiB, passes over it, lanes; `None` where Argon2 (RFC 9106 §3.1) does not allow it.
    #[must_use]
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        Params::new(memory_kib, passes, lanes, None).ok().map(Self)
    }

    fn hasher(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.0.clone())
    }

    fn made(&self, hash: &PasswordHash) -> bool {
        let same = Params::try_from(hash).is_ok_and(|params| {
            params.m_cost() == self.0.m_cost()
                && params.t_cost() == self.0.t_cost()
                && params.p_cost() == self.0.p_cost()
        });
        same && hash.algorithm == argon2::ARGON2ID_IDENT
    }
}

impl Default for Cost {
    /// 19 MiB, two passes, one lane.
    fn default() -> Self {
        Self::new(19_456, 2, 1).expect("the default cost is allowed")
    }
}

/// What comparing a password with a hash found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not this password, or no hash that we understand.
    Wrong,
    /// This password.
    Right,
    /// This password, but the hash was made at another cost: hash it again and keep that.
    RightButOld,
}

/// The hash to keep, as a PHC string with its salt and cost in it.
///
/// # Panics
/// If there is no memory to hash in.
#[must_use]
pub fn hash(password: &str, cost: &Cost) -> String {
    let salt = random::bytes::<16>();
    let hash: PasswordHash = cost
        .hasher()
        .hash_password_with_salt(normal(password).as_bytes(), &salt)
        .expect("Argon2 has the memory it needs");
    hash.to_string()
}

/// Is this the password that the hash was made of?
#[must_use]
pub fn verify(password: &str, phc: &str, cost: &Cost) -> Verdict {
    let Ok(hash) = PasswordHash::new(phc) else { return Verdict::Wrong };
    match cost.hasher().verify_password(normal(password).as_bytes(), &hash) {
        Err(_) => Verdict::Wrong,
        Ok(()) if cost.made(&hash) => Verdict::Right,
        Ok(()) => Verdict::RightButOld,
    }
}

/// A hash of no password at all. To be verified against where there is no account, so that the
/// answer takes the same time.
#[must_use]
pub fn decoy(cost: &Cost) -> String {
    use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
    let (memory, passes, lanes) = (cost.0.m_cost(), cost.0.t_cost(), cost.0.p_cost());
    let salt = BASE64_STANDARD_NO_PAD.encode(random::bytes::<16>());
    let output = BASE64_STANDARD_NO_PAD.encode(random::bytes::<32>());
    format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${output}")
}

/// The same password however a keyboard composes its letters (NIST SP 800-63B §3.1.1.2).
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> Cost {
        Cost::new(8, 1, 1).unwrap()
    }

    #[test]
    fn the_right_password_is_right_and_others_are_wrong() {
        let kept = hash("correct horse", &cheap());
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        assert_eq!(verify("correct horse", &kept, &cheap()), Verdict::Right);
        assert_eq!(verify("correct house", &kept, &cheap()), Verdict::Wrong);
        assert_ne!(kept, hash("correct horse", &cheap()));
    }

    #[test]
    fn a_hash_of_another_cost_is_right_but_old() {
        let kept = hash("correct horse", &cheap());
        let dearer = Cost::new(16, 1, 1).unwrap();
        assert_eq!(verify("correct horse", &kept, &dearer), Verdict::RightButOld);
        assert_eq!(verify("wrong", &kept, &dearer), Verdict::Wrong);
    }

    #[test]
    fn the_whole_password_counts() {
        let long = "x".repeat(4096);
        let kept = hash(&long, &cheap());
        assert_eq!(verify(&long, &kept, &cheap()), Verdict::Right);
        assert_eq!(verify(&long[1..], &kept, &cheap()), Verdict::Wrong);
        assert_eq!(verify(&format!("{long}\0"), &kept, &cheap()), Verdict::Wrong);
    }

    #[test]
    fn a_letter_is_the_same_however_it_was_composed() {
        let kept = hash("caf\u{e9}", &cheap());
        assert_eq!(verify("cafe\u{301}", &kept, &cheap()), Verdict::Right);
    }

    /// Made by the reference implementation's command: `argon2 somesalt -id -t 2 -m 16 -p 1`.
    #[test]
    fn a_hash_made_elsewhere_is_understood() {
        let elsewhere = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ\
                         $CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert_eq!(verify("password", elsewhere, &Cost::default()), Verdict::RightButOld);
    }

    #[test]
    fn what_is_no_hash_is_wrong() {
        for phc in ["", "plain", "$argon2id$", "$2b$12$abcdefghijklmnopqrstuv"] {
            assert_eq!(verify("", phc, &cheap()), Verdict::Wrong);
        }
    }

    #[test]
    fn a_decoy_costs_a_hash_and_is_never_right() {
        let decoy = decoy(&cheap());
        let hash = PasswordHash::new(&decoy).unwrap();
        assert!(cheap().made(&hash));
        assert!(hash.salt.is_some() && hash.hash.is_some());
        assert_eq!(verify("", &decoy, &cheap()), Verdict::Wrong);
    }
}
