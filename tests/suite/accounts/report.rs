//! An app reported to whoever runs the installation.

use countersign::store::app_reports;

use crate::support::{
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    world::World,
};

on_every_database! {
    async fn a_report_reaches_whoever_runs_the_installation(database: FreshDatabase) {
        let world = World::with(database, &[("BRAND__SUPPORT_EMAIL", "help@example.com")]).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        let path = format!("/account/report/{}", shop.id);
        let page = ada.browser.open(&world.at(&path)).await.expect(200);
        let form = Form::of_button(&page, "report-submit").with("reason", "pretends");
        let sent = ada.browser.submit(&form.fill("details", "It says it is my bank.")).await.expect(200);
        assert!(sent.words().contains("Thank you"), "{}", sent.summary());
        let letter = &world.inbox().await[0];
        assert_eq!((&letter["to"], &letter["subject"]), (&"help@example.com".into(), &"An app was reported: Shop".into()));
        assert!(letter["text"].as_str().is_some_and(|text| text.contains("It says it is my bank.")));
        let kept = world.app.store.read(|db| app_reports::list(db, None, 10)).await.expect("reports");
        assert_eq!((kept.len(), kept[0].client_id.to_string()), (1, shop.id.clone()));
        let activity = ada.browser.open(&world.at("/account/activity")).await.expect(200);
        assert!(activity.words().contains("You reported Shop"));
    }

    async fn a_report_says_what_is_wrong_with_an_app_that_is_there(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let path = format!("/account/report/{}", shop.id);
        let page = ada.go(&world.at(&path)).await.expect(200);
        let form = Form::of_button(&page, "report-submit");
        ada.browser.submit(&form).await.expect(400);
        ada.browser.submit(&form.clone().with("reason", "dull")).await.expect(400);
        let long = form.clone().with("reason", "other").fill("details", &"é".repeat(1_001));
        let refused = ada.browser.submit(&long).await.expect(400);
        assert!(refused.text_of("problems").contains("1000"), "{}", refused.summary());
        ada.browser.open(&world.at("/account/report/AAAAAAAAAAAAAAAAAAAAAA")).await.expect(404);
        ada.browser.open(&world.at("/account/report/x")).await.expect(404);
        let stranger = Browser::new().open(&world.at(&path)).await;
        assert!(stranger.shows("sign-in-submit"), "{}", stranger.summary());
        let all = form.with("reason", "other");
        for _ in 0..10 {
            ada.browser.submit(&all).await.expect(200);
        }
        let too_many = ada.browser.submit(&all).await.expect(429);
        assert!(too_many.page_error().contains("too_many_requests"));
    }
}
