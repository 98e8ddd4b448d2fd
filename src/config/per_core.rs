//! A number of threads that follows the machine unless somebody says otherwise.

use std::thread;

use super::value::{Given, Setting};

/// As many as the machine has cores, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerCore(Option<usize>);

impl PerCore {
    /// One for each core.
    pub const EACH: Self = Self(None);

    /// Exactly this many, and at least one.
    #[must_use]
    pub fn exactly(count: usize) -> Self {
        Self(Some(count.max(1)))
    }

    /// How many that is on this machine.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
    }
}

impl Setting for PerCore {
    fn kind() -> String {
        "\"cores\" (one for each core) or a whole number".to_owned()
    }

    fn read(given: &Given<'_>) -> Result<Self, String> {
        match given {
            Given::Environment("cores") => Ok(Self::EACH),
            Given::File(value) if **value == "cores" => Ok(Self::EACH),
            given => usize::read(given)
                .map(|count| Self(Some(count)))
                .map_err(|_| format!("must be {}", Self::kind())),
        }
    }

    fn show(&self) -> String {
        self.0.map_or_else(|| "\"cores\"".to_owned(), |count| count.to_string())
    }

    fn number(&self) -> Option<u64> {
        self.0.as_ref().and_then(Setting::number)
    }
}
