//! The public keys of a client, by value or from its `jwks_uri` (RFC 7591 §2).
//!
//! A set that was fetched is kept for a while; a key that is not in it makes us look again, and an
//! address that fails is left alone, each for a minute: who signs with a key we do not know must not
//! make us call. Whoever wants a set that is being fetched waits for that one.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync;

use crate::{
    app::App,
    clock::Moment,
    crypto::jose::{Algorithm, Claims, ForeignKeys, JoseError, KeyManagement, Typ, verify_foreign},
    store::clients::Client,
};

/// As long a fetched set is believed.
const KEPT: Duration = Duration::from_mins(10);

/// An address that failed is asked again, and a set is fetched again for an unknown key, at most
/// this often.
const AGAIN: Duration = Duration::from_mins(1);

/// As many addresses are remembered; beyond that they are asked anew.
const MOST: usize = 10_000;

/// The sets fetched lately, by their address.
#[derive(Default)]
pub struct ClientKeys(Mutex<HashMap<String, Arc<sync::Mutex<Known>>>>);

/// What is known of one address.
#[derive(Default)]
struct Known {
    /// The last set it showed, and when.
    keys: Option<(Moment, Arc<ForeignKeys>)>,
    /// Why it has shown none since, and when.
    failed: Option<(Moment, Unproven)>,
    /// When it was last asked for a key that was not in the set.
    again_at: Option<Moment>,
}

/// Why a JWT is not proved to be the client's own word, or cannot be meant for it alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// It is not what the client signs.
    Jwt(JoseError),
    /// The client's `jwks_uri` shows no set of keys; the text says why.
    Keys(String),
}

impl fmt::Display for Unproven {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Jwt(error) => error.fmt(out),
            Self::Keys(why) => write!(out, "fetching the keys at jwks_uri: {why}"),
        }
    }
}

impl From<JoseError> for Unproven {
    fn from(error: JoseError) -> Self {
        Self::Jwt(error)
    }
}

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
) -> Result<Claims, Unproven> {
    if let Some(set) = &client.metadata.jwks {
        return Ok(verify_foreign(jwt, &ForeignKeys::from_value(set)?, allowed, typ)?);
    }
    let address = client.metadata.jwks_uri.as_deref().ok_or(JoseError::Key)?;
    let keys = known.find(app, address).await?;
    match verify_foreign(jwt, &keys, allowed, typ) {
        Err(unknown @ (JoseError::UnknownKey | JoseError::Signature)) => {
            let newer = known.look_again(app, address, &keys).await?.ok_or(unknown)?;
            Ok(verify_foreign(jwt, &newer, allowed, typ)?)
        }
        verified => Ok(verified?),
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
) -> Result<Arc<ForeignKeys>, Unproven> {
    let fits = |keys: &Arc<ForeignKeys>| keys.can_encrypt(management);
    if let Some(set) = &client.metadata.jwks {
        let keys = Arc::new(ForeignKeys::from_value(set)?);
        return Ok(Some(keys).filter(fits).ok_or(JoseError::Key)?);
    }
    let address = client.metadata.jwks_uri.as_deref().ok_or(JoseError::Key)?;
    let keys = known.find(app, address).await?;
    if fits(&keys) {
        return Ok(keys);
    }
    let newer = known.look_again(app, address, &keys).await?;
    Ok(newer.filter(fits).ok_or(JoseError::Key)?)
}

impl ClientKeys {
    /// The set at `address`.
    async fn find(&self, app: &App, address: &str) -> Result<Arc<ForeignKeys>, Unproven> {
        let place = self.place(address);
        let mut known = place.lock().await;
        let now = app.clock.now();
        match (&known.keys, &known.failed) {
            (Some((at, keys)), _) if now < *at + KEPT => Ok(keys.clone()),
            (_, Some((at, why))) if now < *at + AGAIN => Err(why.clone()),
            _ => known.fetch(app, address, now).await,
        }
    }

    /// The set at `address` if there may be another than `old`; nothing if we looked just now.
    async fn look_again(
        &self,
        app: &App,
        address: &str,
        old: &Arc<ForeignKeys>,
    ) -> Result<Option<Arc<ForeignKeys>>, Unproven> {
        let place = self.place(address);
        let mut known = place.lock().await;
        let now = app.clock.now();
        match &known.keys {
            // Somebody else looked while we waited.
            Some((_, keys)) if !Arc::ptr_eq(keys, old) => return Ok(Some(keys.clone())),
            _ if known.again_at.is_some_and(|at| now < at + AGAIN) => return Ok(None),
            _ => known.again_at = Some(now),
        }
        known.fetch(app, address, now).await.map(Some)
    }

    fn place(&self, address: &str) -> Arc<sync::Mutex<Known>> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get(address) {
            return place.clone();
        }
        if places.len() >= MOST {
            places.clear();
        }
        places.entry(address.to_owned()).or_default().clone()
    }
}

impl Known {
    async fn fetch(
        &mut self,
        app: &App,
        address: &str,
        now: Moment,
    ) -> Result<Arc<ForeignKeys>, Unproven> {
        let fetched = fetch(app, address).await;
        match &fetched {
            Ok(keys) => (self.keys, self.failed) = (Some((now, keys.clone())), None),
            // The set that it showed before stays good for its time.
            Err(why) => self.failed = Some((now, why.clone())),
        }
        fetched
    }
}

async fn fetch(app: &App, address: &str) -> Result<Arc<ForeignKeys>, Unproven> {
    let url = address.parse().map_err(|_| Unproven::Keys("it is no address".to_owned()))?;
    let set = app.outbound.get_json(&url).await;
    let set: serde_json::Value = set.map_err(|error| Unproven::Keys(error.to_string()))?;
    let keys = ForeignKeys::from_value(&set);
    keys.map(Arc::new).map_err(|error| Unproven::Keys(error.to_string()))
}
