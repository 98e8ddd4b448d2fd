//! Refusals in the words of the specifications, all on one page.

mod refusals;

use std::fmt;

pub use refusals::*;

/// A refusal in the words of the specifications.
///
/// Rules return it; endpoints decide whether it travels as JSON, as a redirect or as a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthError {
    /// What it is called, and the status it travels with.
    pub code: ErrorCode,
    /// For the client's developer: constant, never personal.
    pub description: &'static str,
    /// Why, for our log and, unless the fault is ours, for the client's developer: never a secret,
    /// and nothing of a person that the client may not see.
    pub detail: Option<String>,
}

/// Every error code we send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the specifications say what each code means; `row` names them")]
pub enum ErrorCode {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    InvalidScope,
    AccessDenied,
    UnsupportedResponseType,
    ServerError,
    TemporarilyUnavailable,
    InvalidToken,
    InsufficientScope,
    InteractionRequired,
    LoginRequired,
    AccountSelectionRequired,
    ConsentRequired,
    InvalidRequestUri,
    InvalidRequestObject,
    RequestUriNotSupported,
    RegistrationNotSupported,
    UnmetAuthenticationRequirements,
    InvalidRedirectUri,
    InvalidClientMetadata,
    AuthorizationPending,
    SlowDown,
    ExpiredToken,
    InvalidTarget,
    InsufficientUserAuthentication,
    TooManyRequests,
}

impl ErrorCode {
    /// The wire name beside its HTTP status: the one place either is written.
    ///
    /// The status is the one of a direct answer; a redirect has none.
    #[must_use]
    pub const fn row(self) -> (&'static str, u16) {
        match self {
            // RFC 6749 §4.1.2.1, §5.2
            Self::InvalidRequest => ("invalid_request", 400),
            Self::InvalidClient => ("invalid_client", 401),
            Self::InvalidGrant => ("invalid_grant", 400),
            Self::UnauthorizedClient => ("unauthorized_client", 400),
            Self::UnsupportedGrantType => ("unsupported_grant_type", 400),
            Self::InvalidScope => ("invalid_scope", 400),
            Self::AccessDenied => ("access_denied", 400),
            Self::UnsupportedResponseType => ("unsupported_response_type", 400),
            Self::ServerError => ("server_error", 500),
            Self::TemporarilyUnavailable => ("temporarily_unavailable", 503),
            // RFC 6750 §3.1
            Self::InvalidToken => ("invalid_token", 401),
            Self::InsufficientScope => ("insufficient_scope", 403),
            // OpenID Connect Core §3.1.2.6
            Self::InteractionRequired => ("interaction_required", 400),
            Self::LoginRequired => ("login_required", 400),
            Self::AccountSelectionRequired => ("account_selection_required", 400),
            Self::ConsentRequired => ("consent_required", 400),
            // OpenID Connect Core §3.1.2.6, RFC 9101 §7
            Self::InvalidRequestUri => ("invalid_request_uri", 400),
            Self::InvalidRequestObject => ("invalid_request_object", 400),
            Self::RequestUriNotSupported => ("request_uri_not_supported", 400),
            Self::RegistrationNotSupported => ("registration_not_supported", 400),
            // OpenID Connect Core Error Code unmet_authentication_requirements §2
            Self::UnmetAuthenticationRequirements => ("unmet_authentication_requirements", 400),
            // RFC 7591 §3.2.2
            Self::InvalidRedirectUri => ("invalid_redirect_uri", 400),
            Self::InvalidClientMetadata => ("invalid_client_metadata", 400),
            // RFC 8628 §3.5
            Self::AuthorizationPending => ("authorization_pending", 400),
            Self::SlowDown => ("slow_down", 400),
            Self::ExpiredToken => ("expired_token", 400),
            // RFC 8693 §2.2.2, RFC 8707 §2
            Self::InvalidTarget => ("invalid_target", 400),
            // RFC 9470 §3
            Self::InsufficientUserAuthentication => ("insufficient_user_authentication", 401),
            // RFC 6585 §4: no OAuth specification names it
            Self::TooManyRequests => ("too_many_requests", 429),
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().0
    }

    /// The HTTP status of a direct answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.row().1
    }
}

impl OAuthError {
    /// A refusal. The description may hold printable ASCII without `"` and `\` (RFC 6749 §5.2).
    ///
    /// # Panics
    /// In debug builds, if the description holds anything else.
    #[must_use]
    pub const fn new(code: ErrorCode, description: &'static str) -> Self {
        debug_assert!(is_describable(description), "an error description is plain ASCII");
        Self { code, description, detail: None }
    }

    /// The same refusal, with what our log should know and the answer does not say.
    #[must_use]
    pub fn because(self, detail: impl fmt::Display) -> Self {
        Self { detail: Some(detail.to_string()), ..self }
    }

    /// Why, as far as the client's developer may know: what went wrong inside is ours alone.
    #[must_use]
    pub fn for_developers(&self) -> Option<&str> {
        self.detail.as_deref().filter(|_| self.code.status() < 500)
    }
}

/// Whether `text` may stand in `error_description`: `%x20-21 / %x23-5B / %x5D-7E` (RFC 6749 §5.2).
#[must_use]
pub const fn is_describable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], 0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7E) {
            return false;
        }
        at += 1;
    }
    true
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// For our log: the code, the sentence, and the detail if there is one.
impl fmt::Display for OAuthError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.code, self.description)?;
        self.detail.iter().try_for_each(|detail| write!(out, " ({detail})"))
    }
}

impl std::error::Error for OAuthError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_reads_as_a_sentence_in_the_log() {
        let refusal = invalid_grant("code is not valid").because("expired");
        assert_eq!(refusal.to_string(), "invalid_grant: code is not valid (expired)");
        assert_eq!(slow_down("wait longer").to_string(), "slow_down: wait longer");
    }

    #[test]
    fn what_went_wrong_inside_is_no_developers_business() {
        let inside = server_error("the server cannot answer now").because("disk full");
        assert_eq!(inside.for_developers(), None);
        let refused = invalid_grant("code is not valid").because("expired");
        assert_eq!(refused.for_developers(), Some("expired"));
    }

    #[test]
    fn only_plain_ascii_describes() {
        assert!(is_describable("code_verifier is 43 to 128 characters (RFC 7636)!"));
        for wrong in ["say \"no\"", "back\\slash", "tab\t", "line\n", "dél", "\u{7f}"] {
            assert!(!is_describable(wrong), "{wrong:?}");
        }
    }

    #[test]
    #[should_panic(expected = "plain ASCII")]
    fn a_description_with_a_quote_is_a_bug() {
        let _ = invalid_request("the \"thing\" is wrong");
    }

    #[test]
    fn statuses_are_those_of_the_specifications() {
        assert_eq!(ErrorCode::InvalidClient.row(), ("invalid_client", 401));
        assert_eq!(ErrorCode::InsufficientScope.row(), ("insufficient_scope", 403));
        assert_eq!(ErrorCode::TemporarilyUnavailable.status(), 503);
        assert_eq!(ErrorCode::ServerError.status(), 500);
        assert_eq!(ErrorCode::InvalidGrant.status(), 400);
    }
}
