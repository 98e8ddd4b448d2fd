//! What came back: status, headers, and a body read as JSON or as a page.

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use url::Url;

/// An answer to one request; no redirect has been followed.
#[derive(Clone, Debug)]
pub struct Answer {
    pub url: Url,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value, if it was sent once; its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers(name);
        let first = values.next();
        assert!(values.next().is_none(), "{name} was sent twice by {}", self.url);
        first
    }

    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a body in UTF-8")
    }

    /// The body as JSON, whatever the status.
    pub fn json(&self) -> Value {
        let kind = self.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("application/json"), "no JSON but {kind}: {}", self.summary());
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.summary()))
    }

    /// A member of the JSON body that must be a string.
    pub fn member(&self, name: &str) -> String {
        let json = self.json();
        let value = json[name].as_str();
        value.unwrap_or_else(|| panic!("no {name}: {}", self.summary())).to_owned()
    }

    /// The error code of a refusal in JSON; empty when nothing was refused.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }

    /// Where a redirect points.
    pub fn location(&self) -> Option<Url> {
        let redirect = matches!(self.status, 301 | 302 | 303 | 307 | 308);
        let location = self.header("location").filter(|_| redirect)?;
        Some(self.url.join(location).expect("a URL in Location"))
    }

    /// The same, or a complaint that shows what came instead.
    pub fn must_redirect(&self) -> Url {
        self.location().unwrap_or_else(|| panic!("no redirect: {}", self.summary()))
    }

    /// Complains unless the status is this; hands itself on otherwise.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.summary());
        self
    }

    /// For complaints: status, address, and enough of the body to see what happened.
    pub fn summary(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = text.chars().take(1500).collect();
        format!("{} from {}: {short}", self.status, self.url)
    }

    // --- as a page ---

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// Is there an element with this id?
    pub fn shows(&self, id: &str) -> bool {
        self.html().select(&by_id(id)).next().is_some()
    }

    /// The text of the element with this id, its white space folded.
    pub fn text_of(&self, id: &str) -> String {
        let html = self.html();
        let found = html.select(&by_id(id)).next();
        folded(&found.unwrap_or_else(|| panic!("no #{id}: {}", self.summary())))
    }

    pub fn title(&self) -> String {
        let html = self.html();
        html.select(&css("title")).next().map(|title| folded(&title)).unwrap_or_default()
    }

    /// All that a person reads, folded.
    pub fn words(&self) -> String {
        folded(&self.html().select(&css("body")).next().expect("a body"))
    }

    /// The same without what differs from answer to answer, and with this text left out.
    pub fn words_but(&self, left_out: &str) -> String {
        let reference = self.header("x-request-id").unwrap_or("no reference");
        self.words().replace(reference, "…").replace(left_out, "…")
    }

    /// The error code an error page carries (`interface.md`, Forms that programs drive).
    pub fn page_error(&self) -> String {
        self.text_of("error-title")
    }
}

pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

pub fn by_id(id: &str) -> Selector {
    css(&format!("[id=\"{id}\"]"))
}

pub fn folded(element: &ElementRef) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
