//! "Hide my email": an address made for one person and one app, as apps and people see it.

use countersign::store::contacts::Channel;
use serde_json::{Value, json};

use crate::support::{
    answer::Answer,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    person::{Person, Tokens},
    relying_party::{RelyingParty, claims},
    shared_email::{chosen, offered, page_of_app, path_of_app},
    world::World,
};

const DOMAIN: &str = "private.example.com";
const ON: [(&str, &str); 1] = [("HIDE_MY_EMAIL__DOMAIN", DOMAIN)];

/// Says yes, hiding the address.
async fn hide(person: &mut Person, app: &RelyingParty) -> Tokens {
    let asked = app.ask("openid email offline_access").with("prompt", "consent");
    let page = person.browser.open(&asked.url()).await;
    let page = if page.shows("sign-in-submit") { person.sign_in_at(&page).await } else { page };
    let answer = person.browser.press(&page, "consent-allow", &[("email", "hidden")]).await;
    let code = asked.answer(&answer.must_redirect()).code();
    Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json())
}

async fn told(app: &RelyingParty, tokens: &Tokens) -> Value {
    app.userinfo(tokens.access()).await.expect(200).json()
}

fn private(told: &Value) -> String {
    let address = told["email"].as_str().expect("an address").to_owned();
    assert!(address.ends_with(&format!("@{DOMAIN}")), "{told}");
    address
}

async fn press(person: &mut Person, page: &Answer, id: &str) -> Answer {
    person.browser.press(page, id, &[]).await.expect(200)
}

