//! Lines of bytes, each in its time and none too long.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    time,
};

/// As much is read at once.
const CHUNK: usize = 16 * 1024;

/// Why there is no line.
#[derive(Debug)]
pub enum Trouble {
    /// A CR or LF stood alone.
    Bare,
    /// It is longer than allowed.
    TooLong,
    /// It did not come in time.
    Slow,
    /// The connection ended.
    Closed(io::Error),
}

/// A connection, read line by line.
pub struct Wire<S> {
    stream: S,
    /// What came and was not read yet.
    buffer: Vec<u8>,
    patience: Duration,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    /// A wire over this connection, on which each line has so long to come.
    pub fn new(stream: S, patience: Duration) -> Self {
        Self { stream, buffer: Vec::new(), patience }
    }

    /// The connection itself. What came and was not read is lost.
    pub fn into_stream(self) -> S {
        self.stream
    }

    /// Whether the other side has sent more than was read.
    pub fn is_ahead(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// Says one line.
    pub async fn say(&mut self, line: &str) -> io::Result<()> {
        let line = format!("{line}\r\n");
        let said = async {
            self.stream.write_all(line.as_bytes()).await?;
            self.stream.flush().await
        };
        time::timeout(self.patience, said).await?
    }

    /// Reads one line of at most `most` bytes, without the CR and LF that end it.
    pub async fn read_line(&mut self, most: usize) -> Result<Vec<u8>, Trouble> {
        let line = time::timeout(self.patience, self.line(most)).await;
        line.unwrap_or(Err(Trouble::Slow))
    }

    async fn line(&mut self, most: usize) -> Result<Vec<u8>, Trouble> {
        let mut searched = 0;
        loop {
            let end = self.buffer[searched..].iter().position(|byte| *byte == b'\n');
            if let Some(end) = end.map(|end| searched + end) {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return ended(line, most);
            }
            searched = self.buffer.len();
            if searched > most + 1 {
                return Err(Trouble::TooLong);
            }
            self.buffer.reserve(CHUNK);
            match self.stream.read_buf(&mut self.buffer).await {
                Ok(0) => return Err(Trouble::Closed(io::ErrorKind::UnexpectedEof.into())),
                Ok(_) => {}
                Err(error) => return Err(Trouble::Closed(error)),
            }
        }
    }
}

/// The line before its end, if that is CR and LF and neither stands within it.
fn ended(mut line: Vec<u8>, most: usize) -> Result<Vec<u8>, Trouble> {
    line.pop();
    if line.pop() != Some(b'\r') || line.contains(&b'\r') {
        return Err(Trouble::Bare);
    }
    if line.len() > most { Err(Trouble::TooLong) } else { Ok(line) }
}
