//! actix-web's own "hello", in a process of its own: the most that any answer can reach.

use std::{
    env,
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread::{available_parallelism, sleep},
    time::Duration,
};

use super::server::{self, told};

/// A running hello; stopped when dropped.
pub struct Hello {
    child: Child,
    /// Where it listens, on this machine only.
    pub port: u16,
}

impl Hello {
    /// Starts one that answers so many bytes, with as many threads as the server has.
    pub fn start(bytes: usize) -> Result<Self, String> {
        let port = free_port()?;
        let workers = available_parallelism().map_or(1, std::num::NonZero::get);
        let child = Command::new(env::current_exe().map_err(told("finding ourselves"))?)
            .args(["hello", &port.to_string(), &bytes.to_string(), &workers.to_string()])
            .stdin(Stdio::null())
            .spawn()
            .map_err(told("starting hello"))?;
        let hello = Self { child, port };
        for _ in 0..1000 {
            if server::ready(port) {
                return Ok(hello);
            }
            sleep(Duration::from_millis(5));
        }
        Err("hello does not answer".to_owned())
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody uses now.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(told("looking for a port"))?;
    Ok(listener.local_addr().map_err(told("looking for a port"))?.port())
}
