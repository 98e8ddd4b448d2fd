//! Just enough HTTP/1.1 to load a server without loading the machine: one kept connection, one
//! request at a time, answers with a `Content-Length`.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A connection that is opened when it is first needed and again when the server has closed it.
pub struct Connection {
    to: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The head, as it came.
    pub head: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Connection {
    /// A connection to one of this machine's own ports; there is no other kind.
    pub fn to(port: u16) -> Self {
        let to = SocketAddr::from(([127, 0, 0, 1], port));
        Self { to, stream: None, buffer: Vec::with_capacity(16_384) }
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(self.to).await?;
            stream.set_nodelay(true)?;
            stream
        };
        stream.write_all(request).await?;
        self.buffer.clear();
        let (status, head, end) = loop {
            more(&mut stream, &mut self.buffer).await?;
            if let Some(head) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let text = std::str::from_utf8(&self.buffer[..head]).map_err(io::Error::other)?;
                let (status, length) = read(text)?;
                break (status, head, head + 4 + length);
            }
        };
        while self.buffer.len() < end {
            more(&mut stream, &mut self.buffer).await?;
        }
        let text = std::str::from_utf8(&self.buffer[..head]).map_err(io::Error::other)?;
        if !says(text, "connection", "close") {
            self.stream = Some(stream);
        }
        Ok(Answer { status, head: text, body: &self.buffer[head + 4..end] })
    }
}

impl Answer<'_> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        headers(self.head).find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|pair| pair.1)
    }

    /// The `name=value` of every cookie that is set.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        headers(self.head)
            .filter(|(header, _)| header.eq_ignore_ascii_case("set-cookie"))
            .filter_map(|(_, cookie)| cookie.split(';').next())
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.body).unwrap_or_default()
    }
}

/// A request with a body, ready to be sent.
pub fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A request without a body, ready to be sent.
pub fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n").into_bytes()
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(buffer).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

fn read(head: &str) -> io::Result<(u16, usize)> {
    let strange = || io::Error::other(format!("not an answer we can read: {head}"));
    let status = head.split(' ').nth(1).and_then(|text| text.parse().ok()).ok_or_else(strange)?;
    let length = headers(head).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    match length {
        Some((_, text)) => Ok((status, text.parse().map_err(io::Error::other)?)),
        None if matches!(status, 204 | 304) => Ok((status, 0)),
        None => Err(strange()),
    }
}

fn headers(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.split("\r\n").skip(1).filter_map(|line| line.split_once(':')).map(|(n, v)| (n, v.trim()))
}

fn says(head: &str, name: &str, value: &str) -> bool {
    headers(head).any(|(n, v)| n.eq_ignore_ascii_case(name) && v.eq_ignore_ascii_case(value))
}
