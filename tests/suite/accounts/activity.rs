//! What happened on an account: narrowed, page by page, as a file, with the place.

use std::{net::Ipv4Addr, time::Duration};

use url::Url;

use crate::support::{
    answer::{Answer, by_id, css, folded},
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    http::Request,
    person::Person,
    places_file,
    relying_party::RelyingParty,
    world::World,
};

/// Each entry of the list, in its order.
fn entries(page: &Answer) -> Vec<String> {
    page.html().select(&css(".happenings > li")).map(|entry| folded(&entry)).collect()
}

/// The value of the choice with this text.
fn choice(page: &Answer, id: &str, text: &str) -> String {
    let html = page.html();
    let list = html.select(&by_id(id)).next().expect("a list to choose from");
    let options = css("option");
    let mut options = list.select(&options);
    let option = options.find(|option| folded(option) == text).expect("that choice");
    option.attr("value").expect("a value").to_owned()
}

async fn narrow(browser: &mut Browser, page: &Answer, chosen: &[(&str, &str)]) -> Answer {
    let form = Form::of_button(page, "activity-filter");
    let form = chosen.iter().fold(form, |form, (name, value)| form.fill(name, value));
    browser.submit(&form).await.expect(200)
}

fn link(page: &Answer, selector: &str) -> Option<Url> {
    let html = page.html();
    let link = html.select(&css(selector)).next()?;
    Some(page.url.join(link.attr("href").expect("an address")).expect("a URL"))
}

/// Ada, after a failed sign-in long ago, two apps, and a look at her account.
async fn live(world: &World) -> (Person, RelyingParty, Answer) {
    let (mut ada, shop, films) =
        (world.person("Ada").await, world.app("Shop").await, world.app("Films").await);
    let mut stranger = Person { password: "wrong".into(), ..ada.elsewhere() };
    stranger.sign_in(&world.url).await.expect(401);
    world.pass(Duration::from_hours(48));
    ada.connect(&shop, "openid").await;
    ada.connect(&films, "openid").await;
    let page = ada.browser.open(&world.at("/account/activity")).await.expect(200);
    (ada, shop, page)
}

