//! `countersign demo` as people start it: the server, and a shop beside it.

use std::{
    fs::File,
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;
use url::Url;

use super::{
    inbox,
    processes::{free_port, wait_until_ready},
};

/// A running demo; stopped when dropped.
pub struct Demo {
    pub server: Url,
    pub shop: Url,
    child: Child,
    _folder: TempDir,
}

impl Demo {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (server, shop) = (free_port(), free_port());
        let log = folder.path().join("log");
        let to = File::create(&log).expect("a log file");
        let child = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["demo", "--listen", &format!("127.0.0.1:{server}")])
            .args(["--shop-listen", &format!("127.0.0.1:{shop}")])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(to.try_clone().expect("a log file"))
            .stderr(to)
            .spawn()
            .expect("the program starts");
        let url = |port| format!("http://localhost:{port}").parse::<Url>().expect("a URL");
        let mut demo = Self { server: url(server), shop: url(shop), child, _folder: folder };
        let ready = demo.server.join("/health/ready").expect("a URL");
        wait_until_ready(&mut demo.child, &ready, &log).await;
        wait_until_ready(&mut demo.child, &demo.shop, &log).await;
        demo
    }

    /// The one-time code in the newest message to this address.
    pub async fn code_sent_to(&self, address: &str) -> String {
        inbox::code_sent_to(&self.server, address).await
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
