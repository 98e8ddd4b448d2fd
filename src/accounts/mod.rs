//! What people talk to: every page of one's own account on one page.
//!
//! Owns signing up, in and out, and what people see and change of their account. Does not know what
//! an app asked: a flow rides through sealed, and leads back to the authorization endpoint.

mod activity;
mod approvals;
mod ceremonies;
mod codes;
mod connections;
mod contacts;
pub mod data;
pub mod delayed_recovery;
pub mod deletion;
mod devices;
mod factors;
mod guesses;
mod home;
mod identifier;
mod inbox;
mod language;
mod new_session;
mod next;
mod notices;
mod overview;
mod passkeys;
mod recovery;
mod report;
mod security;
pub mod set_up;
mod sign_in;
pub mod sign_in_link;
mod sign_out;
mod sign_up;
mod strength;
mod trust;
mod two_step;

use actix_web::web::{ServiceConfig, get, post, resource};

use crate::{app::App, web::urls};

/// Mounts every page, in the order a newcomer would want to meet them.
pub fn routes(app: &App, to: &mut ServiceConfig) {
    to.service(resource(urls::HOME).route(get().to(home::show)))
        .service(
            resource(urls::SIGN_UP)
                .route(get().to(sign_up::show))
                .route(post().to(sign_up::submit)),
        )
        .service(
            resource(urls::SIGN_UP_VERIFY)
                .route(get().to(sign_up::verify::show))
                .route(post().to(sign_up::verify::submit)),
        )
        .service(
            resource(urls::SIGN_UP_PASSKEY)
                .route(get().to(sign_up::passkey::show))
                .route(post().to(sign_up::passkey::submit)),
        )
        .service(resource(urls::SIGN_UP_RESEND).route(post().to(sign_up::resend::submit)))
        .service(
            resource(urls::SET_UP).route(get().to(set_up::show)).route(post().to(set_up::submit)),
        )
        .configure(sign_in::routes)
        .configure(sign_in_link::routes)
        .configure(delayed_recovery::routes)
        .configure(recovery::routes)
        .service(
            resource(urls::SIGN_OUT)
                .route(get().to(sign_out::show))
                .route(post().to(sign_out::submit)),
        )
        .service(resource(urls::LANGUAGE).route(post().to(language::submit)))
        .service(resource(urls::ACCOUNT).route(get().to(overview::show)))
        .configure(connections::routes)
        .configure(report::routes)
        .configure(approvals::routes)
        .configure(devices::routes)
        .service(
            resource(urls::ACCOUNT_SECURITY)
                .route(get().to(security::show))
                .route(post().to(security::submit)),
        )
        .configure(two_step::routes)
        .configure(passkeys::routes)
        .configure(contacts::routes)
        .configure(activity::routes)
        .configure(data::routes)
        .configure(deletion::routes)
        .service(resource(urls::CHANGE_PASSWORD).route(get().to(security::lead_here)));
    if app.config.delivery.sandbox() {
        to.service(resource(urls::INBOX).route(get().to(inbox::show)));
    }
}
