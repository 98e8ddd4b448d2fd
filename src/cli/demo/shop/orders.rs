//! The visitor's orders, fetched from the sample API with the visitor's access token.

use actix_web::{HttpRequest, HttpResponse, web};
use openidconnect::{
    AccessToken,
    http::{Request, header},
};
use serde::Deserialize;

use super::{
    OwnForm, Shop, page,
    trouble::{Kind, Trouble},
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

/// A token that does not work may only be too old: one refresh tells.
async fn fetch(shop: &Shop, http: &HttpRequest) -> Result<HttpResponse, Trouble> {
    let Some(member) = shop.visits.member(http) else {
        return Err(Trouble::plain(Kind::NobodyHere));
    };
    let orders = match call(shop, &member.access_token).await {
        Err(trouble) if trouble.kind == Kind::AccessRemoved => {
            let renewed = shop.provider.refresh(&member).await?;
            let orders = call(shop, &renewed.access_token).await?;
            shop.visits.renew(http, renewed, None);
            orders
        }
        answered => answered?,
    };
    shop.visits.keep_orders(http, orders);
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
