//! Response types and modes: what comes back from the authorization endpoint, and how.

use std::fmt;

use super::error::{OAuthError, invalid_request, unsupported_response_type};

/// What the authorization endpoint is asked to return (OAuth 2.0 Multiple Response Types §3, §5).
///
/// On the wire its words may stand in any order; here each set has one name.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub enum ResponseType {
    /// A code, and nothing that is worth stealing.
    Code,
    /// An ID token.
    IdToken,
    /// An access token.
    Token,
    /// A code and an ID token.
    CodeIdToken,
    /// A code and an access token.
    CodeToken,
    /// An ID token and an access token.
    IdTokenToken,
    /// All three.
    CodeIdTokenToken,
}

impl ResponseType {
    /// Every one there is.
    pub const ALL: &'static [Self] = &[
        Self::Code,
        Self::IdToken,
        Self::Token,
        Self::CodeIdToken,
        Self::CodeToken,
        Self::IdTokenToken,
        Self::CodeIdTokenToken,
    ];

    /// The words in the order the specifications print them.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::IdToken => "id_token",
            Self::Token => "token",
            Self::CodeIdToken => "code id_token",
            Self::CodeToken => "code token",
            Self::IdTokenToken => "id_token token",
            Self::CodeIdTokenToken => "code id_token token",
        }
    }

    /// Whether a code is among it.
    #[must_use]
    pub fn has_code(self) -> bool {
        self.has("code")
    }

    /// Whether an ID token is among it.
    #[must_use]
    pub fn has_id_token(self) -> bool {
        self.has("id_token")
    }

    /// Whether an access token is among it.
    #[must_use]
    pub fn has_token(self) -> bool {
        self.has("token")
    }

    /// Whether a token of either kind comes from the authorization endpoint itself.
    #[must_use]
    pub fn has_front_tokens(self) -> bool {
        self.has_token() || self.has_id_token()
    }

    /// How it travels when nobody says how (Multiple Response Types §3, §5).
    #[must_use]
    pub const fn default_mode(self) -> ResponseMode {
        match self {
            Self::Code => ResponseMode::Query,
            _ => ResponseMode::Fragment,
        }
    }

    /// Whether it may travel so: a token never stands in a query (Multiple Response Types §3).
    #[must_use]
    pub fn may_travel_by(self, mode: ResponseMode) -> bool {
        mode != ResponseMode::Query || self == Self::Code
    }

    /// The mode asked for, or the default; a mode that would leak a token is refused.
    pub fn mode(self, asked: Option<ResponseMode>) -> Result<ResponseMode, OAuthError> {
        let mode = asked.unwrap_or(self.default_mode());
        if self.may_travel_by(mode) {
            return Ok(mode);
        }
        Err(invalid_request("response_mode query cannot carry a token"))
    }

    fn has(self, word: &str) -> bool {
        self.as_str().split(' ').any(|mine| mine == word)
    }
}

impl std::str::FromStr for ResponseType {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        let mut words: Vec<&str> = text.split(' ').collect();
        words.sort_unstable();
        let words = words.join(" ");
        let known = Self::ALL.iter().copied().find(|known| known.as_str() == words);
        known.ok_or_else(|| {
            unsupported_response_type("response_type is not one this server knows")
                .because(format_args!("`{text}`"))
        })
    }
}

impl fmt::Display for ResponseType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl serde::Serialize for ResponseType {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

from_text!(ResponseType);
crate::text_column!(ResponseType);

wire_names! {
    /// How an authorization response travels (Multiple Response Types §2.1, Form Post §2).
    ResponseMode, refused by invalid_request: "response_mode is not one this server knows" {
        /// In the query of the redirect.
        Query => "query",
        /// In the fragment of the redirect.
        Fragment => "fragment",
        /// As a form that the browser posts.
        FormPost => "form_post",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_stand_in_any_order() {
        assert_eq!("token code id_token".parse(), Ok(ResponseType::CodeIdTokenToken));
        assert_eq!("id_token code".parse(), Ok(ResponseType::CodeIdToken));
        for each in ResponseType::ALL {
            assert_eq!(each.as_str().parse(), Ok(*each));
        }
    }

    #[test]
    fn what_is_no_response_type_is_refused_by_its_code() {
        for wrong in ["", "none", "code code", "Code", "code  token", "id-token"] {
            let refusal = wrong.parse::<ResponseType>().unwrap_err();
            assert_eq!(refusal.code.as_str(), "unsupported_response_type", "{wrong:?}");
        }
    }

    #[test]
    fn each_knows_what_it_holds() {
        assert!(ResponseType::CodeToken.has_code() && ResponseType::CodeToken.has_token());
        assert!(!ResponseType::IdToken.has_token() && !ResponseType::IdToken.has_code());
        assert!(ResponseType::IdTokenToken.has_id_token());
        let front = ResponseType::ALL.iter().filter(|it| it.has_front_tokens());
        assert_eq!(front.count(), ResponseType::ALL.len() - 1, "all but a code alone");
    }

    #[test]
    fn a_token_never_stands_in_a_query() {
        assert_eq!(ResponseType::Code.mode(None), Ok(ResponseMode::Query));
        assert_eq!(ResponseType::Token.mode(None), Ok(ResponseMode::Fragment));
        assert_eq!(
            ResponseType::IdToken.mode(Some(ResponseMode::FormPost)),
            Ok(ResponseMode::FormPost)
        );
        let refusal = ResponseType::CodeToken.mode(Some(ResponseMode::Query)).unwrap_err();
        assert_eq!(refusal.code.as_str(), "invalid_request");
    }

    #[test]
    fn an_unknown_mode_is_refused() {
        for wrong in ["web_message", "", "Query"] {
            assert_eq!(wrong.parse::<ResponseMode>().unwrap_err().code.as_str(), "invalid_request");
        }
    }
}
