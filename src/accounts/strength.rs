//! What we think of a new password: whether we take it and, in words, what would make it better. That
//! is said after the form was sent too, for browsers without scripts.

use crate::{
    app::App,
    identity::password_policy::{self, PasswordPolicy},
    store,
    web::{
        error::PageError,
        page::Page,
        parts::{Problems, Strength},
    },
};

/// What is personal tells no more after so many characters.
const MOST_TOLD: usize = 300;

/// What we think of it.
pub(super) struct Judged {
    /// Why it is not taken.
    pub problem: Option<String>,
    /// How good it is; nothing is said of none.
    pub strength: Option<Strength>,
}

impl Judged {
    /// Adds why it is not taken to what else is wrong.
    pub fn add_to(&self, problems: Problems, field: &'static str) -> Problems {
        self.problem.iter().fold(problems, |problems, text| problems.with(field, text))
    }
}

/// Judges a password by itself and by what is `personal` to its owner. Estimating takes
/// milliseconds, so it waits its turn with the hashes.
///
/// # Errors
/// If too many are waiting.
pub(super) async fn judge(
    app: &App,
    page: &Page,
    password: &str,
    personal: &[&str],
) -> Result<Judged, PageError> {
    let policy = PasswordPolicy::of_at_least(app.config.sign_in.password_minimum_length);
    let typed = password.to_owned();
    let told = |text: &&str| text.chars().take(MOST_TOLD).collect();
    let personal: Vec<String> = personal.iter().map(told).collect();
    let estimated = app.hasher.estimate(move || {
        let personal: Vec<&str> = personal.iter().map(String::as_str).collect();
        match policy.judge(&typed, &personal) {
            Ok(strength) => (None, Some(strength)),
            Err(problem) if typed.is_empty() => (Some(problem), None),
            Err(problem) => (Some(problem), Some(password_policy::Strength::of(&typed, &personal))),
        }
    });
    let (problem, strength) = estimated.await.map_err(store::Error::from)?;
    let problem = problem.map(|problem| {
        page.text_with(problem.key(), "count", policy.fewest_characters()).to_string()
    });
    Ok(Judged { problem, strength: strength.map(|strength| in_words(page, &strength)) })
}

fn in_words(page: &Page, strength: &password_policy::Strength) -> Strength {
    let hint = strength.hints().first();
    let advice = hint.map(|hint| page.text(hint.key()).to_string());
    Strength { score: strength.score(), advice }
}
