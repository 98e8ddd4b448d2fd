//! What scripts and operators meet: commands, exit codes, sentences.

mod apps;
mod delivery;
mod doctor;
mod import;
mod keys;
mod serve;
mod settings;
mod store;
mod support;
mod users;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use countersign::{
    config::{Database, DatabaseUrl},
    store::{Db, Error, Store},
};
use tempfile::TempDir;

/// A machine of its own: an empty folder, an empty environment.
struct Machine {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Machine {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// The machine's database, opened beside the commands, and what is in it.
    fn look<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.with_store(|store| async move { store.read(work).await })
    }

    fn with_store<T, F: Future<Output = Result<T, Error>>>(
        &self,
        work: impl FnOnce(Store) -> F,
    ) -> T {
        let url = DatabaseUrl::Sqlite(self.folder.path().join("data/countersign.db"));
        let store = Store::open(&Database { url, ..Database::default() }).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(work(store)).unwrap()
    }

    /// The same, and what is changed in it.
    fn change<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Db<'_>) -> Result<T, Error> + Send + 'static,
    ) -> T {
        self.with_store(|store| async move { store.write(work).await })
    }

    fn run(&self, line: &str) -> Ended {
        self.run_with(line, &[], "")
    }

    fn run_with(&self, line: &str, variables: &[(&str, &str)], input: &str) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        let mut child = command
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// It did what was asked, and complained of nothing.
    fn done(self) -> String {
        assert!(self.code == 0 && self.err.is_empty(), "{self:?}");
        self.out
    }

    /// It did what was asked, and said so in JSON.
    fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.done()).unwrap()
    }

    /// It refused, with one sentence.
    fn refused(self) -> String {
        assert!(self.code == 1 && self.err.lines().count() == 1, "{self:?}");
        self.err
    }
}

#[test]
fn every_command_has_help_with_an_example() {
    let machine = Machine::new();
    for command in [
        "",
        "apps",
        "apps errors",
        "apps register",
        "config",
        "config check",
        "config reference",
        "delivery",
        "delivery test",
        "delivery list",
        "delivery retry",
        "doctor",
        "import",
        "import users",
        "migrate",
        "keys",
        "keys list",
        "serve",
        "users",
        "users add",
        "users show",
        "users suspend",
        "users unsuspend",
        "users unlock",
        "users reset",
        "users link",
    ] {
        let help = machine.run(&format!("{command} --help")).done();
        assert!(help.contains("Example") && help.contains("  countersign"), "{help}");
    }
}

#[test]
fn wrong_usage_is_told_from_refusal() {
    let machine = Machine::new();
    for line in [
        "config",
        "config nonsense",
        "--nonsense",
        "migrate --check --back",
        "users add --name Ada",
        "users add --email ada@example.com",
        "users show",
        "users suspend ada@example.com",
        "apps register --file app.json",
        "apps register --file app.json --owner nobody",
        "apps errors",
        "import users",
        "delivery test",
    ] {
        let ended = machine.run(line);
        assert!(ended.code == 2 && !ended.err.is_empty() && ended.out.is_empty(), "{ended:?}");
    }
    assert!(machine.run("--config missing.toml config check").refused().contains("missing.toml"));
}
