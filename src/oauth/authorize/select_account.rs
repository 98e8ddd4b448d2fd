//! Which account? (`prompt=select_account`, OpenID Connect Core §3.1.2.1)

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{go, resume};
use crate::{
    app::App,
    store::clients,
    web::{
        app_card,
        error::{Kind, PageError},
        flow::Flow,
        form::{Malformed, Query},
        page::{self, Page},
        parts::AppCard,
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "oauth/select_account.html")]
struct SelectAccountPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
}

/// Shows the account of this browser, and the way to another.
///
/// # Errors
/// If there is no such flow.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let sealed = query.get("flow").ok_or(Kind::FlowLost)?;
    let flow = match resume(&app, &http, &visitor, sealed).await? {
        Ok(flow) => flow,
        Err(beginning) => return Ok(go(&beginning)),
    };
    if visitor.signed_in.is_none() {
        return Ok(go(&urls::in_flow(urls::SIGN_IN, sealed)));
    }
    let id = flow.client_id;
    let client = app.store.read(move |db| clients::find(db, id)).await?;
    let card = client.as_ref().map(app_card::of);
    let policy = card.as_ref().map(app_card::policy).unwrap_or_default();
    let template = SelectAccountPage { page: &visitor.page, app: card };
    page::show_with(&template, StatusCode::OK, &policy)
}

/// Goes on as this account, or to the sign-in page for another.
///
/// # Errors
/// If the form is not from our page in this browser and session.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let sealed = form.get("flow").ok_or(Kind::FlowLost)?;
    let flow = match resume(&app, &http, &visitor, sealed).await? {
        Ok(flow) => flow,
        Err(beginning) => return Ok(go(&beginning)),
    };
    if form.get("answer") != Some("continue") {
        return Ok(go(&urls::in_flow(urls::SIGN_IN, sealed)));
    }
    let chosen = visitor.signed_in()?.session.id;
    let flow = Flow { chosen: Some(chosen), ..flow };
    Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))))
}
