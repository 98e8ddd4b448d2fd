//! People's words; no I/O.
