//! Calls to servers of this test's own, with and without TLS.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use openssl::{
    asn1::Asn1Time,
    bn::BigNum,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    ssl::{SslAcceptor, SslMethod},
    x509::{X509NameBuilder, extension::SubjectAlternativeName},
};
use serde_json::{Value, json};

use super::*;

/// A certificate for `name` that vouches for itself.
fn certificate(name: &str) -> (X509, PKey<Private>) {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut subject = X509NameBuilder::new().unwrap();
    subject.append_entry_by_text("CN", name).unwrap();
    let subject = subject.build();
    let mut made = X509::builder().unwrap();
    made.set_version(2).unwrap();
    made.set_serial_number(&BigNum::from_u32(1).unwrap().to_asn1_integer().unwrap()).unwrap();
    made.set_subject_name(&subject).unwrap();
    made.set_issuer_name(&subject).unwrap();
    made.set_pubkey(&key).unwrap();
    made.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    made.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    let names = SubjectAlternativeName::new().dns(name).build(&made.x509v3_context(None, None));
    made.append_extension(names.unwrap()).unwrap();
    made.sign(&key, MessageDigest::sha256()).unwrap();
    (made.build(), key)
}

/// A server that gives everybody the same answer and remembers what it was asked.
struct Server {
    address: SocketAddr,
    certificate: X509,
    asked: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let (answer, listener) = (answer.into(), TcpListener::bind("127.0.0.1:0").unwrap());
        let (certificate, key) = certificate("shop.example");
        let mut tls = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).unwrap();
        tls.set_private_key(&key).unwrap();
        tls.set_certificate(&certificate).unwrap();
        let tls = tls.build();
        let server = Self {
            address: listener.local_addr().unwrap(),
            certificate,
            asked: Arc::default(),
            connections: Arc::default(),
        };
        let (asked, connections) = (server.asked.clone(), server.connections.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                connections.fetch_add(1, Ordering::SeqCst);
                let Ok(mut stream) = tls.accept(stream.unwrap()) else { continue };
                let mut request = vec![0; 4096];
                let read = stream.read(&mut request).unwrap_or(0);
                asked.lock().unwrap().push(String::from_utf8_lossy(&request[..read]).into_owned());
                if answer.is_empty() {
                    // Says nothing and keeps the line.
                    std::mem::forget(stream);
                } else {
                    let _ = stream.write_all(&answer);
                    let _ = stream.shutdown();
                }
            }
        });
        server
    }

    fn json(body: &str) -> Self {
        Self::answering(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    fn url(&self, path: &str) -> Url {
        format!("https://shop.example:{}{path}", self.address.port()).parse().unwrap()
    }

    /// A way out that trusts this server and may reach it.
    fn way_in(&self) -> Outbound {
        Outbound::under(Rules { extra_roots: vec![self.certificate.clone()], ..rules() })
    }
}

fn rules() -> Rules {
    Rules {
        extra_roots: Vec::new(),
        private_too: true,
        timeout: Duration::from_secs(10),
        body_limit: 1024,
        parallel: 4,
        resolve: |_, port| Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))]),
    }
}

