//! A real Chromium, driven by WebDriver (W3C) through chromedriver.
//!
//! Finding an element waits for it, so no test sleeps. The machine's network is out of reach: every
//! name but `localhost` is unknown to this browser.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use awc::http::Method;
use serde_json::{Value, json};
use url::Url;

use super::http::Request;

/// How long a page may take to show what a test waits for.
const PATIENCE_MS: u32 = 20_000;

/// The key under which WebDriver hides an element's handle (WebDriver §12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser window; closed when dropped.
pub struct Chromium {
    driver: Child,
    session: Url,
}

/// An element found on the page.
pub struct Element<'a> {
    browser: &'a Chromium,
    handle: String,
}

impl Chromium {
    /// Opens a window. `TEST_CHROMEDRIVER` names the driver's program.
    pub async fn start() -> Self {
        let program = program();
        let mut driver = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|trouble| panic!("starting {program}: {trouble}"));
        let port = announced_port(&mut driver);
        let base: Url = format!("http://127.0.0.1:{port}/session").parse().unwrap();
        let mut browser = Self { driver, session: base.clone() };
        let answer = Request::post(&base).json(&capabilities()).send().await;
        let session = answer.json()["value"]["sessionId"].as_str().map(str::to_owned);
        let session = session.unwrap_or_else(|| panic!("no window: {}", answer.summary()));
        browser.session = format!("{base}/{session}").parse().unwrap();
        browser
    }

    pub async fn open(&self, url: &Url) {
        self.say("url", &json!({ "url": url.as_str() })).await;
    }

    /// Opens a tab and goes there; returns the one that was left, for [`Chromium::go_to_tab`].
    pub async fn open_in_another_tab(&self, url: &Url) -> String {
        let left = self.ask("window").await.as_str().expect("a handle").to_owned();
        let opened = self.say("window/new", &json!({ "type": "tab" })).await;
        self.go_to_tab(opened["handle"].as_str().expect("a handle")).await;
        self.open(url).await;
        left
    }

    pub async fn go_to_tab(&self, handle: &str) {
        self.say("window", &json!({ "handle": handle })).await;
    }

    pub async fn url(&self) -> Url {
        self.ask("url").await.as_str().expect("a URL").parse().expect("a URL")
    }

    /// Waits for an element and returns it.
    pub async fn find(&self, css: &str) -> Element<'_> {
        self.locate("css selector", css).await
    }

    /// Waits until the element with this id holds these words.
    pub async fn see(&self, id: &str, words: &str) {
        let path = format!("//*[@id='{id}'][contains(normalize-space(), '{words}')]");
        self.locate("xpath", &path).await;
    }

    async fn locate(&self, using: &str, value: &str) -> Element<'_> {
        let what = json!({ "using": using, "value": value });
        match self.send(Method::POST, "element", Some(&what)).await {
            Ok(found) => {
                let handle = found[ELEMENT].as_str().expect("an element").to_owned();
                Element { browser: self, handle }
            }
            Err(trouble) => {
                panic!("{value} at {}: {trouble}\n{}", self.url().await, self.words().await)
            }
        }
    }

    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await;
    }

    /// Types into a field, as a person does.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.say("clear", &json!({})).await;
        field.say("value", &json!({ "text": text })).await;
    }

    /// What a person reads on the page.
    pub async fn words(&self) -> String {
        self.run("return document.body ? document.body.innerText : ''")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn run(&self, script: &str) -> Value {
        self.say("execute/sync", &json!({ "script": script, "args": [] })).await
    }

    /// Plugs in a key (WebAuthn §11): in the device itself, with its owner at hand, or on a ring.
    pub async fn plug_in(&self, transport: &str, verifies: bool) {
        let key = json!({
            "protocol": "ctap2",
            "transport": transport,
            "hasResidentKey": verifies,
            "hasUserVerification": verifies,
            "isUserVerified": verifies,
            "isUserConsenting": true,
        });
        self.say("webauthn/authenticator", &key).await;
    }

    /// What the browser complained about, such as a broken content policy; a page that was refused
    /// on purpose is no complaint.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.say("se/log", &json!({ "type": "browser" })).await;
        let entries = log.as_array().expect("a log").iter();
        let messages =
            entries.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned());
        messages.filter(|message| !message.contains("responded with a status of 4")).collect()
    }

    async fn ask(&self, command: &str) -> Value {
        self.send(Method::GET, command, None)
            .await
            .unwrap_or_else(|trouble| panic!("{command}: {trouble}"))
    }

    async fn say(&self, command: &str, body: &Value) -> Value {
        let done = self.send(Method::POST, command, Some(body)).await;
        done.unwrap_or_else(|trouble| panic!("{command} {body}: {trouble}"))
    }

    async fn send(
        &self,
        method: Method,
        command: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        let url: Url = format!("{}/{command}", self.session).parse().unwrap();
        let request = Request::new(method, &url);
        let request = if let Some(body) = body { request.json(body) } else { request };
        let answer = request.send().await;
        let mut json = answer.json();
        if answer.status == 200 {
            Ok(json["value"].take())
        } else {
            Err(json["value"]["message"].to_string())
        }
    }
}

impl Element<'_> {
    pub async fn click(&self) {
        self.say("click", &json!({})).await;
    }

    async fn say(&self, command: &str, body: &Value) -> Value {
        self.browser.say(&format!("element/{}/{command}", self.handle), body).await
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The driver takes its browser along only when asked; killing it would leave that behind.
        let port = self.session.port().unwrap_or_default();
        if let Ok(mut driver) = TcpStream::connect(("127.0.0.1", port)) {
            let path = self.session.path();
            let goodbye = format!("DELETE {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            let _ = driver.write_all(goodbye.as_bytes());
            let _ = driver.read(&mut [0; 64]); // it answers when the browser is gone
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

#[expect(clippy::disallowed_methods, reason = "tests/run says where the browser is")]
fn program() -> String {
    std::env::var("TEST_CHROMEDRIVER").expect("TEST_CHROMEDRIVER names chromedriver's program")
}

/// The driver chooses a free port and says so on its first lines.
fn announced_port(driver: &mut Child) -> u16 {
    let out = driver.stdout.take().expect("its output");
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // Somebody must go on reading, or the driver stops when the pipe is full.
    std::thread::spawn(move || lines.for_each(drop));
    port.expect("chromedriver announces its port")
}

fn capabilities() -> Value {
    let arguments = [
        "--headless=new",
        "--no-sandbox", // continuous integration runs as root
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--window-size=1280,900",
        "--lang=en-US",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ];
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "timeouts": { "implicit": PATIENCE_MS, "pageLoad": PATIENCE_MS },
        "goog:chromeOptions": { "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    } } })
}
