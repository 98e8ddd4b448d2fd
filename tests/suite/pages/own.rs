//! One's own account: overview, connected apps, devices, security, activity, data.

use std::time::Duration;

use askama::Template;
use countersign::clock::Moment;
use countersign::web::page::Page;
use countersign::web::parts::{
    AddressChoice, AllowedScope, AppCard, BrowserTrust, Choice, ConnectedApp, ConnectedPlace, Copy,
    Happening, HeldSection, Linked, ListedContact, Mood, Occurrence, PrivateAddress, Problems,
    Session, Strength, TrustedBrowser,
};

use super::sample::{NOW, Sample, Weight};

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct OverviewPage<'a> {
    page: &'a Page,
    name: &'a str,
    apps: Vec<AppCard>,
    sessions: usize,
    asked: bool,
    recent: Vec<Happening>,
}

#[derive(Template)]
#[template(path = "accounts/connections.html")]
struct ConnectionsPage<'a> {
    page: &'a Page,
    removed: Option<String>,
    using: Vec<ConnectedApp>,
    signing_in: Vec<ConnectedApp>,
    unused: usize,
}

#[derive(Template)]
#[template(path = "accounts/connection.html")]
struct ConnectionPage<'a> {
    page: &'a Page,
    connected: ConnectedApp,
    start: Option<String>,
    allowed: Vec<AllowedScope>,
    addresses: Vec<AddressChoice>,
    private: Option<PrivateAddress>,
    places: Vec<ConnectedPlace>,
    asks_again: bool,
    happenings: Vec<Happening>,
    report: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/connections_unused.html")]
struct UnusedPage<'a> {
    page: &'a Page,
    unused: Vec<ConnectedApp>,
}

#[derive(Template)]
#[template(path = "accounts/connection_remove.html")]
struct RemovePage<'a> {
    page: &'a Page,
    id: String,
    app: AppCard,
}

#[derive(Template)]
#[template(path = "accounts/devices.html")]
struct DevicesPage<'a> {
    page: &'a Page,
    sessions: Vec<Session>,
    trusted: Vec<TrustedBrowser>,
    trusts: bool,
    linked: Vec<Linked>,
}

#[derive(Template)]
#[template(path = "accounts/linked_device.html")]
struct LinkedDevicePage<'a> {
    page: &'a Page,
    problems: Problems,
    device: Linked,
    name: &'a str,
}

#[derive(Template)]
#[template(path = "accounts/security.html")]
struct SecurityPage<'a> {
    page: &'a Page,
    problems: Problems,
    strength: Option<Strength>,
    two_step: Option<Moment>,
    changed: bool,
    review: bool,
    has_password: bool,
    minimum: usize,
    sessions: usize,
    passkeys: Option<usize>,
}

#[derive(Template)]
#[template(path = "accounts/contacts.html")]
struct ContactsPage<'a> {
    page: &'a Page,
    problems: Problems,
    done: Option<&'static str>,
    emails: Vec<ListedContact>,
    numbers: Vec<ListedContact>,
    by_sms: bool,
    typed: &'a str,
}

#[derive(Template)]
#[template(path = "accounts/activity.html")]
struct ActivityPage<'a> {
    page: &'a Page,
    happenings: Vec<Happening>,
    kinds: Vec<Choice>,
    apps: Vec<Choice>,
    times: Vec<Choice>,
    narrowed: bool,
    older: Option<String>,
    csv: String,
    json: String,
}

#[derive(Template)]
#[template(path = "accounts/data.html")]
struct DataPage<'a> {
    page: &'a Page,
    held: Vec<HeldSection>,
    activity: i64,
    copy: Option<Copy>,
}

#[derive(Template)]
#[template(path = "accounts/data_copy.html")]
struct CopyPage<'a> {
    page: &'a Page,
    held: Vec<HeldSection>,
    happened: Vec<Occurrence>,
}

/// The samples of one weight.
pub fn samples(weight: Weight) -> Vec<Sample> {
    let page = &weight.own_page();
    let mut all = vec![overview(weight, page), devices(weight, page), security(weight, page)];
    all.push(linked_device(weight, page));
    all.push(contacts(weight, page));
    all.extend(connections(weight, page));
    all.extend(papers(weight, page));
    all
}

fn days(count: u64) -> Moment {
    NOW - Duration::from_secs(count * 86_400 + 7_000)
}

