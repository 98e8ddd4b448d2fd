//! What people read, in their language: the message files of `templates/languages`.
//!
//! The files are compiled in. A key that is missing in one of them is a failing test, not a
//! surprise for a reader.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike as _, Timelike as _};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::clock::Moment;

type Messages = FluentBundle<FluentResource>;

/// One language: its tag (BCP 47), its name for itself, its direction, its messages.
struct Tongue {
    code: &'static str,
    name: &'static str,
    direction: &'static str,
    messages: LazyLock<Messages>,
}

/// Every language there is a complete file for; the first is the fallback.
static TONGUES: [Tongue; 3] = [
    Tongue {
        code: "en",
        name: "English",
        direction: "ltr",
        messages: LazyLock::new(|| read("en", include_str!("../templates/languages/en.ftl"))),
    },
    Tongue {
        code: "de",
        name: "Deutsch",
        direction: "ltr",
        messages: LazyLock::new(|| read("de", include_str!("../templates/languages/de.ftl"))),
    },
    Tongue {
        code: "fr",
        name: "Français",
        direction: "ltr",
        messages: LazyLock::new(|| read("fr", include_str!("../templates/languages/fr.ftl"))),
    },
];

/// Reads one message file. Whatever the parser could not read is left out; a test finds it.
fn read(code: &str, source: &str) -> Messages {
    let mut bundle = Messages::new_concurrent(vec![code.parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A language people can read our pages in.
#[derive(Clone, Copy)]
pub struct Language(&'static Tongue);

impl fmt::Debug for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Language({})", self.code())
    }
}

impl Default for Language {
    fn default() -> Self {
        Self(&TONGUES[0])
    }
}

impl Language {
    /// Every language, the fallback first.
    pub fn all() -> impl Iterator<Item = Self> {
        TONGUES.iter().map(Self)
    }

    /// The first of `asked` that we have, most wanted first: `de-CH` is served by `de`.
    pub fn first_of<'a>(asked: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        asked.into_iter().find_map(|tag| {
            let primary = tag.split(['-', '_']).next()?.trim();
            Self::all().find(|language| language.code().eq_ignore_ascii_case(primary))
        })
    }

    /// The request's `ui_locales` (OpenID Connect Core §3.1.2.1), else what the person chose, else
    /// what the browser accepts, else the fallback.
    #[must_use]
    pub fn choose(ui_locales: Option<&str>, chosen: Option<&str>, accepted: Option<&str>) -> Self {
        ui_locales
            .and_then(|tags| Self::first_of(tags.split_ascii_whitespace()))
            .or_else(|| Self::first_of(chosen))
            .or_else(|| Self::first_of(accepted_tags(accepted?)))
            .unwrap_or_default()
    }

    /// The tag for `lang` (BCP 47).
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// What the language calls itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The value for `dir`: `ltr` or `rtl`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        self.0.direction
    }

    /// The message under `key`, ready to be given what it speaks of.
    #[must_use]
    pub fn text(self, key: &str) -> Text<'_> {
        Text { language: self, key, facts: FluentArgs::new() }
    }

    /// "20 Nov 2026".
    #[must_use]
    pub fn date(self, moment: Moment) -> String {
        let date = moment.as_chrono();
        let text = self.text("date").and("day", date.day()).and("month", date.month());
        text.and("year", date.year().to_string()).to_string()
    }

    /// "20 Nov 2026, 14:05 UTC".
    #[must_use]
    pub fn time(self, moment: Moment) -> String {
        let time = moment.as_chrono();
        let text = self.text("date-and-time").and("date", self.date(moment));
        text.and("hour", format!("{:02}", time.hour()))
            .and("minute", format!("{:02}", time.minute()))
            .to_string()
    }
}

/// The tags of an `Accept-Language` header, most wanted first (RFC 9110 §12.5.4).
fn accepted_tags(header: &str) -> Vec<&str> {
    let mut wanted: Vec<(u32, &str)> = header.split(',').filter_map(weighed).collect();
    wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}

/// A tag and its weight in thousandths; a weight of nothing means "not this one".
fn weighed(range: &str) -> Option<(u32, &str)> {
    let mut parts = range.split(';');
    let tag = parts.next()?.trim();
    let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
    (weight > 0).then_some((weight, tag))
}

