//! Changing the signing keys: by the clock, or because an operator says so.
//!
//! Keys are made before the transaction, because RSA takes its time; inside it, what is due is looked
//! up again, because another node may have been faster.

use std::{collections::HashMap, fmt, sync::Arc};

use serde::Serialize;

use super::{
    KeyError, Keyring,
    rotation::{self, Policy, Step},
};
use crate::{
    clock::Moment,
    crypto::jose::{Algorithm, SigningKey},
    store::{
        self, Db, Store,
        signing_keys::{self, State, StoredKey},
    },
};

/// What was done to a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", content = "key", rename_all = "snake_case")]
pub enum Change {
    /// It was made, and signs.
    MadeActive(String),
    /// It was made or brought, and is published to sign later.
    MadeNext(String),
    /// It was next, and signs now.
    Promoted(String),
    /// It signs no longer.
    Retired(String),
    /// So many keys have expired and are gone.
    Removed(usize),
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MadeActive(kid) => write!(out, "{kid} was made and signs"),
            Self::MadeNext(kid) => write!(out, "{kid} is published and will sign next"),
            Self::Promoted(kid) => write!(out, "{kid} signs from now on"),
            Self::Retired(kid) => write!(out, "{kid} signs no longer"),
            Self::Removed(count) => write!(out, "{count} expired and are gone"),
        }
    }
}

/// Keys that were made for the case that they are needed.
type Spares = Arc<HashMap<Algorithm, StoredKey>>;

impl Keyring {
    /// Does what is due by the clock. May be called at any time, by any node, any number of times.
    pub async fn rotate(&self, store: &Store, now: Moment) -> Result<Vec<Change>, KeyError> {
        let keys = store.survey(signing_keys::list).await?;
        let step = |algorithm| rotation::due(&keys, algorithm, now, &self.policy);
        let due = Algorithm::OURS.into_iter().filter(|algorithm| step(*algorithm).is_some());
        let due: Vec<_> = due.collect();
        if due.is_empty() && !keys.iter().any(|key| key.expired(now)) {
            self.hold(keys)?;
            return Ok(Vec::new());
        }
        let promotes = |algorithm| matches!(step(algorithm), Some(Step::Promote { .. }));
        let needed = due.into_iter().filter(|algorithm| !promotes(*algorithm));
        let spares = self.make(needed.collect(), now).await?;
        let policy = self.policy;
        self.change(store, move |db| {
            let keys = signing_keys::list(db)?;
            let mut changes = Vec::new();
            for algorithm in Algorithm::OURS {
                if let Some(step) = rotation::due(&keys, algorithm, now, &policy) {
                    let spare = spares.get(&algorithm);
                    changes.extend(take(db, step, spare, &Times { now, policy })?);
                }
            }
            match signing_keys::prune(db, now)? {
                0 => {}
                gone => changes.push(Change::Removed(gone)),
            }
            Ok(changes)
        })
        .await
    }

    /// Replaces the key that signs with this algorithm at once: by the next one, or by a new one.
    pub async fn rotate_now(
        &self,
        store: &Store,
        algorithm: Algorithm,
        now: Moment,
    ) -> Result<Vec<Change>, KeyError> {
        let spares = self.make(vec![algorithm], now).await?;
        let times = Times { now, policy: self.policy };
        self.change(store, move |db| {
            let keys = signing_keys::list(db)?;
            replace(db, &keys, algorithm, spares.get(&algorithm), &times)
        })
        .await
    }

    /// Takes over a key that an operator brings.
    pub async fn import(
        &self,
        store: &Store,
        key: &SigningKey,
        turn: Turn,
        now: Moment,
    ) -> Result<Vec<Change>, KeyError> {
        if !Algorithm::OURS.contains(&key.algorithm()) {
            return Err(KeyError::Missing(key.algorithm()));
        }
        let (row, algorithm) = (self.seal(key, now), key.algorithm());
        let times = Times { now, policy: self.policy };
        self.change(store, move |db| {
            let active = active(&signing_keys::list(db)?, algorithm);
            if !signing_keys::add(db, &row)? {
                return Err(KeyError::Known(row.id.clone()));
            }
            match turn {
                Turn::InTime => Ok(vec![Change::MadeNext(row.id.clone())]),
                Turn::AtOnce => promote(db, row.id.clone(), active, &times),
            }
        })
        .await
    }

    /// Lets a key sign no longer; if it is the active one, another takes its place. It is published
    /// for what it has signed, or, with `at_once`, no longer, and all that is void.
    pub async fn retire(
        &self,
        store: &Store,
        kid: &str,
        disposal: Disposal,
        now: Moment,
    ) -> Result<Vec<Change>, KeyError> {
        let unknown = KeyError::Unknown(kid.to_owned());
        let algorithm = self.find(kid).ok_or(unknown)?.algorithm();
        let spares = self.make(vec![algorithm], now).await?;
        let (kid, times) = (kid.to_owned(), Times { now, policy: self.policy });
        self.change(store, move |db| {
            let keys = signing_keys::list(db)?;
            let key = keys.iter().find(|key| key.id == kid);
            let state = key.ok_or_else(|| KeyError::Unknown(kid.clone()))?.state();
            let mut changes = Vec::new();
            if matches!(state, State::Active { .. }) {
                changes = replace(db, &keys, algorithm, spares.get(&algorithm), &times)?;
            } else {
                changes.push(Change::Retired(kid.clone()));
            }
            let until = match disposal {
                Disposal::KeepPublished => now + times.policy.kept,
                Disposal::AtOnce => now,
            };
            signing_keys::set_retired(db, &kid, now, until)?;
            signing_keys::prune(db, now)?;
            Ok(changes)
        })
        .await
    }

