//! Where the server is reached.

use std::net::{IpAddr, SocketAddr};

use super::{network::Network, per_core::PerCore, public_url::PublicUrl, section::section};

section! {
    /// Where the server is reached.
    Http {
        /// The one origin under which people and programs reach this server. It is the issuer in
        /// every token and the base of every link; no header of a request changes it. It must be
        /// https, except on a loopback host.
        public_url: PublicUrl = PublicUrl::default();
        /// Where this process listens. Behind a proxy, what the proxy connects to.
        listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080));
        /// Where `/metrics` is served. Without it, `/metrics` answers on `listen`, to callers from
        /// this machine only.
        metrics_listen: Option<SocketAddr> = None;
        /// The proxies whose `X-Forwarded-For` is believed when a caller's address is recorded or
        /// limited: addresses or networks such as `10.0.0.0/8`.
        trusted_proxies: Vec<Network> = Vec::new();
        /// How many threads answer requests.
        workers: PerCore = PerCore::EACH, 1..=1024;
        /// The largest body of a request that is read.
        body_limit_bytes: usize = 65_536, 4_096..=16_777_216;
        /// How long a caller may take to send the head of a request.
        head_timeout_seconds: u64 = 10, 1..=120;
        /// How long an idle connection is kept open.
        keep_alive_seconds: u64 = 75, 1..=3_600;
        /// How many connections are open at once, over all threads.
        connections_limit: usize = 25_000, 16..=1_000_000;
        /// How long a stop waits for requests that are being answered.
        drain_seconds: u64 = 20, 1..=25;
    }
}

impl Http {
    /// Whether this address is one of our own proxies.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(address))
    }
}
