//! What all pages share.
//!
//! Owns the page (its words, its look, its headers), the assets and the refusals a person can read.
//! Does not know any one page: those stand with their handlers.

pub mod assets;
pub mod brand;
pub mod colour;
pub mod content_policy;
pub mod error;
pub mod language;
pub mod page;
pub mod parts;
