//! What is held about somebody, in words.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    app::App,
    clock::Moment,
    store::contacts::{self, Contact},
    web::{
        error::PageError,
        page::{self, Page},
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/data.html")]
struct DataPage<'a> {
    page: &'a Page,
    name: &'a str,
    since: Moment,
    contacts: Vec<Contact>,
}

/// Shows it.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let user = &visitor.signed_in()?.user;
    let user_id = user.id;
    let contacts = app.store.survey(move |db| contacts::list_of_user(db, user_id)).await?;
    let template =
        DataPage { page: &visitor.page, name: &user.name, since: user.created_at, contacts };
    let answer = page::show(&template)?;
    Ok(visitor.greet(&http, answer))
}
