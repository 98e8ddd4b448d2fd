//! Clients read before, so that a request need not read and parse the same metadata again.
//!
//! Never believed by itself: each use reads the row's stamp, and anything that changed since, on
//! whichever node, is read anew.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Db, Error,
    clients::{self, Client, ClientId, Stamp},
};

/// As many clients are remembered; beyond that they are read anew.
const MOST: usize = 10_000;

/// Clients read before.
#[derive(Debug, Default)]
pub struct ClientCache(Mutex<HashMap<ClientId, Arc<Client>>>);

impl ClientCache {
    /// Finds a client as it stands now, also one that is suspended or gone.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn find(&self, db: &mut Db<'_>, id: ClientId) -> Result<Option<Arc<Client>>, Error> {
        match clients::find_stamp(db, id)? {
            Some(stamp) => self.find_stamped(db, id, stamp),
            None => Ok(None),
        }
    }

    /// Finds a client whose stamp was read just now.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn find_stamped(
        &self,
        db: &mut Db<'_>,
        id: ClientId,
        stamp: Stamp,
    ) -> Result<Option<Arc<Client>>, Error> {
        let known = self.lock().get(&id).cloned();
        if let Some(known) = known.filter(|known| known.stamp() == stamp) {
            return Ok(Some(known));
        }
        let Some(client) = clients::find(db, id)?.map(Arc::new) else { return Ok(None) };
        let mut known = self.lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id, client.clone());
        Ok(Some(client))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ClientId, Arc<Client>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
