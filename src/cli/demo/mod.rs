//! `countersign demo`: the server, and a third-party site with a "Login with" button beside it.

pub mod api;
pub mod ready;
pub mod shop;
