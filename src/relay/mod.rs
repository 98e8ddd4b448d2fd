//! The mail relay: what apps write to the addresses that were made for them ("hide my email").
//!
//! Owns the conversation with the mail servers of others (RFC 5321), the judgement whether a mail is
//! taken, and its way into the outbox, from where it leaves as every mail does. Takes mail for living
//! addresses only and passes nothing on to anywhere else. The mail itself stays as it was written, so
//! that its signatures hold and answers go where its sender wants them; what is ours stands before it.

mod accept;
mod command;
mod data;
mod door;
mod headers;
mod reply;
mod session;
mod tls;
mod wire;

use std::{fmt, io, rc::Rc, sync::Arc, time::Duration};

use openssl::ssl::SslAcceptor;
use tokio::{net::TcpStream, task::spawn_local, time};

use crate::{app::App, config::HideMyEmail};
use door::Door;
use reply::Reply;
use session::{End, Session};
use wire::Wire;

/// A conversation that takes longer is ended.
const LONGEST: Duration = Duration::from_mins(15);

/// How long nobody is let in when the machine has no more to give.
const PAUSE: Duration = Duration::from_millis(200);

/// Listens for mail.
pub struct Relay {
    app: Arc<App>,
    listener: tokio::net::TcpListener,
    tls: Option<SslAcceptor>,
}

impl Relay {
    /// A relay on this listener, as the settings describe it.
    ///
    /// # Errors
    /// If the listener or the certificate cannot be used.
    pub fn open(app: Arc<App>, listener: std::net::TcpListener) -> Result<Self, RelayError> {
        let tls = tls::acceptor(&app.config.hide_my_email).map_err(RelayError)?;
        let opened = listener
            .set_nonblocking(true)
            .and_then(|()| tokio::net::TcpListener::from_std(listener));
        let listener = opened.map_err(|error| RelayError(format!("listening: {error}")))?;
        Ok(Self { app, listener, tls })
    }

    /// Talks with whoever comes, for as long as the process lives.
    pub async fn run(self) {
        let relay = Rc::new(self);
        let door = Rc::new(Door::new(relay.settings()));
        loop {
            let Ok((stream, from)) = relay.listener.accept().await else {
                time::sleep(PAUSE).await;
                continue;
            };
            let peer = from.ip().to_canonical().to_string();
            let (relay, place) = (Rc::clone(&relay), door.enter(&peer));
            spawn_local(async move {
                let talk = async {
                    match &place {
                        Some(_) => relay.converse(stream, &peer).await,
                        None => turn_away(stream, relay.patience()).await,
                    }
                };
                // Whatever was not acknowledged will be sent again.
                let _ = time::timeout(LONGEST, talk).await;
            });
        }
    }

    fn settings(&self) -> &HideMyEmail {
        &self.app.config.hide_my_email
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.settings().timeout_seconds)
    }

    /// Talks with one mail server, in clear and then, if it wishes, encrypted (RFC 3207).
    async fn converse(&self, stream: TcpStream, peer: &str) -> io::Result<()> {
        let mut wire = Wire::new(stream, self.patience());
        let greeting = format!("220 {} ESMTP", self.host());
        wire.say(&greeting).await?;
        let session = Session::new(self, peer, false);
        let Some(tls) = &self.tls else { return session.run(&mut wire).await.map(drop) };
        if session.run(&mut wire).await? == End::StartTls {
            let stream = time::timeout(self.patience(), tls::accept(tls, wire.into_stream()));
            let mut wire = Wire::new(stream.await??, self.patience());
            Session::new(self, peer, true).run(&mut wire).await?;
        }
        Ok(())
    }

    /// Who we are to mail servers.
    fn host(&self) -> &str {
        self.settings().domain.as_deref().unwrap_or("localhost")
    }
}

async fn turn_away(stream: TcpStream, patience: Duration) -> io::Result<()> {
    Wire::new(stream, patience).say(Reply::TOO_MANY_CONNECTIONS.0).await
}

/// Why the relay cannot be opened, in a sentence for the operator.
#[derive(Debug)]
pub struct RelayError(String);

impl fmt::Display for RelayError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for RelayError {}
