//! A conversation with one mail server (RFC 5321 §3): one command, one answer.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    Relay,
    accept::{self, Envelope, Refused},
    command::{self, Command},
    data::{self, Data},
    reply::Reply,
    wire::{Trouble, Wire},
};
use crate::identity::email_address::EmailAddress;

/// The longest command (RFC 5321 §4.5.3.1.4, and some more for parameters).
const LONGEST_COMMAND: usize = 1_000;

/// As many refusals are borne.
const MOST_REFUSALS: u32 = 20;

/// As many commands come in one conversation.
const MOST_COMMANDS: u32 = 2_000;

/// How a conversation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is over.
    Over,
    /// It goes on encrypted.
    StartTls,
}

/// One conversation, in clear or encrypted: nothing that was said in clear counts afterwards.
pub struct Session<'a> {
    relay: &'a Relay,
    peer: &'a str,
    encrypted: bool,
    /// The name it gave itself.
    name: Option<String>,
    /// The mail that it is about to send.
    envelope: Option<Envelope>,
}

/// What to do after a command.
enum Next {
    Answer(String),
    Last(Reply),
    Encrypt,
}

impl From<Reply> for Next {
    fn from(reply: Reply) -> Self {
        Self::Answer(reply.0.to_owned())
    }
}

impl<'a> Session<'a> {
    /// A conversation with this address.
    pub fn new(relay: &'a Relay, peer: &'a str, encrypted: bool) -> Self {
        Self { relay, peer, encrypted, name: None, envelope: None }
    }

    /// Talks until one side has enough.
    ///
    /// # Errors
    /// If the connection ends in the middle.
    pub async fn run<S>(mut self, wire: &mut Wire<S>) -> io::Result<End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut refusals = 0;
        for _ in 0..MOST_COMMANDS {
            let next = match wire.read_line(LONGEST_COMMAND).await {
                Ok(_) if wire.is_ahead() => Next::Last(Reply::AHEAD),
                Ok(line) => self.answer(wire, &line).await?,
                Err(trouble) => last_word(trouble)?,
            };
            match next {
                Next::Answer(line) => {
                    refusals += u32::from(line.starts_with(['4', '5']));
                    wire.say(&line).await?;
                }
                Next::Last(reply) => {
                    wire.say(reply.0).await?;
                    return Ok(End::Over);
                }
                Next::Encrypt => {
                    wire.say(Reply::ENCRYPT.0).await?;
                    return Ok(End::StartTls);
                }
            }
            if refusals > MOST_REFUSALS {
                break;
            }
        }
        wire.say(Reply::TOO_MANY_MISTAKES.0).await?;
        Ok(End::Over)
    }

    async fn answer<S>(&mut self, wire: &mut Wire<S>, line: &[u8]) -> io::Result<Next>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let command = match command::parse(line) {
            Ok(command) => command,
            Err(reply) => return Ok(reply.into()),
        };
        Ok(match command {
            Command::Ehlo(name) => {
                self.begin(name);
                Next::Answer(self.offer())
            }
            Command::Helo(name) => {
                self.begin(name);
                Next::Answer(format!("250 {}", self.relay.host()))
            }
            Command::Mail { sender, size } => self.mail(sender, size).into(),
            Command::Rcpt(address) => self.recipient(&address).await.into(),
            Command::Data => return self.data(wire).await,
            Command::Rset => {
                self.envelope = None;
                Reply::FINE.into()
            }
            Command::Noop => Reply::FINE.into(),
            Command::Vrfy => Reply::WHO_KNOWS.into(),
            Command::StartTls if self.encrypted => Reply::ORDER.into(),
            Command::StartTls if self.relay.tls.is_some() => Next::Encrypt,
            Command::StartTls => Reply::NOT_OFFERED.into(),
            Command::Quit => Next::Last(Reply::BYE),
        })
    }

    fn begin(&mut self, name: String) {
        self.name = Some(name);
        self.envelope = None;
    }

    /// What we can do (RFC 5321 §4.1.1.1). Pipelining is not among it.
    fn offer(&self) -> String {
        let size = self.relay.settings().message_limit_bytes;
        let tls = if self.encrypted || self.relay.tls.is_none() { "" } else { "250-STARTTLS\r\n" };
        let host = self.relay.host();
        format!("250-{host}\r\n{tls}250-SIZE {size}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
    }

    fn mail(&mut self, sender: Option<EmailAddress>, size: Option<u64>) -> Reply {
        if self.name.is_none() || self.envelope.is_some() {
            return Reply::ORDER;
        }
        if size.is_some_and(|size| size > self.relay.settings().message_limit_bytes) {
            return Reply::TOO_LARGE;
        }
        self.envelope = Some(Envelope { sender, recipients: Vec::new() });
        Reply::FINE
    }

    async fn recipient(&mut self, address: &EmailAddress) -> Reply {
        let most = self.relay.settings().recipients_limit;
        let Some(envelope) = &mut self.envelope else { return Reply::ORDER };
        let known = address.canonical().to_owned();
        if envelope.recipients.contains(&known) {
            return Reply::FINE;
        }
        if u32::try_from(envelope.recipients.len()).is_ok_and(|count| count >= most) {
            return Reply::TOO_MANY_RECIPIENTS;
        }
        match accept::recipient(&self.relay.app, envelope.sender.as_ref(), address).await {
            Ok(()) => {
                envelope.recipients.push(known);
                Reply::FINE
            }
            Err(refused) => refused.reply(),
        }
    }

    async fn data<S>(&mut self, wire: &mut Wire<S>) -> io::Result<Next>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let Some(envelope) = self.envelope.take() else { return Ok(Reply::ORDER.into()) };
        if envelope.recipients.is_empty() {
            return Ok(Reply::NOBODY.into());
        }
        wire.say(Reply::GO_ON.0).await?;
        let most = usize::try_from(self.relay.settings().message_limit_bytes).unwrap_or(usize::MAX);
        let mail = match data::read(wire, most).await {
            Ok(_) if wire.is_ahead() => return Ok(Next::Last(Reply::AHEAD)),
            Ok(Data::TooLarge) => return Ok(Reply::TOO_LARGE.into()),
            Ok(Data::Whole(mail)) => mail,
            Err(trouble) => return last_word(trouble),
        };
        let taken = accept::mail(&self.relay.app, envelope, &self.trace(), mail).await;
        Ok(taken.map_or_else(Refused::reply, |()| Reply::TAKEN).into())
    }

    /// Where the mail came from (RFC 5321 §4.4).
    fn trace(&self) -> String {
        let name = self.name.as_deref().unwrap_or("unknown");
        let way = if self.encrypted { "ESMTPS" } else { "ESMTP" };
        format!("from {name} ([{}])\r\n\tby {} with {way}", self.peer, self.relay.host())
    }
}

/// What is said when there is no line to answer; then the conversation is over.
fn last_word(trouble: Trouble) -> io::Result<Next> {
    match trouble {
        Trouble::Bare => Ok(Next::Last(Reply::BARE)),
        Trouble::TooLong => Ok(Next::Last(Reply::LINE_TOO_LONG)),
        Trouble::Slow => Ok(Next::Last(Reply::TOO_SLOW)),
        Trouble::Closed(error) => Err(error),
    }
}
