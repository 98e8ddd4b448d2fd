//! What can be wrong with what people write can be said to them, in every language.

use std::{collections::BTreeSet, fs};

use countersign::identity::{
    display_name::NameProblem,
    email_address::EmailProblem,
    password_policy::{Hint, PasswordProblem},
    phone_number::PhoneProblem,
    user_agent::Device,
};

#[test]
fn every_problem_and_hint_has_its_sentence_in_every_language() {
    let keys = EmailProblem::ALL
        .iter()
        .map(|problem| problem.key())
        .chain(PhoneProblem::ALL.iter().map(|problem| problem.key()))
        .chain(NameProblem::ALL.iter().map(|problem| problem.key()))
        .chain(PasswordProblem::ALL.iter().map(|problem| problem.key()))
        .chain(Hint::ALL.into_iter().map(Hint::key))
        .chain(Device::ALL.into_iter().map(Device::key));
    let keys: BTreeSet<&str> = keys.collect();
    for language in ["en", "de", "fr"] {
        let path = format!("{}/templates/languages/{language}.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(path).unwrap();
        let said: BTreeSet<&str> =
            text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect();
        let unsaid: Vec<_> = keys.difference(&said).collect();
        assert!(unsaid.is_empty(), "{language}: {unsaid:?}");
    }
}
