//! The metal: hash, sign, seal, random. No I/O, no clock, no store.

pub mod random;
