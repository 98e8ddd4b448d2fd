//! Uses noticed since the last time they were written down.
//!
//! "Last used" is a courtesy to people, not a rule of security: it is collected here and written at
//! most once a minute per row, by a job.

use std::{collections::HashSet, mem, sync::Mutex};

use crate::store::grants::GrantId;

/// As many are remembered between two writings; more are not worth memory.
const MOST: usize = 100_000;

/// The grants used since the last writing.
#[derive(Debug, Default)]
pub struct Sightings(Mutex<HashSet<GrantId>>);

impl Sightings {
    /// Notes that a grant was used.
    pub fn note(&self, grant: GrantId) {
        let mut seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if seen.len() < MOST {
            seen.insert(grant);
        }
    }

    /// Takes all that was noted.
    pub fn take(&self) -> Vec<GrantId> {
        let mut seen = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        mem::take(&mut *seen).into_iter().collect()
    }
}
