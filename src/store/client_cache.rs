//! Clients read before, with their secrets, so that a request need not read and parse them again.
//!
//! Never believed by itself: each use reads the row's stamp, and anything that changed since, on
//! whichever node, is read anew.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Db, Error, client_resources,
    client_secrets::{self, ClientSecret},
    clients::{self, Client, ClientId, Stamp},
};

/// As many clients are remembered; beyond that they are read anew.
const MOST: usize = 10_000;

/// Clients read before.
#[derive(Debug, Default)]
pub struct ClientCache(Mutex<HashMap<ClientId, Known>>);

/// A client as it was read, with what it proves itself with.
#[derive(Clone, Debug)]
pub struct Known {
    /// The client, which may be suspended or gone.
    pub client: Arc<Client>,
    /// Its secrets that nobody revoked.
    pub secrets: Arc<[ClientSecret]>,
}

impl ClientCache {
    /// Finds a client as it stands now, also one that is suspended or gone.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn find(&self, db: &mut Db<'_>, id: ClientId) -> Result<Option<Known>, Error> {
        match clients::find_stamp(db, id)? {
            Some(stamp) => self.find_stamped(db, id, stamp),
            None => Ok(None),
        }
    }

    /// Finds the API that tokens for this resource are meant for (RFC 8707), if one is registered.
    ///
    /// # Errors
    /// If the store cannot answer.
    pub fn find_api(&self, db: &mut Db<'_>, resource: &str) -> Result<Option<Arc<Client>>, Error> {
        match client_resources::find(db, resource)? {
            Some((id, stamp)) => Ok(self.find_stamped(db, id, stamp)?.map(|known| known.client)),
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
    ) -> Result<Option<Known>, Error> {
        let known = self.lock().get(&id).cloned();
        if let Some(known) = known.filter(|known| known.client.stamp() == stamp) {
            return Ok(Some(known));
        }
        // Secrets change only together with the stamp, so read after it they are as new or newer.
        let Some(client) = clients::find(db, id)?.map(Arc::new) else { return Ok(None) };
        let secrets = client_secrets::list_standing(db, id)?.into();
        let fresh = Known { client, secrets };
        let mut known = self.lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id, fresh.clone());
        Ok(Some(fresh))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ClientId, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
