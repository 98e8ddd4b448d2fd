//! How this server calls others.

use std::path::PathBuf;

use super::section::section;

section! {
    /// How this server calls others.
    Outbound {
        /// Certificates (PEM) that are trusted beside the machine's own.
        extra_ca_file: Option<PathBuf> = None;
        /// Let addresses that strangers name lead to this machine or a private network. For tests
        /// only: the log says so at every start.
        allow_loopback: bool = false;
        /// How long a call may take from its start to its last byte.
        timeout_seconds: u64 = 10, 1..=60;
        /// The largest answer that is read.
        body_limit_bytes: usize = 262_144, 1_024..=16_777_216;
        /// How many calls are under way at once; the others wait.
        parallel_calls: usize = 64, 1..=10_000;
    }
}
