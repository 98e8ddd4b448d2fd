//! Passwords, one-time codes and sessions.

use std::{path::PathBuf, time::Duration};

use super::{Compatibility, Config, per_core::PerCore, section::section};
use crate::crypto::password::Cost;

section! {
    /// Passwords, one-time codes and sessions.
    SignIn {
        /// The fewest characters of a password (NIST SP 800-63B §3.1.1.2).
        password_minimum_length: usize = 8, 8..=64;
        /// How many passwords are hashed at once; the others wait. Each takes `argon2_memory_kib`.
        parallel_hashes: PerCore = PerCore::EACH, 1..=256;
        /// How much memory one password hash takes. Hashes made with less are made anew when their
        /// owner signs in.
        argon2_memory_kib: u32 = 19_456, 8..=4_194_304;
        /// How many passes Argon2id makes over that memory.
        argon2_iterations: u32 = 2, 1..=100;
        /// How many lanes Argon2id divides that memory into.
        argon2_parallelism: u32 = 1, 1..=64;
        /// How long a one-time code is good.
        one_time_code_lifetime_seconds: u64 = 600, 60..=3_600;
        /// How many wrong guesses end a one-time code.
        one_time_code_attempts: u32 = 5, 1..=20;
        /// How many wrong guesses at the second step an account stands in an hour, in all browsers
        /// and by all methods together.
        second_factor_guesses_per_hour: u32 = 10, 3..=100;
        /// How soon another one-time code may be asked for; the wait doubles each time.
        one_time_code_resend_seconds: u64 = 30, 1..=600;
        /// How many one-time codes an address or number is sent in an hour, whoever asks for them.
        one_time_codes_per_recipient_hour: u32 = 10, 1..=1_000;
        /// How many one-time codes a network (an IPv4 address, an IPv6 /64) may ask for in an hour.
        one_time_codes_per_network_hour: u32 = 100, 1..=1_000_000;
        /// How many wrong passwords an account is given for nothing; each one after that waits, one
        /// second first and then twice as long each time. Browsers that its owner has signed in with
        /// are counted each on its own, all others together.
        wrong_passwords_free: u32 = 5, 1..=100;
        /// The longest of those waits: 15 minutes.
        wrong_password_wait_seconds: u64 = 900, 1..=3_600;
        /// How many wrong passwords a network (an IPv4 address, an IPv6 /64) may send in an hour,
        /// whatever accounts they are for. Browsers that are known are not counted.
        wrong_passwords_per_network_hour: u32 = 100, 1..=1_000_000;
        /// Whether a right password from a browser that is new to the account needs a one-time code
        /// as well, even without two-step verification. The first sign-in of all needs none, and none
        /// does under `compatibility = "openid-certification"`, whose judge reads no messages.
        new_device_code: bool = true;
        /// How long after its last sign-in a browser is known to an account.
        known_browser_days: u32 = 365, 1..=400;
        /// For how long people may choose not to be asked for a second step again in a browser where they
        /// have shown one. 0 means that they are always asked.
        trusted_browser_days: u32 = 30, 0..=365;
        /// A file in the format `.mmdb`, such as `GeoLite2-City.mmdb`: people read where a sign-in
        /// came from by the name of the place. Without it they read addresses only.
        places_database: Option<PathBuf> = None;
        /// How long people who lost every way in wait for one. All their contacts are told at the start
        /// and before the end, and each can cancel it. 0 means that there is no such way.
        delayed_recovery_hours: u32 = 72, 0..=2_160;
        /// How long a browser stays signed in without being used: 14 days.
        session_idle_lifetime_seconds: u64 = 1_209_600, 60..=31_536_000;
        /// How long a browser stays signed in at most: 90 days.
        session_lifetime_seconds: u64 = 7_776_000, 60..=31_536_000;
        /// How long after proving themselves people may change what is dangerous to change.
        fresh_proof_seconds: u64 = 300, 30..=3_600;
        /// How long a person has from the start of a sign-in to its end.
        journey_lifetime_seconds: u64 = 3_600, 300..=86_400;
    }
}

impl Config {
    /// Whether whoever signs in by password in a browser that is new to the account is asked for more.
    #[must_use]
    pub fn asks_new_browsers(&self) -> bool {
        self.sign_in.new_device_code && self.compatibility == Compatibility::Strict
    }
}

impl SignIn {
    /// How long after its last sign-in a browser is known.
    #[must_use]
    pub fn browser_known_for(&self) -> Duration {
        Duration::from_hours(u64::from(self.known_browser_days) * 24)
    }

    /// How long a browser stays signed in without being used.
    #[must_use]
    pub fn session_idle_lifetime(&self) -> Duration {
        Duration::from_secs(self.session_idle_lifetime_seconds)
    }

    /// How long a browser is trusted, whatever its owner was told once.
    #[must_use]
    pub fn browser_trusted_for(&self) -> Duration {
        Duration::from_hours(u64::from(self.trusted_browser_days) * 24)
    }

    /// What hashing one password costs.
    #[must_use]
    pub fn password_cost(&self) -> Cost {
        let (memory, passes) = (self.argon2_memory_kib, self.argon2_iterations);
        // What Argon2 does not allow was refused when the settings were read.
        Cost::new(memory, passes, self.argon2_parallelism).unwrap_or_default()
    }
}
