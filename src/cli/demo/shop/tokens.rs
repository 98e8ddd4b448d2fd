//! New tokens for old ones, at the press of a button.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{
    OwnForm, Shop, page,
    trouble::{Kind, Trouble},
    visit::Note,
};

/// `POST /refresh`: fetches new tokens and the person's details with them.
pub async fn submit(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = refresh(&shop, &http).await;
    shop.answer(&http, done)
}

async fn refresh(shop: &Shop, http: &HttpRequest) -> Result<HttpResponse, Trouble> {
    let Some(member) = shop.visits.member(http) else {
        return Err(Trouble::plain(Kind::NobodyHere));
    };
    let renewed = shop.provider.refresh(&member).await?;
    shop.visits.renew(http, renewed, Some(Note::Refreshed));
    Ok(page::see("/").finish())
}
