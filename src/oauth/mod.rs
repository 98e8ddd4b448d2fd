//! What programs talk to.
