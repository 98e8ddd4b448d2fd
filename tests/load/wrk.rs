//! The closed loop where one request is like the next: wrk does it with the least of the machine.

use std::{fmt::Write as _, fs, path::Path, process::Command, time::Duration};

/// A request that is sent again and again.
#[derive(Clone)]
pub struct Same {
    /// The path.
    pub path: String,
    /// Headers, as name and value.
    pub headers: Vec<(String, String)>,
    /// The body of a POST.
    pub body: Option<String>,
}

/// What wrk saw.
pub struct Seen {
    /// Answers in a second.
    pub rate: f64,
    /// Half of them took at most this, in milliseconds.
    pub p50: f64,
    /// All but a hundredth took at most this.
    pub p99: f64,
    /// What was neither 2xx nor 3xx, or no answer at all.
    pub strangers: u32,
    /// How many answers there were.
    pub answers: u32,
    /// How long the cores worked for the server meanwhile, if somebody watched.
    pub worked: Duration,
}

impl Same {
    /// A GET.
    pub fn get(path: &str) -> Self {
        Self { path: path.to_owned(), headers: Vec::new(), body: None }
    }

    /// A POST of a form.
    pub fn post(path: &str, body: &str) -> Self {
        let form = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        Self { path: path.to_owned(), headers: vec![form], body: Some(body.to_owned()) }
    }

    /// With a header more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same for our own connections.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = String::new();
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let (path, method) = (&self.path, if self.body.is_some() { "POST" } else { "GET" });
        let body = self.body.as_deref().unwrap_or_default();
        let length = body.len();
        format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{head}content-length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

/// Drives a port of this machine for some seconds.
pub fn drive(
    place: &Path,
    port: u16,
    same: &Same,
    connections: u32,
    seconds: u32,
) -> Result<Seen, String> {
    let script = place.join("same.lua");
    fs::write(&script, lua(same)).map_err(|error| format!("writing for wrk: {error}"))?;
    let output = Command::new("wrk")
        .args(["--latency", "-t1", &format!("-c{connections}"), &format!("-d{seconds}s"), "-s"])
        .arg(&script)
        .arg(format!("http://127.0.0.1:{port}{}", same.path))
        .output()
        .map_err(|error| format!("running wrk: {error} (Debian has a package of that name)"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    read(&text).ok_or_else(|| {
        format!("wrk said nothing we can read: {text}{}", String::from_utf8_lossy(&output.stderr))
    })
}

fn lua(same: &Same) -> String {
    let mut script = String::new();
    if let Some(body) = &same.body {
        let _ = write!(script, "wrk.method = \"POST\"\nwrk.body = [[{body}]]\n");
    }
    for (name, value) in &same.headers {
        let _ = writeln!(script, "wrk.headers[\"{name}\"] = [[{value}]]");
    }
    script
}

fn read(text: &str) -> Option<Seen> {
    let after = |label: &str| {
        let line = text.lines().map(str::trim).find(|line| line.starts_with(label))?;
        line.strip_prefix(label).map(str::trim)
    };
    let errors = |label: &str| after(label).map_or(0, numbers);
    Some(Seen {
        rate: after("Requests/sec:")?.parse().ok()?,
        p50: millis(after("50%")?)?,
        p99: millis(after("99%")?)?,
        answers: text
            .lines()
            .find_map(|line| line.trim().split_once(" requests in")?.0.parse().ok())?,
        worked: Duration::ZERO,
        strangers: errors("Non-2xx or 3xx responses:") + errors("Socket errors:"),
    })
}

/// `connect 0, read 2, …` or just a number: their sum.
fn numbers(text: &str) -> u32 {
    text.split([' ', ',']).filter_map(|word| word.parse::<u32>().ok()).sum()
}

/// `850.00us`, `1.20ms`, `2.00s`.
fn millis(text: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    let (number, factor) = units.iter().find_map(|(unit, factor)| {
        text.strip_suffix(unit).and_then(|number| Some((number.parse::<f64>().ok()?, factor)))
    })?;
    Some(number * factor)
}