fn run<T>(work: impl Future<Output = T>) -> T {
    runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn a_document_is_fetched_from_the_checked_address_under_its_own_name() {
    let server = Server::json(r#"{"keys":[]}"#);
    let keys: Value = run(server.way_in().get_json(&server.url("/jwks?a=b"))).unwrap();
    assert_eq!(keys, json!({"keys": []}));
    let asked = server.asked.lock().unwrap()[0].to_ascii_lowercase();
    assert!(asked.starts_with("get /jwks?a=b http/1.1\r\n"), "{asked}");
    assert!(asked.contains(&format!("host: shop.example:{}\r\n", server.address.port())));
    assert!(asked.contains("user-agent: countersign/"), "{asked}");
}

#[test]
fn a_form_is_posted_with_its_fields_escaped() {
    let server = Server::json("{}");
    let call = Call::post_form(&server.url("/out"), &[("logout_token", "a b&c")]);
    let answer = run(server.way_in().send(call)).unwrap();
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let asked = server.asked.lock().unwrap()[0].clone();
    assert!(asked.contains("content-type: application/x-www-form-urlencoded\r\n"), "{asked}");
}

#[test]
fn a_certificate_for_another_name_is_not_trusted() {
    let server = Server::json("{}");
    let url = format!("https://other.example:{}/", server.address.port()).parse().unwrap();
    let outcome = run(server.way_in().get_json::<Value>(&url));
    assert!(matches!(outcome, Err(Error::Unreachable(_))), "{outcome:?}");
    assert!(server.asked.lock().unwrap().is_empty());
}

#[test]
fn a_certificate_nobody_vouches_for_is_not_trusted() {
    let server = Server::json("{}");
    let outcome = run(Outbound::under(rules()).get_json::<Value>(&server.url("/")));
    assert!(matches!(outcome, Err(Error::Unreachable(_))), "{outcome:?}");
    assert!(server.asked.lock().unwrap().is_empty());
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Server::json("{}");
    let server = Server::answering(format!(
        "HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
        elsewhere.url("/")
    ));
    let outcome = run(server.way_in().get_json::<Value>(&server.url("/")));
    assert_eq!(outcome, Err(Error::Status(302)));
    assert_eq!(elsewhere.connections.load(Ordering::SeqCst), 0);
}

#[test]
fn an_answer_that_is_too_large_is_not_read() {
    let announced = Server::json(&"x".repeat(1025));
    let outcome = run(announced.way_in().get_json::<Value>(&announced.url("/")));
    assert_eq!(outcome, Err(Error::TooLarge));
    let endless = format!("HTTP/1.0 200 OK\r\n\r\n{}", "x".repeat(100_000));
    let silent = Server::answering(endless);
    let outcome = run(silent.way_in().get_json::<Value>(&silent.url("/")));
    assert_eq!(outcome, Err(Error::TooLarge));
}

#[test]
fn an_answer_that_is_not_the_json_asked_for_is_an_error() {
    let server = Server::json("<html>");
    let outcome = run(server.way_in().get_json::<Value>(&server.url("/")));
    assert_eq!(outcome, Err(Error::NotJson));
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    let server = Server::answering("");
    let rules = Rules {
        extra_roots: vec![server.certificate.clone()],
        timeout: Duration::from_millis(300),
        ..rules()
    };
    let outcome = run(Outbound::under(rules).get_json::<Value>(&server.url("/")));
    assert_eq!(outcome, Err(Error::TimedOut));
}

#[test]
fn a_stranger_leads_us_into_no_private_network() {
    let server = Server::json("{}");
    let closed = Rules { private_too: false, ..rules() };
    let closed = |resolve| {
        let extra_roots = vec![server.certificate.clone()];
        Outbound::under(Rules { extra_roots, resolve, ..closed.clone() })
    };
    let resolvers: [Resolve; 3] = [
        |_, port| Ok(vec![SocketAddr::from(([127, 0, 0, 1], port))]),
        |_, port| Ok(vec![([1, 1, 1, 1], port).into(), ([127, 0, 0, 1], port).into()]),
        |_, port| Ok(vec![(std::net::Ipv4Addr::LOCALHOST.to_ipv6_mapped(), port).into()]),
    ];
    for resolve in resolvers {
        let outcome = run(closed(resolve).get_json::<Value>(&server.url("/")));
        assert!(matches!(outcome, Err(Error::Refused(_))), "{outcome:?}");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
    // The same address named by the operator is the operator's business.
    let call = Call::get(&server.url("/")).named_by_operator();
    assert_eq!(run(closed(resolvers[0]).send(call)).unwrap().status, 200);
}

#[test]
fn a_name_without_address_and_a_port_without_server_are_told_apart() {
    let nowhere: Url = "https://nowhere.example/".parse().unwrap();
    let rules_without = Rules { resolve: |_, _| Ok(Vec::new()), ..rules() };
    let outcome = run(Outbound::under(rules_without).get_json::<Value>(&nowhere));
    assert_eq!(outcome, Err(Error::Unresolved));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let closed = format!("https://shop.example:{port}/").parse().unwrap();
    let outcome = run(Outbound::under(rules()).get_json::<Value>(&closed));
    assert!(matches!(outcome, Err(Error::Unreachable(_))), "{outcome:?}");
}

#[test]
fn a_name_with_a_dead_address_is_reached_at_the_next() {
    let server = Server::json("{}");
    let rules = Rules {
        extra_roots: vec![server.certificate.clone()],
        resolve: |_, port| Ok([[127, 0, 0, 2], [127, 0, 0, 1]].map(|ip| (ip, port).into()).into()),
        ..rules()
    };
    let call = Call::post_form(&server.url("/"), &[]);
    assert_eq!(run(Outbound::under(rules).send(call)).unwrap().status, 200);
}

#[test]
fn what_may_have_arrived_is_not_sent_twice() {
    let server = Server::answering("this is not HTTP\r\n\r\n");
    let rules = Rules {
        extra_roots: vec![server.certificate.clone()],
        resolve: |_, port| Ok([[127, 0, 0, 1], [127, 0, 0, 1]].map(|ip| (ip, port).into()).into()),
        ..rules()
    };
    let outcome = run(Outbound::under(rules).send(Call::post_form(&server.url("/"), &[])));
    assert!(matches!(outcome, Err(Error::Lost(_))), "{outcome:?}");
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[test]
fn many_threads_share_one_way_out() {
    let server = Server::json("{}");
    let outbound = server.way_in();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let answer: Value = run(outbound.get_json(&server.url("/"))).unwrap();
                assert_eq!(answer, json!({}));
            });
        }
    });
    assert_eq!(server.asked.lock().unwrap().len(), 8);
}

#[test]
fn extra_certificates_that_cannot_be_read_are_refused_at_the_start() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for path in ["/nowhere/ca.pem".into(), file.path().to_path_buf()] {
        let settings = config::Outbound { extra_ca_file: Some(path.clone()), ..Default::default() };
        let problem = Outbound::new(&settings).err().unwrap();
        assert!(problem.starts_with("outbound.extra_ca_file: reading"), "{problem}");
        assert!(problem.contains(&path.display().to_string()), "{problem}");
    }
}
