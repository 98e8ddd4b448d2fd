//! What programs talk to: every protocol endpoint on one page.
//!
//! Owns the flows of OAuth 2.0 and OpenID Connect. People's own pages are `accounts`; the two meet
//! in addresses and in stored state.

mod assertion;
mod authorize;
mod bearer;
mod cached;
mod client_auth;
mod client_keys;
mod device;
mod discovery;
mod encryption;
mod engine;
mod error;
pub mod events;
mod id_token_hint;
mod introspection;
mod issue;
mod jwks;
mod logout;
mod par;
mod registration;
mod revocation;
mod terms;
mod token;
mod userinfo;

pub use client_keys::ClientKeys;
pub use error::{CarriedBack, Refusal};
pub use logout::backchannel;

use actix_web::{
    http::Method,
    web::{Data, ServiceConfig, delete, get, method, post, put, resource},
};

use crate::{
    app::App,
    web::{cors, urls},
};

/// Mounts every endpoint, in the order a newcomer would want to meet them.
pub fn routes(app: &App, client_keys: Data<ClientKeys>, to: &mut ServiceConfig) {
    to.app_data(Data::new(discovery::Metadata::of(&app.config)));
    to.app_data(client_keys);
    for well_known in [urls::OPENID_CONFIGURATION, urls::AUTHORIZATION_SERVER_METADATA] {
        to.service(resource(well_known).route(get().to(discovery::metadata)));
    }
    to.service(resource(urls::JWKS).route(get().to(jwks::jwks)))
        .service(
            resource(urls::AUTHORIZE)
                .route(get().to(authorize::authorize))
                .route(post().to(authorize::authorize_by_post)),
        )
        .service(resource(urls::PAR).route(post().to(par::push)))
        .service(resource(urls::DEVICE_AUTHORIZATION).route(post().to(device::authorization::ask)))
        .service(
            resource(urls::DEVICE)
                .route(get().to(device::verification::show))
                .route(post().to(device::verification::submit)),
        )
        .service(resource(urls::DEVICE_CONFIRM).route(get().to(device::confirmation::show)))
        .service(resource(urls::DEVICE_ANSWER).route(post().to(device::confirmation::submit)))
        .service(
            resource(urls::CONSENT)
                .route(get().to(authorize::consent::show))
                .route(post().to(authorize::consent::submit)),
        )
        .service(
            resource(urls::SELECT_ACCOUNT)
                .route(get().to(authorize::select_account::show))
                .route(post().to(authorize::select_account::submit)),
        )
        .service(
            resource(urls::TOKEN)
                .route(post().to(token::token))
                .route(method(Method::OPTIONS).to(cors::preflight)),
        )
        .service(
            resource(urls::USERINFO)
                .route(get().to(userinfo::userinfo))
                .route(post().to(userinfo::userinfo))
                .route(method(Method::OPTIONS).to(cors::preflight)),
        )
        .service(resource(urls::INTROSPECT).route(post().to(introspection::introspect)))
        .service(
            resource(urls::REVOKE)
                .route(post().to(revocation::revoke))
                .route(method(Method::OPTIONS).to(cors::preflight)),
        )
        .service(resource(urls::REGISTER).route(post().to(registration::create::register)))
        .service(
            resource(urls::REGISTRATION)
                .route(get().to(registration::manage::show))
                .route(put().to(registration::manage::update))
                .route(delete().to(registration::manage::remove)),
        )
        .service(
            resource(urls::LOGOUT)
                .route(get().to(logout::end_session))
                .route(post().to(logout::end_session_by_post)),
        )
        .service(resource(urls::LOGOUT_CONFIRM).route(post().to(logout::confirm)));
}
