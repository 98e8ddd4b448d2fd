//! OAuth's words: what the specifications name, parsed once and carried as proof.
//!
//! Owns the syntax and the rules that hold of a word alone: what a scope may look like, which URIs
//! may be registered, what a client may say of itself. Does no I/O, asks no clock and knows no row;
//! whether a client may *use* a word is decided in `oauth`.

#[macro_use]
mod wire_name;

pub mod auth_context;
pub mod claims_request;
pub mod client_metadata;
pub mod error;
pub mod grant_type;
pub mod json_object;
pub mod pkce;
pub mod prompt;
pub mod redirect_uri;
pub mod resource;
pub mod response;
pub mod scope;
pub mod user_code;
