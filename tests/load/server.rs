//! The server under load: the release binary, as a process of its own.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use super::http::{Connection, get};

/// A running server; stopped when dropped.
pub struct Server {
    child: Child,
    /// Where it listens, on this machine only.
    pub port: u16,
    /// From its start until it said that it is ready.
    pub ready_after: Duration,
}

/// What a server is started with.
#[derive(Clone)]
pub struct Setup {
    /// The binary.
    pub binary: PathBuf,
    /// Its folder: database, keys, log.
    pub place: PathBuf,
    /// Its port.
    pub port: u16,
    /// Settings, as variables of the environment.
    pub variables: Vec<(String, String)>,
}

impl Setup {
    /// Starts the server and waits until it is ready.
    pub fn start(&self) -> Result<Server, String> {
        let log = File::create(self.place.join("server.log")).map_err(told("writing the log"))?;
        let begun = Instant::now();
        let child = Command::new(&self.binary)
            .arg("serve")
            .current_dir(&self.place)
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(told("writing the log"))?)
            .stderr(log)
            .spawn()
            .map_err(told("starting the server"))?;
        let mut server = Server { child, port: self.port, ready_after: Duration::ZERO };
        while !ready(self.port) {
            if server.child.try_wait().map_err(told("watching the server"))?.is_some() {
                return Err(format!("the server stopped: {}", log_of(&self.place)));
            }
            if begun.elapsed() > Duration::from_secs(30) {
                return Err(format!("the server is not ready: {}", log_of(&self.place)));
            }
            sleep(Duration::from_millis(1));
        }
        server.ready_after = begun.elapsed();
        Ok(server)
    }
}

impl Server {
    /// How long the cores have worked for it since it was started, in steps of a hundredth of a second.
    pub fn worked(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.unwrap_or_default();
        // Behind the name, which may hold anything, `utime` and `stime` are the 12th and 13th.
        let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
        let ticks = behind.split_whitespace().skip(11).take(2);
        Duration::from_millis(10 * ticks.filter_map(|it| it.parse::<u64>().ok()).sum::<u64>())
    }

    /// Its resident memory, in megabytes.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u32>().ok());
        f64::from(kilobytes.unwrap_or(0)) / 1024.0
    }
}

impl Drop for Server {
    /// Asks it to stop, as an operator would, and waits for it; it is a process we started.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        for _ in 0..300 {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether something says on this port that it is ready.
pub fn ready(port: u16) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.is_ok_and(|runtime| {
        runtime.block_on(async {
            let mut connection = Connection::to(port);
            let answer = connection.ask(&get("/health/ready", "connection: close\r\n")).await;
            answer.is_ok_and(|answer| answer.status == 200)
        })
    })
}

fn log_of(place: &Path) -> String {
    fs::read_to_string(place.join("server.log")).unwrap_or_default()
}

/// Says what was being done when something failed.
pub fn told<E: std::fmt::Display>(doing: &'static str) -> impl Fn(E) -> String {
    move |error| format!("{doing}: {error}")
}
