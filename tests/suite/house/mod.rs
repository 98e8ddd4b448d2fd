//! The rules of the house (`src/lib.rs` draws them), held against the code.

mod paths;
mod people;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use paths::Paths;

/// Rooms from the street to the ground, as `src/lib.rs` draws them. A room may use the floors below
/// it; never its neighbours, never up.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["server", "jobs", "relay"],
    &["oauth", "accounts", "console", "admin"],
    &["web"],
    &["app"],
    &["keys", "delivery"],
    &["store"],
    &["outbound", "telemetry"],
    &["config"],
    &["protocol", "identity", "language"],
    &["column"],
    &["crypto"],
    &["clock", "text"],
];

/// Only these files name that.
const ONLY: &[(&str, &[&str])] = &[
    ("josekit", &["crypto/jose"]),
    ("argon2", &["crypto/password.rs"]),
    ("webauthn_rs", &["crypto/webauthn"]),
    ("maxminddb", &["app/places.rs"]),
    ("bcrypt", &["crypto/password/foreign.rs"]),
    (
        "oxide_auth",
        &[
            "oauth/engine.rs",
            "oauth/authorize/mod.rs",
            "oauth/token/grants/authorization_code.rs",
            "oauth/token/grants/client_credentials.rs",
            "oauth/token/grants/refresh_token.rs",
        ],
    ),
    ("SqliteConnection", &["store/"]),
    ("PgConnection", &["store/"]),
    ("r2d2", &["store/"]),
    ("SystemTime", &["clock.rs"]),
    ("Utc::now", &["clock.rs"]),
    ("std::env", &["config/"]),
    ("awc", &["outbound/client.rs", "cli/demo"]),
    (
        "actix_web",
        &[
            "server/",
            "web/",
            "oauth/",
            "accounts/",
            "console/",
            "admin/",
            // What runs beside the server runs on its runtime.
            "jobs/",
            "cli/serve.rs",
            "cli/demo",
        ],
    ),
];

#[test]
fn rooms_look_only_downwards() {
    let macros = exported_macros();
    let mut wrong = BTreeSet::new();
    for (file, text) in sources("src") {
        let room = room(&file);
        if room == "lib" {
            continue;
        }
        let from = floor(&room).unwrap_or_else(|| panic!("{file}: this room is on no floor"));
        for used in rooms_used(&file, &text, &macros) {
            match floor(&used) {
                Some(to) if to > from || used == room => {}
                Some(_) => drop(wrong.insert(format!("{file} looks at {used}"))),
                None => drop(wrong.insert(format!("{file} looks at {used}, which is on no floor"))),
            }
        }
    }
    assert_none(&wrong, "a room may use the floors below it; never its neighbours, never up");
}

#[test]
fn what_belongs_to_one_room_is_named_in_no_other() {
    let mut wrong = BTreeSet::new();
    for (file, text) in sources("src") {
        let paths = Paths::read(&text);
        for (name, homes) in ONLY {
            let segments: Vec<_> = name.split("::").collect();
            if paths.mention(&segments) && !homes.iter().any(|home| within(&file, home)) {
                wrong.insert(format!("{file} names {name}, which belongs to {}", homes.join(", ")));
            }
        }
    }
    assert_none(&wrong, "only X names Y");
}

#[test]
fn no_file_outgrows_four_hundred_lines() {
    let mut wrong = BTreeSet::new();
    for (file, text) in sources("src").into_iter().chain(sources("tests")) {
        let lines = text.lines().count();
        if lines > 400 {
            wrong.insert(format!("{file}: {lines} lines"));
        }
    }
    assert_none(&wrong, "a file near 400 lines is two files");
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let silent = sources("src").into_iter().chain(sources("tests/suite"));
    let silent = silent.filter(|(_, text)| !text.starts_with("//!")).map(|(file, _)| file);
    assert_none(&silent.collect(), "the first line says what the file owns");
}

