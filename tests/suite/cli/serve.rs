//! `countersign serve`: starting, and being told to stop.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use diesel::{Connection, SqliteConnection, connection::SimpleConnection};

use super::Machine;

/// A server that runs until the test ends.
struct Server {
    child: Child,
    lines: Box<dyn Iterator<Item = String>>,
}

impl Server {
    /// Starts a server on a machine, at an address that it is told.
    fn start(machine: &Machine, address: &str, log: &str) -> Self {
        let log = std::fs::File::create(machine.folder.path().join(log)).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .current_dir(machine.folder.path())
            .env_clear()
            .envs(variables(address))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        Self { child, lines: Box::new(lines) }
    }

    /// SIGTERM, and how it ended.
    fn stop(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn variables(address: &str) -> [(&'static str, String); 2] {
    [
        ("COUNTERSIGN__HTTP__PUBLIC_URL", format!("http://{address}")),
        ("COUNTERSIGN__HTTP__LISTEN", address.to_owned()),
    ]
}

/// An address where nobody listens.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// Runs a server that must refuse to start; returns its sentence.
fn refused(machine: &Machine, more: &[(&str, &str)]) -> String {
    let address = free_address();
    let own = variables(&address);
    let own = own.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<_> = own.chain(more.iter().copied()).collect();
    let ended = machine.run_with("", &all, "");
    assert_eq!(ended.code, 1, "{ended:?}");
    ended.err.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_server_starts_on_an_empty_machine_and_stops_when_it_is_told() {
    let (machine, address) = (Machine::new(), free_address());
    let mut server = Server::start(&machine, &address, "log");
    let said: Vec<_> = server.lines.by_ref().take(5).collect();
    assert!(said[0].ends_with(&format!("is at http://{address}")), "{said:?}");
    assert!(said[3].contains("inbox") && said[3].contains("/inbox"), "{said:?}");
    assert!(said[4].contains(&format!("http://{address}/set-up?key=")), "{said:?}");

    let own = variables(&address);
    let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let doctor = machine.run_with("doctor", &own, "").done();
    assert!(doctor.lines().all(|line| line.starts_with("good ")), "{doctor}");
    assert!(doctor.contains("the Authorization header arrives"), "{doctor}");

    assert_eq!(server.stop(), Some(0));
    let log = std::fs::read_to_string(machine.folder.path().join("log")).unwrap();
    assert!(log.contains("Ready after") && log.trim_end().ends_with("Stopped"), "{log}");
}

#[test]
fn an_address_that_is_taken_is_named_with_its_setting() {
    let (machine, taken) = (Machine::new(), TcpListener::bind("127.0.0.1:0").unwrap());
    let taken = taken.local_addr().map(|address| (address, taken)).unwrap();
    let address = taken.0.to_string();
    for key in ["LISTEN", "METRICS_LISTEN"] {
        let name = format!("COUNTERSIGN__HTTP__{key}");
        let sentence = refused(&machine, &[(&name, &address)]);
        let setting = format!("http.{}", key.to_lowercase());
        assert!(sentence.contains(&address) && sentence.contains(&setting), "{sentence}");
    }
}

#[test]
fn unsafe_settings_stop_the_start() {
    let public = ("COUNTERSIGN__HTTP__PUBLIC_URL", "https://login.example.com");
    let machine = Machine::new();
    let sentence = refused(&machine, &[public]);
    assert!(sentence.starts_with("delivery.sms.driver (by default)"), "{sentence}");
    let made = std::fs::read_dir(machine.folder.path()).unwrap().count();
    assert_eq!(made, 0, "nothing is made before the settings are good");
}

#[test]
fn a_database_of_another_version_stops_the_start() {
    let machine = Machine::new();
    let by_hand = ("COUNTERSIGN__DATABASE__MIGRATE_ON_START", "false");
    let sentence = refused(&machine, &[by_hand]);
    assert!(sentence.contains("`countersign migrate`"), "{sentence}");

    machine.run("migrate").done();
    let file = machine.folder.path().join("data/countersign.db");
    let mut connection = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
    let newer = "insert into __diesel_schema_migrations (version) values ('99990101000000')";
    connection.batch_execute(newer).unwrap();
    for more in [&[by_hand][..], &[]] {
        let sentence = refused(&machine, more);
        assert!(sentence.contains("99990101000000"), "{sentence}");
        assert!(sentence.contains("run the newer version"), "{sentence}");
    }
    assert!(machine.run("migrate --check").refused().contains("99990101000000"));
}
