//! Signing keys over time.
