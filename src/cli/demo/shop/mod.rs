//! Harbour Street Coffee: a third-party site with a "Login with" button.
//!
//! An honest stranger: it runs on its own origin, knows the provider by its issuer alone and speaks
//! to it over HTTP like any other site. It shows what it was given, uses it (refresh, sample API),
//! gives it back (sign out), and has a page with a way on for everything that can go wrong.
//!
//! Element ids that programs may rely on: `login`, `member-name`, `member-email`, `call-api`,
//! `order-again`, `orders`, `refresh`, `describe`, `ask-phone`, `ask-address`, `check`, `sign-out`,
//! `trouble-code`, `signed-out`; on the television `tv-connect`, `tv-code`, `tv-name`, `tv-forget`.

mod assets;
mod backchannel;
mod home;
pub(super) mod http;
mod id_token;
mod login;
mod member;
pub(super) mod metadata;
mod orders;
mod page;
mod provider;
mod set;
mod sign_out;
mod television;
#[cfg(test)]
mod tests;
mod tokens;
pub(super) mod trouble;
mod visit;
mod visits;

use std::{io, net::TcpListener, sync::Arc};

use actix_web::{
    App, FromRequest, HttpRequest, HttpResponse, HttpServer,
    dev::{Payload, Server},
    error::{InternalError, QueryPayloadError},
    web,
};
use openidconnect::{IssuerUrl, url::Url};

use self::{
    provider::Provider,
    trouble::{Kind, Trouble},
    visits::Visits,
};
use super::api;
use crate::clock::Clock;

/// What makes this shop this shop.
#[derive(Clone)]
pub struct Settings {
    /// Where the shop stands, such as `http://localhost:8081`.
    pub origin: Url,
    /// Who signs its visitors in.
    pub issuer: IssuerUrl,
    /// What the button calls them.
    pub brand: String,
    /// The shop's name at the provider.
    pub client_id: String,
    /// And its proof.
    pub client_secret: String,
    /// The name of the television in its window.
    pub television_id: String,
}

/// The shop, as one worker has it.
pub struct Shop {
    settings: Settings,
    clock: Clock,
    visits: Arc<Visits>,
    provider: Provider,
}

/// Opens the shop, and the sample API beside it, on `listener`.
pub fn bind(
    settings: Settings,
    api: api::Settings,
    clock: Clock,
    listener: TcpListener,
) -> io::Result<Server> {
    let secure = settings.origin.scheme() == "https";
    let visits = Arc::new(Visits::new(clock.clone(), secure));
    let server = HttpServer::new(move || {
        App::new()
            .wrap(page::headers(&settings.issuer))
            .app_data(web::Data::new(Shop::new(&settings, &clock, Arc::clone(&visits))))
            .app_data(web::Data::new(api::Api::new(&api, &clock)))
            .app_data(web::QueryConfig::default().error_handler(strange_query))
            .configure(api::routes)
            .configure(routes)
    });
    // One worker: a sample shop has few visitors, and each worker reads the provider's keys anew.
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

/// Every page of the shop, in the order a visitor meets them.
fn routes(shop: &mut web::ServiceConfig) {
    shop.route("/", web::get().to(home::show))
        .route("/login", web::get().to(login::begin))
        .route("/callback", web::get().to(login::finish))
        .route("/orders", web::post().to(orders::submit))
        .route("/orders/again", web::post().to(orders::again))
        .route("/refresh", web::post().to(tokens::refresh))
        .route("/details", web::post().to(tokens::details))
        .route("/sign-out", web::post().to(sign_out::submit))
        .route("/signed-out", web::get().to(sign_out::show))
        .route("/tv", web::get().to(television::show))
        .route("/tv", web::post().to(television::connect))
        .route("/tv/code.svg", web::get().to(television::code))
        .route("/tv/forget", web::post().to(television::forget))
        .route("/backchannel-logout", web::post().to(backchannel::submit))
        .route("/assets/{name}", web::get().to(assets::show))
        .default_service(web::to(nowhere));
}

/// A parameter that comes twice, or not as text, is nobody's answer (RFC 6749 §3.1).
#[expect(clippy::needless_pass_by_value, reason = "the shape actix wants")]
fn strange_query(error: QueryPayloadError, http: &HttpRequest) -> actix_web::Error {
    refuse(http, &Trouble::because(Kind::NotYours, error.to_string()))
}

async fn nowhere(shop: web::Data<Shop>) -> HttpResponse {
    Trouble::plain(Kind::NoSuchPage).page(&shop)
}

impl Settings {
    /// What the sample API beside the shop is called in tokens (RFC 8707).
    #[must_use]
    pub fn api(&self) -> Url {
        self.at("/api")
    }

    /// The address of a page of the shop.
    #[must_use]
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.origin.clone();
        url.set_path(path);
        url
    }
}

impl Shop {
    fn new(settings: &Settings, clock: &Clock, visits: Arc<Visits>) -> Self {
        Self {
            settings: settings.clone(),
            clock: clock.clone(),
            visits,
            provider: Provider::new(settings, clock),
        }
    }

    /// What the button calls the provider.
    #[must_use]
    pub fn brand(&self) -> &str {
        &self.settings.brand
    }

    /// Where the provider stands.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.settings.issuer.as_str().trim_end_matches('/')
    }

    /// The answer, or the page for what went wrong. Whoever took access back is forgotten here too.
    fn answer(&self, http: &HttpRequest, done: Result<HttpResponse, Trouble>) -> HttpResponse {
        done.unwrap_or_else(|trouble| {
            if trouble.kind == Kind::AccessRemoved {
                self.visits.forget(http);
            }
            tracing::info!(shop.trouble = ?trouble.kind, "The sample shop: {}", trouble.detail);
            trouble.page(self)
        })
    }
}

/// Proof that a form was sent from a page of the shop. Every handler that changes something asks
/// for it, except the one that programs call.
///
/// A cookie that is `SameSite` is no such proof here: the provider stands on the same site, on
/// another port.
struct OwnForm;

impl FromRequest for OwnForm {
    type Error = actix_web::Error;
    type Future = std::future::Ready<Result<Self, actix_web::Error>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let shop = http.app_data::<web::Data<Shop>>();
        let sent_from = http.headers().get("origin").and_then(|origin| origin.to_str().ok());
        let ours = shop.map(|shop| shop.settings.origin.origin().ascii_serialization());
        if ours.is_some() && sent_from == ours.as_deref() {
            return std::future::ready(Ok(Self));
        }
        let trouble = Trouble::because(Kind::ForeignForm, format!("Origin is {sent_from:?}"));
        std::future::ready(Err(refuse(http, &trouble)))
    }
}

/// A page for what is refused before a handler is reached.
fn refuse(http: &HttpRequest, trouble: &Trouble) -> actix_web::Error {
    let page = match http.app_data::<web::Data<Shop>>() {
        Some(shop) => trouble.page(shop),
        None => HttpResponse::BadRequest().finish(),
    };
    InternalError::from_response(trouble.detail.clone(), page).into()
}
