//! A mail server on a socket: it speaks as much SMTP (RFC 5321, RFC 4954) as a sender needs, keeps
//! what it takes, and refuses what it is told to.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// A mail as it came over the wire.
#[derive(Clone, Debug)]
pub struct Mail {
    pub from: String,
    pub to: String,
    /// Headers and body.
    pub text: String,
    /// Who sent it, if they said so.
    pub account: Option<String>,
}

impl Mail {
    /// The value of a header, if it stands on one line.
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.text.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        value.unwrap_or_else(|| panic!("no {name}: {}", self.text))
    }

    /// The whole, with soft line breaks joined (RFC 2045 §6.7).
    pub fn joined(&self) -> String {
        self.text.replace("=\r\n", "").replace("=3D", "=")
    }
}

/// The server; it listens until the process ends.
#[derive(Clone)]
pub struct MailServer {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    mails: Vec<Mail>,
    /// What to say to recipients instead of 250, once each.
    refusals: BTreeMap<String, VecDeque<String>>,
    /// The account and password that senders must know.
    account: Option<(String, String)>,
    /// How long it takes over each mail.
    slowness: Duration,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, state: Arc::default() };
        let listening = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = listening.clone();
                thread::spawn(move || drop(server.converse(&stream)));
            }
        });
        server
    }

    /// The settings that make it the way out for mail.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("DELIVERY__EMAIL__DRIVER", "smtp".into()),
            ("DELIVERY__EMAIL__HOST", "127.0.0.1".into()),
            ("DELIVERY__EMAIL__PORT", self.port.to_string()),
            ("DELIVERY__EMAIL__TLS", "none".into()),
            ("DELIVERY__EMAIL__FROM_ADDRESS", "login@brand.example".into()),
            ("DELIVERY__EMAIL__TIMEOUT_SECONDS", "2".into()),
        ]
    }

    /// Takes mail only from who knows this account's password.
    pub fn ask_for(&self, account: &str, password: &str) {
        self.state.lock().unwrap().account = Some((account.to_owned(), password.to_owned()));
    }

    /// Says this to a recipient the next time, instead of taking the mail.
    pub fn refuse(&self, recipient: &str, reply: &str) {
        let mut state = self.state.lock().unwrap();
        state.refusals.entry(recipient.to_owned()).or_default().push_back(reply.to_owned());
    }

    /// Takes this long over each mail.
    pub fn slow_down(&self, by: Duration) {
        self.state.lock().unwrap().slowness = by;
    }

    /// Every mail so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.state.lock().unwrap().mails.clone()
    }

    fn converse(&self, stream: &TcpStream) -> io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?);
        let mut out = stream;
        let mut mail =
            Mail { from: String::new(), to: String::new(), text: String::new(), account: None };
        out.write_all(b"220 mail.example ESMTP\r\n")?;
        loop {
            let line = read_line(&mut lines)?;
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let reply = match verb.to_ascii_uppercase().as_str() {
                "EHLO" => "250-mail.example\r\n250 AUTH PLAIN".to_owned(),
                "AUTH" => self.authenticate(rest, &mut mail),
                "MAIL" => self.begin(rest, &mut mail),
                "RCPT" => self.address(rest, &mut mail),
                "DATA" => {
                    out.write_all(b"354 go on\r\n")?;
                    mail.text = read_mail(&mut lines)?;
                    self.keep(mail.clone());
                    "250 2.0.0 taken".to_owned()
                }
                "QUIT" => return out.write_all(b"221 bye\r\n"),
                _ => "250 2.0.0 fine".to_owned(),
            };
            out.write_all(format!("{reply}\r\n").as_bytes())?;
        }
    }

    /// `AUTH PLAIN` with its answer at once (RFC 4954 §4, RFC 4616 §2).
    fn authenticate(&self, rest: &str, mail: &mut Mail) -> String {
        let given = rest.strip_prefix("PLAIN ").and_then(|it| BASE64_STANDARD.decode(it).ok());
        let given = String::from_utf8(given.unwrap_or_default()).unwrap_or_default();
        let known = self.state.lock().unwrap().account.clone();
        match known {
            Some((account, password)) if given == format!("\0{account}\0{password}") => {
                mail.account = Some(account);
                "235 2.7.0 welcome".to_owned()
            }
            _ => "535 5.7.8 we do not know you".to_owned(),
        }
    }

    fn begin(&self, rest: &str, mail: &mut Mail) -> String {
        if self.state.lock().unwrap().account.is_some() && mail.account.is_none() {
            return "530 5.7.0 who are you?".to_owned();
        }
        mail.from = address_in(rest);
        "250 2.1.0 fine".to_owned()
    }

    fn address(&self, rest: &str, mail: &mut Mail) -> String {
        mail.to = address_in(rest);
        let mut state = self.state.lock().unwrap();
        let refusal = state.refusals.get_mut(&mail.to).and_then(VecDeque::pop_front);
        refusal.unwrap_or_else(|| "250 2.1.5 fine".to_owned())
    }

    fn keep(&self, mail: Mail) {
        let slowness = self.state.lock().unwrap().slowness;
        thread::sleep(slowness);
        self.state.lock().unwrap().mails.push(mail);
    }
}

fn address_in(rest: &str) -> String {
    let inside = rest.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

fn read_line(lines: &mut impl io::BufRead) -> io::Result<String> {
    let mut line = String::new();
    if lines.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

/// Reads up to the line that is a dot (RFC 5321 §4.5.2).
fn read_mail(lines: &mut impl io::BufRead) -> io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
