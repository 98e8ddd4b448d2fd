//! `countersign doctor`, before servers that are well and servers that are not.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    thread,
};

use serde_json::Value;

use super::Machine;

/// What stands at `http.public_url`.
#[derive(Clone)]
struct Site {
    issuer: String,
    date: &'static str,
    passes_authorization: bool,
    passes_forms: bool,
}

impl Site {
    /// A server that is well, apart from its clock.
    fn well(address: SocketAddr) -> Self {
        Self {
            issuer: format!("http://{address}"),
            date: "",
            passes_authorization: true,
            passes_forms: true,
        }
    }

    fn answer(&self, request: &str) -> String {
        let authorized = self.passes_authorization && request.contains("authorization: Bearer");
        let date = if self.date.is_empty() { "" } else { &format!("Date: {}\r\n", self.date) };
        let (status, headers, body) = match request.split(' ').nth(1).unwrap_or_default() {
            "/.well-known/openid-configuration" => {
                ("200 OK", date, format!(r#"{{"issuer":"{}"}}"#, self.issuer))
            }
            "/oauth/userinfo" if authorized => (
                "401 Unauthorized",
                "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n",
                String::new(),
            ),
            "/oauth/userinfo" => {
                ("401 Unauthorized", "WWW-Authenticate: Bearer\r\n", String::new())
            }
            "/oauth/token" if self.passes_forms => {
                ("400 Bad Request", "", r#"{"error":"invalid_request"}"#.to_owned())
            }
            "/health/live" => ("200 OK", "", "alive".to_owned()),
            _ => ("403 Forbidden", "", "blocked".to_owned()),
        };
        let length = body.len();
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
    }

    fn open(listener: TcpListener, site: Self) {
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                let mut reader = BufReader::new(&stream);
                let (mut head, mut length) = (String::new(), 0);
                while reader.read_line(&mut head).unwrap_or(0) > 2 {
                    let line = head.lines().last().unwrap_or_default().to_ascii_lowercase();
                    if let Some(value) = line.strip_prefix("content-length: ") {
                        length = value.trim().parse().unwrap();
                    }
                }
                reader.read_exact(&mut vec![0; length]).unwrap();
                let _ = (&stream).write_all(site.answer(&head).as_bytes());
            }
        });
    }
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Asks the doctor about a site; returns the exit code and what it says of each part.
fn examine(machine: &Machine, public: SocketAddr, own: SocketAddr) -> (i32, Vec<String>) {
    let (public, own) = (format!("http://{public}"), own.to_string());
    let variables =
        [("COUNTERSIGN__HTTP__PUBLIC_URL", &*public), ("COUNTERSIGN__HTTP__LISTEN", &*own)];
    let ended = machine.run_with("doctor --json", &variables, "");
    let findings: Vec<Value> = serde_json::from_str(&ended.out).unwrap();
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let lines = findings.iter().map(|finding| {
        let (state, part) = (word(finding, "state"), word(finding, "part"));
        format!("{state} {part}: {}", word(finding, "says"))
    });
    (ended.code, lines.collect())
}

/// Examines a site that `change` made ill, and expects one bad finding that begins like this.
fn finds(expected: &str, change: impl FnOnce(&mut Site)) -> String {
    let (listener, address) = listener();
    let mut site = Site::well(address);
    change(&mut site);
    Site::open(listener, site);
    let (code, findings) = examine(&Machine::new(), address, address);
    let bad: Vec<_> = findings.iter().filter(|finding| finding.starts_with("bad")).collect();
    assert!(code == 1 && bad.len() == 1 && bad[0].starts_with(expected), "{findings:#?}");
    bad[0].clone()
}

#[test]
fn a_sound_installation_is_called_sound() {
    let (listener, address) = listener();
    Site::open(listener, Site::well(address));
    let (code, findings) = examine(&Machine::new(), address, address);
    assert!(code == 0 && findings.len() > 5, "{findings:#?}");
    assert!(findings.iter().all(|finding| finding.starts_with("good")), "{findings:#?}");
}

#[test]
fn a_server_that_is_not_running_is_told_from_a_proxy_that_does_not_lead_to_it() {
    let (_, nowhere) = listener();
    let (code, findings) = examine(&Machine::new(), nowhere, nowhere);
    let last = findings.last().unwrap();
    assert!(code == 1 && last.starts_with("bad server:"), "{findings:#?}");
    assert!(last.contains("is it running?"), "{last}");

    let (listener, own) = listener();
    Site::open(listener, Site::well(own));
    let (code, findings) = examine(&Machine::new(), nowhere, own);
    let last = findings.last().unwrap();
    assert!(code == 1 && last.starts_with("bad proxy:"), "{findings:#?}");
    assert!(last.contains(&format!("proxy_pass http://{own};")), "{last}");
}

#[test]
fn another_server_at_our_address_is_named() {
    let says = finds("bad proxy:", |site| site.issuer = "https://other.example".to_owned());
    assert!(says.contains("https://other.example") && says.contains("http.public_url"), "{says}");
}

#[test]
fn a_proxy_that_drops_the_authorization_header_is_told_which_line_to_change() {
    let says = finds("bad proxy:", |site| site.passes_authorization = false);
    assert!(says.contains("CGIPassAuth On"), "{says}");
}

#[test]
fn a_filter_that_stops_forms_is_noticed() {
    let says = finds("bad proxy:", |site| site.passes_forms = false);
    assert!(says.contains("/oauth/token") && says.contains("403"), "{says}");
}

#[test]
fn clocks_that_differ_are_noticed() {
    let says = finds("bad clock:", |site| site.date = "Wed, 21 Oct 2015 07:28:00 GMT");
    assert!(says.contains("NTP"), "{says}");
}

#[test]
fn a_root_key_that_others_can_read_is_named_with_the_command_that_mends_it() {
    let machine = Machine::new();
    let keys = machine.folder.path().join("keys");
    countersign::keys::root::RootSecret::load(&keys, None).unwrap();
    let file = keys.join("root.key");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o777)).unwrap();
    let (_, nowhere) = listener();
    let (_, findings) = examine(&machine, nowhere, nowhere);
    let bad: Vec<_> = findings.iter().filter(|finding| finding.starts_with("bad keys")).collect();
    assert!(bad[0].contains("chmod 600") && bad[1].contains("chmod 700"), "{findings:#?}");
}

#[test]
fn a_database_that_cannot_be_used_is_named_with_its_setting() {
    let machine = Machine::new();
    let address = "postgres://ada:hidden@127.0.0.1:1/login";
    let ended = machine.run_with("doctor", &[("COUNTERSIGN__DATABASE__URL", address)], "");
    let line = ended.out.lines().find(|line| line.starts_with("BAD   database")).unwrap();
    assert!(ended.code == 1 && line.contains("database.url"), "{ended:?}");
    assert!(!ended.out.contains("hidden"), "{ended:?}");
}
