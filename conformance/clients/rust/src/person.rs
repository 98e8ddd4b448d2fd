//! Somebody with a browser that was never used before: signs in, allows, and stops where the app is
//! called. Pages are recognised by the element ids of the outside interface; no script runs on them.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use reqwest::blocking::{Client, Response};
use reqwest::header::{LOCATION, ORIGIN};
use reqwest::redirect::Policy;
use scraper::{ElementRef, Html, Selector};
use url::Url;

const MOST_STEPS: usize = 20;

/// What may be pressed, in the order in which pages bring it.
const BUTTONS: &[&str] = &[
    "sign-in-submit",
    "second-factor-submit",
    "consent-allow",
    "device-allow",
    "device-submit",
    "sign-out-confirm",
];

pub struct Person {
    issuer: Url,
    facts: HashMap<&'static str, String>,
    browser: Client,
}

/// A form that is filled in and about to be sent.
struct Filled {
    action: Url,
    fields: Vec<(String, String)>,
}

impl Person {
    pub fn new(issuer: Url, identifier: String, password: String) -> Result<Self> {
        let browser = Client::builder().cookie_store(true).redirect(Policy::none()).build()?;
        Ok(Self {
            issuer,
            facts: HashMap::from([("identifier", identifier), ("password", password)]),
            browser,
        })
    }

    /// Types this code where a device's code is asked for.
    pub fn holding(mut self, user_code: &str) -> Self {
        self.facts.insert("user_code", user_code.to_owned());
        self
    }

    /// Walks from an address until the app at `end` is called; nothing when the way ends on a page.
    pub fn visit(&self, address: &Url, end: &str) -> Result<Option<Url>> {
        let mut answer = self.browser.get(address.clone()).send()?;
        for _ in 0..MOST_STEPS {
            let at = answer.url().clone();
            if let Some(location) = answer.headers().get(LOCATION) {
                let next = at.join(location.to_str()?)?;
                if next.as_str().starts_with(end) {
                    return Ok(Some(next));
                }
                answer = self.browser.get(next).send()?;
                continue;
            }
            let Some(form) = self.fill(answer, &at)? else { return Ok(None) };
            let origin = at.origin().ascii_serialization();
            answer =
                self.browser.post(form.action).header(ORIGIN, origin).form(&form.fields).send()?;
        }
        bail!("did not arrive at {end} after {MOST_STEPS} steps")
    }

    /// Answers what the page asks for; nothing when it asks nothing.
    fn fill(&self, answer: Response, at: &Url) -> Result<Option<Filled>> {
        let page = Html::parse_document(&answer.text()?);
        if let Some(title) = by_id(&page, "error-title") {
            bail!("error page: {}", title.text().collect::<String>().trim());
        }
        let Some(button) = BUTTONS.iter().find_map(|id| by_id(&page, id)) else { return Ok(None) };
        let form =
            button.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "form");
        let form = form.context("the button stands in no form")?;
        let mut fields = Vec::new();
        for input in form.select(&Selector::parse("input[name]").expect("a selector")) {
            let unticked =
                input.attr("type") == Some("checkbox") && input.attr("checked").is_none();
            if !unticked {
                let name = input.attr("name").unwrap_or_default();
                fields.push((name.to_owned(), self.value(name, &input, &button)?));
            }
        }
        if let Some(name) = button.attr("name") {
            fields.push((name.to_owned(), button.attr("value").unwrap_or_default().to_owned()));
        }
        Ok(Some(Filled { action: at.join(form.attr("action").unwrap_or_default())?, fields }))
    }

    fn value(&self, name: &str, input: &ElementRef, button: &ElementRef) -> Result<String> {
        if name == "code" && button.attr("id") == Some("second-factor-submit") {
            return self.newest_code();
        }
        let own = || input.attr("value").unwrap_or_default().to_owned();
        Ok(self.facts.get(name).cloned().unwrap_or_else(own))
    }

    /// The newest one-time code in the inbox of a server that delivers nothing.
    fn newest_code(&self) -> Result<String> {
        let inbox =
            self.browser.get(self.issuer.join("/inbox")?).header("Accept", "application/json");
        let messages: Vec<serde_json::Value> = serde_json::from_str(&inbox.send()?.text()?)?;
        let code = messages.iter().find_map(|message| message["code"].as_str());
        Ok(code.context("no code in the inbox")?.to_owned())
    }
}

fn by_id<'a>(page: &'a Html, id: &str) -> Option<ElementRef<'a>> {
    page.select(&Selector::parse(&format!("#{id}")).expect("an id")).next()
}
