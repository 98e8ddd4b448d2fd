//! How an answer travels back: query, fragment or form. Every answer carries `iss` (RFC 9207).

use actix_web::{HttpResponse, http::header};
use askama::Template;

use super::error::WayBack;
use crate::{
    config::Config,
    oauth::error::CarriedBack,
    protocol::{error::OAuthError, response::ResponseMode},
    web::{
        error::PageError,
        page::{self, Page},
    },
};

#[derive(Template)]
#[template(path = "oauth/form_post.html")]
struct FormPostPage<'a> {
    page: &'a Page,
    action: &'a str,
    parameters: &'a [(&'a str, &'a str)],
}

/// Sends the browser back with these parameters, `state` and `iss`.
///
/// # Errors
/// If the form cannot be rendered.
pub fn answer(
    config: &Config,
    page: &Page,
    back: &WayBack,
    parameters: &[(&str, impl AsRef<str>)],
) -> Result<HttpResponse, PageError> {
    let mut all: Vec<(&str, &str)> = Vec::with_capacity(parameters.len() + 2);
    all.extend(parameters.iter().map(|(name, value)| (*name, value.as_ref())));
    all.extend(back.return_to.state().map(|state| ("state", state)));
    all.push(("iss", config.http.public_url.as_str()));
    let location = match back.mode {
        ResponseMode::Query => back.return_to.with_query(&all),
        ResponseMode::Fragment => back.return_to.with_fragment(&all),
        ResponseMode::FormPost => {
            let action = back.return_to.uri();
            return page::show_secret(&FormPostPage { page, action, parameters: &all });
        }
    };
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish())
}

/// Sends the browser back with a refusal (RFC 6749 §4.1.2.1).
///
/// # Errors
/// As [`answer`].
pub fn refuse(
    config: &Config,
    page: &Page,
    back: &WayBack,
    error: &OAuthError,
) -> Result<HttpResponse, PageError> {
    let code = error.code.as_str();
    let parameters = [("error", code), ("error_description", error.description)];
    let mut answer = answer(config, page, back, &parameters)?;
    answer.extensions_mut().insert(CarriedBack(error.clone()));
    Ok(answer)
}
