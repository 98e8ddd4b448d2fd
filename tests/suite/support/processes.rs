//! The built program as processes: several nodes over one database, and `kill -9`.

use std::{
    fs::{self, File},
    iter,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use super::{databases::FreshDatabase, http::Request, person::Person, relying_party::RelyingParty};

/// How long a node may take to be ready or to stop; a slow machine is not a fault.
const PATIENCE: Duration = Duration::from_mins(1);

/// An installation: one database, one keys folder, one public address, any number of nodes.
pub struct Installation {
    _database: FreshDatabase,
    folder: TempDir,
    variables: Vec<(String, String)>,
    public_port: u16,
}

impl Installation {
    pub fn new(database: FreshDatabase) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let public_port = free_port();
        let keys = folder.path().join("keys").display().to_string();
        let variables = [
            ("DATABASE__URL", database.address.clone()),
            ("HTTP__PUBLIC_URL", format!("http://localhost:{public_port}")),
            ("HTTP__WORKERS", "2".into()),
            ("KEYS__DIRECTORY", keys),
        ];
        let variables =
            variables.map(|(key, value)| (format!("COUNTERSIGN__{key}"), value)).to_vec();
        Self { _database: database, folder, variables, public_port }
    }

    /// A setting for every node from now on, named as in the environment but for its prefix.
    pub fn set(&mut self, key: &str, value: &str) {
        self.variables.push((format!("COUNTERSIGN__{key}"), value.to_owned()));
    }

    /// The issuer.
    pub fn public_url(&self) -> Url {
        format!("http://localhost:{}", self.public_port).parse().expect("a URL")
    }

    /// Starts the node at the public address.
    pub async fn node(&self) -> Node {
        self.node_at(self.public_port).await
    }

    /// Starts a further node, at an address of its own.
    pub async fn another_node(&self) -> Node {
        self.node_at(free_port()).await
    }

    async fn node_at(&self, port: u16) -> Node {
        let log = self.folder.path().join(format!("node-{port}.log"));
        let to = File::options().create(true).append(true).open(&log).expect("a log file");
        let child = self
            .command(&["serve"])
            .env("COUNTERSIGN__HTTP__LISTEN", format!("127.0.0.1:{port}"))
            .stdout(to.try_clone().expect("a log file"))
            .stderr(to)
            .spawn()
            .expect("the program starts");
        let url = format!("http://127.0.0.1:{port}").parse().expect("a URL");
        let mut node = Node { url, child, log };
        wait_until_ready(&mut node.child, &node.url.join("/health/ready").unwrap(), &node.log)
            .await;
        node
    }

    /// Somebody with an account, made on the command line.
    pub fn person(&self, name: &str) -> Person {
        let person = Person::new(name);
        let arguments = ["--email", &*person.email, "--name", &*person.name];
        let arguments =
            [&["users", "add", "--verified", "--password-stdin", "--json"], &arguments[..]];
        self.say(&arguments.concat(), &person.password);
        person
    }

    /// A web app with a secret, registered on the command line.
    pub async fn app(&self, name: &str) -> RelyingParty {
        let back = format!("https://{}.example/cb", name.to_lowercase());
        let grant_types = ["authorization_code", "refresh_token"];
        let metadata = json!({ "redirect_uris": [back], "grant_types": grant_types });
        self.register(name, metadata, &back).await
    }

    /// An app on a device with a secret, registered on the command line.
    pub async fn device(&self, name: &str) -> RelyingParty {
        let grant_types = ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"];
        let metadata = json!({ "redirect_uris": [], "grant_types": grant_types });
        self.register(name, metadata, "").await
    }

    async fn register(&self, name: &str, mut metadata: Value, back: &str) -> RelyingParty {
        let owner = self.person(&format!("{name}-owner"));
        metadata["client_name"] = json!(name);
        let file = self.file("app.json", &metadata.to_string());
        let arguments =
            ["apps", "register", "--file", &file, "--owner", &owner.email, "--live", "--json"];
        let told: Value = serde_json::from_str(&self.say(&arguments, "")).expect("JSON");
        let (id, secret) = (told["client_id"].as_str(), told["client_secret"].as_str());
        RelyingParty::discover(&self.public_url(), id.expect("an id"), secret, back).await
    }

    /// Runs a command that must succeed, feeding it a line; returns what it printed.
    pub fn say(&self, arguments: &[&str], input: &str) -> String {
        let file = self.folder.path().join("input");
        fs::write(&file, input).expect("room on the disk");
        let mut command = self.command(arguments);
        let output = command.stdin(File::open(&file).unwrap()).output().expect("the program runs");
        let trouble = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {}: {trouble}", output.status);
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Keeps a text where commands can read it; returns the file's name.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("room on the disk");
        path.display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }
}

/// A running server process; killed when dropped.
pub struct Node {
    pub url: Url,
    child: Child,
    log: PathBuf,
}

impl Node {
    /// SIGKILL: no chance to write anything.
    pub fn kill(&mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("its end");
    }

    /// SIGTERM: the ordinary stop.
    pub fn stop(&mut self) -> ExitStatus {
        let told = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(told.expect("`kill`").success());
        self.child.wait().expect("its end")
    }

    /// What it wrote so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a process answers at an address; complains with its log if it never does.
pub async fn wait_until_ready(child: &mut Child, at: &Url, log: &Path) {
    let log = || fs::read_to_string(log).unwrap_or_default();
    let began = Instant::now();
    loop {
        if let Ok(answer) = Request::get(at).try_send().await
            && answer.status == 200
        {
            return;
        }
        let ended = child.try_wait().expect("its state");
        assert!(ended.is_none(), "it ended with {ended:?}: {}", log());
        assert!(began.elapsed() < PATIENCE, "{at} is not ready: {}", log());
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A port for a program that is still to be started. Connections out of this machine never take one
/// of these by chance, as they do those that the system hands out; nor does another test.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 9_000).expect("a small number");
    let mut ports = iter::repeat_with(|| {
        10_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed) % 9_000) % 9_000
    });
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
