//! The visitor's orders, fetched from the sample API with the visitor's access token.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use openidconnect::{
    AccessToken,
    http::{HeaderMap, Method, Request, header},
};
use serde::Deserialize;

use super::{
    OwnForm, Shop, login,
    member::{ApiAccess, Member},
    page,
    provider::Ask,
    trouble::{Kind, Trouble},
    visit::{Errand, Note, SignIn},
};

/// The challenge's error code.
const INSUFFICIENT: &str = "insufficient_user_authentication";

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

/// What is wanted of the sample API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// To see the orders.
    List,
    /// To order the first one again.
    Again,
}

/// What the sample API says to a token that is good.
enum Answered {
    /// What was wanted.
    Orders(OrderBook),
    /// The person must have signed in so lately (RFC 9470 §3).
    SignInAgain(Duration),
}

/// `POST /orders`: calls the sample API and shows the answer on the next page.
pub async fn submit(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = fetch(&shop, &http, Call::List).await;
    shop.answer(&http, done)
}

/// `POST /orders/again`: orders something, for which the API wants to be surer of the person.
pub async fn again(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = fetch(&shop, &http, Call::Again).await;
    shop.answer(&http, done)
}

/// The API takes no token that was made for somebody else's ears, so the first call fetches one that
/// names it (RFC 8707): once more to the provider, which has nothing to ask if all is shared already.
async fn fetch(shop: &Shop, http: &HttpRequest, wanted: Call) -> Result<HttpResponse, Trouble> {
    let Some(member) = shop.visits.member(http) else {
        return Err(Trouble::plain(Kind::NobodyHere));
    };
    let Some(access) = member.api.clone() else {
        return send(shop, http, wanted, None).await;
    };
    match ask(shop, http, member, (access, wanted)).await? {
        Answered::Orders(orders) => Ok(show(shop, http, orders)),
        Answered::SignInAgain(max_age) => send(shop, http, wanted, Some(max_age)).await,
    }
}

async fn send(
    shop: &Shop,
    http: &HttpRequest,
    wanted: Call,
    max_age: Option<Duration>,
) -> Result<HttpResponse, Trouble> {
    let scope = vec!["profile".to_owned()];
    let errand = Errand::Orders(wanted);
    login::send(shop, http, Ask { scope, silently: None, max_age, errand }).await
}

/// The browser is back with a code for the API.
pub async fn with_code(
    shop: &Shop,
    http: &HttpRequest,
    code: String,
    (sign_in, wanted): (SignIn, Call),
) -> Result<HttpResponse, Trouble> {
    let again = sign_in.max_age.is_some();
    let (subject, tokens) = shop.provider.redeem(code, sign_in).await?;
    let Some(member) = shop.visits.member(http) else {
        return Err(Trouble::plain(Kind::NobodyHere));
    };
    if member.subject != subject {
        return Err(Trouble::because(Kind::SomebodyElse, "the ID token names another subject"));
    }
    match ask(shop, http, member, (ApiAccess::from(&tokens), wanted)).await? {
        Answered::Orders(orders) => Ok(show(shop, http, orders)),
        Answered::SignInAgain(max_age) if !again => send(shop, http, wanted, Some(max_age)).await,
        Answered::SignInAgain(_) => {
            Err(Trouble::because(Kind::NotTrusted, "the new sign-in is too old as well"))
        }
    }
}

/// A token that does not work may only be too old: one refresh tells.
async fn ask(
    shop: &Shop,
    http: &HttpRequest,
    mut member: Member,
    (mut access, wanted): (ApiAccess, Call),
) -> Result<Answered, Trouble> {
    let mut answered = call(shop, &access.access_token, wanted).await;
    if answered.as_ref().is_err_and(|trouble| trouble.kind == Kind::AccessRemoved) {
        let renewed = shop.provider.renew(access.refresh_token.as_ref(), &member.subject).await?;
        access = ApiAccess::from(&renewed);
        answered = call(shop, &access.access_token, wanted).await;
    }
    member.api = Some(access);
    let ordered = wanted == Call::Again && matches!(answered, Ok(Answered::Orders(_)));
    shop.visits.renew(http, member, ordered.then_some(Note::Ordered));
    answered
}

fn show(shop: &Shop, http: &HttpRequest, orders: OrderBook) -> HttpResponse {
    shop.visits.keep_orders(http, orders);
    page::see("/#orders").finish()
}

/// A bearer token in the header (RFC 6750 §2.1).
async fn call(shop: &Shop, token: &AccessToken, wanted: Call) -> Result<Answered, Trouble> {
    let method = match wanted {
        Call::List => Method::GET,
        Call::Again => Method::POST,
    };
    let request = Request::builder()
        .method(method)
        .uri(shop.settings.at("/api/orders").as_str())
        .header(header::AUTHORIZATION, format!("Bearer {}", token.secret()))
        .body(Vec::new())
        .map_err(|error| Trouble::because(Kind::NotTrusted, error.to_string()))?;
    let answer = shop.provider.http.send(request).await?;
    match (answer.status().as_u16(), wanted_age(answer.headers())) {
        (200, _) => serde_json::from_slice(answer.body())
            .map(Answered::Orders)
            .map_err(|error| Trouble::because(Kind::NotTrusted, error.to_string())),
        (401, Some(max_age)) => Ok(Answered::SignInAgain(max_age)),
        (401, None) => {
            Err(Trouble::because(Kind::AccessRemoved, "the sample API refused the token"))
        }
        (status, _) => {
            Err(Trouble::because(Kind::BadlySetUp, format!("the API answered {status}")))
        }
    }
}

/// The `max_age` of a challenge that wants another sign-in (RFC 9470 §3).
fn wanted_age(headers: &HeaderMap) -> Option<Duration> {
    let challenge = headers.get(header::WWW_AUTHENTICATE)?.to_str().ok()?;
    let said = |name: &str| {
        let (_, rest) = challenge.split_once(&format!("{name}=\""))?;
        rest.split('"').next()
    };
    let seconds = said("max_age").filter(|_| said("error") == Some(INSUFFICIENT))?;
    seconds.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_challenge_for_another_sign_in_asks_for_one() {
        let age = |challenge: &str| {
            let value = challenge.parse().unwrap();
            wanted_age(&HeaderMap::from_iter([(header::WWW_AUTHENTICATE, value)]))
        };
        let wants = format!(r#"Bearer error="{INSUFFICIENT}", max_age="300""#);
        assert_eq!(age(&wants), Some(Duration::from_mins(5)));
        for other in [
            "Bearer",
            r#"Bearer error="invalid_token", max_age="300""#,
            &format!(r#"Bearer error="{INSUFFICIENT}""#),
            &format!(r#"Bearer error="{INSUFFICIENT}", max_age="soon""#),
        ] {
            assert_eq!(age(other), None, "{other}");
        }
    }
}
