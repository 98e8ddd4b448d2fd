//! Where settings come from: the defaults, then the file, then the environment.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{
    Config, check,
    error::{Error, meant},
    reference,
    section::{Refused, Section},
    value::Given,
};

/// Read when no other file is named, if it is there.
const USUAL_FILE: &str = "countersign.toml";

/// What the variables that set a key begin with.
const PREFIX: &str = "COUNTERSIGN__";

/// The settings, and where each that is not a default came from.
#[derive(Debug)]
pub struct Loaded {
    /// The settings.
    pub config: Config,
    /// Who set a key, by its name: a file's name or a variable's.
    pub origins: BTreeMap<String, String>,
}

impl Config {
    /// Reads the settings of this machine: `path`, else `countersign.toml` if present, and the
    /// environment.
    pub fn load(path: Option<&Path>) -> Result<Self, Error> {
        Loaded::from_machine(path).map(|loaded| loaded.config)
    }
}

impl Loaded {
    /// Reads the settings of this machine, and remembers where they came from.
    pub fn from_machine(path: Option<&Path>) -> Result<Self, Error> {
        let file = read_file(path)?;
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            Some((name, value.to_string_lossy().into_owned()))
        });
        let file = file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
        Self::read(file, variables)
    }

    /// Reads the settings from a file's name and text, and from variables; then judges the whole.
    pub fn read(
        file: Option<(&str, &str)>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        let mut reading = Reading::default();
        if let Some((name, text)) = file {
            reading.file(name, text)?;
        }
        for (name, text) in variables {
            reading.variable(&name, &text);
        }
        Error::unless_empty(reading.problems)?;
        let loaded = Self { config: reading.config, origins: reading.origins };
        let findings = check::refusals(&loaded.config).into_iter();
        let sentences = findings.map(|(key, problem)| loaded.sentence(key, &problem)).collect();
        Error::unless_empty(sentences).map(|()| loaded)
    }

    fn sentence(&self, key: &str, problem: &str) -> String {
        let origin = self.origins.get(key).map_or("by default", String::as_str);
        format!("{key} ({origin}) {problem}")
    }
}

fn read_file(path: Option<&Path>) -> Result<Option<(String, String)>, Error> {
    let named = path.map_or_else(|| PathBuf::from(USUAL_FILE), Path::to_path_buf);
    let name = named.display().to_string();
    match fs::read_to_string(&named) {
        Ok(text) => Ok(Some((name, text))),
        Err(error) if error.kind() == ErrorKind::NotFound && path.is_none() => Ok(None),
        Err(error) => Err(Error::one(format!("reading the settings in {name}: {error}"))),
    }
}

