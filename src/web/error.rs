//! A refusal a person can read: what happened, what to do next, and an id to ask about it.

use std::{fmt, time::Duration};

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::content_policy::ContentPolicy;
use super::form::Malformed;
use super::page::{self, Page};
use crate::store::{self, users::User};

/// Why a person is not shown the page they wanted.
///
/// Handlers return it; [`PageError::answer`] turns it into a page, once the visitor's language is
/// known. What is for our log only never reaches the page.
#[derive(Debug)]
pub struct PageError {
    kind: Kind,
    /// For the app's developer: constant, never personal.
    description: Option<&'static str>,
    /// What the operator says to the person.
    told: Option<String>,
    /// Why: for our log and, where the app's request is wrong, for its developer.
    detail: Option<String>,
}

/// The kinds of refusal, each with its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The app is unknown or may not be used.
    UnknownClient,
    /// The app asked to return to an address it has not registered (RFC 9700 §2.1).
    RedirectUri,
    /// The app's request is wrong, by its OAuth error code.
    Request(&'static str),
    /// The form is too old, was sent twice, or comes from another place (security rule 14).
    Expired,
    /// The flow was begun in another browser, or is over.
    FlowLost,
    /// Somebody who is signed in to the account refused this sign-in.
    SignInRefused,
    /// The person must sign in first, and is led there.
    SignInFirst,
    /// The person proved too long ago, or too weakly, who they are, and is led to do so again.
    ProveAgain,
    /// The account is suspended.
    Suspended,
    /// The person may not see this.
    Forbidden,
    /// There is no such page.
    NotFound,
    /// A page that is there is not asked for in this way.
    Method,
    /// What was sent cannot be read: a field twice, not UTF-8, too long.
    Unreadable,
    /// More was sent than we take.
    TooLarge,
    /// Too many tries; again after so many seconds.
    TooMany(u32),
    /// The store cannot be reached: nothing is lost, try again (security rule 10).
    Unavailable,
    /// Our fault.
    Internal,
}

impl Kind {
    /// The error code, the status and the name of its messages: the one place they are written.
    const fn row(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::UnknownClient => ("invalid_client", 400, "unknown-client"),
            Self::RedirectUri => ("invalid_request: redirect_uri", 400, "redirect-uri"),
            Self::Request(code) => (code, 400, "request"),
            Self::Expired => ("form_expired", 403, "expired"),
            Self::FlowLost => ("flow_lost", 400, "flow-lost"),
            Self::SignInRefused => ("sign_in_refused", 403, "sign-in-refused"),
            Self::SignInFirst => ("login_required", 401, "forbidden"),
            Self::ProveAgain => ("fresh_proof_required", 401, "forbidden"),
            Self::Suspended => ("account_suspended", 403, "suspended"),
            Self::Forbidden => ("access_denied", 403, "forbidden"),
            Self::NotFound => ("not_found", 404, "not-found"),
            Self::Method => ("method_not_allowed", 405, "not-found"),
            Self::Unreadable => ("invalid_request", 400, "unreadable"),
            Self::TooLarge => ("request_too_large", 413, "too-large"),
            Self::TooMany(_) => ("too_many_requests", 429, "too-many"),
            Self::Unavailable => ("temporarily_unavailable", 503, "unavailable"),
            Self::Internal => ("server_error", 500, "internal"),
        }
    }

    /// Too many tries; again after this wait.
    #[must_use]
    pub fn wait(left: Duration) -> Self {
        Self::TooMany(u32::try_from(left.as_secs()).unwrap_or(u32::MAX).max(1))
    }

    /// Seconds after which trying again makes sense (RFC 9110 §10.2.3).
    #[must_use]
    pub const fn retry_after(self) -> Option<u32> {
        match self {
            Self::Unavailable => Some(5),
            Self::TooMany(seconds) => Some(seconds),
            _ => None,
        }
    }
}

impl From<Kind> for PageError {
    fn from(kind: Kind) -> Self {
        Self { kind, description: None, told: None, detail: None }
    }
}

impl PageError {
    /// A fault of ours, with what the log should say of it.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::from(Kind::Internal).because(detail)
    }

    /// A wrong request by an app, with the sentence for its developer.
    #[must_use]
    pub fn request(code: &'static str, description: &'static str) -> Self {
        Self { description: Some(description), ..Self::from(Kind::Request(code)) }
    }

    /// The account is suspended: whoever has proved that it is theirs reads why.
    #[must_use]
    pub fn suspended(user: &User) -> Self {
        Self { told: user.suspended_reason.clone(), ..Self::from(Kind::Suspended) }
    }

    /// Adds what the page does not say.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Which kind of refusal it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The error code and what to say of it to the app's developer, if it is a refusal of what the
    /// app asked.
    #[must_use]
    pub fn for_developers(&self) -> Option<(&'static str, &'static str)> {
        let said = match self.kind {
            Kind::UnknownClient => "the client is suspended or deleted",
            Kind::RedirectUri => "redirect_uri is missing or not registered",
            Kind::Request(_) => "the request is wrong",
            Kind::Unavailable | Kind::Internal => "the server cannot answer now",
            _ => return None,
        };
        // What stands after the code says which parameter is meant.
        let code = self.code().split(':').next().unwrap_or_default();
        Some((code, self.description.unwrap_or(said)))
    }

    /// Why, as far as the app's developer may know: what went wrong inside is ours alone.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref().filter(|_| self.kind.row().1 < 500)
    }

    /// Logs the refusal once and answers with its page.
    #[must_use]
    pub fn answer(&self, page: &Page) -> HttpResponse {
        self.log(&page.trace);
        let template = ErrorPage { page, error: self };
        let shown = page::show_with(&template, self.status_code(), &ContentPolicy::default());
        let mut response = shown.unwrap_or_else(|error| error.error_response());
        if let Some(seconds) = self.kind.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    fn log(&self, trace: &str) {
        let (code, status, _) = self.kind.row();
        let detail = self.detail.as_deref().unwrap_or_default();
        if status >= 500 {
            tracing::error!(error.code = code, trace.id = trace, detail, "Showed an error page");
        } else {
            tracing::info!(error.code = code, trace.id = trace, detail, "Refused with a page");
        }
    }

    /// The error code as the page shows it.
    fn code(&self) -> &'static str {
        self.kind.row().0
    }

    /// The key of one of the messages of this kind: its `title`, its `text` or what to do `next`.
    fn key(&self, part: &str) -> String {
        format!("error-{}-{part}", self.kind.row().2)
    }
}

