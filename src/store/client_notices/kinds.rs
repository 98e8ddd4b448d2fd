//! What clients can be told, and who wants to hear it.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};

use crate::protocol::{client_metadata::ClientMetadata, scope::Scope};

/// What a client is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub enum Kind {
    /// A session ended (OpenID Connect Back-Channel Logout §2.5).
    SignedOut,
    /// A person allows it more, or less.
    GrantChanged,
    /// A person took its access back.
    GrantRevoked,
    /// A person is reached by another mail address.
    EmailChanged,
    /// An account is closed, and can still be kept.
    AccountClosed,
    /// It was kept.
    AccountKept,
    /// It is gone for good.
    AccountDeleted,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SignedOut,
        Self::GrantChanged,
        Self::GrantRevoked,
        Self::EmailChanged,
        Self::AccountClosed,
        Self::AccountKept,
        Self::AccountDeleted,
    ];

    /// The word it is kept under; fixed for ever.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::GrantChanged => "grant_changed",
            Self::GrantRevoked => "grant_revoked",
            Self::EmailChanged => "email_changed",
            Self::AccountClosed => "account_closed",
            Self::AccountKept => "account_kept",
            Self::AccountDeleted => "account_deleted",
        }
    }

    /// Where a client wants to hear of it.
    #[must_use]
    pub fn address(self, client: &ClientMetadata) -> Option<&str> {
        match self {
            Self::SignedOut => client.backchannel_logout_uri.as_deref(),
            _ => client.event_uri.as_deref(),
        }
    }

    /// Whether it concerns a client that is allowed this.
    #[must_use]
    pub fn concerns(self, allowed: &Scope) -> bool {
        self != Self::EmailChanged || allowed.contains("email")
    }

    /// As often a client is told; the wait between doubles. Who signed out long ago is no news.
    #[must_use]
    pub const fn tries(self) -> i64 {
        match self {
            Self::SignedOut => 8,
            _ => 16,
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| format!("`{text}` is nothing that clients are told"))
    }
}

crate::text_column!(Kind);
