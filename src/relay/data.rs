//! The mail itself, up to the dot that ends it (RFC 5321 §4.1.1.4, §4.5.2).

use tokio::io::{AsyncRead, AsyncWrite};

use super::wire::{Trouble, Wire};

/// The longest line of a mail, without its end (RFC 5321 §4.5.3.1.6).
const LONGEST_LINE: usize = 998;

/// A mail that is larger than allowed is read to its end this far, to be refused politely.
const POLITENESS: usize = 4;

/// A mail as it came.
pub enum Data {
    /// The whole mail, each line with its end.
    Whole(Vec<u8>),
    /// It was larger than allowed, and is not kept.
    TooLarge,
}

/// Reads a mail of at most `most` bytes.
///
/// # Errors
/// If there is no telling where the mail ends, or nobody is there any more.
pub async fn read<S: AsyncRead + AsyncWrite + Unpin>(
    wire: &mut Wire<S>,
    most: usize,
) -> Result<Data, Trouble> {
    let (mut mail, mut size) = (Vec::new(), 0_usize);
    loop {
        let line = wire.read_line(LONGEST_LINE + 1).await?;
        if line == b"." {
            return Ok(if size > most { Data::TooLarge } else { Data::Whole(mail) });
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if line.len() > LONGEST_LINE {
            return Err(Trouble::TooLong);
        }
        size += line.len() + 2;
        if size > most.saturating_mul(POLITENESS) {
            return Err(Trouble::TooLong);
        }
        if size > most {
            mail = Vec::new();
        } else {
            mail.extend_from_slice(line);
            mail.extend_from_slice(b"\r\n");
        }
    }
}
