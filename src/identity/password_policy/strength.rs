//! How hard a password is to guess, as zxcvbn estimates it, in words that can be translated.

use zxcvbn::{
    feedback::{Suggestion, Warning},
    zxcvbn,
};

/// How many characters are looked at: the time grows with their square, and nobody's first 64 are
/// weak by accident.
const MOST_ESTIMATED: usize = 64;

/// An estimate and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    score: u8,
    hints: Vec<Hint>,
}

impl Strength {
    /// Estimates a password for a person about whom these words are known.
    #[must_use]
    pub fn of(password: &str, about: &[&str]) -> Self {
        let end = password.char_indices().nth(MOST_ESTIMATED).map_or(password.len(), |(at, _)| at);
        let entropy = zxcvbn(&password[..end], about);
        let feedback = entropy.feedback();
        let warning = feedback.and_then(zxcvbn::feedback::Feedback::warning).map(Hint::from);
        let suggestions = feedback.map(zxcvbn::feedback::Feedback::suggestions).unwrap_or_default();
        let mut hints: Vec<Hint> = warning.into_iter().collect();
        for hint in suggestions.iter().copied().map(Hint::from) {
            if !hints.contains(&hint) {
                hints.push(hint);
            }
        }
        Self { score: u8::from(entropy.score()), hints }
    }

    /// From 0, guessed at once, to 4, very hard to guess.
    #[must_use]
    pub const fn score(&self) -> u8 {
        self.score
    }

    /// What would make it better, the most telling first; nothing for a strong one.
    #[must_use]
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }
}

/// What to say about a weak password. Several of zxcvbn's remarks are one to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// It is a walk over the keyboard.
    Keyboard,
    /// It repeats itself.
    Repeats,
    /// It is among the most common.
    Common,
    /// It is like a common one.
    LikeCommon,
    /// It counts or spells the alphabet.
    Sequence,
    /// It has a year or a date.
    Date,
    /// It is one word.
    OneWord,
    /// It is a name.
    Name,
    /// Capitals, turned words and digits for letters help little.
    Disguise,
    /// More words help.
    MoreWords,
    /// Symbols are not needed.
    NoSymbols,
}

impl Hint {
    /// Each of them.
    pub const ALL: [Self; 11] = [
        Self::Keyboard,
        Self::Repeats,
        Self::Common,
        Self::LikeCommon,
        Self::Sequence,
        Self::Date,
        Self::OneWord,
        Self::Name,
        Self::Disguise,
        Self::MoreWords,
        Self::NoSymbols,
    ];

    /// The key of its sentence in the message files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Keyboard => "password-hint-keyboard",
            Self::Repeats => "password-hint-repeats",
            Self::Common => "password-hint-common",
            Self::LikeCommon => "password-hint-like-common",
            Self::Sequence => "password-hint-sequence",
            Self::Date => "password-hint-date",
            Self::OneWord => "password-hint-one-word",
            Self::Name => "password-hint-name",
            Self::Disguise => "password-hint-disguise",
            Self::MoreWords => "password-hint-more-words",
            Self::NoSymbols => "password-hint-no-symbols",
        }
    }
}

impl From<Warning> for Hint {
    fn from(warning: Warning) -> Self {
        match warning {
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess => Self::Keyboard,
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Self::Repeats,
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword => Self::Common,
            Warning::ThisIsSimilarToACommonlyUsedPassword => Self::LikeCommon,
            Warning::SequencesLikeAbcAreEasyToGuess => Self::Sequence,
            Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Self::Date,
            Warning::AWordByItselfIsEasyToGuess => Self::OneWord,
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess => Self::Name,
        }
    }
}

impl From<Suggestion> for Hint {
    fn from(suggestion: Suggestion) -> Self {
        match suggestion {
            Suggestion::UseAFewWordsAvoidCommonPhrases | Suggestion::AddAnotherWordOrTwo => {
                Self::MoreWords
            }
            Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => Self::NoSymbols,
            Suggestion::CapitalizationDoesntHelpVeryMuch
            | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
            | Suggestion::ReversedWordsArentMuchHarderToGuess
            | Suggestion::PredictableSubstitutionsDontHelpVeryMuch => Self::Disguise,
            Suggestion::UseALongerKeyboardPatternWithMoreTurns => Self::Keyboard,
            Suggestion::AvoidRepeatedWordsAndCharacters => Self::Repeats,
            Suggestion::AvoidSequences => Self::Sequence,
            Suggestion::AvoidRecentYears
            | Suggestion::AvoidYearsThatAreAssociatedWithYou
            | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => Self::Date,
        }
    }
}