fn happenings(weight: Weight) -> Vec<Happening> {
    let happening = |text: &str, at, mood, drawing| Happening {
        text: weight.say(text),
        at,
        device: weight.say("Firefox on Linux"),
        place: weight.say("Cluj-Napoca, 203.0.113.5"),
        mood,
        drawing,
    };
    weight.list([
        happening("You allowed Lumen Books to use your account", days(0), Mood::Usual, "apps"),
        happening("You signed in", days(0), Mood::Usual, "lock"),
        happening(
            "Somebody tried to sign in with a wrong password",
            days(1),
            Mood::Caution,
            "alert",
        ),
        happening("You removed the access of Old Forum", days(3), Mood::Good, "check"),
    ])
}

fn overview(weight: Weight, page: &Page) -> Sample {
    let other = AppCard { name: weight.say("Harbour Radio"), ..weight.app() };
    weight.sample(
        "accounts/overview",
        &OverviewPage {
            page,
            name: &weight.say("Ana"),
            apps: weight.list([weight.app(), other]),
            sessions: if weight.full() { 2 } else { 1 },
            asked: weight.full(),
            recent: happenings(weight),
        },
    )
}

fn connected(weight: Weight, name: &str) -> ConnectedApp {
    ConnectedApp {
        id: weight.say("lumen"),
        app: AppCard { name: weight.say(name), ..weight.app() },
        summary: weight.say("Sees: name, email. Can add books to your shelf."),
        since: days(40),
        last_used: weight.full().then(|| days(0)),
        offline: weight.full(),
    }
}

fn connections(weight: Weight, page: &Page) -> Vec<Sample> {
    let list = ConnectionsPage {
        page,
        removed: weight.some("Old Forum"),
        using: weight.list([connected(weight, "Lumen Books")]),
        signing_in: weight.list([connected(weight, "Harbour Radio"), connected(weight, "Quiz")]),
        unused: usize::from(weight.full()),
    };
    let one = ConnectionPage {
        page,
        connected: connected(weight, "Lumen Books"),
        start: weight.some("https://lumen.example/start"),
        allowed: vec![
            allowed(weight, "openid", "Know you again"),
            allowed(weight, "email", "See your email address"),
        ],
        addresses: weight.addresses(),
        private: weight.full().then(|| PrivateAddress {
            address: weight.say("k3v7qhx2m5tn4wzpc6ya@private.example.com"),
            forwards: weight == Weight::Full,
            targets: weight.list([
                choice(weight, "1", "ana.pop@example.org", true),
                choice(weight, "2", "ana@work.example", false),
            ]),
        }),
        places: weight.list([ConnectedPlace {
            id: weight.say("place"),
            device: weight.some("Firefox on Linux"),
            since: NOW,
            last_used: NOW,
        }]),
        asks_again: weight.full(),
        happenings: happenings(weight),
        report: Some("/account/report/lumen".to_owned()),
    };
    let unused = UnusedPage { page, unused: weight.list([connected(weight, "Old Forum")]) };
    let remove = RemovePage { page, id: weight.say("lumen"), app: weight.app() };
    vec![
        weight.sample("accounts/connections", &list),
        weight.sample("accounts/connection", &one),
        weight.sample("accounts/connection_remove", &remove),
        weight.sample("accounts/connections_unused", &unused),
    ]
}

fn allowed(weight: Weight, scope: &str, title: &str) -> AllowedScope {
    AllowedScope { scope: scope.into(), title: weight.say(title), removable: scope != "openid" }
}

fn devices(weight: Weight, page: &Page) -> Sample {
    let session = |id: &str, device: &str, this: bool| Session {
        id: weight.say(id),
        device: weight.say(device),
        place: weight.say("203.0.113.5"),
        since: days(20),
        last_seen: days(0),
        this,
        trust: this.then(|| trust(weight)),
    };
    let mut sessions = vec![session("s1", "Firefox on Linux", true)];
    sessions.extend(weight.list([session("s2", "Safari on iPhone", false)]));
    let linked = weight.list([linked(weight)]);
    let trusted = weight.list([TrustedBrowser {
        device: weight.say("Chrome on Windows"),
        place: weight.say("198.51.100.7"),
        last_used: days(2),
        trust: trust(weight),
    }]);
    weight
        .sample("accounts/devices", &DevicesPage { page, sessions, trusted, trusts: true, linked })
}

