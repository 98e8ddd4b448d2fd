//! OAuth's words; no I/O.
