//! The root secret, and signing keys over time.
//!
//! Owns what is made of the root secret (`root`) and when a signing key changes its state
//! (`rotation`). Does not know how a key signs (`crypto::jose`) nor how it is kept
//! (`store::signing_keys`).

pub mod root;
