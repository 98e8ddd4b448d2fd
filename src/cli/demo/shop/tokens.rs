//! What the shop does with the tokens it was given, at the press of a button.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{
    OwnForm, Shop,
    member::Member,
    page,
    trouble::{Kind, Trouble},
    visit::Note,
};

/// `POST /refresh`: fetches new tokens and the person's details with them.
pub async fn refresh(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = async {
        let renewed = shop.provider.refresh(&member(&shop, &http)?).await?;
        shop.visits.renew(&http, renewed, Some(Note::Refreshed));
        Ok(page::see("/").finish())
    };
    let done = done.await;
    shop.answer(&http, done)
}

/// `POST /details`: asks the userinfo endpoint again. An access token that does not work may only be
/// too old: one refresh tells.
pub async fn details(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = async {
        let member = member(&shop, &http)?;
        let token = member.access_token.clone();
        let described = match shop.provider.details(token, member.subject.clone()).await {
            Err(trouble) if trouble.kind == Kind::AccessRemoved => {
                shop.provider.refresh(&member).await?
            }
            details => member.described(&details?),
        };
        shop.visits.renew(&http, described, Some(Note::Described));
        Ok(page::see("/").finish())
    };
    let done = done.await;
    shop.answer(&http, done)
}

fn member(shop: &Shop, http: &HttpRequest) -> Result<Member, Trouble> {
    shop.visits.member(http).ok_or_else(|| Trouble::plain(Kind::NobodyHere))
}
