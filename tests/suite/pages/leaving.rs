//! The end of an account: asked for, begun, taken back.

use askama::Template;
use countersign::clock::Moment;
use countersign::web::page::Page;

use super::sample::{NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/deletion.html")]
struct DeletionPage<'a> {
    page: &'a Page,
    apps: Vec<String>,
    devices: Vec<String>,
    own_apps: Vec<String>,
    until: Moment,
}

#[derive(Template)]
#[template(path = "accounts/deletion_done.html")]
struct DonePage<'a> {
    page: &'a Page,
    until: Moment,
}

#[derive(Template)]
#[template(path = "accounts/deletion_keep.html")]
struct KeepPage<'a> {
    page: &'a Page,
    armed: Option<(&'a str, Moment)>,
    kept: bool,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let (own, page) = (&weight.own_page(), &weight.page());
    let names = |name: &str| weight.list([weight.say(name), weight.say("Harbour Radio")]);
    let ask = DeletionPage {
        page: own,
        apps: names("Lumen Books"),
        devices: names("Living-room TV"),
        own_apps: names("Quiz"),
        until: NOW,
    };
    let account = weight.say("sealed");
    let keep = KeepPage { page, armed: weight.full().then_some((&*account, NOW)), kept: false };
    let kept = KeepPage { page, armed: None, kept: weight.full() };
    vec![
        weight.sample("accounts/deletion", &ask),
        weight.sample("accounts/deletion_done", &DonePage { page, until: NOW }),
        weight.sample("accounts/deletion_keep", &keep),
        weight.sample("accounts/deletion_keep kept", &kept),
    ]
}
