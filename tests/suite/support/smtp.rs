//! A mail server that sends, byte by byte, whatever it is told to.

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
};

/// A connection to a mail server that takes.
pub struct Sender<S = TcpStream> {
    stream: S,
    unread: Vec<u8>,
}

impl Sender {
    /// Connects, and hears the greeting.
    pub async fn connect(port: u16) -> (Self, String) {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("a mail server");
        let mut sender = Self::over(stream);
        let greeting = sender.hear().await;
        (sender, greeting)
    }

    /// The same, and has said its name.
    pub async fn greet(port: u16) -> Self {
        let (mut sender, greeting) = Self::connect(port).await;
        assert!(greeting.starts_with("220 "), "{greeting}");
        assert!(sender.say("EHLO mail.shop.example").await.starts_with("250"));
        sender
    }

    pub fn into_stream(self) -> TcpStream {
        self.stream
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Sender<S> {
    pub fn over(stream: S) -> Self {
        Self { stream, unread: Vec::new() }
    }

    /// Says one line, and hears the answer.
    pub async fn say(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n").as_bytes()).await;
        self.hear().await
    }

    /// Sends these bytes, and hears nothing.
    pub async fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.expect("somebody who listens");
    }

    /// One reply, all its lines; nothing once nobody is there any more.
    pub async fn hear(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let Some(line) = self.line().await else { return reply };
            let last = line.as_bytes().get(3) != Some(&b'-');
            reply.push_str(&line);
            if last {
                return reply;
            }
            reply.push('\n');
        }
    }

    async fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.unread.windows(2).position(|it| it == b"\r\n") {
                let line = self.unread.drain(..end + 2).take(end).collect();
                return Some(String::from_utf8(line).expect("a reply in ASCII"));
            }
            let mut chunk = [0; 1024];
            match self.stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.unread.extend_from_slice(&chunk[..count]),
            }
        }
    }

    /// Announces a mail; the answer to the recipient.
    pub async fn announce(&mut self, from: &str, to: &str) -> String {
        let fine = self.say(&format!("MAIL FROM:<{from}>")).await;
        assert!(fine.starts_with("250"), "{fine}");
        self.say(&format!("RCPT TO:<{to}>")).await
    }

    /// Sends what follows `DATA`, as it is; the answer.
    pub async fn data(&mut self, mail: &[u8]) -> String {
        let go_on = self.say("DATA").await;
        assert!(go_on.starts_with("354"), "{go_on}");
        self.send(mail).await;
        self.hear().await
    }
}
