//! Somebody with an account: what they know, and how they find their way through the pages.

use serde_json::Value;
use url::Url;

use super::{
    answer::{Answer, css, folded},
    browser::Browser,
    form::Form,
    inbox,
    relying_party::{Asked, RelyingParty, Returned},
    two_step,
};

/// A person, and the browser in front of them.
#[derive(Clone)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub password: String,
    pub browser: Browser,
}

impl Person {
    pub fn new(name: &str) -> Self {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        Self {
            name: format!("{name} Example"),
            email: format!("{}@example.org", plain.to_lowercase()),
            password: format!("{} tugboats leave at noon", name.len()),
            browser: Browser::new(),
        }
    }

    /// The same person at another machine.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self { browser: Browser::new(), ..self.clone() }
    }

    /// Fills in the sign-in page, and types the code that a new browser is asked for.
    pub async fn sign_in_at(&mut self, page: &Answer) -> Answer {
        let page = self.show_password_at(page).await;
        if !two_step::is_for_a_new_browser(&page) {
            return page;
        }
        let code = inbox::newest_code(&page.url).await;
        self.type_code(&page, &code).await
    }

    /// Fills in the sign-in page, and goes no further.
    pub async fn show_password_at(&mut self, page: &Answer) -> Answer {
        let fields = [("identifier", &*self.email), ("password", &*self.password)];
        self.browser.press(page, "sign-in-submit", &fields).await
    }

    /// Signs in for its own sake.
    pub async fn sign_in(&mut self, server: &Url) -> Answer {
        let page = self.browser.open(&server.join("/sign-in").unwrap()).await;
        self.sign_in_at(&page).await
    }

    /// Goes where an app sends them, signs in and allows whatever is asked; the last answer.
    pub async fn go(&mut self, to: &Url) -> Answer {
        let mut page = self.browser.open(to).await;
        for _ in 0..6 {
            if page.status >= 300 || page.location().is_some() {
                return page;
            } else if page.shows("sign-in-submit") {
                page = self.sign_in_at(&page).await;
            } else if page.shows("again-ways") {
                page = self.choose_first_way(&page).await;
            } else if page.shows("second-factor-submit") {
                page = self.type_mailed_code(&page.url, &page).await;
            } else if page.shows("consent-allow") {
                page = self.browser.press(&page, "consent-allow", &[]).await;
            } else {
                return page;
            }
        }
        page
    }

    /// Goes all the way back to the app; what it is told.
    pub async fn authorize(&mut self, asked: &Asked) -> Returned {
        let answer = self.go(&asked.url()).await;
        asked.answer(&answer.must_redirect())
    }

    /// Connects an app: the tokens it gets.
    pub async fn connect(&mut self, app: &RelyingParty, scope: &str) -> Tokens {
        self.connect_by(app, app.ask(scope)).await
    }

    /// The same, with tokens for this API (RFC 8707).
    pub async fn connect_for(&mut self, app: &RelyingParty, scope: &str, api: &str) -> Tokens {
        self.connect_by(app, app.ask(scope).with("resource", api)).await
    }

    async fn connect_by(&mut self, app: &RelyingParty, asked: Asked) -> Tokens {
        let code = self.authorize(&asked).await.code();
        Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json())
    }

    /// Takes an app's access back on the account's pages.
    pub async fn remove_access(&mut self, server: &Url, app: &str) -> Answer {
        let apps = self.browser.open(&server.join("/account/apps").unwrap()).await.expect(200);
        let page = self.browser.open(&remove_link(&apps, app)).await.expect(200);
        let answer = self.browser.submit(&Form::to(&page, "/remove")).await;
        self.browser.follow(answer).await.expect(200)
    }
}

/// The link beside this app's name that leads to the end of its access.
fn remove_link(apps: &Answer, app: &str) -> Url {
    let html = apps.html();
    let rows = css("li, article, section");
    let link = css("a[href^=\"/account/apps/\"][href$=\"/remove\"]");
    let rows = html.select(&rows).filter(|row| folded(row).contains(app));
    // A section around several rows is no row.
    let mut rows = rows.filter(|row| row.select(&link).count() == 1);
    let found = rows.find_map(|row| row.select(&link).next()).and_then(|link| link.attr("href"));
    let path = found.unwrap_or_else(|| panic!("no way to remove {app}: {}", apps.summary()));
    apps.url.join(path).expect("a path")
}

/// A token response (RFC 6749 §5.1).
#[derive(Clone, Debug)]
pub struct Tokens(pub Value);

impl Tokens {
    pub fn access(&self) -> &str {
        self.0["access_token"].as_str().expect("an access token")
    }

    pub fn refresh(&self) -> &str {
        self.0["refresh_token"].as_str().expect("a refresh token")
    }

    pub fn id(&self) -> &str {
        self.0["id_token"].as_str().expect("an ID token")
    }
}
