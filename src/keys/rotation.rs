//! When a signing key changes its state. Rules only: no store, no clock.

use std::time::Duration;

use crate::{
    clock::Moment,
    config::Tokens,
    crypto::jose::Algorithm,
    store::signing_keys::{State, StoredKey},
};

/// How long a key is in which state.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How long a key signs.
    pub active: Duration,
    /// How long the next key is published before it signs.
    pub ahead: Duration,
    /// How long a key is published after it has signed for the last time.
    pub kept: Duration,
}

impl Policy {
    /// What the settings say.
    #[must_use]
    pub fn new(settings: &Tokens) -> Self {
        let hours = |hours: u64| Duration::from_secs(hours.saturating_mul(3600));
        Self {
            active: hours(settings.key_active_days.saturating_mul(24)),
            ahead: hours(settings.key_published_ahead_hours),
            kept: hours(settings.key_retired_days.saturating_mul(24)),
        }
    }
}

/// One change to the keys of an algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is no key at all: make one that signs at once.
    MakeActive,
    /// The active key will be old soon: make the one that follows it.
    MakeNext,
    /// The next key's time has come.
    Promote {
        /// The next key.
        next: String,
        /// The one that signed so far, if there is one.
        active: Option<String>,
    },
}

/// What is to be done about the keys of one algorithm. Nothing, most of the time.
#[must_use]
pub fn due(keys: &[StoredKey], algorithm: Algorithm, now: Moment, policy: &Policy) -> Option<Step> {
    let mine = || keys.iter().filter(|key| key.algorithm == algorithm.as_str());
    let next = mine().find(|key| key.state() == State::Next);
    let active = mine().find_map(|key| match key.state() {
        State::Active { since } => Some((key, since)),
        _ => None,
    });
    match (active, next) {
        (None, None) => Some(Step::MakeActive),
        (None, Some(next)) => Some(Step::Promote { next: next.id.clone(), active: None }),
        (Some((_, since)), None) => {
            (now + policy.ahead >= since + policy.active).then_some(Step::MakeNext)
        }
        (Some((active, since)), Some(next)) => {
            let known = now >= next.created_at + policy.ahead;
            let old = now >= since + policy.active;
            let step = || Step::Promote { next: next.id.clone(), active: Some(active.id.clone()) };
            (known && old).then(step)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_hours(24);
    const POLICY: Policy = Policy { active: DAY.saturating_mul(90), ahead: DAY, kept: DAY };

    fn day(day: u32) -> Moment {
        Moment::from_seconds(0) + DAY * day
    }

    fn key(id: &str, created: u32, active: Option<u32>, retired: Option<u32>) -> StoredKey {
        StoredKey {
            id: id.to_owned(),
            algorithm: "ES256".to_owned(),
            sealed_private: Vec::new(),
            public_jwk: String::new(),
            created_at: day(created),
            active_at: active.map(day),
            retired_at: retired.map(day),
            expires_at: retired.map(|retired| day(retired + 30)),
        }
    }

    fn due_on(today: u32, keys: &[StoredKey]) -> Option<Step> {
        due(keys, Algorithm::Es256, day(today), &POLICY)
    }

    #[test]
    fn a_fresh_store_gets_a_key_that_signs_at_once() {
        assert_eq!(due_on(0, &[]), Some(Step::MakeActive));
        // Keys of other algorithms, and keys that sign no longer, do not count.
        assert_eq!(due_on(0, &[key("old", 0, Some(0), Some(0))]), Some(Step::MakeActive));
        let other = due(&[key("k", 0, Some(0), None)], Algorithm::EdDsa, day(0), &POLICY);
        assert_eq!(other, Some(Step::MakeActive));
    }

    #[test]
    fn the_next_key_is_made_a_day_ahead() {
        let keys = [key("one", 0, Some(0), None)];
        assert_eq!(due_on(0, &keys), None);
        assert_eq!(due_on(88, &keys), None);
        assert_eq!(due_on(89, &keys), Some(Step::MakeNext));
        assert_eq!(due_on(900, &keys), Some(Step::MakeNext));
    }

    #[test]
    fn the_next_key_takes_over_when_it_is_known_and_its_time_has_come() {
        let promote = |active: Option<&str>| {
            Some(Step::Promote { next: "two".to_owned(), active: active.map(str::to_owned) })
        };
        let in_time = [key("one", 0, Some(0), None), key("two", 89, None, None)];
        assert_eq!(due_on(89, &in_time), None);
        assert_eq!(due_on(90, &in_time), promote(Some("one")));
        // Made late, because the server was off: it is still published for a day first.
        let late = [key("one", 0, Some(0), None), key("two", 200, None, None)];
        assert_eq!(due_on(200, &late), None);
        assert_eq!(due_on(201, &late), promote(Some("one")));
        // Nothing signs: no time to lose.
        let alone = [key("one", 0, Some(0), Some(5)), key("two", 5, None, None)];
        assert_eq!(due_on(5, &alone), promote(None));
    }

    #[test]
    fn the_policy_is_what_the_settings_say() {
        let policy = Policy::new(&Tokens::default());
        assert_eq!((policy.active, policy.ahead, policy.kept), (DAY * 90, DAY, DAY * 30));
    }
}
