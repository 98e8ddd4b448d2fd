//! Our cookies: the browser (which browser is this?), the session (who is signed in there?), the trust
//! (need they show a second step there?) and the language that was chosen in it.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

use crate::{app::App, config::Config, crypto::secret::Secret};

crate::id! {
    /// Names a browser, so that what began in one is not finished in another.
    BrowserId
}

/// A cookie of ours: `__Host-` and `Secure` where the site is https, plain on a loopback address,
/// where some browsers keep no secure cookie.
fn named(config: &Config, name: &str, value: String) -> Cookie<'static> {
    let secure = config.http.public_url.is_https();
    Cookie::build(if secure { format!("__Host-{name}") } else { name.to_owned() }, value)
        .path("/")
        .secure(secure)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

fn read(http: &HttpRequest, config: &Config, name: &str) -> Option<String> {
    let wanted = named(config, name, String::new());
    http.cookie(wanted.name()).map(|cookie| cookie.value().to_owned())
}

// Names nobody else uses: on localhost all ports share one jar of cookies, and many a web framework
// calls its own "session".
const BROWSER: &str = "countersign-browser";
const SESSION: &str = "countersign-session";
const TRUST: &str = "countersign-trust";
const LANGUAGE: &str = "countersign-language";

/// The browser that sent this request, if it has been here before.
#[must_use]
pub fn browser(http: &HttpRequest, config: &Config) -> Option<BrowserId> {
    BrowserId::parse(&read(http, config, BROWSER)?)
}

/// The cookie that lets us know this browser again, for a year.
#[must_use]
pub fn remember_browser(app: &App, browser: BrowserId) -> Cookie<'static> {
    let mut cookie = named(&app.config, BROWSER, browser.to_string());
    cookie.set_max_age(Duration::days(365));
    cookie
}

/// The secret of the session that this request belongs to.
#[must_use]
pub fn session(http: &HttpRequest, config: &Config) -> Option<Secret> {
    read(http, config, SESSION).filter(|secret| secret.len() == 43).map(Secret::new)
}

/// The cookie of a session that has just begun or risen.
#[must_use]
pub fn remember_session(app: &App, secret: &Secret) -> Cookie<'static> {
    let mut cookie = named(&app.config, SESSION, secret.expose().to_owned());
    let lifetime = i64::try_from(app.config.sign_in.session_lifetime_seconds).unwrap_or(i64::MAX);
    cookie.set_max_age(Duration::seconds(lifetime));
    cookie
}

/// The cookie that makes the browser forget its session.
#[must_use]
pub fn forget_session(app: &App) -> Cookie<'static> {
    let mut cookie = named(&app.config, SESSION, String::new());
    cookie.make_removal();
    cookie
}

/// The secret by which this browser is trusted.
#[must_use]
pub fn trust(http: &HttpRequest, config: &Config) -> Option<Secret> {
    read(http, config, TRUST).filter(|secret| secret.len() == 43).map(Secret::new)
}

/// The cookie of a browser that somebody has just begun to trust.
#[must_use]
pub fn remember_trust(app: &App, secret: &Secret) -> Cookie<'static> {
    let mut cookie = named(&app.config, TRUST, secret.expose().to_owned());
    cookie.set_max_age(Duration::days(app.config.sign_in.trusted_browser_days.into()));
    cookie
}

/// The language that was chosen in this browser.
#[must_use]
pub fn language(http: &HttpRequest, config: &Config) -> Option<String> {
    read(http, config, LANGUAGE)
}

/// The cookie that keeps a chosen language for a year.
#[must_use]
pub fn remember_language(config: &Config, code: &str) -> Cookie<'static> {
    let mut cookie = named(config, LANGUAGE, code.to_owned());
    cookie.set_max_age(Duration::days(365));
    cookie
}
