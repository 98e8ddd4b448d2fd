//! What a page may load, and who may frame it (Content Security Policy Level 3).

use actix_web::http::header::HeaderValue;

/// What every page may do, and what one page may do besides.
///
/// There is no `form-action`: Chromium holds it against the redirect that follows a form, so it
/// would stop the way back to an app.
#[derive(Default)]
pub struct ContentPolicy {
    images: Vec<String>,
    frames: Vec<String>,
}

impl ContentPolicy {
    /// Lets the page show images of the origin of `url`; an address that is none adds nothing.
    #[must_use]
    pub fn images_from(mut self, url: Option<&str>) -> Self {
        self.images.extend(url.and_then(origin));
        self
    }

    /// Lets the page load frames of the origin of `url` (Front-Channel Logout 1.0 §3).
    #[must_use]
    pub fn frames_from(mut self, url: &str) -> Self {
        self.frames.extend(origin(url));
        self
    }

    /// The header's value.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        let mut policy = "default-src 'none'; style-src 'self'; script-src 'self'; \
             base-uri 'none'; frame-ancestors 'none'; img-src 'self' data:"
            .to_owned();
        for origin in &self.images {
            policy.push(' ');
            policy.push_str(origin);
        }
        if !self.frames.is_empty() {
            policy.push_str("; frame-src ");
            policy.push_str(&self.frames.join(" "));
        }
        HeaderValue::try_from(policy)
            .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
    }
}

/// `https://shop.example/logo.png` as `https://shop.example`. Only the web's own schemes have one
/// that a policy can name.
fn origin(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    matches!(url.scheme(), "https" | "http").then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(policy: &ContentPolicy) -> String {
        policy.header().to_str().unwrap().to_owned()
    }

    #[test]
    fn nothing_is_allowed_that_is_not_ours() {
        let policy = text(&ContentPolicy::default());
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("form-action"), "{policy}");
        assert!(policy.ends_with("img-src 'self' data:"), "{policy}");
    }

    #[test]
    fn a_logo_opens_its_origin_and_no_more() {
        let url = Some("https://shop.example:8443/a;b c.png?x='none'; script-src *");
        let policy = text(&ContentPolicy::default().images_from(url));
        assert!(policy.ends_with("img-src 'self' data: https://shop.example:8443"), "{policy}");
    }

    #[test]
    fn an_address_without_origin_adds_nothing() {
        let bare = text(&ContentPolicy::default());
        for url in ["javascript:alert(1)", "data:image/png,x", "//shop.example", "*", ""] {
            assert_eq!(text(&ContentPolicy::default().images_from(Some(url))), bare);
        }
    }
}
