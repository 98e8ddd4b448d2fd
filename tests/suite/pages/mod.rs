//! Every page renders: with nothing to show, with everything, and with text that means harm.
//!
//! The structs here have the fields of the pages' own structs, which stand private in the handlers'
//! files: the fields are the contract that `templates/README.md` lists.

mod messages;
mod sample;
mod steps;
mod words;

use sample::{Sample, Weight};

/// Every sample of every page.
pub fn samples() -> Vec<Sample> {
    [Weight::Empty, Weight::Full, Weight::Hostile].into_iter().flat_map(steps::samples).collect()
}
