//! A browser without a screen or scripts: cookies, forms, redirects one at a time.

use std::collections::BTreeMap;

use url::Url;

use super::{answer::Answer, form::Form, http::Request};

/// A person's browser. Its cookies belong to a host, whatever the port, as in real ones.
#[derive(Clone, Default)]
pub struct Browser {
    cookies: BTreeMap<(String, String), String>,
    language: Option<String>,
}

impl Browser {
    pub fn new() -> Self {
        Self::default()
    }

    /// A browser that asks for this language.
    pub fn speaking(language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..Self::default() }
    }

    /// Asks for one address and follows nothing.
    pub async fn visit(&mut self, url: &Url) -> Answer {
        self.send(Request::get(url), url).await
    }

    /// Asks for an address and follows redirects as long as they stay on its origin.
    pub async fn open(&mut self, url: &Url) -> Answer {
        let answer = self.visit(url).await;
        self.follow(answer).await
    }

    /// Follows redirects as long as they stay on the origin of the first answer.
    pub async fn follow(&mut self, mut answer: Answer) -> Answer {
        let home = answer.url.origin();
        for _ in 0..20 {
            let Some(next) = answer.location().filter(|next| next.origin() == home) else {
                return answer;
            };
            answer = self.visit(&next).await;
        }
        panic!("redirected in circles: {}", answer.summary());
    }

    /// Sends a form and follows nothing.
    pub async fn submit(&mut self, form: &Form) -> Answer {
        let answer = self.try_submit(form).await;
        answer.unwrap_or_else(|trouble| panic!("{}: {trouble}", form.action))
    }

    /// The same, for those who expect that nobody answers.
    pub async fn try_submit(&mut self, form: &Form) -> Result<Answer, String> {
        if form.method == "get" {
            let mut url = form.action.clone();
            url.query_pairs_mut().clear().extend_pairs(&form.fields);
            return self.try_send(Request::get(&url), &url).await;
        }
        // Fetch, "append a request `Origin` header": null where the page keeps its address.
        let page = form.page.origin().ascii_serialization();
        let origin = if form.keeps_origin { "null" } else { &page };
        let same = form.page.origin() == form.action.origin();
        let request = Request::post(&form.action)
            .header("origin", origin)
            .header("sec-fetch-site", if same { "same-origin" } else { "cross-site" })
            .form(&form.fields);
        self.try_send(request, &form.action).await
    }

    /// Presses the button with this id, after writing into the named fields, and follows.
    pub async fn press(&mut self, page: &Answer, id: &str, fields: &[(&str, &str)]) -> Answer {
        let form = Form::of_button(page, id);
        let form = fields.iter().fold(form, |form, (name, value)| form.fill(name, value));
        let answer = self.submit(&form).await;
        self.follow(answer).await
    }

    pub fn cookie(&self, host: &str, name: &str) -> Option<&str> {
        self.cookies.get(&(host.to_owned(), name.to_owned())).map(String::as_str)
    }

    /// Puts a cookie there by hand, as a thief would.
    pub fn set_cookie(&mut self, host: &str, name: &str, value: &str) {
        self.cookies.insert((host.to_owned(), name.to_owned()), value.to_owned());
    }

    /// Sends any request with this browser's cookies, and keeps those it gets.
    pub async fn send(&mut self, request: Request, url: &Url) -> Answer {
        self.try_send(request, url).await.unwrap_or_else(|trouble| panic!("{url}: {trouble}"))
    }

    /// The same, for those who expect that nobody answers.
    pub async fn try_send(&mut self, request: Request, url: &Url) -> Result<Answer, String> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let kept = self.cookies.iter().filter(|((of, _), _)| *of == host);
        let kept: Vec<_> = kept.map(|((_, name), value)| format!("{name}={value}")).collect();
        let mut request = request.header("accept", "text/html");
        if !kept.is_empty() {
            request = request.header("cookie", &kept.join("; "));
        }
        if let Some(language) = &self.language {
            request = request.header("accept-language", language);
        }
        let answer = request.try_send().await?;
        for cookie in answer.headers("set-cookie") {
            self.keep(&host, cookie);
        }
        Ok(answer)
    }

    fn keep(&mut self, host: &str, cookie: &str) {
        let mut parts = cookie.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let key = (host.to_owned(), name.to_owned());
        if value.is_empty() || parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            self.cookies.remove(&key);
        } else {
            self.cookies.insert(key, value.to_owned());
        }
    }
}
