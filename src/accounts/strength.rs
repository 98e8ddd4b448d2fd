//! How good a password is, in words: said after the form was sent too, for browsers without scripts.

use crate::{
    identity::password_policy,
    web::{page::Page, parts::Strength},
};

/// Judges a password by itself and by what is `personal` to its owner; nothing is said of none.
pub(super) fn of(page: &Page, password: &str, personal: &[&str]) -> Option<Strength> {
    let strength = password_policy::Strength::of(password, personal);
    let hint = strength.hints().first();
    let advice = hint.map(|hint| page.text(hint.key()).to_string());
    (!password.is_empty()).then(|| Strength { score: strength.score(), advice })
}
