//! Where the root secret is kept.

use std::path::PathBuf;

use super::section::section;
use crate::crypto::secret::Secret;

section! {
    /// Where the root secret is kept.
    Keys {
        /// The folder of `root.key`, from which every key at rest is derived. It is made on first
        /// start, readable by its owner only. Back it up apart from the database.
        directory: PathBuf = PathBuf::from("keys");
        /// The root secret itself, instead of the file: 32 bytes as 64 hexadecimal digits or as base64,
        /// the same on every node. `openssl rand -hex 32` makes one.
        root_secret: Option<Secret> = None;
    }
}
