//! The metal: hash, sign, seal, random. No I/O, no clock, no store.
//!
//! Everything here is a function of what it is given and of the machine's randomness. What can only
//! fail because memory or randomness is gone panics; what a stranger can make fail returns nothing.

mod aead;
pub mod derive;
pub mod jose;
pub mod password;
pub mod random;
pub mod seal;
pub mod secret;
pub mod totp;
pub mod webauthn;
