//! The encrypted connection (RFC 3207).

use std::{io, pin::Pin};

use openssl::ssl::{Ssl, SslAcceptor, SslFiletype, SslMethod};
use tokio::net::TcpStream;
use tokio_openssl::SslStream;

use crate::config::HideMyEmail;

/// What the certificate of the settings makes possible; nothing without one.
///
/// # Errors
/// If the certificate or its key cannot be used, in a sentence that names the setting.
pub fn acceptor(settings: &HideMyEmail) -> Result<Option<SslAcceptor>, String> {
    let (Some(certificate), Some(key)) = (&settings.certificate_file, &settings.key_file) else {
        return Ok(None);
    };
    let wrong = |key: &str, error| format!("hide_my_email.{key}: {error}");
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls())
        .map_err(|error| wrong("certificate_file", error))?;
    builder
        .set_certificate_chain_file(certificate)
        .map_err(|error| wrong("certificate_file", error))?;
    builder
        .set_private_key_file(key, SslFiletype::PEM)
        .and_then(|()| builder.check_private_key())
        .map_err(|error| wrong("key_file", error))?;
    Ok(Some(builder.build()))
}

/// Encrypts a connection.
///
/// # Errors
/// If the other side does not agree.
pub async fn accept(acceptor: &SslAcceptor, stream: TcpStream) -> io::Result<SslStream<TcpStream>> {
    let mut stream = SslStream::new(Ssl::new(acceptor.context())?, stream)?;
    Pin::new(&mut stream).accept().await.map_err(io::Error::other)?;
    Ok(stream)
}
