//! The front page.

use actix_web::HttpResponse;
use askama::Template;

use crate::web::{
    error::PageError,
    page::{self, Page},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "accounts/home.html")]
struct HomePage<'a> {
    page: &'a Page,
}

/// Greets whoever comes without an errand.
///
/// # Errors
/// If the page cannot be rendered.
pub async fn show(visitor: Visitor) -> Result<HttpResponse, PageError> {
    page::show(&HomePage { page: &visitor.page })
}
