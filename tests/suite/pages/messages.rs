//! The message files say the same things in every language, and every key that is used exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const ENGLISH: &str = include_str!("../../../templates/languages/en.ftl");
const OTHERS: [(&str, &str); 2] = [
    ("de", include_str!("../../../templates/languages/de.ftl")),
    ("fr", include_str!("../../../templates/languages/fr.ftl")),
];

/// Each key with the facts its message speaks of.
fn messages(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut key = "";
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            key = name;
            assert!(found.insert(key, BTreeSet::new()).is_none(), "{key} is there twice");
        }
        let facts = line.split('$').skip(1).map(|rest| {
            rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default()
        });
        found.entry(key).or_default().extend(facts.filter(|fact| *fact != "brand"));
    }
    found.remove("");
    found
}

/// Every file under `folder`, with its text.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "html" || extension == "rs")
        {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in
        ["templates", "src/web", "src/delivery", "src/accounts", "src/oauth", "src/server"]
    {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    found
}

#[test]
fn every_language_says_the_same_things_of_the_same_facts() {
    let english = messages(ENGLISH);
    assert!(english.len() > 200, "the file was read");
    for (code, source) in OTHERS {
        let other = messages(source);
        let (theirs, ours): (BTreeSet<_>, BTreeSet<_>) =
            (other.keys().collect(), english.keys().collect());
        let differ: Vec<_> = theirs.symmetric_difference(&ours).collect();
        assert!(differ.is_empty(), "{code}: only in one file: {differ:?}");
        for (key, facts) in &english {
            assert_eq!(&other[key], facts, "{code}: {key}");
        }
    }
}

#[test]
fn every_key_that_is_used_exists() {
    let english = messages(ENGLISH);
    let mut used = 0;
    for (file, text) in sources() {
        for mark in ["page.text(\"", "page.text_with(\"", "head.text(\"", " label=\"", " help=\""] {
            for rest in text.split(mark).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                let plain = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
                if plain && !key.is_empty() {
                    used += 1;
                    assert!(english.contains_key(key), "{file}: there is no message {key}");
                }
            }
        }
    }
    assert!(used > 200, "only {used} uses were found");
}
