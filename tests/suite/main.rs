//! Everything that goes through the front door, as one binary that links once.
//!
//! Without preparation it runs on SQLite. What needs PostgreSQL (`on_postgresql`) or Chromium
//! (`in_chromium`) is listed as ignored; `tests/run` brings both and runs it.

// `cfg(test)` tells clippy that helpers may unwrap, as tests may.
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod house;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod oauth;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod relay;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
