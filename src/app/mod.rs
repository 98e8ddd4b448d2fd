//! What every request can reach: built once, shared by all.
//!
//! Owns nothing but the list. There is no global beside it.

mod hasher;
mod places;
mod refusals;
mod seals;
mod sightings;
mod start;

pub use hasher::{Busy, Hasher};
pub use places::Places;
pub use refusals::Refusals;
pub use seals::Seals;
pub use sightings::Sightings;
pub use start::StartError;

use std::sync::Arc;

use crate::{
    clock::Clock,
    config::Config,
    crypto::webauthn::RelyingParty,
    delivery::{Courier, Ways},
    keys::Keyring,
    outbound::Outbound,
    store::{ClientCache, Store},
    telemetry::metrics::Metrics,
};

/// What every request can reach.
pub struct App {
    /// The settings, checked as a whole.
    pub config: Config,
    /// Every row.
    pub store: Store,
    /// The signing keys.
    pub keys: Keyring,
    /// The clients read before.
    pub clients: Arc<ClientCache>,
    /// What seals and digests, each for one purpose.
    pub seals: Seals,
    /// Ourselves, as passkeys know us; none where the host is a number.
    pub relying_party: Option<RelyingParty>,
    /// Hashes passwords, a few at a time.
    pub hasher: Hasher,
    /// Writes messages.
    pub courier: Courier,
    /// How messages leave.
    pub ways: Ways,
    /// The way out to strangers.
    pub outbound: Outbound,
    /// Which place an address belongs to.
    pub places: Places,
    /// Uses noticed since the last time they were written down.
    pub sightings: Sightings,
    /// Refusals noted since the last time they were written down.
    pub refusals: Refusals,
    /// The counters.
    pub metrics: Metrics,
    /// The time.
    pub clock: Clock,
}
