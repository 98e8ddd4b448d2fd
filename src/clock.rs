//! The only place that asks the time.
//!
//! Everything else is handed a [`Moment`], so that a test stands still and a rule is a function of
//! what it is given.

use std::{
    fmt,
    ops::{Add, Sub},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use chrono::{DateTime, Utc};
use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::BigInt};
use serde::{Deserialize, Serialize};

/// A point in time in whole microseconds since 1970, UTC.
///
/// Both databases keep exactly this, so a moment is equal to itself after a round trip.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsExpression,
    FromSqlRow,
)]
#[diesel(sql_type = BigInt)]
#[serde(transparent)]
pub struct Moment(pub(crate) i64);

impl Moment {
    /// The moment that many microseconds after 1970.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The moment that many whole seconds after 1970, as JWTs count (RFC 7519 §2, `NumericDate`).
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since 1970.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// How long after `earlier` this is; nothing if it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The same moment as `chrono` writes it, for the libraries that speak it.
    #[must_use]
    pub fn as_chrono(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

impl Add<Duration> for Moment {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Moment {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.as_chrono().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// Tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// Stands still until somebody moves it: for tests.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `moment`.
    #[must_use]
    pub fn fixed(moment: Moment) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(moment.micros())))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self {
            Self::System => machine_time(),
            Self::Fixed(at) => Moment(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock on; the machine's clock moves by itself.
    pub fn advance(&self, span: Duration) {
        if let Self::Fixed(at) = self {
            at.store((Moment(at.load(Ordering::SeqCst)) + span).micros(), Ordering::SeqCst);
        }
    }
}

/// Measures how long something takes; says nothing of what time it is.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long it has run.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn machine_time() -> Moment {
    let span = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(span.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_counts_whole_seconds_downwards() {
        assert_eq!(Moment::from_micros(1_999_999).seconds(), 1);
        assert_eq!(Moment::from_micros(-1).seconds(), -1);
    }

    #[test]
    fn a_fixed_clock_moves_only_when_moved() {
        let clock = Clock::fixed(Moment::from_seconds(100));
        assert_eq!(clock.now(), Moment::from_seconds(100));
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.now(), Moment::from_seconds(105));
    }

    #[test]
    fn a_moment_prints_as_utc() {
        assert_eq!(Moment::from_seconds(0).to_string(), "1970-01-01T00:00:00Z");
    }
}
