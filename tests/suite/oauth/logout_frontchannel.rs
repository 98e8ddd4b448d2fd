//! Front-Channel Logout: the browser tells the apps it is signed in to, in hidden frames.

use serde_json::json;
use url::Url;

use super::logout::{log_out, request};
use crate::support::{
    answer::{Answer, css},
    databases::on_every_database,
    relying_party::{RelyingParty, claims},
    world::World,
};

/// An app with a page that signs out, which may want to know of which session.
async fn app(world: &World, name: &str, wants_session: bool) -> RelyingParty {
    let host = format!("https://{}.example", name.to_lowercase());
    let metadata = json!({
        "client_name": name,
        "redirect_uris": [format!("{host}/cb")],
        "post_logout_redirect_uris": [format!("{host}/bye")],
        "frontchannel_logout_uri": format!("{host}/out?from=us"),
        "frontchannel_logout_session_required": wants_session,
    });
    world.register(metadata).await
}

/// The addresses that a page loads in frames, sorted.
fn frames(page: &Answer) -> Vec<Url> {
    let html = page.html();
    let frame = css("iframe[src]");
    let mut found: Vec<Url> =
        html.select(&frame).map(|frame| frame.attr("src").unwrap().parse().unwrap()).collect();
    found.sort();
    found
}

fn query(url: &Url) -> Vec<(String, String)> {
    url.query_pairs().into_owned().collect()
}

on_every_database! {
    async fn the_browser_signs_out_of_every_app_it_was_signed_in_to(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", true).await);
        let (game, film) = (app(&world, "Game", false).await, app(&world, "Film", true).await);
        let silent = world.app("Silent").await;
        let known = claims(ada.connect(&shop, "openid").await.id());
        ada.connect(&game, "openid").await;
        ada.connect(&silent, "openid").await;
        ada.elsewhere().connect(&film, "openid").await;

        let page = log_out(&mut ada.browser, &request(&silent, &[])).await.expect(200);
        assert!(page.shows("signed-out"), "{}", page.summary());
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let [of_game, of_shop] = &frames(&page)[..] else { panic!("{}", page.summary()) };
        assert_eq!(of_game.as_str(), "https://game.example/out?from=us", "as it is registered");
        assert_eq!(of_shop.host_str(), Some("shop.example"));
        assert_eq!(query(of_shop), [
            pair("from", "us"),
            pair("iss", shop.metadata["issuer"].as_str().unwrap()),
            pair("sid", known["sid"].as_str().unwrap()),
        ]);
        let policy = page.header("content-security-policy").expect("a policy");
        let allowed = policy.split(';').map(str::trim).find(|rule| rule.starts_with("frame-src "));
        let mut allowed: Vec<_> = allowed.expect("a rule for frames").split(' ').skip(1).collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["https://game.example", "https://shop.example"]);
    }

    async fn the_way_back_is_offered_once_the_frames_are_loaded(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", true).await);
        let hint = ada.connect(&shop, "openid").await.id().to_owned();
        let asked = [
            ("id_token_hint", &*hint),
            ("post_logout_redirect_uri", "https://shop.example/bye"),
            ("state", "a b"),
        ];
        let page = log_out(&mut ada.browser, &request(&shop, &asked)).await.expect(200);
        assert_eq!(frames(&page).len(), 1);
        let html = page.html();
        let way_back = html.select(&css("#logout-continue")).next().and_then(|a| a.attr("href"));
        let way_back: Url = way_back.expect("a way back").parse().unwrap();
        assert_eq!(way_back.as_str(), "https://shop.example/bye?state=a+b");
        let refresh = html.select(&css("meta[http-equiv=refresh]")).next();
        let refresh = refresh.and_then(|meta| meta.attr("content")).expect("a way on without script");
        assert!(refresh.ends_with(way_back.as_str()), "{refresh}");
    }

    async fn an_app_that_has_lost_its_access_is_not_loaded(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", true).await);
        let game = app(&world, "Game", true).await;
        ada.connect(&shop, "openid").await;
        ada.connect(&game, "openid").await;
        ada.remove_access(&world.url, "Shop").await;
        let page = log_out(&mut ada.browser, &request(&game, &[])).await.expect(200);
        let hosts: Vec<_> = frames(&page).iter().filter_map(|url| url.host_str().map(str::to_owned)).collect();
        assert_eq!(hosts, ["game.example"]);
    }
}
