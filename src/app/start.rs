//! Builds the app: the root secret, the database brought up to date, the keys.

use std::{fmt, sync::Arc};

use super::{App, Hasher, Places, Refusals, Seals, Sightings};
use crate::{
    clock::Clock,
    config::Config,
    crypto::{password::Cost, webauthn::RelyingParty},
    delivery::{Courier, Ways},
    keys::{Keyring, root::RootSecret, rotation::Policy},
    outbound::Outbound,
    store::{Store, migrations},
    telemetry::metrics::Metrics,
};

/// Why the app cannot start, in a sentence for the operator.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

fn failed(error: impl fmt::Display) -> StartError {
    StartError(error.to_string())
}

impl App {
    /// Builds the app that `config` describes, ready to serve.
    ///
    /// # Errors
    /// If the root secret, the database or the keys cannot be had.
    pub async fn start(config: Config, clock: Clock) -> Result<Self, StartError> {
        let root = RootSecret::load(&config.keys.directory, config.keys.root_secret.as_ref())
            .map_err(failed)?;
        migrations::prepare(&config.database).map_err(failed)?;
        let metrics = Metrics::new();
        let store = Store::open(&config.database).map_err(failed)?.watched_by(metrics.clone());
        let keys = Keyring::open(&store, &root, Policy::new(&config.tokens), clock.now())
            .await
            .map_err(failed)?;
        let seals = Seals::derive(&root);
        let sign_in = &config.sign_in;
        let cost = Cost::new(
            sign_in.argon2_memory_kib,
            sign_in.argon2_iterations,
            sign_in.argon2_parallelism,
        )
        .ok_or_else(|| failed("sign_in.argon2_*: Argon2id cannot hash at this cost"))?;
        let outbound = Outbound::new(&config.outbound).map_err(failed)?;
        Ok(Self {
            hasher: Hasher::start(sign_in.parallel_hashes.count(), &cost).map_err(failed)?,
            courier: Courier::new(seals.letter.clone()),
            ways: Ways::new(&config, &outbound).map_err(failed)?,
            relying_party: RelyingParty::new(config.http.public_url.url(), &config.brand.name),
            outbound,
            places: Places::open(sign_in.places_database.as_deref()).map_err(failed)?,
            sightings: Sightings::default(),
            refusals: Refusals::default(),
            metrics,
            clients: Arc::default(),
            store,
            keys,
            seals,
            clock,
            config,
        })
    }
}
