//! Refusals noted since the last time they were written down.
//!
//! Noting one costs its request a little memory and nothing else. A flood is cut twice: of one app
//! so many are kept between two writings, and of all so many, the newest.

use std::{
    collections::{HashMap, VecDeque},
    mem,
    sync::Mutex,
};

use crate::store::{clients::ClientId, refusals::Refusal};

/// As many wait to be written; of more, the oldest go.
const MOST: usize = 10_000;

/// As many of one app are kept between two writings; the rest are only counted.
const MOST_OF_CLIENT: usize = 30;

/// The refusals noted since the last writing.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Waiting>);

/// What waits to be written down.
#[derive(Debug, Default)]
struct Waiting {
    refusals: VecDeque<Refusal>,
    /// How many each app was told, kept or not.
    told: HashMap<ClientId, usize>,
    dropped: usize,
}

impl Refusals {
    /// Notes a refusal.
    pub fn note(&self, refusal: Refusal) {
        let mut waiting = self.lock();
        let told = waiting.told.entry(refusal.client_id).or_default();
        *told += 1;
        if *told > MOST_OF_CLIENT {
            return;
        }
        if waiting.refusals.len() == MOST {
            waiting.refusals.pop_front();
            waiting.dropped += 1;
        }
        waiting.refusals.push_back(refusal);
    }

    /// Takes all that was noted, and how many were not kept. The last refusal of each app says how
    /// many of its own were left out after it.
    pub fn take(&self) -> (Vec<Refusal>, usize) {
        let Waiting { refusals, mut told, mut dropped } = mem::take(&mut *self.lock());
        let mut refusals = Vec::from(refusals);
        for last in refusals.iter_mut().rev() {
            let told = told.remove(&last.client_id).unwrap_or_default();
            let left_out = told.saturating_sub(MOST_OF_CLIENT);
            last.left_out = i64::try_from(left_out).unwrap_or(i64::MAX);
            dropped += left_out;
        }
        (refusals, dropped)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Moment, store::refusals::RefusalId};

    fn refusal(client_id: ClientId, number: usize) -> Refusal {
        Refusal {
            id: RefusalId::random(),
            client_id,
            endpoint: "/oauth/token".to_owned(),
            error: "invalid_grant".to_owned(),
            description: "code is not valid".to_owned(),
            cause: None,
            trace_id: number.to_string(),
            left_out: 0,
            refused_at: Moment::from_seconds(0),
        }
    }

    #[test]
    fn a_flood_of_one_app_is_counted_and_leaves_room_for_others() {
        let refusals = Refusals::default();
        let (loud, quiet) = (ClientId::random(), ClientId::random());
        refusals.note(refusal(quiet, 0));
        for number in 0..100_000 {
            refusals.note(refusal(loud, number));
        }
        let (kept, dropped) = refusals.take();
        assert_eq!((kept.len(), dropped), (MOST_OF_CLIENT + 1, 100_000 - MOST_OF_CLIENT));
        assert_eq!((kept[0].client_id, kept[0].left_out), (quiet, 0));
        let last = kept.last().unwrap();
        assert_eq!((&*last.trace_id, last.left_out), ("29", 99_970));
        assert!(kept[1..MOST_OF_CLIENT].iter().all(|refusal| refusal.left_out == 0));
        assert!(refusals.take().0.is_empty());
    }

    #[test]
    fn of_too_many_apps_the_newest_are_kept() {
        let refusals = Refusals::default();
        for number in 0..MOST + 7 {
            refusals.note(refusal(ClientId::random(), number));
        }
        let (kept, dropped) = refusals.take();
        assert_eq!((kept.len(), dropped, &*kept[0].trace_id), (MOST, 7, "7"));
    }
}
