//! On what and where something happened, in words its owner knows.

use crate::{app::App, identity::user_agent::UserAgent, language::Language};

/// "Firefox on Linux", or else what kind of thing it is.
#[must_use]
pub fn device(user_agent: &str, language: Language) -> String {
    let agent = UserAgent::read(user_agent);
    match (agent.browser, agent.system) {
        (Some(browser), Some(system)) if browser != system => language
            .text("device-browser-on")
            .and("browser", browser)
            .and("system", system)
            .to_string(),
        (Some(only), _) | (None, Some(only)) => only,
        (None, None) => language.text(agent.device.key()).to_string(),
    }
}

/// "Lyon, France (203.0.113.5)"; the address alone where the place is not known.
#[must_use]
pub fn place(app: &App, address: &str, language: Language) -> String {
    match app.places.find(address, language.code()) {
        Some(place) => format!("{place} ({address})"),
        None => address.to_owned(),
    }
}
