//! What all pages share.
