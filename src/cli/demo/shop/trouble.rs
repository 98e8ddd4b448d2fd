//! Everything that can go wrong between the shop and its provider, in words for the visitor.
//!
//! Owns the sentences and the statuses: one row for each trouble. Does not decide when one is met.

use actix_web::http::StatusCode;
use askama::Template;
use openidconnect::{
    ClaimsVerificationError, DiscoveryError, ErrorResponse, RequestTokenError, UserInfoError,
};

use super::{Shop, http::HttpFailure, page};

/// What went wrong, and what only a developer wants to know of it.
#[derive(Debug)]
pub struct Trouble {
    /// Which row of the table.
    pub kind: Kind,
    /// The error code and description as they came, for the fold at the end of the page.
    pub detail: String,
}

/// The troubles a visitor of the shop can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person pressed "Cancel" (`access_denied`, RFC 6749 §4.1.2.1).
    Refused,
    /// A silent request found that the person has to do something (OpenID Connect Core §3.1.2.6).
    NotSignedIn,
    /// `state` is not one that this browser was given, or was used already.
    NotYours,
    /// `state` is one of ours and too old.
    TookTooLong,
    /// The answer names another issuer (RFC 9207 §2.4).
    WrongIssuer,
    /// The code did not work: too late, or used before.
    CodeSpent,
    /// What we were given does not work any more: the person took it back.
    AccessRemoved,
    /// The tokens are for another person than the one who is signed in here.
    SomebodyElse,
    /// The provider does not accept this shop as it is set up.
    BadlySetUp,
    /// The ID token or the person's details do not hold.
    NotTrusted,
    /// The provider answers, but cannot help now.
    ProviderBusy,
    /// The provider does not answer.
    ProviderSilent,
    /// A form that was not sent from a page of the shop.
    ForeignForm,
    /// The visitor is not signed in to the shop.
    NobodyHere,
    /// No such page.
    NoSuchPage,
}

/// What the page says.
pub struct Words {
    /// The status of the answer.
    pub status: u16,
    /// A short word for it, as the specification spells it where there is one.
    pub code: &'static str,
    /// What happened.
    pub title: &'static str,
    /// What that means for the visitor.
    pub meaning: &'static str,
    /// Whether trying again from here can help.
    pub try_again: bool,
}

impl Kind {
    /// The row of the table.
    #[must_use]
    #[rustfmt::skip]
    pub fn words(self) -> Words {
        let row = |status, code, title, meaning, try_again| Words { status, code, title, meaning, try_again };
        match self {
            Self::Refused => row(403, "access_denied", "You chose not to share",
                "Nothing was handed over this time. That is fine: what you shared before stays as it was, you can look around without more, or change your mind.", true),
            Self::NotSignedIn => row(401, "login_required", "You need to sign in again",
                "We asked quietly whether you are still signed in, and the answer was that you have to do something first. Press the button and it will show you what.", true),
            Self::NotYours => row(400, "state_mismatch", "This sign-in did not start here",
                "It was begun in another browser or tab, or this page was opened a second time. To keep you safe we did not use it.", true),
            Self::TookTooLong => row(400, "sign_in_expired", "That took a little long",
                "A sign-in has to be finished within ten minutes. Nothing is lost: just start it again.", true),
            Self::WrongIssuer => row(400, "wrong_issuer", "The answer came from somebody else",
                "We sent you to one place and another one answered. To keep you safe we did not use it.", true),
            Self::CodeSpent => row(400, "invalid_grant", "This sign-in was already used, or came too late",
                "The pass we were handed works once and for a short time only. Just start again.", true),
            Self::AccessRemoved => row(401, "access_removed", "Access was removed: please connect again",
                "The permission you gave us has ended, so we forgot what we knew and signed you out here.", true),
            Self::SomebodyElse => row(409, "somebody_else", "You are somebody else there now",
                "In another tab you have signed in as another person. Say who you want to be here.", true),
            Self::BadlySetUp => row(500, "shop_not_accepted", "Our sign-in is not set up correctly",
                "This is our fault, not yours, and trying again will not help. Whoever runs this shop finds the reason below.", false),
            Self::NotTrusted => row(502, "answer_not_trusted", "We could not check the answer",
                "What came back did not pass our checks, so we did not use it.", true),
            Self::ProviderBusy => row(503, "temporarily_unavailable", "Sign-in is busy just now",
                "It answers, but cannot help at this moment. You are not signed out; try again in a minute.", true),
            Self::ProviderSilent => row(503, "no_answer", "Sign-in cannot be reached just now",
                "We got no answer. You are not signed out; try again in a minute.", true),
            Self::ForeignForm => row(403, "foreign_form", "That button was not ours",
                "The request did not come from a page of this shop, so we did nothing.", false),
            Self::NobodyHere => row(401, "not_signed_in", "You are not signed in here",
                "Your visit to this shop has ended. Connect again to go on.", true),
            Self::NoSuchPage => row(404, "not_found", "There is no such page",
                "Perhaps the address has a typing error.", false),
        }
    }
}

