//! What every page needs besides its own words, and how a page becomes an answer.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::assets;
use super::brand::{Brand, initial};
use super::content_policy::ContentPolicy;
use super::error::PageError;
use crate::clock::Moment;
use crate::language::{Fact, Language, Text};

/// What every page needs. Its methods are the words templates may use.
#[derive(Clone)]
pub struct Page {
    /// Whose page it is.
    pub brand: Arc<Brand>,
    /// The language it is written in.
    pub language: Language,
    /// When it is written: "five minutes ago" is counted from here.
    pub now: Moment,
    /// The request's id, by which its log lines are found.
    pub trace: String,
    /// Goes back with every form (security rule 14); empty on pages without one.
    pub csrf: String,
    /// The flow this page is a step of: goes back with every form and link.
    pub flow: Option<String>,
    /// Who is signed in.
    pub account: Option<Badge>,
    /// Where "this page in another language" leads back to: a path of ours with its query; nowhere
    /// if the page is the answer to a form.
    pub here: Option<String>,
}

/// Who is signed in, as shown in the corner.
#[derive(Clone)]
pub struct Badge {
    /// The person's name.
    pub name: String,
    /// The address or number they sign in with.
    pub email: String,
}

impl Badge {
    /// The letter on the person's tile.
    #[must_use]
    pub fn initial(&self) -> String {
        initial(if self.name.is_empty() { &self.email } else { &self.name })
    }
}

impl Page {
    /// A page that knows its brand, its language and the time, and nobody yet.
    #[must_use]
    pub fn new(brand: Arc<Brand>, language: Language, now: Moment) -> Self {
        let (trace, csrf) = (String::new(), String::new());
        Self { brand, language, now, trace, csrf, flow: None, account: None, here: None }
    }

    /// The message under `key`; every message may speak of `$brand`.
    #[must_use]
    pub fn text<'a>(&self, key: &'a str) -> Text<'a> {
        self.language.text(key).and("brand", &self.brand.name)
    }

    /// The message under `key`, told one fact; more follow by [`Text::and`].
    #[must_use]
    pub fn text_with<'a>(&self, key: &'a str, name: &'static str, fact: impl Fact) -> Text<'a> {
        self.text(key).and(name, fact)
    }

    /// Where the file `name` of `templates/assets` is served.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// Every language, for the choice at the foot.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        Language::all().collect()
    }

    /// `path` as a link that stays in this page's flow.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        let Some(flow) = &self.flow else { return path.to_owned() };
        let flow: String = url::form_urlencoded::byte_serialize(flow.as_bytes()).collect();
        format!("{path}{}flow={flow}", if path.contains('?') { '&' } else { '?' })
    }

    /// "20 Nov 2026".
    #[must_use]
    pub fn date(&self, moment: &Moment) -> String {
        self.language.date(*moment)
    }

    /// "20 Nov 2026, 14:05 UTC"; a script turns it into the reader's own time.
    #[must_use]
    pub fn time(&self, moment: &Moment) -> String {
        self.language.time(*moment)
    }

    /// "5 minutes ago", and the date when that is longer than a month.
    #[must_use]
    pub fn ago(&self, moment: &Moment) -> String {
        let seconds = self.now.since(*moment).as_secs();
        let (key, count) = match seconds {
            0..=59 => return self.text("ago-now").to_string(),
            60..=3_599 => ("ago-minutes", seconds / 60),
            3_600..=86_399 => ("ago-hours", seconds / 3_600),
            86_400..=2_591_999 => ("ago-days", seconds / 86_400),
            _ => return self.date(moment),
        };
        self.text_with(key, "count", count).to_string()
    }
}

/// Answers 200 with a page that loads only what is ours.
pub fn show(template: &impl Template) -> Result<HttpResponse, PageError> {
    show_with(template, StatusCode::OK, &ContentPolicy::default())
}

/// Answers with a page, a status of its own and what it may load besides.
pub fn show_with(
    template: &impl Template,
    status: StatusCode,
    policy: &ContentPolicy,
) -> Result<HttpResponse, PageError> {
    let html = template.render().map_err(|error| PageError::internal(error.to_string()))?;
    Ok(HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy.header()))
        .insert_header((header::REFERRER_POLICY, "same-origin"))
        .body(html))
}

/// Answers with a page that carries something no other site may learn of from us: it sends no
/// `Referer` at all (OAuth 2.0 Form Post Response Mode §4).
pub fn show_secret(template: &impl Template) -> Result<HttpResponse, PageError> {
    let mut response = show(template)?;
    let none = header::HeaderValue::from_static("no-referrer");
    response.headers_mut().insert(header::REFERRER_POLICY, none);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::colour::WHITE;

    fn page() -> Page {
        let now = Moment::from_seconds(1_795_183_500); // 20 November 2026, 14:05
        Page::new(Arc::new(Brand::plain("Countersign", WHITE)), Language::default(), now)
    }

    #[test]
    fn moments_are_said_in_words() {
        let page = page();
        let before = |seconds: i64| Moment::from_seconds(1_795_183_500 - seconds);
        assert_eq!(page.time(&page.now), "20 Nov 2026, 14:05 UTC");
        assert_eq!(page.ago(&before(59)), "just now");
        assert_eq!(page.ago(&before(61)), "1 minute ago");
        assert_eq!(page.ago(&before(7_300)), "2 hours ago");
        assert_eq!(page.ago(&before(86_400)), "yesterday");
        assert_eq!(page.ago(&before(40 * 86_400)), "11 Oct 2026");
        assert_eq!(page.ago(&(page.now + std::time::Duration::from_secs(9))), "just now");
    }

    #[test]
    fn links_stay_in_the_flow() {
        let page = Page { flow: Some("a&b=c".to_owned()), ..page() };
        assert_eq!(page.link("/sign-up"), "/sign-up?flow=a%26b%3Dc");
        assert_eq!(page.link("/recover?by=code"), "/recover?by=code&flow=a%26b%3Dc");
    }
}
