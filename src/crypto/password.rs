//! Passwords: Argon2id. The only file that names argon2. Hashes that other systems made are compared
//! with, too, so that people who come from there keep their passwords.
//!
//! Slow on purpose (about 19 ms): never inside a transaction, always on the bounded pool.

mod dialects;
mod foreign;

pub use dialects::read_foreign;

use argon2::{Algorithm, Argon2, Block, Params, PasswordHash, Version};
use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use foreign::Foreign;

use super::{random, secret};

/// Bytes of a hash.
const OUTPUT: usize = 32;
/// Bytes of salt (RFC 9106 §3.1).
pub const SALT: usize = 16;

/// What guessing one password costs, the attacker as well as us.
#[derive(Clone, Debug)]
pub struct Cost(Params);

impl Cost {
    /// Memory in KiB, passes over it, lanes; `None` where Argon2 (RFC 9106 §3.1) does not allow it.
    #[must_use]
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        Params::new(memory_kib, passes, lanes, None).ok().map(Self)
    }

    fn is(&self, other: &Params) -> bool {
        let numbers = |it: &Params| (it.m_cost(), it.t_cost(), it.p_cost());
        numbers(&self.0) == numbers(other)
    }

    /// A hash as it is kept: a PHC string.
    fn phc(&self, salt: &[u8], output: &[u8]) -> String {
        let (memory, passes, lanes) = (self.0.m_cost(), self.0.t_cost(), self.0.p_cost());
        let (salt, output) =
            (BASE64_STANDARD_NO_PAD.encode(salt), BASE64_STANDARD_NO_PAD.encode(output));
        format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${output}")
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
    /// This password, but the hash was made at another cost, or in another way: hash it again and
    /// keep that.
    RightButOld,
}

/// Where passwords are hashed at one cost: it keeps its memory from one to the next, because to be
/// given 19 MiB and to clear them takes a tenth of the work, and leaves holes in the process.
#[derive(Debug)]
pub struct Workspace {
    cost: Cost,
    memory: Vec<Block>,
}

impl Workspace {
    /// A workspace without memory yet.
    #[must_use]
    pub const fn new(cost: Cost) -> Self {
        Self { cost, memory: Vec::new() }
    }

    /// The hash to keep, as a PHC string with its salt and cost in it.
    ///
    /// # Panics
    /// If the password is longer than 4 GiB.
    pub fn hash(&mut self, password: &str, salt: &[u8; SALT]) -> String {
        let mut output = [0; OUTPUT];
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.cost.0.clone());
        self.fill(&hasher, password, salt, &mut output).expect("the cost is allowed");
        self.cost.phc(salt, &output)
    }

    /// Is this the password that the hash was made of? Without a hash it takes the same time and is
    /// wrong.
    pub fn verify(&mut self, password: &str, phc: Option<&str>) -> Verdict {
        let Some(phc) = phc else {
            self.hash(password, &[0; SALT]);
            return Verdict::Wrong;
        };
        if let Some(foreign) = Foreign::read(phc) {
            return match foreign.matches(&normal(password)) {
                Some(true) => Verdict::RightButOld,
                _ => Verdict::Wrong,
            };
        }
        self.compare(password, phc).unwrap_or(Verdict::Wrong)
    }

    /// Nothing if this is no hash that we understand.
    fn compare(&mut self, password: &str, phc: &str) -> Option<Verdict> {
        let kept = PasswordHash::new(phc).ok()?;
        let algorithm = Algorithm::try_from(kept.algorithm.as_str()).ok()?;
        let version = kept.version.map_or(Ok(Version::V0x13), Version::try_from).ok()?;
        let params = Params::try_from(&kept).ok()?;
        let current = self.cost.is(&params)
            && matches!((algorithm, version), (Algorithm::Argon2id, Version::V0x13));
        let (salt, expected) = (kept.salt?, kept.hash?);
        let mut output = vec![0; expected.len()];
        self.fill(&Argon2::new(algorithm, version, params), password, &salt, &mut output)?;
        Some(match (secret::equal(&output, expected.as_bytes()), current) {
            (false, _) => Verdict::Wrong,
            (true, true) => Verdict::Right,
            (true, false) => Verdict::RightButOld,
        })
    }

    fn fill(
        &mut self,
        hasher: &Argon2<'_>,
        password: &str,
        salt: &[u8],
        output: &mut [u8],
    ) -> Option<()> {
        let password = normal(password);
        let blocks = hasher.params().block_count();
        if blocks > self.cost.0.block_count() {
            // A hash made elsewhere at a higher cost, once: its memory is not kept.
            return hasher.hash_password_into(password.as_bytes(), salt, output).ok();
        }
        self.memory.resize(self.cost.0.block_count(), Block::default());
        let memory = self.memory.as_mut_slice();
        hasher.hash_password_into_with_memory(password.as_bytes(), salt, output, memory).ok()
    }
}

/// The most memory that a hash of another system may take, in KiB.
const MOST_MEMORY_KIB: u32 = 262_144;

/// Whether this is a hash by Argon2, and none dearer than we compare with.
fn is_argon2(phc: &str) -> bool {
    let Ok(kept) = PasswordHash::new(phc) else { return false };
    let known = Algorithm::try_from(kept.algorithm.as_str()).is_ok();
    let params = Params::try_from(&kept);
    let affordable = params.is_ok_and(|it| it.m_cost() <= MOST_MEMORY_KIB && it.t_cost() <= 100);
    known && affordable && kept.salt.is_some() && kept.hash.is_some()
}

/// Salt for one hash.
#[must_use]
pub fn salt() -> [u8; SALT] {
    random::bytes()
}

/// One hash, in memory of its own: see [`Workspace::hash`].
///
/// # Panics
/// As [`Workspace::hash`].
#[must_use]
pub fn hash(password: &str, cost: &Cost) -> String {
    Workspace::new(cost.clone()).hash(password, &salt())
}

/// One comparison, in memory of its own: see [`Workspace::verify`].
#[must_use]
pub fn verify(password: &str, phc: &str, cost: &Cost) -> Verdict {
    Workspace::new(cost.clone()).verify(password, Some(phc))
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
    fn without_a_hash_no_password_is_right_and_the_memory_was_used() {
        let mut workspace = Workspace::new(cheap());
        assert_eq!(workspace.verify("", None), Verdict::Wrong);
        assert_eq!(workspace.memory.len(), 8);
    }

    #[test]
    fn what_one_password_left_in_memory_does_not_change_the_next() {
        let mut workspace = Workspace::new(cheap());
        let kept = workspace.hash("correct horse", &salt());
        workspace.hash("another", &salt());
        assert_eq!(workspace.verify("correct horse", Some(&kept)), Verdict::Right);
        let dearer = hash("correct horse", &Cost::new(16, 1, 1).unwrap());
        assert_eq!(workspace.verify("correct horse", Some(&dearer)), Verdict::RightButOld);
        assert_eq!(workspace.memory.len(), 8);
    }
}
