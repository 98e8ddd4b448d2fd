//! Settings: a section per file, each key with its meaning and default in one place.
//!
//! Owns the reading of the file and of the environment (nothing else reads it), and the judgement
//! whether what was read makes sense together. Order: defaults, file, environment. A key that does
//! not exist or a value that makes no sense stops the start with a sentence that names it.

mod brand;
mod check;
mod clients;
mod database;
mod delivery;
mod error;
mod hide_my_email;
mod http;
mod keys;
mod link;
mod network;
mod outbound;
mod per_core;
mod public_url;
mod reference;
mod safety;
mod section;
mod sign_in;
mod sources;
mod telemetry;
mod text;
mod tokens;
mod value;
mod words;

use section::section;
use words::words;

pub use self::{
    brand::{Brand, Colour},
    clients::{Clients, Registration},
    database::{Database, DatabaseUrl},
    delivery::{Delivery, Email, EmailDriver, EmailFallback, MailTls, Sms, SmsDriver, SmsFallback},
    error::Error,
    hide_my_email::HideMyEmail,
    http::Http,
    keys::Keys,
    link::Link,
    network::Network,
    outbound::Outbound,
    per_core::PerCore,
    public_url::PublicUrl,
    section::{Key, Part},
    sign_in::SignIn,
    sources::Loaded,
    telemetry::{LogFormat, Telemetry},
    tokens::Tokens,
};

section! {
    /// Every setting of the server.
    Config {
        /// `strict` follows OAuth 2.1 for every app. `openid-certification` also allows what OpenID's
        /// certification profiles demand and OAuth 2.1 leaves behind: implicit and hybrid response
        /// types, and `request_uri` by reference.
        compatibility: Compatibility = Compatibility::Strict;
    }
    with {
        http: Http;
        database: Database;
        keys: Keys;
        tokens: Tokens;
        sign_in: SignIn;
        clients: Clients;
        delivery: Delivery;
        hide_my_email: HideMyEmail;
        outbound: Outbound;
        brand: Brand;
        telemetry: Telemetry;
    }
}

words! {
    /// Which clients the protocol is spoken for.
    Compatibility {
        /// OAuth 2.1 for everybody.
        Strict = "strict",
        /// What certification profiles demand beyond it.
        OpenidCertification = "openid-certification",
    }
}

impl Config {
    /// Things an operator should know though they do not stop the start.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        check::warnings(self)
    }
}