impl From<store::Error> for PageError {
    fn from(error: store::Error) -> Self {
        let kind = match error {
            store::Error::Unavailable(_) => Kind::Unavailable,
            store::Error::Taken | store::Error::Broken(_) => Kind::Internal,
        };
        Self::from(kind).because(error.to_string())
    }
}

impl From<Malformed> for PageError {
    fn from(malformed: Malformed) -> Self {
        let kind = match malformed {
            Malformed::TooLarge => Kind::TooLarge,
            Malformed::Twice(_) | Malformed::Unreadable => Kind::Unreadable,
        };
        Self::from(kind).because(malformed.to_string())
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// Where no page can be made (no language is known yet), the code alone still says what happened.
impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.row().1).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code())
            .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(self.code())
    }
}

#[derive(Template)]
#[template(path = "oauth/error.html")]
struct ErrorPage<'a> {
    page: &'a Page,
    error: &'a PageError,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use actix_web::body::MessageBody;

    use super::*;
    use crate::clock::Moment;
    use crate::language::Language;
    use crate::web::brand::Brand;
    use crate::web::colour::WHITE;

    const KINDS: [Kind; 14] = [
        Kind::SignInRefused,
        Kind::UnknownClient,
        Kind::RedirectUri,
        Kind::Request("unsupported_response_type"),
        Kind::Expired,
        Kind::FlowLost,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Method,
        Kind::Unreadable,
        Kind::TooLarge,
        Kind::TooMany(30),
        Kind::Unavailable,
        Kind::Internal,
    ];

    fn shown(error: &PageError) -> (HttpResponse<()>, String) {
        let mut page = Page::new(
            Arc::new(Brand::plain("Countersign", WHITE)),
            Language::default(),
            Moment::from_seconds(0),
        );
        "trace-7".clone_into(&mut page.trace);
        let (head, body) = error.answer(&page).into_parts();
        let bytes = body.try_into_bytes().unwrap();
        (head, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// What stands in the element `error-title`.
    fn title(html: &str) -> &str {
        let start = html.find("id=\"error-title\"").expect("there is a title");
        &html[start..start + html[start..].find("</h1>").expect("it ends")]
    }

    #[test]
    fn every_refusal_says_its_code_a_way_on_and_its_id() {
        for kind in KINDS {
            let (_, html) = shown(&kind.into());
            assert!(title(&html).contains(kind.row().0), "{kind:?}: {}", title(&html));
            assert!(html.contains("trace-7"), "{kind:?}");
            for part in ["title", "text", "next"] {
                let key = PageError::from(kind).key(part);
                assert_ne!(Language::default().text(&key).to_string(), key, "no such message");
            }
        }
    }

    #[test]
    fn trouble_with_the_store_asks_to_come_back() {
        let (head, _) = shown(&Kind::Unavailable.into());
        assert_eq!(head.status(), 503);
        assert_eq!(head.headers().get(header::RETRY_AFTER).unwrap(), "5");
    }

    #[test]
    fn developers_hear_of_what_their_app_asked_and_of_nothing_else() {
        let told = |kind: Kind| PageError::from(kind).for_developers().map(|(code, _)| code);
        assert_eq!(told(Kind::RedirectUri), Some("invalid_request"));
        assert_eq!(told(Kind::Internal), Some("server_error"));
        for theirs in [Kind::Expired, Kind::FlowLost, Kind::Suspended, Kind::TooMany(9)] {
            assert_eq!(told(theirs), None, "{theirs:?}");
        }
    }

    #[test]
    fn a_wrong_redirect_uri_is_named() {
        let (head, html) = shown(&Kind::RedirectUri.into());
        assert_eq!(head.status(), 400);
        assert!(title(&html).contains("redirect_uri"));
    }

    #[test]
    fn what_is_for_the_log_stays_out_of_the_page() {
        let (_, html) = shown(&PageError::internal("disk full at /var/secret"));
        assert!(!html.contains("secret"));
        assert_eq!(PageError::internal("disk full").detail(), None);
        let (_, html) = shown(&PageError::request("invalid_scope", "the scope is unknown"));
        assert!(html.contains("the scope is unknown"));
    }
}
