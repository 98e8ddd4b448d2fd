//! What every page of the server owes the browser that shows it.

use std::collections::BTreeMap;

use crate::support::{
    answer::{Answer, css},
    browser::Browser,
    databases::on_every_database,
    world::World,
};

/// Pages for everybody, and pages for whoever is signed in.
const OPEN: &[&str] = &["/", "/sign-in", "/sign-up", "/sign-out", "/inbox", "/nowhere"];
const OWN: &[&str] = &[
    "/account",
    "/account/apps",
    "/account/devices",
    "/account/security",
    "/account/security/contacts",
    "/account/activity",
    "/account/data",
    "/sign-out",
];

fn assert_protected(page: &Answer) {
    let header =
        |name: &str| page.header(name).unwrap_or_else(|| panic!("no {name}: {}", page.url));
    let policy = header("content-security-policy");
    for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(rule), "{rule} is not in `{policy}` of {}", page.url);
    }
    assert!(!policy.contains("unsafe-") && !policy.contains('*'), "{policy}");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(["no-referrer", "same-origin"].contains(&header("referrer-policy")));
    assert!(header("cache-control").contains("no-store"), "{}", page.url);
    let html = page.html();
    for inline in ["script:not([src])", "style", "[style]", "[onclick]", "[onload]", "[onsubmit]"] {
        assert!(html.select(&css(inline)).next().is_none(), "{inline} at {}", page.url);
    }
    let root = html.select(&css("html[lang]")).next().expect("a language");
    assert!(!root.attr("lang").unwrap().is_empty());
    assert_eq!(html.select(&css("h1")).count(), 1, "one heading says what {} is", page.url);
    for field in html.select(&css("input:not([type=hidden]), select, textarea")) {
        let id = field.attr("id").unwrap_or_else(|| panic!("a field without id at {}", page.url));
        let label = css(&format!("label[for=\"{id}\"]"));
        assert!(html.select(&label).next().is_some(), "#{id} has no label at {}", page.url);
    }
}

on_every_database! {
    async fn every_page_is_protected_labelled_and_has_a_title_of_its_own(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let mut titles = BTreeMap::new();
        let mut look = |page: &Answer| {
            assert!(page.status < 500 && page.location().is_none(), "{}", page.summary());
            assert_protected(page);
            let before = titles.insert(page.title(), page.url.path().to_owned());
            assert!(before.is_none_or(|path| path == page.url.path()), "{} twice", page.title());
        };
        for path in OPEN {
            look(&Browser::new().open(&world.at(path)).await);
        }
        let page = ada.browser.open(&shop.ask("openid email").url()).await;
        let consent = ada.sign_in_at(&page).await;
        assert!(consent.shows("consent-allow"), "{}", consent.summary());
        look(&consent);
        for path in OWN {
            look(&ada.browser.open(&world.at(path)).await);
        }
        look(&Browser::new().open(&shop.ask("openid").with("client_id", "nobody").url()).await);
        look(&ada.browser.open(&shop.endpoint("end_session_endpoint")).await);
    }

    async fn a_page_speaks_the_language_of_the_browser_or_of_the_request(world: World) {
        let shop = world.app("Shop").await;
        let language = |page: &Answer| {
            let html = page.html();
            let root = html.select(&css("html")).next().expect("a page");
            root.attr("lang").unwrap_or_default().to_owned()
        };
        for (accepted, shown) in [("de-CH, en;q=0.5", "de"), ("fr", "fr"), ("tlh", "en")] {
            let page = Browser::speaking(accepted).open(&world.at("/sign-in")).await;
            assert_eq!(language(&page), shown, "{accepted}");
        }
        let asked = shop.ask("openid").with("ui_locales", "xx fr de");
        let page = Browser::speaking("de").open(&asked.url()).await;
        assert_eq!(language(&page), "fr", "OpenID Connect Core §3.1.2.1, ui_locales");
    }

    async fn hostile_names_are_text_and_never_markup(world: World) {
        let mut ada = world.person("<b>Ada</b>").await;
        let shop = world.register(serde_json::json!({
            "client_name": "<img src=x onerror=alert(1)>",
            "redirect_uris": ["https://shop.example/cb"],
        })).await;
        let page = ada.browser.open(&shop.ask("openid profile").url()).await;
        let consent = ada.sign_in_at(&page).await;
        assert!(consent.shows("consent-allow"), "{}", consent.summary());
        ada.go(&shop.ask("openid profile").url()).await.must_redirect();
        let apps = ada.browser.open(&world.at("/account/apps")).await;
        for page in [page, consent, apps] {
            assert!(!page.text().contains("<img src=x"), "{}", page.summary());
            assert!(!page.text().contains("<b>Ada"), "{}", page.summary());
        }
    }
}