fn trust(weight: Weight) -> BrowserTrust {
    BrowserTrust { id: weight.say("b1"), until: NOW + Duration::from_hours(480) }
}

fn linked(weight: Weight) -> Linked {
    Linked {
        id: weight.say("d1"),
        name: weight.say("Living-room TV"),
        app: weight.say("Films"),
        since: days(30),
        last_used: days(1),
    }
}

fn linked_device(weight: Weight, page: &Page) -> Sample {
    weight.sample(
        "accounts/linked_device",
        &LinkedDevicePage {
            page,
            problems: weight.problems(page, "device-name", "name-empty"),
            device: linked(weight),
            name: &weight.say("Living-room TV"),
        },
    )
}

fn security(weight: Weight, page: &Page) -> Sample {
    let strength = Strength { score: 2, advice: weight.some("Add another word or two.") };
    weight.sample(
        "accounts/security",
        &SecurityPage {
            page,
            problems: weight.problems(page, "current-password", "password-wrong"),
            strength: (weight == Weight::Hostile).then_some(strength),
            two_step: weight.full().then(|| days(3)),
            changed: weight == Weight::Full,
            review: weight.full(),
            has_password: weight != Weight::Empty,
            minimum: 8,
            sessions: if weight.full() { 2 } else { 1 },
            passkeys: weight.full().then_some(1),
        },
    )
}

fn contacts(weight: Weight, page: &Page) -> Sample {
    let contact = |address: &str, primary, proved| ListedContact {
        id: weight.say("k1"),
        address: weight.say(address),
        primary,
        proved,
        removable: !primary,
    };
    let mut emails = vec![contact("ana.pop@example.org", true, true)];
    emails.extend(weight.list([contact("a@work.example", false, true)]));
    let numbers = weight.list([contact("+40 712 345 678", false, false)]);
    weight.sample(
        "accounts/contacts",
        &ContactsPage {
            page,
            problems: weight.problems(page, "contact-identifier", "contact-own"),
            done: (weight == Weight::Full).then_some("contacts-added"),
            emails,
            numbers,
            by_sms: weight.full(),
            typed: &weight.harmful(),
        },
    )
}

fn choice(weight: Weight, value: &str, text: &str, chosen: bool) -> Choice {
    Choice { value: weight.say(value), text: weight.say(text), chosen }
}

fn papers(weight: Weight, page: &Page) -> Vec<Sample> {
    let choice = |value: &str, text: &str, chosen| choice(weight, value, text, chosen);
    let activity = ActivityPage {
        page,
        happenings: happenings(weight),
        kinds: vec![choice("sign-ins", "Signing in and out", weight.full())],
        apps: weight.list([choice("lumen", "Lumen Books", false)]),
        times: vec![choice("7", "In the last 7 days", false)],
        narrowed: weight.full(),
        older: weight.some("/account/activity?after=1795183500000000"),
        csv: "/account/activity/file?format=csv".to_owned(),
        json: "/account/activity/file?format=json".to_owned(),
    };
    let copy = match weight {
        Weight::Empty => None,
        Weight::Full => Some(Copy::Ready { bytes: 48_000, until: NOW }),
        Weight::Hostile => Some(Copy::Preparing { done: 500, total: 1_200 }),
    };
    let data = DataPage { page, held: held(weight), activity: 12, copy };
    let occurrence = Occurrence {
        text: weight.say("You signed in"),
        at: NOW,
        device: weight.say("Firefox on Linux"),
        place: weight.say("203.0.113.5"),
    };
    let copy = CopyPage { page, held: held(weight), happened: weight.list([occurrence]) };
    vec![
        weight.sample("accounts/activity", &activity),
        weight.sample("accounts/data", &data),
        weight.sample("accounts/data_copy", &copy),
    ]
}

fn held(weight: Weight) -> Vec<HeldSection> {
    let section = |title: &str, label: &str, value: &str| HeldSection {
        title: weight.say(title),
        change: weight.full().then_some("/account/security/contacts"),
        count: 3,
        entries: vec![vec![(weight.say(label), weight.say(value))]],
    };
    vec![section("You", "Name", "Ana Pop"), section("Addresses", "Email", "ana@example.org")]
}
