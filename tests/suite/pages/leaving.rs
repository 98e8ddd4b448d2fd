//! The end of an account: asked for, begun, taken back. An app, reported.

use askama::Template;
use countersign::clock::Moment;
use countersign::web::page::Page;
use countersign::web::parts::{AppCard, Choice, Problems};

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

#[derive(Template)]
#[template(path = "accounts/report.html")]
struct ReportPage<'a> {
    page: &'a Page,
    problems: Problems,
    app: AppCard,
    id: String,
    reasons: Vec<Choice>,
    details: &'a str,
    sent: bool,
}

fn report(weight: Weight, page: &Page) -> Sample {
    let reason = Choice {
        value: weight.say("pretends"),
        text: weight.say("It pretends to be somebody else"),
        chosen: weight.full(),
    };
    let report = ReportPage {
        page,
        problems: weight.problems(page, "report-reason", "report-no-reason"),
        app: weight.app(),
        id: weight.say("lumen"),
        reasons: vec![reason],
        details: &weight.harmful(),
        sent: weight == Weight::Empty,
    };
    weight.sample("accounts/report", &report)
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
        report(weight, own),
        weight.sample("accounts/deletion", &ask),
        weight.sample("accounts/deletion_done", &DonePage { page, until: NOW }),
        weight.sample("accounts/deletion_keep", &keep),
        weight.sample("accounts/deletion_keep kept", &kept),
    ]
}
