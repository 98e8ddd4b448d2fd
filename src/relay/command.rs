//! One line of a mail server → what it wants (RFC 5321 §4.1). Strict: what we do not understand whole is
//! refused.

use super::reply::Reply;
use crate::identity::email_address::EmailAddress;

/// What a mail server wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// It says its name, and knows of extensions.
    Ehlo(String),
    /// It says its name.
    Helo(String),
    /// It has a mail from this sender; from nobody if it reports on one.
    Mail {
        /// The sender.
        sender: Option<EmailAddress>,
        /// How large it says that the mail is (RFC 1870).
        size: Option<u64>,
    },
    /// For this address.
    Rcpt(EmailAddress),
    /// Here it comes.
    Data,
    /// Forget what was said of the mail.
    Rset,
    /// Nothing.
    Noop,
    /// Whether there is such an address.
    Vrfy,
    /// Encrypt (RFC 3207).
    StartTls,
    /// That was all.
    Quit,
}

/// Names of machines are no longer (RFC 1035 §2.3.4).
const LONGEST_NAME: usize = 255;

/// Reads one line, without what ends it.
///
/// # Errors
/// The reply that refuses it.
pub fn parse(line: &[u8]) -> Result<Command, Reply> {
    let printable = line.iter().all(|byte| (b' '..=b'~').contains(byte));
    let text = std::str::from_utf8(line).ok().filter(|_| printable).ok_or(Reply::UNKNOWN)?;
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" => name(rest).map(Command::Ehlo),
        "HELO" => name(rest).map(Command::Helo),
        "MAIL" => mail(rest),
        "RCPT" => recipient(rest),
        "DATA" => alone(rest, Command::Data),
        "RSET" => alone(rest, Command::Rset),
        "QUIT" => alone(rest, Command::Quit),
        "STARTTLS" => alone(rest, Command::StartTls),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Vrfy),
        "EXPN" | "HELP" | "TURN" | "ETRN" | "AUTH" | "BDAT" => Err(Reply::NOT_OFFERED),
        _ => Err(Reply::UNKNOWN),
    }
}

fn alone(rest: &str, command: Command) -> Result<Command, Reply> {
    if rest.trim_end().is_empty() { Ok(command) } else { Err(Reply::ARGUMENT) }
}

/// A name or an address in brackets (RFC 5321 §4.1.3). It goes into a header, so it is plain.
fn name(rest: &str) -> Result<String, Reply> {
    let rest = rest.trim_end();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    let fits = !rest.is_empty() && rest.len() <= LONGEST_NAME && rest.bytes().all(plain);
    fits.then(|| rest.to_owned()).ok_or(Reply::ARGUMENT)
}

fn mail(rest: &str) -> Result<Command, Reply> {
    let (path, parameters) = path(rest, "FROM:")?;
    let sender = if path.is_empty() { None } else { Some(address(path)?) };
    let mut size = None;
    for parameter in parameters.split(' ').filter(|it| !it.is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (name.to_ascii_uppercase().as_str(), value) {
            ("SIZE", value) if size.is_none() => {
                size = Some(value.parse().map_err(|_| Reply::ARGUMENT)?);
            }
            // RFC 6152
            ("BODY", value) if ["7BIT", "8BITMIME"].contains(&&*value.to_ascii_uppercase()) => {}
            _ => return Err(Reply::PARAMETER),
        }
    }
    Ok(Command::Mail { sender, size })
}

fn recipient(rest: &str) -> Result<Command, Reply> {
    let (path, parameters) = path(rest, "TO:")?;
    if !parameters.trim().is_empty() {
        return Err(Reply::PARAMETER);
    }
    address(path).map(Command::Rcpt)
}

/// What stands in the angle brackets, and what follows them.
fn path<'a>(rest: &'a str, word: &str) -> Result<(&'a str, &'a str), Reply> {
    let said = rest.get(..word.len()).filter(|said| said.eq_ignore_ascii_case(word));
    let path = said.map(|_| rest[word.len()..].trim_start_matches(' ')).ok_or(Reply::ARGUMENT)?;
    let path = path.strip_prefix('<').ok_or(Reply::ARGUMENT)?;
    let (path, parameters) = path.split_once('>').ok_or(Reply::ARGUMENT)?;
    if parameters.is_empty() || parameters.starts_with(' ') {
        Ok((path, parameters))
    } else {
        Err(Reply::ARGUMENT)
    }
}

/// Routes (`@relay:ada@example.org`), quoted names and bare numbers as hosts are refused.
fn address(text: &str) -> Result<EmailAddress, Reply> {
    let plain = !text.contains([' ', ':', '"']) && !text.starts_with('@');
    Some(text).filter(|_| plain).and_then(|text| text.parse().ok()).ok_or(Reply::ADDRESS)
}

#[cfg(test)]
mod tests;
