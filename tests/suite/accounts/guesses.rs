//! Guessing at a password: slower and slower, never a lock that a stranger holds, and nothing learned
//! about who has an account.

use std::time::Duration;

use super::recovery;
use crate::support::{
    answer::Answer,
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    http::Request,
    person::Person,
    world::World,
};

/// A try from a browser that was never here.
async fn guess(world: &World, identifier: &str, password: &str) -> Answer {
    let mut stranger = Person::new("Somebody");
    (stranger.email, stranger.password) = (identifier.to_owned(), password.to_owned());
    stranger.sign_in(&world.url).await
}

async fn guess_wrong(world: &World, identifier: &str, times: usize) {
    for _ in 0..times {
        guess(world, identifier, "wrong").await.expect(401);
    }
}

/// A try from this address, as our proxy tells it.
async fn guess_from(world: &World, address: &str, identifier: &str) -> Answer {
    let mut browser = Browser::new();
    let page = browser.open(&world.at("/sign-in")).await;
    let form = Form::of_button(&page, "sign-in-submit")
        .fill("identifier", identifier)
        .fill("password", "wrong");
    let request = Request::post(&form.action)
        .header("origin", &form.page.origin().ascii_serialization())
        .header("x-forwarded-for", address)
        .form(&form.fields);
    browser.send(request, &form.action).await
}

on_every_database! {
    async fn after_a_few_wrong_guesses_each_waits_longer(world: World) {
        let ada = world.person("Ada").await;
        guess_wrong(&world, &ada.email, 5).await;
        for (wait, said) in [(1, "wait 1 second"), (2, "wait 2 seconds"), (4, "wait 4 seconds")] {
            let page = guess(&world, &ada.email, &ada.password).await.expect(429);
            assert_eq!(page.header("retry-after"), Some(&*wait.to_string()));
            assert!(page.words().contains("is not right") && page.words().contains(said), "{}", page.summary());
            world.pass(Duration::from_secs(wait));
            guess_wrong(&world, &ada.email, 1).await;
        }
        world.pass(Duration::from_secs(8));
        assert_eq!(guess(&world, &ada.email, &ada.password).await.expect(200).url.path(), "/account");
    }

    async fn whoever_has_no_account_waits_in_the_same_words(world: World) {
        let ada = world.person("Ada").await;
        for step in 0..12 {
            let (known, unknown) = (
                guess(&world, &ada.email, "wrong").await,
                guess(&world, "eve@example.org", "wrong").await,
            );
            assert_eq!(known.status, unknown.status, "{step}");
            assert_eq!(known.header("retry-after"), unknown.header("retry-after"));
            assert_eq!(known.words_but(&ada.email), unknown.words_but("eve@example.org"));
            world.pass(Duration::from_millis(700));
        }
    }

    async fn an_address_is_one_however_it_is_written(world: World) {
        let ada = world.person("Ada").await;
        for written in ["ada@example.org", "ADA@EXAMPLE.ORG", " ada@example.org ", "Ada@Example.Org", "ada@Example.org"] {
            guess(&world, written, "wrong").await.expect(401);
        }
        guess(&world, "adA@example.org", &ada.password).await.expect(429);
    }

    async fn nobody_is_kept_out_of_their_own_browser_by_strangers(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        guess_wrong(&world, &ada.email, 5).await;
        guess(&world, &ada.email, "wrong").await.expect(429);
        let mut own = ada.clone();
        for _ in 0..3 {
            let page = own.browser.open(&world.at("/sign-out")).await;
            own.browser.press(&page, "sign-out-confirm", &[]).await;
            own.sign_in(&world.url).await.expect(200);
        }
        let page = own.browser.open(&world.at("/sign-out")).await;
        own.browser.press(&page, "sign-out-confirm", &[]).await;
        "wrong".clone_into(&mut own.password);
        for _ in 0..5 {
            own.sign_in(&world.url).await.expect(401);
        }
        own.sign_in(&world.url).await.expect(429);
    }

    async fn a_browser_is_known_to_whoever_signed_in_with_it_and_to_nobody_else(world: World) {
        let (mut ada, eve) = (world.person("Ada").await, world.person("Eve").await);
        ada.sign_in(&world.url).await.expect(200);
        guess_wrong(&world, &eve.email, 5).await;
        let mut here = Person { browser: ada.browser.clone(), ..eve.clone() };
        let page = here.browser.open(&world.at("/sign-out")).await;
        here.browser.press(&page, "sign-out-confirm", &[]).await;
        here.sign_in(&world.url).await.expect(429);
    }

    async fn after_a_reset_no_browser_is_known_and_nothing_waits(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let thief = ada.clone();
        guess_wrong(&world, &ada.email, 5).await;
        let mut home = ada.elsewhere();
        recovery::recover(&mut home, &world).await.expect(200);
        let mut stale = Person { password: "wrong".into(), ..thief };
        for _ in 0..5 {
            stale.sign_in(&world.url).await.expect(401);
        }
        guess(&world, &home.email, "wrong").await.expect(429);
    }

    async fn who_is_signed_in_cannot_guess_the_password_at_will(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = ada.browser.open(&world.at("/account/security")).await.expect(200);
        let tried = |guess| [("current_password", guess), ("password", "a whole new sentence")];
        for _ in 0..5 {
            ada.browser.press(&page, "security-submit", &tried("wrong")).await.expect(400);
        }
        let right = ada.password.clone();
        let page = ada.browser.press(&page, "security-submit", &tried(&right)).await.expect(400);
        assert!(page.words().contains("wait 1 second"), "{}", page.summary());
        world.pass(Duration::from_secs(1));
        ada.browser.press(&page, "security-submit", &tried(&right)).await.expect(200);
    }

    async fn a_network_may_not_try_account_after_account(database: FreshDatabase) {
        let world = World::with(database, &[
            ("SIGN_IN__WRONG_PASSWORDS_PER_NETWORK_HOUR", "3"),
            ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8,::1"),
        ]).await;
        for (nth, status) in [(0, 401), (1, 401), (2, 401), (3, 429), (4, 429)] {
            let address = format!("2001:db8:1:2::{nth}");
            let tried = guess_from(&world, &address, &format!("p{nth}@example.org")).await;
            assert_eq!(tried.status, status, "{nth}: {}", tried.summary());
        }
        guess_from(&world, "2001:db8:1:3::1", "p9@example.org").await.expect(401);
        world.pass(Duration::from_hours(1));
        guess_from(&world, "2001:db8:1:2::1", "p9@example.org").await.expect(401);
    }

    async fn a_full_network_is_no_wall_to_a_browser_that_is_known(database: FreshDatabase) {
        let world = World::with(database, &[("SIGN_IN__WRONG_PASSWORDS_PER_NETWORK_HOUR", "2")]).await;
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        for nth in 0..2 {
            guess_wrong(&world, &format!("p{nth}@example.org"), 1).await;
        }
        guess(&world, &ada.email, &ada.password).await.expect(429);
        let page = ada.browser.open(&world.at("/sign-out")).await;
        ada.browser.press(&page, "sign-out-confirm", &[]).await;
        ada.sign_in(&world.url).await.expect(200);
    }
}
