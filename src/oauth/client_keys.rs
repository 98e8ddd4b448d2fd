//! The public keys of a client, by value or from its `jwks_uri` (RFC 7591 §2).
//!
//! A set that was fetched is kept for a while; a key that is not in it makes us look again, but not
//! more often than every few seconds: who signs with a key we do not know must not make us call.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::{
    app::App,
    clock::Moment,
    crypto::jose::{Algorithm, Claims, ForeignKeys, JoseError, KeyManagement, Typ, verify_foreign},
    store::clients::Client,
};

/// As long a fetched set is believed.
const KEPT: Duration = Duration::from_mins(10);

/// A set is fetched again for an unknown key at most this often.
const AGAIN: Duration = Duration::from_secs(10);

/// As many sets are remembered; beyond that they are fetched anew.
const MOST: usize = 10_000;

/// The sets fetched lately, by their address.
#[derive(Default)]
pub struct ClientKeys(Mutex<HashMap<String, (Moment, Arc<ForeignKeys>)>>);

/// Believes a JWT that this client signed in the way it registered.
///
/// # Errors
/// What is wrong with the JWT, or that the client's keys cannot be had.
pub async fn verify(
    app: &App,
    known: &ClientKeys,
    client: &Client,
    jwt: &str,
    (allowed, typ): (&[Algorithm], Typ),
) -> Result<Claims, JoseError> {
    if let Some(set) = &client.metadata.jwks {
        return verify_foreign(jwt, &ForeignKeys::from_value(set)?, allowed, typ);
    }
    let address = client.metadata.jwks_uri.as_deref().ok_or(JoseError::Key)?;
    let keys = known.get(app, address, KEPT).await?;
    match verify_foreign(jwt, &keys, allowed, typ) {
        Err(JoseError::UnknownKey | JoseError::Signature) => {
            let keys = known.get(app, address, AGAIN).await?;
            verify_foreign(jwt, &keys, allowed, typ)
        }
        verified => verified,
    }
}

/// A set with a key of this client's that can be encrypted to in this way.
///
/// # Errors
/// If there is none, or the client's keys cannot be had.
pub async fn recipient(
    app: &App,
    known: &ClientKeys,
    client: &Client,
    management: KeyManagement,
) -> Result<Arc<ForeignKeys>, JoseError> {
    let fits = |keys: &Arc<ForeignKeys>| keys.can_encrypt(management);
    if let Some(set) = &client.metadata.jwks {
        let keys = Arc::new(ForeignKeys::from_value(set)?);
        return Some(keys).filter(fits).ok_or(JoseError::Key);
    }
    let address = client.metadata.jwks_uri.as_deref().ok_or(JoseError::Key)?;
    let keys = known.get(app, address, KEPT).await?;
    if fits(&keys) {
        return Ok(keys);
    }
    let keys = known.get(app, address, AGAIN).await?;
    Some(keys).filter(fits).ok_or(JoseError::Key)
}

impl ClientKeys {
    /// The set at `address`, at most `oldest` old.
    async fn get(
        &self,
        app: &App,
        address: &str,
        oldest: Duration,
    ) -> Result<Arc<ForeignKeys>, JoseError> {
        let now = app.clock.now();
        if let Some((at, keys)) = self.lock().get(address)
            && now < *at + oldest
        {
            return Ok(keys.clone());
        }
        let url = address.parse().map_err(|_| JoseError::Key)?;
        let set: serde_json::Value = app.outbound.get_json(&url).await.map_err(|error| {
            tracing::info!("Fetching the keys of a client failed: {error}");
            JoseError::Key
        })?;
        let keys = Arc::new(ForeignKeys::from_value(&set)?);
        let mut sets = self.lock();
        if sets.len() >= MOST {
            sets.clear();
        }
        sets.insert(address.to_owned(), (now, keys.clone()));
        Ok(keys)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Moment, Arc<ForeignKeys>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
