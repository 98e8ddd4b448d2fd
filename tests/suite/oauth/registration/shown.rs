//! What an app registered for people to see, on the first page they meet (OpenID Connect Dynamic
//! Registration §2).

use serde_json::json;

use super::{Open, Registered, shop, with};
use crate::support::{
    answer::{Answer, css},
    browser::Browser,
    databases::on_every_database,
};

/// The addresses that elements of the page name.
fn addresses(page: &Answer, elements: &str, attribute: &str) -> Vec<String> {
    let (html, elements) = (page.html(), css(elements));
    let named = html.select(&elements).filter_map(|element| element.attr(attribute));
    named.map(str::to_owned).collect()
}

on_every_database! {
    async fn the_sign_in_page_shows_logo_policy_and_terms(open: Open) {
        let world = open.0;
        let mut said = with("logo_uri", json!("https://cdn.shop.example/logo.png"));
        said["policy_uri"] = json!("https://shop.example/privacy");
        said["tos_uri"] = json!("https://shop.example/terms");
        let app = Registered::as_told(&world, &said).await.app(&world).await;
        let page = Browser::new().open(&app.ask("openid").url()).await.expect(200);
        assert!(page.shows("sign-in-submit"), "{}", page.summary());
        let logos = addresses(&page, ".errand img", "src");
        assert_eq!(logos, ["https://cdn.shop.example/logo.png"]);
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.contains("https://cdn.shop.example"), "the browser may load it: {policy}");
        let links = addresses(&page, "nav.links a", "href");
        assert_eq!(links, ["https://shop.example/privacy", "https://shop.example/terms"]);
    }

    async fn an_app_that_registered_nothing_of_it_shows_nothing_of_it(open: Open) {
        let world = open.0;
        let app = Registered::as_told(&world, &shop()).await.app(&world).await;
        let page = Browser::new().open(&app.ask("openid").url()).await.expect(200);
        assert!(page.words().contains("Shop"), "{}", page.words());
        assert!(addresses(&page, ".errand img", "src").is_empty());
        assert!(addresses(&page, "nav.links a", "href").is_empty());
    }
}
