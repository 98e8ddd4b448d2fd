//! Why the settings were refused.

use std::fmt;

use strsim::osa_distance;

/// Everything that is wrong with the settings, a sentence each.
#[derive(Debug)]
pub struct Error {
    sentences: Vec<String>,
}

impl Error {
    /// One sentence.
    pub(super) fn one(sentence: String) -> Self {
        Self { sentences: vec![sentence] }
    }

    /// Nothing if there are no sentences.
    pub(super) fn unless_empty(sentences: Vec<String>) -> Result<(), Self> {
        if sentences.is_empty() { Ok(()) } else { Err(Self { sentences }) }
    }

    /// The sentences.
    #[must_use]
    pub fn sentences(&self) -> &[String] {
        &self.sentences
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentences.join("\n"))
    }
}

impl std::error::Error for Error {}

/// The known name that somebody who wrote `name` most likely meant.
pub(super) fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.map(|known| (distance(name, known), known)).min_by_key(|(far, _)| *far)?;
    (near.0 <= 2.max(name.len() / 5)).then_some(near.1)
}

/// How far apart two names are; the same last part in another section is near.
fn distance(name: &str, known: &str) -> usize {
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let whole = osa_distance(name, known);
    if last(name) == last(known) { whole.min(2) } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["http.listen", "http.public_url", "keys.directory"];
        assert_eq!(meant("http.lsiten", known.into_iter()), Some("http.listen"));
        assert_eq!(meant("public_url", known.into_iter()), Some("http.public_url"));
        assert_eq!(meant("colour.of_the_sea", known.into_iter()), None);
    }
}
