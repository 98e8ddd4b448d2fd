//! `countersign demo`: the server, and a third-party site with a "Login with" button beside it.
//!
//! Owns what is ready when it opens and what is printed. The server is the same as ever; the shop
//! knows it by its address alone.

pub mod api;
pub mod ready;
mod settings;
pub mod shop;

use super::outcome::Failure;
