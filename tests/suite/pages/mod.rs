//! Every page renders: with nothing to show, with everything, and with text that means harm.
//!
//! The structs here have the fields of the pages' own structs, which stand private in the handlers'
//! files: the fields are the contract that `templates/README.md` lists.

mod approval;
mod delayed;
mod flow;
mod leaving;
mod markup;
mod messages;
mod oauth;
mod own;
mod passkeys;
mod sample;
mod steps;
mod tags;
mod two_step;

use sample::{Sample, Weight};

/// Every sample of every page.
pub fn samples() -> Vec<Sample> {
    let rooms = [
        steps::samples,
        flow::samples,
        oauth::samples,
        own::samples,
        passkeys::samples,
        delayed::samples,
        leaving::samples,
        two_step::samples,
        approval::samples,
    ];
    let weights = [Weight::Empty, Weight::Full, Weight::Hostile];
    weights
        .into_iter()
        .flat_map(|weight| rooms.into_iter().flat_map(move |room| room(weight)))
        .collect()
}

/// Not every browser that people and test suites use can read everything a style sheet may hold.
#[test]
fn the_style_sheet_asks_for_no_relation_that_old_browsers_choke_on() {
    assert!(!include_str!("../../../templates/assets/app.css").contains(":has("));
}