impl Trouble {
    /// A trouble with nothing more to say.
    #[must_use]
    pub const fn plain(kind: Kind) -> Self {
        Self { kind, detail: String::new() }
    }

    /// A trouble with its reason for developers.
    #[must_use]
    pub fn because(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }

    /// Reads an error that came back from the authorization endpoint
    /// (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
    #[must_use]
    pub fn returned(code: &str, description: Option<&str>) -> Self {
        let kind = match code {
            "access_denied" => Kind::Refused,
            "login_required"
            | "interaction_required"
            | "consent_required"
            | "account_selection_required" => Kind::NotSignedIn,
            "server_error" | "temporarily_unavailable" => Kind::ProviderBusy,
            _ => Kind::BadlySetUp,
        };
        Self::because(kind, sentence(code, description))
    }

    /// Reads a failure of the token endpoint (RFC 6749 §5.2); `spent` says what an `invalid_grant`
    /// means here.
    #[must_use]
    pub fn at_token<T: ErrorResponse>(
        error: RequestTokenError<HttpFailure, T>,
        spent: Kind,
    ) -> Self {
        match error {
            RequestTokenError::Request(failure) => failure.into(),
            RequestTokenError::ServerResponse(answer) => {
                let told = answer.to_string();
                let kind = if told.starts_with("invalid_grant") { spent } else { Kind::BadlySetUp };
                Self::because(kind, told)
            }
            other => Self::because(Kind::NotTrusted, chain(&other)),
        }
    }

    /// The page for it.
    #[must_use]
    pub fn page(&self, shop: &Shop) -> actix_web::HttpResponse {
        let words = self.kind.words();
        let status = StatusCode::from_u16(words.status).unwrap_or(StatusCode::BAD_REQUEST);
        page::answer(status, &TroublePage { shop, words, detail: &self.detail })
    }
}

#[derive(Template)]
#[template(path = "demo/trouble.html")]
struct TroublePage<'a> {
    shop: &'a Shop,
    words: Words,
    detail: &'a str,
}

impl From<HttpFailure> for Trouble {
    fn from(failure: HttpFailure) -> Self {
        let kind = match failure {
            HttpFailure::Unreachable(_) => Kind::ProviderSilent,
            HttpFailure::Failing(_) => Kind::ProviderBusy,
        };
        Self::because(kind, failure.to_string())
    }
}

impl From<DiscoveryError<HttpFailure>> for Trouble {
    fn from(error: DiscoveryError<HttpFailure>) -> Self {
        match error {
            DiscoveryError::Request(failure) => failure.into(),
            other => Self::because(Kind::NotTrusted, chain(&other)),
        }
    }
}

impl From<UserInfoError<HttpFailure>> for Trouble {
    fn from(error: UserInfoError<HttpFailure>) -> Self {
        match error {
            UserInfoError::Request(failure) => failure.into(),
            UserInfoError::Response(status, ..) if status.as_u16() == 401 => {
                Self::because(Kind::AccessRemoved, "invalid_token at the userinfo endpoint")
            }
            other => Self::because(Kind::NotTrusted, chain(&other)),
        }
    }
}

impl From<ClaimsVerificationError> for Trouble {
    fn from(error: ClaimsVerificationError) -> Self {
        Self::because(Kind::NotTrusted, chain(&error))
    }
}

/// An error with everything that caused it, in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        line = format!("{line}: {deeper}");
        cause = deeper.source();
    }
    line
}

fn sentence(code: &str, description: Option<&str>) -> String {
    description.map_or_else(|| code.to_owned(), |text| format!("{code}: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_that_comes_back_has_its_own_page() {
        let kind = |code| Trouble::returned(code, None).kind;
        assert_eq!(kind("access_denied"), Kind::Refused);
        assert_eq!(kind("login_required"), Kind::NotSignedIn);
        assert_eq!(kind("consent_required"), Kind::NotSignedIn);
        assert_eq!(kind("server_error"), Kind::ProviderBusy);
        assert_eq!(kind("temporarily_unavailable"), Kind::ProviderBusy);
        assert_eq!(kind("invalid_scope"), Kind::BadlySetUp);
        assert_eq!(kind("something_nobody_has_heard_of"), Kind::BadlySetUp);
    }

    #[test]
    fn a_description_stands_behind_its_code() {
        let trouble = Trouble::returned("invalid_scope", Some("scope `x` is not known"));
        assert_eq!(trouble.detail, "invalid_scope: scope `x` is not known");
    }

    #[test]
    fn a_silent_provider_and_a_busy_one_are_told_apart() {
        let kind = |failure: HttpFailure| Trouble::from(failure).kind;
        assert_eq!(kind(HttpFailure::Unreachable(String::new())), Kind::ProviderSilent);
        assert_eq!(kind(HttpFailure::Failing(503)), Kind::ProviderBusy);
    }
}
