//! Mail that comes in encrypted (RFC 3207).

use std::{fs, pin::Pin};

use openssl::{
    asn1::Asn1Time,
    bn::BigNum,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::PKey,
    ssl::{SslConnector, SslMethod, SslVerifyMode},
    x509::{X509, X509NameBuilder},
};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_openssl::SslStream;

use super::{FROM, Post, hide, letter};
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    smtp::Sender,
};

/// A certificate that signed itself, and its key, in files.
fn certificate(folder: &TempDir) -> (String, String) {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "private.example.com").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    let serial = BigNum::from_u32(1).unwrap().to_asn1_integer().unwrap();
    certificate.set_serial_number(&serial).unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("cert.pem"), certificate.build().to_pem().unwrap()).unwrap();
    fs::write(path("key.pem"), key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    let text = |name: &str| path(name).to_str().unwrap().to_owned();
    (text("cert.pem"), text("key.pem"))
}

async fn encrypt(stream: TcpStream) -> SslStream<TcpStream> {
    let mut connector = SslConnector::builder(SslMethod::tls()).unwrap();
    connector.set_verify(SslVerifyMode::NONE);
    let ssl = connector.build().configure().unwrap().verify_hostname(false);
    let ssl = ssl.into_ssl("private.example.com").unwrap();
    let mut stream = SslStream::new(ssl, stream).unwrap();
    Pin::new(&mut stream).connect().await.expect("an encrypted connection");
    stream
}

on_every_database! {
    async fn mail_may_come_in_encrypted(database: FreshDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = certificate(&folder);
        let more = [
            ("HIDE_MY_EMAIL__CERTIFICATE_FILE", &*certificate),
            ("HIDE_MY_EMAIL__KEY_FILE", &key),
        ];
        let post = Post::open(database, &more).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        let (mut sender, _) = Sender::connect(post.port).await;
        assert!(sender.say("EHLO mail.shop.example").await.contains("250-STARTTLS"));
        sender.say("MAIL FROM:<eve@evil.example>").await;
        assert!(sender.say("STARTTLS").await.starts_with("220"));
        let mut sender = Sender::over(encrypt(sender.into_stream()).await);
        let said = sender.say("MAIL FROM:<news@shop.example>").await;
        assert!(said.starts_with("503"), "what was said in clear is forgotten: {said}");
        let offer = sender.say("EHLO mail.shop.example").await;
        assert!(!offer.contains("STARTTLS"), "{offer}");
        assert!(sender.say("STARTTLS").await.starts_with("503"));
        assert!(sender.announce(FROM, &address).await.starts_with("250"));
        let mail = format!("{}\r\n.\r\n", letter(&address));
        assert_eq!(sender.data(mail.as_bytes()).await, "250 2.0.0 Taken");
        post.deliver().await;
        assert!(post.out.mails()[0].text.contains("with ESMTPS;"), "{:?}", post.out.mails());
    }

    async fn nothing_is_slipped_in_before_the_encryption(database: FreshDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = certificate(&folder);
        let more = [
            ("HIDE_MY_EMAIL__CERTIFICATE_FILE", &*certificate),
            ("HIDE_MY_EMAIL__KEY_FILE", &key),
        ];
        let post = Post::open(database, &more).await;
        let mut sender = Sender::greet(post.port).await;
        sender.send(b"STARTTLS\r\nMAIL FROM:<eve@shop.example>\r\n").await;
        assert!(sender.hear().await.starts_with("503 5.5.1"));
        assert_eq!(sender.hear().await, "");
    }
}