/// `0.8` as 800. What is no number counts as nothing.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u32>()) {
        ("0" | "", Ok(parts)) => parts,
        ("1", Ok(_)) => 1000,
        _ => 0,
    }
}

/// One message with what it speaks of. Prints itself as plain text; the template escapes it.
pub struct Text<'a> {
    language: Language,
    key: &'a str,
    facts: FluentArgs<'static>,
}

impl Text<'_> {
    /// Gives the message the value of its `$name`.
    #[must_use]
    pub fn and(mut self, name: &'static str, fact: impl Fact) -> Self {
        self.facts.set(name, fact.as_value());
        self
    }

    fn formatted(&self, language: Language) -> Option<String> {
        let messages: &Messages = &language.0.messages;
        let pattern = messages.get_message(self.key)?.value()?;
        let text = messages.format_pattern(pattern, Some(&self.facts), &mut Vec::new());
        Some(text.into_owned())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.formatted(self.language).or_else(|| self.formatted(Language::default()));
        out.write_str(text.as_deref().unwrap_or(self.key))
    }
}

/// Something a message can speak of: words or a whole number.
pub trait Fact {
    /// The fact as the message formatter takes it.
    fn as_value(&self) -> FluentValue<'static>;
}

impl<T: Fact + ?Sized> Fact for &T {
    fn as_value(&self) -> FluentValue<'static> {
        (**self).as_value()
    }
}

impl Fact for str {
    fn as_value(&self) -> FluentValue<'static> {
        FluentValue::String(Cow::Owned(self.chars().filter(|letter| !steers(*letter)).collect()))
    }
}

/// Would this character steer the sentence around it: turn its direction (Unicode annex 9), end its
/// line? A name must not rewrite what we say of it.
fn steers(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Fact for String {
    fn as_value(&self) -> FluentValue<'static> {
        self.as_str().as_value()
    }
}

impl Fact for Text<'_> {
    fn as_value(&self) -> FluentValue<'static> {
        self.to_string().as_value()
    }
}

/// Whole numbers choose the plural form.
macro_rules! numbers_are_facts {
    ($($number:ty),*) => {$(
        impl Fact for $number {
            fn as_value(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )*};
}

numbers_are_facts!(u8, u32, i32, u64, i64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(ui: Option<&str>, person: Option<&str>, header: Option<&str>) -> &'static str {
        Language::choose(ui, person, header).code()
    }

    #[test]
    fn the_request_decides_before_the_person_before_the_browser() {
        assert_eq!(chosen(Some("fr"), Some("de"), Some("en")), "fr");
        assert_eq!(chosen(Some("xx"), Some("de"), Some("fr")), "de");
        assert_eq!(chosen(None, None, Some("fr")), "fr");
        assert_eq!(chosen(None, None, None), "en");
    }

    #[test]
    fn the_browsers_weights_count() {
        assert_eq!(chosen(None, None, Some("da, en;q=0.5, de-CH;q=0.8")), "de");
        assert_eq!(chosen(None, None, Some("fr;q=0, de;q=0.1")), "de");
        assert_eq!(chosen(None, None, Some("fr;q=nonsense, ,;;, *")), "en");
    }

    #[test]
    fn a_region_is_served_by_its_language() {
        assert_eq!(chosen(Some("fr-CA fr"), None, None), "fr");
        assert_eq!(chosen(None, Some("de_AT"), None), "de");
    }

    #[test]
    fn every_file_is_read_without_a_fault() {
        for code in ["en", "de", "fr"] {
            let path = format!("{}/templates/languages/{code}.ftl", env!("CARGO_MANIFEST_DIR"));
            let source = std::fs::read_to_string(path).unwrap();
            let faults = FluentResource::try_new(source).err().map(|(_, faults)| faults);
            assert!(faults.is_none(), "{code}: {faults:?}");
        }
    }

    #[test]
    fn a_fact_cannot_steer_the_sentence_around_it() {
        let text = Language::default().text("app-links").and("app", "<b>\u{202e}Sh\nop");
        assert_eq!(text.to_string(), "About <b>Shop");
    }
}
