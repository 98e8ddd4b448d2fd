//! How the answer travels: `response_mode=form_post` (OAuth 2.0 Form Post Response Mode), fragment.

use std::collections::BTreeMap;

use url::form_urlencoded;

use crate::support::{
    answer::{Answer, css},
    databases::on_every_database,
    relying_party::Asked,
    world::World,
};

/// The form that goes back to the app: where to, and its fields.
fn posted(page: &Answer) -> (String, BTreeMap<String, String>) {
    assert_eq!((page.status, page.location()), (200, None), "{}", page.summary());
    assert!(page.header("cache-control").is_some_and(|value| value.contains("no-store")));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    let html = page.html();
    let form = html.select(&css("form")).next().expect("a form");
    assert_eq!(form.attr("method").map(str::to_lowercase).as_deref(), Some("post"));
    let inputs = css("input[name]");
    let fields = form.select(&inputs).map(|field| {
        let read = |name: &str| field.attr(name).unwrap_or_default().to_owned();
        (read("name"), read("value"))
    });
    (form.attr("action").expect("an action").to_owned(), fields.collect())
}

fn by_form(asked: Asked) -> Asked {
    asked.with("response_mode", "form_post")
}

on_every_database! {
    async fn a_code_is_posted_and_nothing_stands_in_the_address(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = by_form(shop.ask("openid"));
        let (action, fields) = posted(&ada.go(&asked.url()).await);
        assert_eq!(action, shop.redirect_uri);
        assert_eq!(fields["state"], asked.state);
        assert_eq!(fields["iss"], world.url.as_str().trim_end_matches('/'));
        shop.redeem(&fields["code"], &asked.verifier).await.expect(200);
    }

    async fn a_refusal_is_posted_too(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for (name, value, error) in [
            ("prompt", "none", "login_required"),
            ("code_challenge_method", "plain", "invalid_request"),
            ("scope", "openid unheard_of", "invalid_scope"),
        ] {
            let asked = by_form(shop.ask("openid")).with(name, value);
            let (action, fields) = posted(&ada.browser.open(&asked.url()).await);
            assert_eq!((&action, &*fields["error"]), (&shop.redirect_uri, error));
            assert_eq!(fields["state"], asked.state);
            assert!(!fields.contains_key("code"));
        }
        let nothing = by_form(shop.ask("openid")).without("response_type");
        let (_, fields) = posted(&ada.browser.open(&nothing.url()).await);
        assert!(["invalid_request", "unsupported_response_type"].contains(&&*fields["error"]));
    }

    async fn state_is_text_and_never_markup(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let hostile = r#""><script>alert(1)</script>&amp;'"#;
        let asked = by_form(shop.ask("openid")).with("state", hostile);
        let page = ada.go(&asked.url()).await;
        assert_eq!(posted(&page).1["state"], hostile);
        assert!(!page.text().contains("<script>alert"));
    }

    async fn an_answer_in_the_fragment_is_in_the_fragment_alone(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid").with("response_mode", "fragment");
        let back = ada.go(&asked.url()).await.must_redirect();
        assert_eq!(back.query(), None);
        let fields = form_urlencoded::parse(back.fragment().expect("a fragment").as_bytes());
        let fields: BTreeMap<_, _> = fields.into_owned().collect();
        assert_eq!(fields["state"], asked.state);
        shop.redeem(&fields["code"], &asked.verifier).await.expect(200);
    }

    async fn an_unknown_response_mode_is_refused(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid").with("response_mode", "pigeon");
        let back = ada.browser.open(&asked.url()).await.must_redirect();
        assert_eq!(asked.answer(&back).error(), "invalid_request");
    }
}
