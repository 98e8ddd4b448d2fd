//! How a section of settings is written down once and read three ways.
//!
//! [`section!`] turns one text (meaning, name, type, default, range) into the struct, its defaults,
//! the reading of a key and the reference that `countersign config reference` prints.

use serde::Serialize;

use super::value::{Given, Setting};

/// One section of the settings.
pub trait Section: Default {
    /// What the section is about.
    const ABOUT: &'static [&'static str];

    /// Sets the key that `path` names; the section itself is left alone if the value is refused.
    fn set(&mut self, path: &[&str], given: &Given<'_>) -> Result<(), Refused>;

    /// Whether `path` names this section or one inside it.
    fn contains(path: &[&str]) -> bool;

    /// Describes this section, then those inside it.
    fn describe(&self, name: &str, into: &mut Vec<Part>);
}

/// Why a key was not set.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such key.
    Unknown,
    /// The value makes no sense; the text says what would.
    Value(String),
}

impl From<String> for Refused {
    fn from(problem: String) -> Self {
        Self::Value(problem)
    }
}

/// A section as the reference shows it.
#[derive(Debug, Serialize)]
pub struct Part {
    /// The section's name, with dots between names; empty for the top.
    pub name: String,
    /// What the section is about.
    pub about: String,
    /// Its keys in order.
    pub keys: Vec<Key>,
}

/// A key as the reference shows it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// The whole name, with dots between sections.
    pub key: String,
    /// What it means.
    pub meaning: String,
    /// What a value looks like, with its unit and range.
    pub kind: String,
    /// The value, as it would be written in the file; the default in the reference.
    pub value: String,
}

/// Refuses a number outside `range`.
pub fn within<T: Setting>(value: &T, range: (u64, u64)) -> Result<(), String> {
    match value.number() {
        Some(number) if number < range.0 || number > range.1 => {
            Err(format!("must be between {} and {}, not {number}", range.0, range.1))
        }
        _ => Ok(()),
    }
}

/// Describes one key.
pub fn key<T: Setting>(name: &str, about: &[&str], value: &T, range: Option<(u64, u64)>) -> Key {
    let mut kind = T::kind();
    if let Some(unit) = unit(name) {
        kind = format!("{kind} of {unit}");
    }
    if let Some((least, most)) = range {
        kind = format!("{kind}, {least} to {most}");
    }
    Key { key: name.to_owned(), meaning: sentence(about), kind, value: value.show() }
}

/// The lines of a doc comment as one text.
pub fn sentence(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// The name of `name` inside the section `parent`.
pub fn inside(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

fn unit(key: &str) -> Option<&'static str> {
    const UNITS: [&str; 6] = ["seconds", "milliseconds", "hours", "days", "bytes", "kib"];
    let ending = key.rsplit('_').next()?;
    UNITS.into_iter().find(|unit| *unit == ending).map(|unit| match unit {
        "kib" => "KiB",
        unit => unit,
    })
}

/// Declares a section: each key with its meaning, type, default and, for numbers, its range.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $section:ident {
            $(
                $(#[doc = $meaning:literal])+
                $key:ident: $kind:ty = $default:expr $(, $least:literal..=$most:literal)?;
            )*
        }
        $(with {
            $( $inner:ident: $inner_kind:ty; )+
        })?
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug)]
        pub struct $section {
            $( $(#[doc = $meaning])+ pub $key: $kind, )*
            $($(
                #[doc = concat!("The section `", stringify!($inner), "`.")]
                pub $inner: $inner_kind,
            )+)?
        }

        impl Default for $section {
            fn default() -> Self {
                Self { $($key: $default,)* $($($inner: <$inner_kind>::default(),)+)? }
            }
        }

        impl $crate::config::section::Section for $section {
            const ABOUT: &'static [&'static str] = &[$($about),+];

            fn set(
                &mut self,
                path: &[&str],
                given: &$crate::config::value::Given<'_>,
            ) -> Result<(), $crate::config::section::Refused> {
                match path {
                    $([name] if *name == stringify!($key) => {
                        let value = <$kind as $crate::config::value::Setting>::read(given)?;
                        $($crate::config::section::within(&value, ($least, $most))?;)?
                        self.$key = value;
                        Ok(())
                    })*
                    $($([name, rest @ ..] if *name == stringify!($inner) => {
                        self.$inner.set(rest, given)
                    })+)?
                    _ => Err($crate::config::section::Refused::Unknown),
                }
            }

            fn contains(path: &[&str]) -> bool {
                match path {
                    [] => true,
                    $($([name, rest @ ..] if *name == stringify!($inner) => {
                        <$inner_kind as $crate::config::section::Section>::contains(rest)
                    })+)?
                    _ => false,
                }
            }

            fn describe(&self, name: &str, into: &mut Vec<$crate::config::section::Part>) {
                use $crate::config::section;
                let keys = vec![$(section::key(
                    &section::inside(name, stringify!($key)),
                    &[$($meaning),+],
                    &self.$key,
                    [$(Some(($least, $most)),)? None][0],
                )),*];
                let about = section::sentence(Self::ABOUT);
                into.push(section::Part { name: name.to_owned(), about, keys });
                $($(self.$inner.describe(&section::inside(name, stringify!($inner)), into);)+)?
            }
        }
    };
}

pub(in crate::config) use section;
