//! Signing out here, and at the provider if the visitor wants (RP-Initiated Logout).

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use super::{OwnForm, Shop, page};

/// What comes back from the goodbye.
#[derive(Deserialize)]
pub struct Back {
    state: Option<String>,
}

#[derive(Template)]
#[template(path = "demo/signed_out.html")]
struct SignedOutPage<'a> {
    shop: &'a Shop,
    everywhere: bool,
}

/// `POST /sign-out`: forgets the visitor, then lets the provider do the same. The shop signs out
/// first: it must not depend on anybody's answer.
pub async fn submit(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let Some(member) = shop.visits.member(&http) else {
        return page::see("/signed-out").finish();
    };
    let goodbye = shop.provider.goodbye(&member).await;
    shop.visits.forget(&http);
    match goodbye {
        Ok(Some((url, state))) => {
            shop.visits.leave(&http, state);
            page::see(url.as_str()).finish()
        }
        Ok(None) => page::see("/signed-out").finish(),
        Err(trouble) => {
            tracing::info!("The sample shop signs out alone: {}", trouble.detail);
            page::see("/signed-out").finish()
        }
    }
}

/// `GET /signed-out`: after the goodbye, or instead of it.
pub async fn show(
    shop: web::Data<Shop>,
    http: HttpRequest,
    back: web::Query<Back>,
) -> HttpResponse {
    let everywhere = back.state.as_deref().is_some_and(|state| shop.visits.has_left(&http, state));
    page::answer(StatusCode::OK, &SignedOutPage { shop: &shop, everywhere })
}
