//! What all pages share.
//!
//! Owns the page (its words, its look, its headers), who looks at it, the assets and the refusals a
//! person can read. Does not know any one page: those stand with their handlers.

pub mod app_card;
pub mod asking_client;
pub mod assets;
pub mod brand;
pub mod client_ip;
pub mod colour;
pub mod content_policy;
pub mod cookies;
pub mod cors;
pub mod csrf;
pub mod error;
pub mod flow;
pub mod form;
pub mod page;
pub mod parts;
pub mod request_id;
pub mod scopes;
pub mod shared_email;
pub mod submission;
pub mod urls;
pub mod visitor;
pub mod whereabouts;
