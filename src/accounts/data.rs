//! What is held about somebody, in words.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    app::App,
    store::{
        contacts::{self, Channel, Contact},
        users::User,
    },
    web::{
        error::PageError,
        page::{self, Page},
        parts::SharedValue,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/data.html")]
struct DataPage<'a> {
    page: &'a Page,
    held: Vec<SharedValue>,
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
    let held = held(&visitor.page, user, &contacts);
    let answer = page::show(&DataPage { page: &visitor.page, held })?;
    Ok(visitor.greet(&http, answer))
}

fn held(page: &Page, user: &User, contacts: &[Contact]) -> Vec<SharedValue> {
    let line = |key, value: String| {
        let label = page.text(key).to_string();
        SharedValue { label, value, new: false }
    };
    let addresses = contacts.iter().map(|contact| {
        let key = match contact.channel {
            Channel::Email => "claim-email",
            Channel::Sms => "claim-phone-number",
        };
        line(key, contact.address.clone())
    });
    let mut held = vec![line("claim-name", user.name.clone())];
    held.extend(addresses);
    held.push(line("data-since", page.date(&user.created_at)));
    held
}
