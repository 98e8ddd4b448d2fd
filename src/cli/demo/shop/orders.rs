//! The visitor's orders, fetched from the sample API with the visitor's access token.

use actix_web::{HttpRequest, HttpResponse, web};
use openidconnect::{
    AccessToken,
    http::{Request, header},
};
use serde::Deserialize;

use super::{
    OwnForm, Shop, login,
    member::{ApiAccess, Member},
    page,
    provider::Ask,
    trouble::{Kind, Trouble},
    visit::{Errand, SignIn},
};

/// What the sample API answers.
#[derive(Clone, Debug, Deserialize)]
pub struct OrderBook {
    /// Whom the API takes the caller to speak for.
    pub subject: String,
    /// What the caller may do.
    pub scope: String,
    /// The orders.
    pub orders: Vec<Order>,
}

/// One order.
#[derive(Clone, Debug, Deserialize)]
pub struct Order {
    /// Its number.
    pub number: String,
    /// What was in it.
    pub items: String,
    /// What it cost, with its currency.
    pub total: String,
}

/// `POST /orders`: calls the sample API and shows the answer on the next page.
pub async fn submit(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = fetch(&shop, &http).await;
    shop.answer(&http, done)
}

/// The API takes no token that was made for somebody else's ears, so the first call fetches one that
/// names it (RFC 8707): once more to the provider, which has nothing to ask if all is shared already.
async fn fetch(shop: &Shop, http: &HttpRequest) -> Result<HttpResponse, Trouble> {
    let Some(member) = shop.visits.member(http) else {
        return Err(Trouble::plain(Kind::NobodyHere));
    };
    if let Some(access) = member.api.clone() {
        return show(shop, http, member, access).await;
    }
    let scope = vec!["profile".to_owned()];
    let ask = Ask { scope, silently: None, errand: Errand::Orders };
    login::send(shop, http, ask).await
}

/// The browser is back with a code for the API.
pub async fn with_code(
    shop: &Shop,
    http: &HttpRequest,
    code: String,
    sign_in: SignIn,
) -> Result<HttpResponse, Trouble> {
    let (subject, tokens) = shop.provider.redeem(code, sign_in).await?;
    let Some(member) = shop.visits.member(http) else {
        return Err(Trouble::plain(Kind::NobodyHere));
    };
    if member.subject != subject {
        return Err(Trouble::because(Kind::SomebodyElse, "the ID token names another subject"));
    }
    show(shop, http, member, ApiAccess::from(&tokens)).await
}

/// A token that does not work may only be too old: one refresh tells.
async fn show(
    shop: &Shop,
    http: &HttpRequest,
    mut member: Member,
    mut access: ApiAccess,
) -> Result<HttpResponse, Trouble> {
    let mut answered = call(shop, &access.access_token).await;
    if answered.as_ref().is_err_and(|trouble| trouble.kind == Kind::AccessRemoved) {
        let renewed = shop.provider.renew(access.refresh_token.as_ref(), &member.subject).await?;
        access = ApiAccess::from(&renewed);
        answered = call(shop, &access.access_token).await;
    }
    member.api = Some(access);
    shop.visits.renew(http, member, None);
    shop.visits.keep_orders(http, answered?);
    Ok(page::see("/#orders").finish())
}

/// A bearer token in the header (RFC 6750 §2.1).
async fn call(shop: &Shop, token: &AccessToken) -> Result<OrderBook, Trouble> {
    let request = Request::get(shop.settings.at("/api/orders").as_str())
        .header(header::AUTHORIZATION, format!("Bearer {}", token.secret()))
        .body(Vec::new())
        .map_err(|error| Trouble::because(Kind::NotTrusted, error.to_string()))?;
    let answer = shop.provider.http.send(request).await?;
    match answer.status().as_u16() {
        200 => serde_json::from_slice(answer.body())
            .map_err(|error| Trouble::because(Kind::NotTrusted, error.to_string())),
        401 => Err(Trouble::because(Kind::AccessRemoved, "the sample API refused the token")),
        status => Err(Trouble::because(Kind::BadlySetUp, format!("the API answered {status}"))),
    }
}
