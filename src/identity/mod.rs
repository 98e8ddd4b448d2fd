//! People's words: addresses, numbers, names and passwords as people write them; no I/O.
//!
//! Each is parsed once, at the edge; inside, an [`email_address::EmailAddress`] is sound because it
//! exists. A refusal is a value with a key for the message files; which language it is said in is
//! decided on the page.

#[macro_use]
mod problems;

pub mod authenticator;
pub mod display_name;
pub mod email_address;
pub mod password_policy;
pub mod phone_number;
pub mod user_agent;
