//! The client itself: look up, check, connect to what was checked, read no more than allowed.

use std::{
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
};

use awc::{
    Connector,
    error::{PayloadError, SendRequestError},
    http::{Method, header},
};
use openssl::{
    error::ErrorStack,
    ssl::{SslConnector, SslMethod, SslVersion},
};
use tokio::task::spawn_blocking;
use url::{Host, Url};

use super::{Answer, Call, Error, Rules, address};

/// Looks up a name.
pub type Resolve = fn(&str, u16) -> io::Result<Vec<SocketAddr>>;

/// Asks the machine's resolver.
pub fn look_up(name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    (name, port).to_socket_addrs().map(Iterator::collect)
}

/// Makes calls on its own thread.
#[derive(Clone)]
pub struct Client {
    awc: Result<awc::Client, String>,
    private_too: bool,
    body_limit: usize,
    resolve: Resolve,
}

impl Client {
    pub fn new(rules: &Rules) -> Self {
        Self {
            awc: tls(rules).map(|tls| client(tls, rules)).map_err(|error| error.to_string()),
            private_too: rules.private_too,
            body_limit: rules.body_limit,
            resolve: rules.resolve,
        }
    }

    /// Makes one call. Time is kept by whoever waits for it.
    pub async fn make(&self, call: Call) -> Result<Answer, Error> {
        let free = self.private_too || call.by_operator;
        if !free {
            address::check_url(&call.url)?;
        }
        let places = self.places(&call.url).await?;
        if !free {
            // All of them: a name with one public and one private address is up to no good.
            places.iter().try_for_each(|place| address::check(place.ip()))?;
        }
        let mut outcome = Err(Error::Unresolved);
        for place in places {
            outcome = self.make_at(&call, place).await;
            // Only while nothing has been sent: another try must not do a thing twice.
            if !matches!(outcome, Err(Error::Unreachable(_))) {
                break;
            }
        }
        outcome
    }

    /// The addresses of a URL's host, looked up once.
    async fn places(&self, url: &Url) -> Result<Vec<SocketAddr>, Error> {
        let port = url.port_or_known_default().ok_or(Error::Refused("it has no port"))?;
        let name = match url.host() {
            Some(Host::Ipv4(address)) => return Ok(vec![(IpAddr::V4(address), port).into()]),
            Some(Host::Ipv6(address)) => return Ok(vec![(IpAddr::V6(address), port).into()]),
            Some(Host::Domain(name)) => name.to_owned(),
            None => return Err(Error::Refused("it names no host")),
        };
        let resolve = self.resolve;
        let found = spawn_blocking(move || resolve(&name, port)).await;
        match found {
            Ok(Ok(places)) if !places.is_empty() => Ok(places),
            _ => Err(Error::Unresolved),
        }
    }

    /// Makes the call at the address that was checked; the name stays in `Host` and in TLS.
    async fn make_at(&self, call: &Call, place: SocketAddr) -> Result<Answer, Error> {
        let awc = self.awc.as_ref().map_err(|why| Error::Unreachable(why.clone()))?;
        let method = if call.posts { Method::POST } else { Method::GET };
        let mut request = awc.request(method, call.url.as_str()).address(place).force_close();
        for (name, value) in &call.headers {
            request = request.insert_header((*name, value.as_str()));
        }
        let mut answer = request.send_body(call.body.clone()).await.map_err(refusal)?;
        let body = answer.body().limit(self.body_limit).await.map_err(|error| match error {
            PayloadError::Overflow => Error::TooLarge,
            error => Error::Lost(error.to_string()),
        })?;
        let headers = answer.headers().iter();
        Ok(Answer {
            status: answer.status().as_u16(),
            headers: headers
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body: body.to_vec(),
        })
    }
}

fn refusal(error: SendRequestError) -> Error {
    match error {
        SendRequestError::Timeout => Error::TimedOut,
        SendRequestError::Connect(error) => Error::Unreachable(error.to_string()),
        error => Error::Lost(error.to_string()),
    }
}

fn client(tls: SslConnector, rules: &Rules) -> awc::Client {
    // A first address that is dead leaves time for the second.
    let patience = rules.timeout / 2;
    let connector = Connector::new().openssl(tls).timeout(patience).handshake_timeout(patience);
    awc::Client::builder()
        .connector(connector.limit(rules.parallel))
        .disable_redirects()
        .timeout(rules.timeout)
        .add_default_header((
            header::USER_AGENT,
            concat!("Countersign/", env!("CARGO_PKG_VERSION")),
        ))
        .finish()
}

/// TLS 1.2 or later, with the machine's trust roots (our OpenSSL knows none by itself) and the
/// operator's.
fn tls(rules: &Rules) -> Result<SslConnector, ErrorStack> {
    let mut tls = SslConnector::builder(SslMethod::tls_client())?;
    tls.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    tls.set_alpn_protos(b"\x08http/1.1")?;
    let roots = openssl_probe::probe();
    if let Some(file) = &roots.cert_file {
        tls.load_verify_locations(Some(file), None)?;
    }
    for folder in &roots.cert_dir {
        tls.load_verify_locations(None, Some(folder))?;
    }
    for root in &rules.extra_roots {
        tls.cert_store_mut().add_cert(root.clone())?;
    }
    Ok(tls.build())
}
