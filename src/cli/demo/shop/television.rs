//! The television in the shop's window: a code on a screen, and somebody with a phone.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use qrcode::{EcLevel, QrCode, render::svg};

use super::{
    OwnForm, Shop, page,
    set::{Television, Waiting},
    trouble::{Kind, Trouble},
};

#[derive(Template)]
#[template(path = "demo/television.html")]
struct TelevisionPage<'a> {
    shop: &'a Shop,
    screen: Option<Television>,
}

/// `GET /tv`: what stands on the screen now. The page asks again by itself while a code waits.
pub async fn show(shop: web::Data<Shop>, http: HttpRequest) -> HttpResponse {
    let done = look(&shop, &http).await.map(|screen| {
        let page = TelevisionPage { shop: &shop, screen };
        page::answer(StatusCode::OK, &page)
    });
    shop.answer(&http, done)
}

async fn look(shop: &Shop, http: &HttpRequest) -> Result<Option<Television>, Trouble> {
    let now = shop.clock.now();
    let turn = shop.visits.television(http, |screen| match screen {
        Television::Waiting(waiting) if waiting.is_over(now) => {
            *screen = Television::Over { refused: false };
            None
        }
        Television::Waiting(waiting) => waiting.takes_turn(now).then(|| waiting.clone()),
        Television::Over { .. } | Television::Linked { .. } => None,
    });
    if let Some(waiting) = turn.flatten() {
        let after = shop.provider.ask_about(&shop.settings.television_id, &waiting).await?;
        shop.visits.television(http, |screen| *screen = after);
    }
    Ok(shop.visits.television(http, |screen| screen.clone()))
}

/// `POST /tv`: asks for a code to show.
pub async fn connect(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    let done = shop.provider.begin_linking(&shop.settings.television_id).await.map(|screen| {
        let cookie = shop.visits.tune(&http, screen);
        page::see("/tv").cookie(cookie).finish()
    });
    shop.answer(&http, done)
}

/// `GET /tv/code.svg`: the address with the code in it, for a phone to read (RFC 8628 §3.3.1).
pub async fn code(shop: web::Data<Shop>, http: HttpRequest) -> HttpResponse {
    let waiting = shop.visits.television(&http, |screen| match screen {
        Television::Waiting(waiting) => Some(waiting.clone()),
        Television::Over { .. } | Television::Linked { .. } => None,
    });
    let drawn = waiting.flatten().as_ref().and_then(draw);
    let drawn = drawn.ok_or_else(|| Trouble::plain(Kind::NoSuchPage));
    let done = drawn.map(|svg| HttpResponse::Ok().content_type("image/svg+xml").body(svg));
    shop.answer(&http, done)
}

fn draw(waiting: &Waiting) -> Option<String> {
    let code = QrCode::with_error_correction_level(&waiting.complete, EcLevel::M).ok()?;
    Some(code.render::<svg::Color>().min_dimensions(240, 240).quiet_zone(true).build())
}

/// `POST /tv/forget`: forgets whom it was linked to. Who wants its access to end removes it under
/// their account.
pub async fn forget(shop: web::Data<Shop>, http: HttpRequest, _: OwnForm) -> HttpResponse {
    shop.visits.switch_off(&http);
    page::see("/tv").finish()
}
