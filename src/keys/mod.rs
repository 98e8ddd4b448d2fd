//! The root secret, and signing keys over time.
//!
//! Owns what is made of the root secret (`root`), when a signing key changes its state (`rotation`),
//! and the keys that are open in memory (`Keyring`). Does not know how a key signs (`crypto::jose`)
//! nor how it is kept (`store::signing_keys`).

mod changes;
mod error;
pub mod root;
pub mod rotation;

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::json;

pub use self::{
    changes::{Change, Disposal, Turn},
    error::KeyError,
};
use self::{root::RootSecret, rotation::Policy};
use crate::{
    clock::Moment,
    crypto::{
        jose::{Algorithm, Claims, JoseError, SigningKey, Typ, Unverified},
        seal::Sealer,
        secret,
    },
    store::{
        Store,
        signing_keys::{self, State, StoredKey},
    },
};

/// The signing keys: sign with the active one, verify with any that is published. Cheap to clone.
#[derive(Clone)]
pub struct Keyring {
    sealer: Sealer,
    policy: Policy,
    published: Arc<RwLock<Arc<Published>>>,
}

/// What stood in the store when it was last looked at.
#[derive(Default)]
struct Published {
    active: HashMap<Algorithm, Arc<SigningKey>>,
    all: HashMap<String, Arc<SigningKey>>,
    jwks: Jwks,
}

/// The public keys, ready to be served (RFC 7517 §5).
#[derive(Clone, Debug, Default)]
pub struct Jwks {
    /// The document.
    pub body: Bytes,
    /// Its name, in quotation marks (RFC 9110 §8.8.3).
    pub etag: String,
}

impl Keyring {
    /// Opens the keys, and makes those that are missing: on a fresh store one for each algorithm, that
    /// signs at once. Of several nodes that start together, one makes them.
    pub async fn open(
        store: &Store,
        root: &RootSecret,
        policy: Policy,
        now: Moment,
    ) -> Result<Self, KeyError> {
        // Look first: nothing is added under a root secret that does not open what is there.
        let keyring = Self::load(store, root, policy).await?;
        keyring.rotate(store, now).await?;
        Ok(keyring)
    }

    /// Opens the keys that there are, and changes nothing.
    pub async fn load(store: &Store, root: &RootSecret, policy: Policy) -> Result<Self, KeyError> {
        let sealer = root.sealer("signing-key");
        let keyring = Self { sealer, policy, published: Arc::default() };
        keyring.reload(store).await?;
        Ok(keyring)
    }

    /// The key that signs with this algorithm.
    pub fn active(&self, algorithm: Algorithm) -> Result<Arc<SigningKey>, KeyError> {
        self.published().active.get(&algorithm).cloned().ok_or(KeyError::Missing(algorithm))
    }

    /// A published key by its name.
    #[must_use]
    pub fn find(&self, kid: &str) -> Option<Arc<SigningKey>> {
        self.published().all.get(kid).cloned()
    }

    /// All public keys: those that sign, those that will, those that have.
    #[must_use]
    pub fn jwks(&self) -> Jwks {
        self.published().jwks.clone()
    }

    /// Believes a JWT of our own, whatever its times say: an access token, or the ID token of somebody
    /// who wants to sign out long after it expired (OpenID Connect RP-Initiated Logout §2).
    pub fn verify(&self, jwt: &str, typ: Typ) -> Result<Claims, JoseError> {
        let jwt = Unverified::read(jwt)?;
        let kid = jwt.header().required_text("kid")?;
        let key = self.find(kid).ok_or(JoseError::UnknownKey)?;
        key.verify(jwt, typ)
    }

    /// Looks at the store again: another node may have changed something.
    pub async fn reload(&self, store: &Store) -> Result<(), KeyError> {
        self.hold(store.survey(signing_keys::list).await?)
    }

    /// Lets these keys be the ones that stand in the store.
    fn hold(&self, stored: Vec<StoredKey>) -> Result<(), KeyError> {
        let published = Arc::new(self.read(stored)?);
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = published;
        Ok(())
    }

    fn published(&self) -> Arc<Published> {
        self.published.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn read(&self, mut stored: Vec<StoredKey>) -> Result<Published, KeyError> {
        // Clients that take the first key that fits shall find the one that signs.
        let rank = |state| match state {
            State::Active { .. } => 0,
            State::Next => 1,
            State::Retired { .. } => 2,
        };
        stored.sort_by_key(|key| (rank(key.state()), key.algorithm.parse::<Algorithm>().ok()));
        let mut published = Published::default();
        let mut list = Vec::with_capacity(stored.len());
        for row in stored {
            // What stands in memory already need not be opened again.
            let known = self.find(&row.id);
            let key = known.map_or_else(|| self.unseal(&row).map(Arc::new), Ok)?;
            list.push(key.public_jwk().clone());
            if matches!(row.state(), State::Active { .. }) {
                published.active.insert(key.algorithm(), key.clone());
            }
            published.all.insert(row.id, key);
        }
        let body = json!({ "keys": list }).to_string();
        let digest = BASE64_URL_SAFE_NO_PAD.encode(&secret::digest(body.as_bytes())[..16]);
        published.jwks = Jwks { body: body.into(), etag: format!("\"{digest}\"") };
        Ok(published)
    }

    fn unseal(&self, row: &StoredKey) -> Result<SigningKey, KeyError> {
        let unusable = || KeyError::Sealed(row.id.clone());
        let private = self.sealer.open_bytes(&row.sealed_private).ok_or_else(unusable)?;
        let key = SigningKey::from_private_jwk(&private).map_err(|_| unusable())?;
        // A row that carries another row's key was not written by us.
        if key.kid() == row.id { Ok(key) } else { Err(unusable()) }
    }
}
