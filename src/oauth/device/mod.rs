//! The device grant (RFC 8628): a device without a keyboard shows a code, and its owner types it on
//! another.
//!
//! Owns what the device hears first and what the person sees. Fetching the tokens is a grant of the
//! token endpoint like any other.

pub mod authorization;
pub mod confirmation;
mod ticket;
pub mod verification;

use crate::{
    app::Seals,
    crypto::{
        random,
        secret::{self, Prefix, dress, undress},
    },
    protocol::user_code::UserCode,
};

/// A new device code, to be handed out once.
fn new_code() -> String {
    dress(Prefix::DeviceCode, &random::bytes::<32>())
}

/// The digest under which a device code is kept; none of what is no code of ours.
#[must_use]
pub fn digest(code: &str) -> Option<Vec<u8>> {
    undress(Prefix::DeviceCode, code).map(|body| secret::digest(&body).to_vec())
}

/// The digest under which a user code is kept. It could be guessed from a plain one.
fn user_code_digest(code: &UserCode, seals: &Seals) -> Vec<u8> {
    seals.user_code.digest(&[code.as_str().as_bytes()]).to_vec()
}