on_every_database! {
    async fn an_app_is_told_an_address_that_was_made_for_it(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = hide(&mut ada, &shop).await;
        let known = told(&shop, &tokens).await;
        let address = private(&known);
        assert_eq!((&known["email_verified"], &known["is_private_email"]), (&json!(true), &json!(true)));
        assert!(!known.to_string().contains(&ada.email), "{known}");
        let wanted = json!({ "id_token": { "email": null, "is_private_email": null } }).to_string();
        let asked = shop.ask("openid email").with("claims", &wanted);
        let code = ada.authorize(&asked).await.code();
        let again = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
        let id_token = claims(again.id());
        assert_eq!((&id_token["email"], &id_token["is_private_email"]), (&json!(address), &json!(true)));
        let name = address.split('@').next().unwrap();
        assert_eq!(name.len(), 20, "a hundred bits: {address}");
    }

    async fn each_person_and_each_app_has_another(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let (mut ada, mut bob) = (world.person("Ada").await, world.person("Bob").await);
        let (shop, game) = (world.app("Shop").await, world.app("Game").await);
        let mut all = Vec::new();
        for (person, app) in [(&mut ada, &shop), (&mut bob, &shop)] {
            all.push(private(&told(app, &hide(person, app).await).await));
        }
        all.push(private(&told(&game, &hide(&mut ada, &game).await).await));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 3);
    }

    async fn whoever_comes_back_to_an_app_gets_the_same_and_need_not_choose_it(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let before = private(&told(&shop, &hide(&mut ada, &shop).await).await);
        ada.remove_access(&world.url, "Shop").await;
        let asked = shop.ask("openid email");
        let page = ada.browser.open(&asked.url()).await;
        assert!(chosen(&page)[0].starts_with("Hide my email"), "{:?}", offered(&page));
        // Whoever sends no choice at all does not lift what hid them either.
        let form = Form::of_button(&page, "consent-allow").without("email");
        let answer = ada.browser.submit(&form).await;
        let answer = ada.browser.follow(answer).await;
        let code = asked.answer(&answer.must_redirect()).code();
        let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
        assert_eq!(private(&told(&shop, &tokens).await), before);
    }

    async fn another_address_may_be_shared_later_and_hidden_again(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = hide(&mut ada, &shop).await;
        let before = private(&told(&shop, &tokens).await);
        let page = page_of_app(&mut ada, &world).await;
        assert_eq!(page.text_of("private-address"), before);
        let own = offered(&page)[0].1.clone();
        let page = ada.browser.press(&page, "app-email-save", &[("email", &own)]).await;
        let known = told(&shop, &tokens).await;
        assert_eq!((&known["email"], known.get("is_private_email")), (&json!(ada.email), None));
        assert_eq!(chosen(&page), [&*ada.email], "the page says what the app is told");
        let asked = shop.ask("openid email").with("prompt", "consent");
        world.pass(std::time::Duration::from_mins(1));
        assert_eq!(chosen(&ada.browser.open(&asked.url()).await), [&*ada.email]);
        ada.browser.press(&page, "app-email-save", &[("email", "hidden")]).await.expect(200);
        assert_eq!(private(&told(&shop, &tokens).await), before);
    }

    async fn forwarding_is_stopped_resumed_and_sent_elsewhere(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        world.add_contact(&ada, Channel::Email, "ada@work.example").await;
        hide(&mut ada, &shop).await;
        let page = page_of_app(&mut ada, &world).await;
        let page = press(&mut ada, &page, "private-stop").await;
        assert!(page.words().contains("does not reach you") && !page.shows("private-stop"));
        let page = press(&mut ada, &page, "private-resume").await;
        let target = Form::of_button(&page, "private-target-save").silent[0].1.clone();
        let page = ada.browser.press(&page, "private-target-save", &[("target", &target)]).await;
        let now = Form::of_button(&page, "private-target-save");
        assert_eq!(now.value("target"), Some(&*target));
        for said in ["You stopped mail", "through again", "You chose where mail"] {
            assert!(page.words().contains(said), "no {said}: {}", page.words());
        }
        for wrong in ["hidden", "ada@work.example", ""] {
            let form = Form::of_button(&page, "private-target-save").fill("target", wrong);
            ada.browser.submit(&form).await.expect(400);
        }
        let form = Form::of_button(&page, "private-target-save").with("forward", "maybe");
        ada.browser.submit(&form).await.expect(400);
    }

    async fn nobody_changes_what_is_anothers(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let (mut ada, mut eve) = (world.person("Ada").await, world.person("Eve").await);
        let shop = world.app("Shop").await;
        hide(&mut ada, &shop).await;
        eve.sign_in(&world.url).await;
        let own = eve.browser.open(&world.at("/sign-out")).await;
        let form = Form::of_button(&own, "sign-out-confirm").with("forward", "off");
        let path = path_of_app(&mut ada, &world).await;
        let action = format!("{path}/private-email").parse().unwrap();
        eve.browser.submit(&Form { action, ..form }).await.expect(404);
        let page = page_of_app(&mut ada, &world).await;
        assert!(page.shows("private-stop"));
    }

    async fn where_no_domain_is_set_nothing_is_shown(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.sign_in(&world.url).await;
        let page = ada.browser.open(&shop.ask("openid email").url()).await;
        assert!(offered(&page).is_empty() && !page.words().contains("Hide my email"));
        let form = Form::of_button(&page, "consent-allow").with("email", "hidden");
        ada.browser.submit(&form).await.expect(400);
        let told = world.get("/.well-known/openid-configuration").await.json();
        assert!(!told["claims_supported"].to_string().contains("is_private_email"));
        ada.connect(&shop, "openid email").await;
        let page = page_of_app(&mut ada, &world).await;
        assert!(!page.shows("private-address"));
        let form = Form::to(&page, "/ask-again");
        let action = form.action.as_str().replace("/ask-again", "/private-email").parse().unwrap();
        ada.browser.submit(&Form { action, ..form }.with("forward", "off")).await.expect(404);
    }

    async fn discovery_tells_of_it(database: FreshDatabase) {
        let world = World::with(database, &ON).await;
        let told = world.get("/.well-known/openid-configuration").await.json();
        assert!(told["claims_supported"].to_string().contains("is_private_email"));
    }
}
