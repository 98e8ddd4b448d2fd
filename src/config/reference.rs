//! The manual of the settings, made from the settings.

use std::fmt::Write as _;

use super::{Config, Part, section::Section};

impl Config {
    /// Every section and key with its meaning, its kind and this configuration's value.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        self.describe("", &mut parts);
        parts
    }

    /// The reference as text: a TOML file with every key at its default, commented out.
    #[must_use]
    pub fn reference() -> String {
        let mut text = String::from(INTRODUCTION);
        for part in Self::default().parts() {
            part.write(&mut text);
        }
        text
    }
}

const INTRODUCTION: &str = "\
# Every setting of Countersign, with its meaning, unit and default.
#
# Read from countersign.toml (or --config FILE); a variable COUNTERSIGN__SECTION__KEY in the
# environment wins over the file, for example COUNTERSIGN__HTTP__PUBLIC_URL=https://login.example.com.
# In the environment, lists are separated by commas. Unknown keys stop the start.
";

/// The names of all keys.
pub(super) fn keys() -> Vec<String> {
    Config::default().parts().into_iter().flat_map(|part| part.keys).map(|key| key.key).collect()
}

impl Part {
    fn write(&self, text: &mut String) {
        if !self.name.is_empty() {
            let _ = write!(text, "\n# {}\n[{}]\n", self.about, self.name);
        }
        for key in &self.keys {
            let name = key.key.rsplit('.').next().unwrap_or_default();
            text.push('\n');
            for line in wrapped(&key.meaning, 96).iter().chain(&[format!("({})", key.kind)]) {
                let _ = writeln!(text, "# {line}");
            }
            let _ = writeln!(text, "#{name} = {}", key.value);
        }
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.len() + word.len() >= width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Loaded;

    fn shown(config: &Config) -> Vec<crate::config::Key> {
        config.parts().into_iter().flat_map(|part| part.keys).collect()
    }

    #[test]
    fn the_reference_is_a_file_that_changes_nothing() {
        let reference = Config::reference();
        Loaded::read(Some(("reference", &reference)), []).unwrap();
        let in_force: Vec<_> = reference
            .lines()
            .map(|line| {
                line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line)
            })
            .collect();
        let loaded = Loaded::read(Some(("reference", &in_force.join("\n"))), []).unwrap();
        assert_eq!(loaded.origins.len(), keys().len());
        assert_eq!(shown(&loaded.config), shown(&Config::default()));
    }

    #[test]
    fn every_key_has_a_meaning_and_every_number_a_range() {
        for key in shown(&Config::default()) {
            assert!(key.meaning.len() > 15 && key.meaning.ends_with('.'), "{key:?}");
            assert!(!key.kind.contains("whole number") || key.kind.contains(" to "), "{key:?}");
        }
    }

    #[test]
    fn a_secret_is_never_shown() {
        let secret = "k3Jf9sQ2xL7vB1nM5tR8wZ4yC6hD0gPaE5uK2oT9iXq";
        let names = ["KEYS__ROOT_SECRET", "CLIENTS__INITIAL_ACCESS_TOKEN", "DELIVERY__SMS__SECRET"];
        let variables = names.map(|name| (format!("COUNTERSIGN__{name}"), secret.to_owned()));
        let loaded = Loaded::read(None, variables).unwrap();
        assert!(!format!("{:?} {:?}", loaded, shown(&loaded.config)).contains(secret));
    }
}
