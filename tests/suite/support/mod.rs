//! What every test may lean on.

pub mod databases;