/// Settings while they are being read.
#[derive(Default)]
struct Reading {
    config: Config,
    origins: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Reading {
    fn file(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let table: Value = basic_toml::from_str(text)
            .map_err(|error| Error::one(format!("reading the settings in {name}: {error}")))?;
        self.table(name, &[], &table);
        Ok(())
    }

    /// Walks a table of the file; what is not a section must be a key.
    fn table(&mut self, file: &str, path: &[&str], value: &Value) {
        match value {
            Value::Object(entries) if Config::contains(path) => {
                for (name, value) in entries {
                    self.table(file, &[path, &[name.as_str()]].concat(), value);
                }
            }
            value => self.key(path, &Given::File(value), &format!("in {file}")),
        }
    }

    fn variable(&mut self, name: &str, text: &str) {
        if let Some(key) = name.strip_prefix(PREFIX) {
            let key = key.to_ascii_lowercase();
            let path: Vec<_> = key.split("__").collect();
            self.key(&path, &Given::Environment(text), &format!("{name} in the environment"));
        }
    }

    fn key(&mut self, path: &[&str], given: &Given<'_>, origin: &str) {
        let key = path.join(".");
        match self.config.set(path, given) {
            Ok(()) => {
                self.origins.insert(key, origin.to_owned());
            }
            Err(Refused::Value(problem)) => {
                self.problems.push(format!("{key} ({origin}) {problem}"));
            }
            Err(Refused::Unknown) => self.problems.push(unknown(path, &key, origin)),
        }
    }
}

fn unknown(path: &[&str], key: &str, origin: &str) -> String {
    if Config::contains(path) {
        return format!("{key} ({origin}) is a section, not a value");
    }
    let keys = reference::keys();
    let hint = meant(key, keys.iter().map(String::as_str))
        .map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
    format!(
        "{key} ({origin}) is not a setting{hint} \
         (`countersign config reference` lists them all)"
    )
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    fn read(file: &str, variables: &[(&str, &str)]) -> Result<Loaded, String> {
        let variables = variables.iter().map(|(name, text)| ((*name).into(), (*text).into()));
        Loaded::read(Some(("my.toml", file)), variables).map_err(|error| error.to_string())
    }

    fn refusal(file: &str, variables: &[(&str, &str)]) -> String {
        read(file, variables).expect_err("refused")
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
        let file = "[http]\nlisten = \"127.0.0.1:1\"\nworkers = 3\n[delivery.email]\nport = 25\n";
        let loaded = read(file, &[("COUNTERSIGN__HTTP__LISTEN", "[::1]:2")]).unwrap();
        let http = &loaded.config.http;
        assert_eq!(http.listen.to_string(), "[::1]:2");
        assert_eq!(http.workers.count(), 3);
        assert_eq!(http.public_url.as_str(), "http://localhost:8080");
        assert_eq!(loaded.config.delivery.email.port, 25);
        assert_eq!(loaded.origins["http.workers"], "in my.toml");
        assert_eq!(loaded.origins["http.listen"], "COUNTERSIGN__HTTP__LISTEN in the environment");
    }

    #[test]
    fn a_misspelt_key_is_refused_with_the_one_that_was_meant() {
        let error = refusal("[http]\nlisetn = \"127.0.0.1:1\"\n", &[]);
        assert!(error.starts_with("http.lisetn (in my.toml) is not a setting"), "{error}");
        assert!(error.contains("did you mean http.listen?"), "{error}");
        let error = refusal("", &[("COUNTERSIGN__HTTP__PUBLICURL", "x")]);
        assert!(
            error.starts_with("http.publicurl (COUNTERSIGN__HTTP__PUBLICURL in the environment)"),
            "{error}"
        );
        assert!(error.contains("did you mean http.public_url?"), "{error}");
    }

    #[test]
    fn a_misspelt_or_misplaced_section_is_refused() {
        assert!(refusal("[htpp]\n", &[]).starts_with("htpp (in my.toml) is not a setting"));
        assert!(refusal("http = 1\n", &[]).starts_with("http (in my.toml) is a section"));
        assert!(refusal("[http.listen]\na = 1\n", &[]).starts_with("http.listen (in my.toml)"));
        assert!(
            refusal("", &[("COUNTERSIGN__", "x")]).contains("COUNTERSIGN__ in the environment")
        );
        assert!(refusal("", &[("COUNTERSIGN__HTTP", "x")]).starts_with("http ("));
    }

    #[test]
    fn a_variable_of_somebody_else_is_none_of_ours() {
        read("", &[("COUNTERSIGN_PORT", "tcp://10.0.0.1:80"), ("HTTP__LISTEN", "?")]).unwrap();
    }

    #[test]
    fn every_problem_is_told_at_once_and_by_its_key() {
        let error = refusal(
            "compatibility = \"lax\"\n[tokens]\nauthorization_code_lifetime_seconds = 601\n",
            &[("COUNTERSIGN__DATABASE__POOL_SIZE", "many"), ("COUNTERSIGN__KEYS__DIRECTORY", "")],
        );
        let lines: Vec<_> = error.lines().collect();
        assert!(lines[0].starts_with("compatibility (in my.toml) must be \"strict\""), "{error}");
        assert!(lines[1].contains("lifetime_seconds (in my.toml) must be between 5 and 600"));
        assert!(lines[2].starts_with("database.pool_size ("), "{error}");
        assert!(lines[3].starts_with("keys.directory ("), "{error}");
    }

    #[test]
    fn a_file_that_is_not_toml_is_refused_with_its_name_and_line() {
        let error = refusal("[http]\nlisten = \n", &[]);
        assert!(error.contains("my.toml") && error.contains("line 2"), "{error}");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_a_setting_or_is_refused_by_its_key(
            key in select(reference::keys()),
            text in "[ -~é\\n]{0,40}",
        ) {
            let name = format!("COUNTERSIGN__{}", key.to_uppercase().replace('.', "__"));
            let as_variable = Loaded::read(None, [(name, text.clone())]);
            let (section, last) = key.rsplit_once('.').unwrap_or(("", &key));
            let section = if section.is_empty() { String::new() } else { format!("[{section}]\n") };
            let file = format!("{section}{last} = {}\n", Value::from(text));
            let as_text = Loaded::read(Some(("my.toml", &file)), []);
            for error in [as_variable.err(), as_text.err()].into_iter().flatten() {
                let section = key.split('.').next().unwrap();
                for sentence in error.sentences() {
                    // What the whole makes of one value may name its neighbour.
                    prop_assert!(sentence.starts_with(section), "{key}: {sentence}");
                }
            }
        }

        #[test]
        fn no_file_is_too_odd_to_be_refused(text in any::<String>()) {
            let _ = Loaded::read(Some(("my.toml", &text)), []);
        }
    }

    #[test]
    fn a_named_file_must_be_there() {
        let error = Config::load(Some(Path::new("/nowhere/my.toml"))).unwrap_err().to_string();
        assert!(error.contains("/nowhere/my.toml"), "{error}");
    }
}
