//! What an app's request leads through: consent, the choice of an account, devices, the way back.

use askama::Template;
use countersign::clock::Moment;
use countersign::web::page::Page;
use countersign::web::parts::{
    AddressChoice, AppCard, Destination, Lasting, Permission, SharedValue,
};

use super::sample::{NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "oauth/consent.html")]
struct ConsentPage<'a> {
    page: &'a Page,
    app: &'a AppCard,
    in_test: bool,
    warn_loopback: bool,
    shared: &'a [SharedValue],
    addresses: &'a [AddressChoice],
    permissions: &'a [Permission],
    already: &'a [String],
    lasting: Lasting,
    offline: bool,
    destination: Destination,
    report_url: Option<String>,
}

#[derive(Template)]
#[template(path = "oauth/unverified.html")]
struct UnverifiedPage<'a> {
    page: &'a Page,
    app: &'a AppCard,
    titles: &'a [String],
}

#[derive(Template)]
#[template(path = "oauth/select_account.html")]
struct SelectAccountPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
}

#[derive(Template)]
#[template(path = "oauth/logout.html")]
struct LogoutPage<'a> {
    page: &'a Page,
    app: Option<&'a AppCard>,
    logout: &'a str,
}

#[derive(Template)]
#[template(path = "oauth/logout_frames.html")]
struct FramesPage<'a> {
    page: &'a Page,
    frames: &'a [String],
    return_to: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "oauth/form_post.html")]
struct FormPostPage<'a> {
    page: &'a Page,
    action: &'a str,
    parameters: &'a [(String, String)],
}

#[derive(Template)]
#[template(path = "oauth/device.html")]
struct DevicePage<'a> {
    page: &'a Page,
    user_code: &'a str,
    problems: &'a countersign::web::parts::Problems,
}

#[derive(Template)]
#[template(path = "oauth/device_confirm.html")]
struct DeviceConfirmPage<'a> {
    page: &'a Page,
    app: &'a AppCard,
    request: &'a str,
    user_code: &'a str,
    device: Option<&'a str>,
    asked_at: &'a Moment,
    place: Option<&'a str>,
    here: Option<&'a str>,
    shared: &'a [SharedValue],
    addresses: &'a [AddressChoice],
    permissions: &'a [Permission],
    lasting: Lasting,
    offline: bool,
}

#[derive(Template)]
#[template(path = "oauth/device_done.html")]
struct DeviceDonePage<'a> {
    page: &'a Page,
    app: &'a AppCard,
    allowed: bool,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let page = &Page { flow: weight.some("flow-51c2"), ..weight.own_page() };
    let app = &weight.app();
    let mut all = vec![consent(weight, page), select_account(weight)];
    all.push(weight.sample(
        "oauth/unverified",
        &UnverifiedPage { page, app, titles: &[weight.say("Add books to your shelf")] },
    ));
    let logout =
        LogoutPage { page, app: weight.full().then_some(app), logout: &weight.say("sealed") };
    all.push(weight.sample("oauth/logout", &logout));
    let frames = &weight.list([weight.say("https://shop.example/logout?sid=1")]);
    let return_to = weight.some("https://shop.example/bye");
    let frames = FramesPage { page: &weight.page(), frames, return_to: return_to.as_deref() };
    all.push(weight.sample("oauth/logout_frames", &frames));
    all.push(form_post(weight));
    all.extend(devices(weight, page));
    all
}

fn shared(weight: Weight) -> Vec<SharedValue> {
    let value = |label: &str, value: &str, new| SharedValue {
        label: weight.say(label),
        value: weight.say(value),
        new,
    };
    weight.list([
        value("Name", "Ana Pop", false),
        value("Email", "ana.pop@example.org", weight == Weight::Hostile),
    ])
}

fn permissions(weight: Weight) -> Vec<Permission> {
    let permission = |scope: &str, title: &str, sentence: &str, choice: Option<bool>| Permission {
        scope: weight.say(scope),
        title: weight.say(title),
        sentence: weight.say(sentence),
        changes: choice.is_some(),
        reason: choice.is_some().then(|| weight.say("We put each book you buy on your shelf.")),
        choice,
        new: weight == Weight::Hostile,
    };
    let orders = "What you bought, when, and what it cost. Not how you paid.";
    let shelf = "It can add and rearrange books, but not remove any.";
    weight.list([
        permission("orders.read", "See your orders", orders, None),
        permission("shelf.write", "Add books to your shelf", shelf, Some(false)),
    ])
}

fn consent(weight: Weight, page: &Page) -> Sample {
    let harm = weight == Weight::Hostile;
    weight.sample(
        "oauth/consent",
        &ConsentPage {
            page,
            app: &weight.app(),
            in_test: harm,
            warn_loopback: harm,
            shared: &shared(weight),
            addresses: &weight.addresses(),
            permissions: &permissions(weight),
            already: &weight.list([weight.say("See your profile")]),
            lasting: if weight.full() { Lasting::UntilRemoved } else { Lasting::Hours(1) },
            offline: weight.full(),
            destination: if weight.full() {
                Destination::Site(weight.say("lumenbooks.example"))
            } else {
                Destination::ThisComputer
            },
            report_url: weight.some("/report/lumen"),
        },
    )
}

fn select_account(weight: Weight) -> Sample {
    let page = weight.own_page();
    let app = weight.app();
    let app = weight.full().then_some(&app);
    weight.sample("oauth/select_account", &SelectAccountPage { page: &page, app })
}

fn form_post(weight: Weight) -> Sample {
    let parameters =
        [("code".to_owned(), weight.say("xac_9f2")), ("state".to_owned(), weight.say("s1"))];
    weight.sample(
        "oauth/form_post",
        &FormPostPage {
            page: &weight.page(),
            action: &weight.say("https://lumenbooks.example/callback"),
            parameters: &parameters,
        },
    )
}

fn devices(weight: Weight, page: &Page) -> Vec<Sample> {
    let app = &weight.app();
    let problems = &weight.problems(page, "device-user-code", "device-code-wrong");
    let device = DevicePage { page, user_code: &weight.harmful(), problems };
    let name = weight.some("Living-room TV");
    let place = weight.some("Cluj-Napoca, Romania");
    let confirm = DeviceConfirmPage {
        page,
        app,
        request: &weight.say("sealed"),
        user_code: &weight.say("WDJB-MJHT"),
        device: name.as_deref(),
        asked_at: &NOW,
        place: place.as_deref(),
        here: place.as_deref(),
        shared: &shared(weight),
        addresses: &weight.addresses(),
        permissions: &permissions(weight),
        lasting: Lasting::UntilRemoved,
        offline: true,
    };
    let done = DeviceDonePage { page, app, allowed: weight.full() };
    vec![
        weight.sample("oauth/device", &device),
        weight.sample("oauth/device_confirm", &confirm),
        weight.sample("oauth/device_done", &done),
    ]
}
