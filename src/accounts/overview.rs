//! One's own account at a glance.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use crate::{
    app::App,
    store::{self, contacts, grants, sessions},
    web::{
        error::PageError,
        page::{self, Page},
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct OverviewPage<'a> {
    page: &'a Page,
    name: &'a str,
    /// Mail addresses and numbers, the primary ones first.
    contacts: Vec<String>,
    apps: usize,
    sessions: usize,
}

/// Shows who is signed in, and how much there is to look after.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.signed_in()?;
    let (user_id, now) = (signed_in.user.id, app.clock.now());
    let (contacts, apps, sessions) = app
        .store
        .survey(move |db| {
            Ok::<_, store::Error>((
                contacts::list_of_user(db, user_id)?,
                grants::list_standing(db, user_id)?.len(),
                sessions::list_of_user(db, user_id, now)?.len(),
            ))
        })
        .await?;
    let template = OverviewPage {
        page: &visitor.page,
        name: &signed_in.user.name,
        contacts: contacts.into_iter().map(|contact| contact.address).collect(),
        apps,
        sessions,
    };
    let answer = page::show(&template)?;
    Ok(visitor.greet(&http, answer))
}