#[test]
fn nothing_global_holds_state() {
    let holders = ["Mutex<", "RwLock<", "Atomic", "OnceLock<", "OnceCell<", "RefCell<", "Cell<"];
    let mut wrong = BTreeSet::new();
    for (file, text) in sources("src") {
        for line in text.lines().map(str::trim_start) {
            let item = line.strip_prefix("pub ").unwrap_or(line);
            let item = item.strip_prefix("pub(crate) ").unwrap_or(item);
            let holds = holders.iter().any(|holder| item.contains(holder));
            if item.starts_with("static ") && (holds || item.starts_with("static mut ")) {
                wrong.insert(format!("{file}: {item}"));
            }
        }
    }
    assert_none(&wrong, "nothing is global but the log subscriber");
}

#[test]
fn both_databases_have_the_same_migrations() {
    let steps = |database: &str| -> BTreeSet<String> {
        let folder = top().join("migrations").join(database);
        let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{}", folder.display()));
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let sqlite = steps("sqlite");
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, steps("postgres"));
    // What diesel knows a step by: of two with the same number it would take one for the other.
    let number = |step: &String| step.chars().take_while(|c| *c != '_').collect::<String>();
    assert_eq!(sqlite.iter().map(number).collect::<BTreeSet<_>>().len(), sqlite.len());
    for (database, step) in
        ["sqlite", "postgres"].iter().flat_map(|d| sqlite.iter().map(move |s| (d, s)))
    {
        for way in ["up.sql", "down.sql"] {
            let file = top().join("migrations").join(database).join(step).join(way);
            let text = fs::read_to_string(&file).unwrap_or_default();
            assert!(!text.trim().is_empty(), "{} is missing or empty", file.display());
        }
    }
}

/// The rooms a file names: by `crate::`, `countersign::`, `super::` beyond its own, or a macro.
fn rooms_used(file: &str, text: &str, macros: &BTreeMap<String, String>) -> BTreeSet<String> {
    let depth = file.trim_end_matches("/mod.rs").matches('/').count() + 1;
    let mut used = BTreeSet::new();
    for path in Paths::read(text).iter() {
        let climbed = path.iter().take_while(|segment| *segment == "super").count();
        let name = match path.first().map(String::as_str) {
            Some("crate" | "countersign") => path.get(1),
            Some("super") if climbed >= depth => {
                path.get(climbed).filter(|name| floor(name).is_some())
            }
            _ => None,
        };
        let Some(name) = name else { continue };
        used.insert(macros.get(name).filter(|_| path.len() == 2).unwrap_or(name).clone());
    }
    used
}

/// Macros that stand at the root of the crate, and the rooms they belong to.
fn exported_macros() -> BTreeMap<String, String> {
    let mut macros = BTreeMap::new();
    for (file, text) in sources("src") {
        for part in text.split("#[macro_export]").skip(1) {
            let name = part.split("macro_rules! ").nth(1).unwrap_or_default();
            let name = name.split([' ', '{']).next().unwrap_or_default();
            macros.insert(name.to_owned(), room(&file));
        }
    }
    macros
}

/// Every Rust file below a folder: its path from there, and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    let root = top().join(folder);
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    assert!(!found.is_empty(), "nothing to read in {folder}");
    let name = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn room(file: &str) -> String {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs").to_owned()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// `crypto/jose` is a home for `crypto/jose.rs` and for `crypto/jose/keys.rs`; `store/` for its files.
fn within(file: &str, home: &str) -> bool {
    file.strip_prefix(home)
        .is_some_and(|rest| rest.is_empty() || home.ends_with('/') || rest.starts_with(['/', '.']))
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn assert_none(wrong: &BTreeSet<String>, rule: &str) {
    let list: Vec<_> = wrong.iter().map(String::as_str).collect();
    assert!(list.is_empty(), "{rule}:\n{}", list.join("\n"));
}
