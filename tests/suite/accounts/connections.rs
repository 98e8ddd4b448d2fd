//! Connected apps: what each may see, and taking it back.

use std::time::Duration;

use countersign::store::contacts::Channel;
use serde_json::json;

use crate::support::{
    answer::{Answer, css, folded},
    databases::on_every_database,
    form::Form,
    person::Person,
    world::World,
};

const HALF_A_YEAR: Duration = Duration::from_hours(184 * 24);

/// The page of the one app that is connected.
async fn page(person: &mut Person, world: &World) -> Answer {
    let list = person.browser.open(&world.at("/account/apps")).await.expect(200);
    let html = list.html();
    let links = css("a[href^=\"/account/apps/\"]");
    let mut paths = html.select(&links).filter_map(|link| link.attr("href"));
    let path = paths.find(|path| !path.ends_with("/remove") && !path.ends_with("/unused"));
    person.browser.open(&world.at(path.expect("an app"))).await.expect(200)
}

/// Sends a form of that page with the button of this value.
async fn press(person: &mut Person, page: &Answer, ending: &str, button: (&str, &str)) -> Answer {
    let form = Form::to(page, ending).with(button.0, button.1);
    let answer = person.browser.submit(&form).await;
    person.browser.follow(answer).await
}

on_every_database! {
    async fn every_connected_app_is_listed_until_it_is_removed(world: World) {
        let (mut ada, mut bob) = (world.person("Ada").await, world.person("Bob").await);
        let (shop, game) = (world.app("Shop").await, world.app("Game").await);
        ada.connect(&shop, "openid email").await;
        ada.connect(&game, "openid").await;
        bob.connect(&shop, "openid").await;
        let list = ada.browser.open(&world.at("/account/apps")).await.expect(200).words();
        assert!(list.contains("Shop") && list.contains("Game"), "{list}");
        let after = ada.remove_access(&world.url, "Shop").await;
        assert!(!apps(&after).contains("Shop"), "{}", after.summary());
        assert!(apps(&after).contains("Game"));
        let bobs = bob.browser.open(&world.at("/account/apps")).await.words();
        assert!(bobs.contains("Shop"), "another person's is untouched: {bobs}");
    }

    async fn nobody_removes_what_is_anothers(world: World) {
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let shop = world.app("Shop").await;
        let tokens = ada.connect(&shop, "openid").await;
        let apps = ada.browser.open(&world.at("/account/apps")).await;
        let html = apps.html();
        let link = css("a[href^=\"/account/apps/\"]");
        let path = html.select(&link).next().unwrap().attr("href").unwrap().to_owned();
        let path = format!("{}/remove", path.trim_end_matches("/remove"));
        eve.sign_in(&world.url).await;
        assert_eq!(eve.browser.open(&world.at(&path)).await.status, 404);
        let own = eve.browser.open(&world.at("/sign-out")).await;
        let forged = Form { action: world.at(&path), ..Form::of_button(&own, "sign-out-confirm") };
        assert_eq!(eve.browser.submit(&forged).await.status, 404);
        shop.userinfo(tokens.access()).await.expect(200);
    }

    async fn one_thing_taken_out_is_gone_from_every_token_at_once(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        world.add_contact(&ada, Channel::Sms, "+491701234567").await;
        let tokens = ada.connect(&shop, "openid email phone offline_access").await;
        let before = page(&mut ada, &world).await;
        press(&mut ada, &before, "/narrow", ("scope", "email")).await.expect(200);
        let told = shop.userinfo(tokens.access()).await.expect(200).json();
        assert!(told["email"].is_null() && told["phone_number"].is_string(), "{told}");
        let known = shop.introspect(tokens.access()).await.json();
        assert_eq!(known["scope"], "offline_access openid phone");
        let fresh = shop.refresh(tokens.refresh()).await.expect(200).json();
        assert_eq!(fresh["scope"], "offline_access openid phone");
        let asked = ada.browser.open(&shop.ask("openid email").url()).await;
        assert!(asked.shows("consent-allow"), "it is asked for again: {}", asked.summary());
    }

    async fn only_what_an_app_has_can_be_taken_out(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid email").await;
        let shown = page(&mut ada, &world).await;
        for never in ["openid", "phone", "", "a b", "openid email"] {
            press(&mut ada, &shown, "/narrow", ("scope", never)).await.expect(404);
        }
        assert_eq!(shop.introspect(tokens.access()).await.json()["scope"], "email openid");
    }

    async fn signing_an_app_out_in_one_place_leaves_the_others(world: World) {
        let (mut here, shop) = (world.person("Ada").await, world.app("Shop").await);
        let first = here.connect(&shop, "openid offline_access").await;
        let again = here.connect(&shop, "openid").await;
        world.pass(Duration::from_mins(1));
        let mut there = here.elsewhere();
        let other = there.connect(&shop, "openid offline_access").await;
        let shown = page(&mut here, &world).await;
        let html = shown.html();
        let places = css("button[name=place]");
        let places: Vec<_> = html.select(&places).filter_map(|it| it.attr("value")).collect();
        let [_, oldest] = places[..] else { panic!("one for each browser: {places:?}") };
        press(&mut here, &shown, "/disconnect", ("place", oldest)).await.expect(200);
        for ended in [first.access(), again.access()] {
            shop.userinfo(ended).await.expect(401);
        }
        shop.userinfo(other.access()).await.expect(200);
        press(&mut here, &shown, "/disconnect", ("place", "AAAAAAAAAAAAAAAAAAAAAA")).await.expect(404);
    }

    async fn whoever_wishes_is_asked_again(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid email").await;
        let shown = page(&mut ada, &world).await;
        let form = Form::to(&shown, "/ask-again");
        ada.browser.submit(&form).await;
        let silent = shop.ask("openid").with("prompt", "none");
        let back = ada.browser.open(&silent.url()).await.must_redirect();
        assert_eq!(silent.answer(&back).error(), "consent_required");
        ada.connect(&shop, "openid email").await;
        let back = ada.browser.open(&silent.url()).await.must_redirect();
        silent.answer(&back).code();
    }

    async fn what_nobody_uses_goes_together(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let (old, older) = (world.app("Old").await, world.app("Older").await);
        let kept = ada.connect(&old, "openid offline_access").await;
        ada.connect(&older, "openid").await;
        world.pass(HALF_A_YEAR);
        ada.connect(&shop, "openid").await;
        let list = ada.browser.open(&world.at("/account/apps")).await.expect(200);
        assert!(list.text_of("apps-unused").contains("Look"), "{}", list.summary());
        let unused = ada.browser.open(&world.at("/account/apps/unused")).await.expect(200);
        assert!(!apps(&unused).contains("Shop") && apps(&unused).contains("Older"));
        ada.browser.press(&unused, "unused-confirm", &[]).await.expect(200);
        let list = ada.browser.open(&world.at("/account/apps")).await.expect(200);
        assert_eq!(apps(&list).matches("Old").count(), 0, "{}", apps(&list));
        assert!(apps(&list).contains("Shop"));
        assert_eq!(old.refresh(kept.refresh()).await.expect(400).error(), "invalid_grant");
    }

    async fn a_removal_is_confirmed_by_mail(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        ada.remove_access(&world.url, "Shop").await;
        let letters = world.inbox().await;
        let subject = letters[0]["subject"].as_str().unwrap_or_default();
        assert!(subject.contains("Shop") && letters[0]["to"] == *ada.email, "{letters:?}");
    }

    async fn an_app_that_begins_sign_ins_is_opened_there(world: World) {
        let mut ada = world.person("Ada").await;
        let shop = world.register(json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/cb"],
            "initiate_login_uri": "https://shop.example/start",
        })).await;
        ada.connect(&shop, "openid").await;
        let shown = page(&mut ada, &world).await;
        let html = shown.html();
        let open = html.select(&css("#app-open")).next().and_then(|link| link.attr("href"));
        assert!(open.is_some_and(|it| it.starts_with("https://shop.example/start?iss=http")));
    }

    async fn the_account_remembers_what_happened(world: World) {
        let mut ada = world.person("Ada").await;
        let shop = world.app("Shop").await;
        ada.connect(&shop, "openid").await;
        ada.remove_access(&world.url, "Shop").await;
        let page = ada.browser.open(&world.at("/account/activity")).await.expect(200);
        assert!(page.words().contains("Shop"), "{}", page.summary());
    }
}

/// The list itself, without the sentence that says what was just removed.
fn apps(page: &Answer) -> String {
    let html = page.html();
    let link = css("a[href^=\"/account/apps/\"]");
    let rows = html.select(&link).map(|link| folded(&link));
    rows.collect::<Vec<_>>().join(", ")
}
