//! Countersign: the identity server behind a "Login with" button.
//!
//! # The map
//! Rooms from the street to the ground. A room may use the floors below it; never its neighbours,
//! never up. `tests/suite/house.rs` holds this table against the code.
//!
//! ```text
//! entrances   cli        commands            server     HTTP, put together     jobs  clock-work
//!                                            relay      SMTP, put together
//! verbs       oauth      programs            accounts   people
//! the web     web        sessions, forms, pages, errors for people, URLs
//! the app     app        what every request can reach
//! workshops   keys       sign and verify     delivery   mail, SMS
//! nouns       store      every row, every query, two databases
//! ways out    outbound   telemetry
//! settings    config
//! words       protocol   OAuth's     identity   people's     language   what people read
//! columns     column     how a newtype travels: ids are random, so it stands above crypto
//! metal       crypto     hash, sign, seal, random
//! ground      clock      the time            text       what people can see
//! ```
//!
//! # The rhythm
//! Every verb goes *gather* (async: read the request, authenticate, hash), *decide* (plain
//! synchronous Rust in one transaction, time handed in), *answer* (sign, render, respond).
//!
//! # Tokens leave no rows
//! A code, a refresh token and an access token are sealed values that carry their own facts. What is
//! kept is what people decide (grants) and one row per act of authorization (a token family), whose
//! key is the code's id: redeeming a code is inserting its family, so the database says who won.
//! Tokens that the authorization endpoint hands out itself have no code to redeem: their family begins
//! with the answer.

pub mod accounts;
pub mod app;
pub mod cli;
pub mod clock;
pub mod column;
pub mod config;
pub mod crypto;
pub mod delivery;
pub mod identity;
pub mod jobs;
pub mod keys;
pub mod language;
pub mod oauth;
pub mod outbound;
pub mod protocol;
pub mod relay;
pub mod server;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod web;
