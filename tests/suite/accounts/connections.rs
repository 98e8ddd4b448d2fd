//! Connected apps: what each may see, and taking it back.

use crate::support::{
    answer::{Answer, css, folded},
    databases::on_every_database,
    form::Form,
    world::World,
};

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