    /// Changes the store, then looks at what it holds: our change, or that of a faster node.
    ///
    /// Whoever is raced to it is told [`KeyError::Raced`]; the store has tried again by then.
    async fn change(
        &self,
        store: &Store,
        work: impl Fn(&mut Db<'_>) -> Result<Vec<Change>, KeyError> + Send + 'static,
    ) -> Result<Vec<Change>, KeyError> {
        let changes = store.write(work).await;
        self.reload(store).await?;
        changes
    }

    /// Makes keys side by side, on threads that may take their time.
    async fn make(&self, algorithms: Vec<Algorithm>, now: Moment) -> Result<Spares, KeyError> {
        let making = algorithms.into_iter().map(|algorithm| {
            (algorithm, tokio::task::spawn_blocking(move || SigningKey::generate(algorithm)))
        });
        let mut spares = HashMap::new();
        for (algorithm, made) in making.collect::<Vec<_>>() {
            let key = made.await.map_err(|broken| store::Error::Broken(broken.to_string()))??;
            spares.insert(algorithm, self.seal(&key, now));
        }
        Ok(Arc::new(spares))
    }

    fn seal(&self, key: &SigningKey, now: Moment) -> StoredKey {
        StoredKey {
            id: key.kid().to_owned(),
            algorithm: key.algorithm().as_str().to_owned(),
            sealed_private: self.sealer.seal_bytes(&key.to_private_jwk()),
            public_jwk: key.public_jwk().to_string(),
            created_at: now,
            active_at: None,
            retired_at: None,
            expires_at: None,
        }
    }
}

/// What becomes of a key that signs no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposal {
    /// It is published until nothing that it signed is good any more.
    KeepPublished,
    /// It is published no longer: whatever it signed is void. For a key that was stolen.
    AtOnce,
}

/// When a key that was brought begins to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// When everybody knows it and the present one is old enough.
    InTime,
    /// Now.
    AtOnce,
}

struct Times {
    now: Moment,
    policy: Policy,
}

/// Takes one step. A spare that is missing, because another node was faster, is for the next time.
fn take(
    db: &mut Db<'_>,
    step: Step,
    spare: Option<&StoredKey>,
    times: &Times,
) -> Result<Vec<Change>, KeyError> {
    let now = times.now;
    Ok(match (step, spare) {
        (Step::MakeActive, Some(spare)) => {
            let key = StoredKey { active_at: Some(now), ..spare.clone() };
            let added = signing_keys::add(db, &key)?;
            added.then_some(Change::MadeActive(key.id)).into_iter().collect()
        }
        (Step::MakeNext, Some(spare)) => {
            let added = signing_keys::add(db, spare)?;
            added.then(|| Change::MadeNext(spare.id.clone())).into_iter().collect()
        }
        (Step::Promote { next, active }, _) => promote(db, next, active, times)?,
        (Step::MakeActive | Step::MakeNext, None) => Vec::new(),
    })
}

/// Lets the next key sign instead of the active one.
fn promote(
    db: &mut Db<'_>,
    next: String,
    active: Option<String>,
    times: &Times,
) -> Result<Vec<Change>, KeyError> {
    let mut changes = Vec::new();
    if let Some(active) = active {
        signing_keys::set_retired(db, &active, times.now, times.now + times.policy.kept)?;
        changes.push(Change::Retired(active));
    }
    match signing_keys::set_active(db, &next, times.now) {
        Ok(true) => changes.push(Change::Promoted(next)),
        Ok(false) | Err(store::Error::Taken) => return Err(KeyError::Raced),
        Err(error) => return Err(error.into()),
    }
    Ok(changes)
}

/// Puts the next key, or the spare, in the place of the active one.
fn replace(
    db: &mut Db<'_>,
    keys: &[StoredKey],
    algorithm: Algorithm,
    spare: Option<&StoredKey>,
    times: &Times,
) -> Result<Vec<Change>, KeyError> {
    let next = mine(keys, algorithm).find(|key| key.state() == State::Next).or(spare);
    let next = next.ok_or(KeyError::Missing(algorithm))?;
    // The spare is not there yet; the next key is, and stays as it is.
    signing_keys::add(db, next)?;
    promote(db, next.id.clone(), active(keys, algorithm), times)
}

fn mine(keys: &[StoredKey], algorithm: Algorithm) -> impl Iterator<Item = &StoredKey> {
    keys.iter().filter(move |key| key.algorithm == algorithm.as_str())
}

fn active(keys: &[StoredKey], algorithm: Algorithm) -> Option<String> {
    let active = mine(keys, algorithm).find(|key| matches!(key.state(), State::Active { .. }));
    active.map(|key| key.id.clone())
}