on_every_database! {
    async fn the_list_is_narrowed_by_kind_app_and_time(world: World) {
        let (mut ada, _, all) = live(&world).await;
        assert_eq!(entries(&all).len(), 4, "{:?}", entries(&all));
        let signing = narrow(&mut ada.browser, &all, &[("kind", "sign-ins")]).await;
        let found = entries(&signing);
        assert!(found.len() == 2 && found[1].contains("failed"), "{found:?}");
        let shop = choice(&all, "activity-app", "Shop");
        let found = entries(&narrow(&mut ada.browser, &all, &[("app", &shop)]).await);
        assert!(found.len() == 1 && found[0].contains("Shop"), "{found:?}");
        let found = entries(&narrow(&mut ada.browser, &all, &[("days", "1")]).await);
        assert_eq!(found.len(), 3, "{found:?}");
        let both = [("kind", "sign-ins"), ("app", &*shop)];
        let none = narrow(&mut ada.browser, &all, &both).await;
        assert!(entries(&none).is_empty() && none.words().contains("Nothing like this"));
    }

    async fn what_is_no_choice_chooses_nothing(world: World) {
        let (mut ada, _, all) = live(&world).await;
        for query in ["kind=x", "app=x", "days=x", "days=99999999999999999999", "after=x", "after=1-x", "after=-"] {
            let page = ada.browser.open(&world.at(&format!("/account/activity?{query}"))).await;
            assert_eq!(entries(&page.expect(200)), entries(&all), "{query}");
        }
    }

    async fn page_by_page_everything_is_there_once(world: World) {
        let mut ada = world.person("Ada").await;
        for _ in 0..23 {
            let mut ada = ada.elsewhere();
            for _ in 0..4 {
                Person { password: "wrong".into(), ..ada.clone() }.sign_in(&world.url).await.expect(401);
            }
            ada.sign_in(&world.url).await.expect(200);
            world.pass(Duration::from_hours(1));
        }
        ada.sign_in(&world.url).await.expect(200);
        let mut page = ada.browser.open(&world.at("/account/activity?kind=sign-ins")).await.expect(200);
        let mut counts = vec![entries(&page).len()];
        while let Some(older) = link(&page, "a[rel=next]") {
            page = ada.browser.open(&older).await.expect(200);
            counts.push(entries(&page).len());
        }
        assert_eq!(counts, [50, 50, 16]);
    }

    async fn the_list_is_to_be_had_as_a_file(world: World) {
        let (mut ada, _, all) = live(&world).await;
        let files = [".small a[href*=csv]", ".small a[href*=json]"].map(|selector| link(&all, selector));
        let [csv, json] = files.map(|link| link.expect("a file"));
        let file = ada.browser.open(&csv).await.expect(200);
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"activity.csv\""));
        let text = file.text();
        let lines: Vec<_> = text.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), 5, "{text}");
        assert!(lines[0].starts_with("\"time\",\"event\",\"text\""), "{text}");
        assert!(lines[4].contains("\"sign_in_failed\""), "{text}");
        let file = ada.browser.open(&json).await.expect(200).json();
        let apps: Vec<_> = file.as_array().expect("a list").iter().map(|it| &it["app"]).collect();
        assert_eq!((apps.len(), &file[0]["address"]), (4, &"127.0.0.1".into()));
        assert!(apps.contains(&&"Films".into()) && apps.contains(&&"".into()), "{apps:?}");
        let narrowed = narrow(&mut ada.browser, &all, &[("kind", "sign-ins")]).await;
        let json = link(&narrowed, ".small a[href*=json]").expect("a file");
        let file = ada.browser.open(&json).await.expect(200).json();
        assert_eq!(file.as_array().expect("a list").len(), 2);
        let other = ada.browser.open(&world.at("/account/activity/file?format=exe")).await;
        assert_eq!(other.status, 404);
        let stranger = Browser::new().open(&json).await;
        assert!(stranger.shows("sign-in-submit"), "{}", stranger.summary());
    }

    async fn a_list_shows_what_is_ones_own(world: World) {
        let (_, _, _) = live(&world).await;
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await.expect(200);
        let page = eve.browser.open(&world.at("/account/activity")).await.expect(200);
        assert_eq!(entries(&page).len(), 1);
        assert!(!page.shows("activity-app"), "no app of hers to choose");
    }

    async fn what_is_older_than_90_days_is_gone(world: World) {
        use countersign::store::activity;
        let (mut ada, _, _) = live(&world).await;
        world.pass(Duration::from_hours(89 * 24));
        let before = world.clock.now() - Duration::from_hours(90 * 24);
        let gone = world.app.store.write(move |db| activity::prune(db, before, 200)).await;
        assert_eq!(gone.expect("a sweep"), 1);
        ada.sign_in(&world.url).await.expect(200);
        let page = ada.browser.open(&world.at("/account/activity")).await.expect(200);
        assert_eq!(entries(&page).len(), 4, "the failed one is gone: {:?}", entries(&page));
    }

    async fn places_are_named_where_a_file_knows_them(database: FreshDatabase) {
        let names = [("en", "Cologne"), ("de", "Köln")];
        let file = places_file::knowing(Ipv4Addr::new(203, 0, 113, 0), &names, "DE");
        let world = World::with(database, &[
            ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8,::1"),
            ("SIGN_IN__PLACES_DATABASE", &file.path().display().to_string()),
        ]).await;
        let mut ada = world.person("Ada").await;
        let page = ada.browser.open(&world.at("/sign-in")).await;
        for (nth, address) in ["203.0.113.77", "198.51.100.1", "2001:db8::1"].into_iter().enumerate() {
            let form = Form::of_button(&page, "sign-in-submit")
                .fill("identifier", &ada.email)
                .fill("password", if nth == 0 { "wrong" } else { "wrong too" });
            let request = Request::post(&form.action)
                .header("origin", &form.page.origin().ascii_serialization())
                .header("x-forwarded-for", address)
                .form(&form.fields);
            ada.browser.send(request, &form.action).await.expect(401);
            world.pass(Duration::from_secs(1));
        }
        ada.sign_in(&world.url).await.expect(200);
        let page = ada.browser.open(&world.at("/account/activity")).await.expect(200);
        let found = entries(&page);
        assert!(found[3].contains("Cologne, DE (203.0.113.77)"), "{found:?}");
        assert!(found[2].contains("198.51.100.1") && !found[2].contains('('), "{found:?}");
        assert!(found[1].contains("2001:db8::1"), "{found:?}");
    }
}

#[actix_web::test]
async fn a_file_of_places_that_cannot_be_read_stops_the_start() {
    use countersign::{app::Places, config::Loaded};
    let file = tempfile::NamedTempFile::new().expect("a file");
    for path in ["/nowhere/at/all.mmdb", file.path().to_str().expect("a path")] {
        let trouble = Places::open(Some(path.as_ref())).expect_err("no places");
        assert!(trouble.starts_with("sign_in.places_database: reading") && trouble.contains(path));
    }
    let variable = ("COUNTERSIGN__SIGN_IN__PLACES_DATABASE".to_owned(), String::new());
    let config = Loaded::read(None, [variable]).expect("settings").config;
    assert_eq!(config.sign_in.places_database, None);
}
