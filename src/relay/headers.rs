//! What the head of a mail says of where it comes from (RFC 5322 §3.6).

use super::reply::Reply;
use crate::{identity::email_address::EmailAddress, text::one_line};

/// What we write before a mail that we pass on, by which we know it again.
pub const OWN: &str = "Countersign-Relayed";

/// A mail that passed so many servers goes round in circles (RFC 5321 §6.3).
const MOST_HOPS: usize = 30;

/// No head is longer.
const MOST_BYTES: usize = 128 * 1024;

/// What of the head matters here.
#[derive(Debug, PartialEq, Eq)]
pub struct Headers {
    /// Whom it says it is from: exactly one.
    pub from: EmailAddress,
    /// What it says it is about.
    pub subject: String,
}

/// Reads the head of a mail.
///
/// # Errors
/// If it is malformed, does not say whom it is from, or goes round in circles.
pub fn read(mail: &[u8]) -> Result<Headers, Reply> {
    let fields = fields(mail)?;
    let named = |name: &str| -> Vec<&str> {
        let these = fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name));
        these.map(|(_, value)| value.as_str()).collect()
    };
    if named("Received").len() > MOST_HOPS || !named(OWN).is_empty() {
        return Err(Reply::LOOP);
    }
    let from = match named("From")[..] {
        [from] => address(from).ok_or(Reply::MALFORMED)?,
        _ => return Err(Reply::MALFORMED),
    };
    let subject = named("Subject").first().map(|it| one_line(it, 200)).unwrap_or_default();
    Ok(Headers { from, subject })
}

/// The fields by name, each value unfolded (RFC 5322 §2.2.3).
fn fields(mail: &[u8]) -> Result<Vec<(String, String)>, Reply> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut size = 0;
    for line in String::from_utf8_lossy(head(mail)).split_terminator("\r\n") {
        size += line.len();
        if size > MOST_BYTES {
            return Err(Reply::MALFORMED);
        }
        if line.starts_with([' ', '\t']) {
            let (_, value) = fields.last_mut().ok_or(Reply::MALFORMED)?;
            value.push_str(line);
            continue;
        }
        let (name, value) = line.split_once(':').ok_or(Reply::MALFORMED)?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Reply::MALFORMED);
        }
        fields.push((name.to_owned(), value.trim().to_owned()));
    }
    Ok(fields)
}

fn head(mail: &[u8]) -> &[u8] {
    let end = mail.windows(4).position(|bytes| bytes == b"\r\n\r\n").map(|end| end + 2);
    // A mail whose first line is empty has no head at all.
    if mail.starts_with(b"\r\n") { &[] } else { &mail[..end.unwrap_or(mail.len())] }
}

/// The one address in a `From` (RFC 5322 §3.4): what stands in quotes or comments is no address.
fn address(value: &str) -> Option<EmailAddress> {
    let plain = without_asides(value)?;
    if plain.contains([',', ';']) {
        return None;
    }
    let address = match plain.split_once('<') {
        Some((name, rest)) => {
            let (address, after) = rest.split_once('>')?;
            let rest_is_empty = after.trim().is_empty() && !name.contains(['@', '>']);
            rest_is_empty.then_some(address)?
        }
        None => &plain,
    };
    let address = address.trim();
    Some(address).filter(|it| !it.contains(char::is_whitespace))?.parse().ok()
}

/// The text without quoted strings and comments; nothing if one does not end.
fn without_asides(text: &str) -> Option<String> {
    let (mut plain, mut quoted, mut depth) = (String::new(), false, 0_usize);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted || depth > 0 => drop(letters.next()?),
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.checked_sub(1)?,
            _ if quoted || depth > 0 => {}
            other => plain.push(other),
        }
    }
    (!quoted && depth == 0).then_some(plain)
}

#[cfg(test)]
mod tests;
