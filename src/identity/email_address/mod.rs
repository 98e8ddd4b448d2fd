//! Mail addresses: as typed for the person, as delivered for the mail server, and in one canonical
//! form by which nobody has two accounts.

mod suggestion;

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use url::Host;

/// RFC 5321 §4.5.3.1: 64 before the @, 254 in all.
const MOST_BYTES: usize = 254;
const MOST_LOCAL_BYTES: usize = 64;

problems! {
    /// Why a mail address is not taken.
    EmailProblem {
        /// Nothing was written.
        Empty => "email-empty", "write a mail address";
        /// There is no @ with something on both sides.
        NoAt => "email-no-at", "a mail address has an @ with something on both sides";
        /// What stands before the @ cannot be delivered to from everywhere.
        Local => "email-local", "what stands before the @ has a character that mail cannot carry";
        /// What stands after the @ is no domain.
        Domain => "email-domain", "what stands after the @ is not a domain such as example.org";
        /// Longer than mail allows.
        TooLong => "email-too-long", "a mail address has at most 254 characters";
    }
}

/// A mail address that mail can be sent to, if anybody reads it.
///
/// Comments, quoted names and bare numbers as hosts (RFC 5321 §4.1.2) are not taken: nobody has them,
/// and mail programs differ on them. Nor are letters beyond ASCII before the @ (RFC 6531), because a
/// mail to them may not arrive; after the @ they are fine.
#[derive(Clone, Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct EmailAddress {
    typed: String,
    canonical: String,
}

impl EmailAddress {
    /// As the person wrote it, without spaces around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The one form by which an address is looked up: all in lower case, the domain in ASCII.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// For the mail server: the name as it was typed (RFC 5321 §2.4), the domain in ASCII.
    #[must_use]
    pub fn deliverable(&self) -> String {
        format!("{}@{}", self.local(), self.domain())
    }

    /// The domain in ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.canonical.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What stands before the @, as typed.
    #[must_use]
    pub fn local(&self) -> &str {
        self.typed.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// Enough for its owner to know it, and nobody else: `a…@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let domain = self.typed.rsplit_once('@').map_or("", |(_, domain)| domain);
        let first: String = self.typed.chars().take(1).collect();
        format!("{first}…@{}", domain.to_lowercase())
    }

    /// The address that was probably meant, if the domain is one slip away from a well-known one.
    #[must_use]
    pub fn suggestion(&self) -> Option<String> {
        let domain = suggestion::well_known(self.domain())?;
        Some(format!("{}@{domain}", self.local()))
    }
}

/// Two ways of writing one address are equal.
impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for EmailAddress {}

impl std::hash::Hash for EmailAddress {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

impl FromStr for EmailAddress {
    type Err = EmailProblem;

    fn from_str(typed: &str) -> Result<Self, EmailProblem> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(EmailProblem::Empty);
        }
        if typed.len() > MOST_BYTES {
            return Err(EmailProblem::TooLong);
        }
        let sides = typed.rsplit_once('@').filter(|(a, b)| !a.is_empty() && !b.is_empty());
        let (local, domain) = sides.ok_or(EmailProblem::NoAt)?;
        if !is_local(local) {
            return Err(EmailProblem::Local);
        }
        let domain = ascii_domain(domain).ok_or(EmailProblem::Domain)?;
        let canonical = format!("{}@{domain}", local.to_ascii_lowercase());
        if canonical.len() > MOST_BYTES || local.len() > MOST_LOCAL_BYTES {
            return Err(EmailProblem::TooLong);
        }
        Ok(Self { typed: typed.to_owned(), canonical })
    }
}

/// A `Dot-string` (RFC 5321 §4.1.2): atoms with dots between.
fn is_local(text: &str) -> bool {
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(atom))
}

/// The domain in ASCII (RFC 5891), if it is one: two labels or more, and not a bare number.
fn ascii_domain(typed: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-') || !c.is_ascii();
    let Ok(Host::Domain(domain)) = Host::parse(Some(typed).filter(|it| it.chars().all(plain))?)
    else {
        return None;
    };
    let label = |label: &str| {
        let sound = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let edges = !label.starts_with('-') && !label.ends_with('-');
        sound && edges && (1..=63).contains(&label.len())
    };
    let top = domain.rsplit('.').next()?;
    let named = domain.contains('.') && top.starts_with(|first: char| first.is_ascii_alphabetic());
    (named && domain.split('.').all(label)).then_some(domain)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.typed)
    }
}

crate::text_column!(EmailAddress);

#[cfg(test)]
mod tests;
