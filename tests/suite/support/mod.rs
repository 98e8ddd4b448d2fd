//! What every test may lean on.

pub mod answer;
pub mod assertion;
pub mod authenticator;
pub mod browser;
pub mod databases;
pub mod demo;
pub mod form;
pub mod http;
pub mod inbox;
pub mod key_page;
pub mod mail_server;
pub mod opener;
pub mod person;
pub mod phone;
pub mod places_file;
pub mod processes;
pub mod receiver;
pub mod registry;
pub mod relying_party;
pub mod request_object;
pub mod site;
pub mod sms_gateway;
pub mod two_step;
pub mod webdriver;
pub mod wire;
pub mod world;
