//! Which of several mail addresses an app is told: chosen at consent, kept with it, changed later.

use countersign::store::{
    Db, Error,
    contacts::{self, Channel},
};
use serde_json::{Value, json};

use super::device::{self, films};
use crate::support::{
    answer::Answer,
    databases::on_every_database,
    form::Form,
    person::{Person, Tokens},
    relying_party::{Asked, RelyingParty, claims},
    shared_email::{chosen, id_of, offered, page_of_app},
    world::World,
};

const OTHER: &str = "ada@work.example";

/// Somebody with two proved addresses and one that is not.
async fn ada(world: &World) -> Person {
    let ada = world.person("Ada").await;
    world.add_contact(&ada, Channel::Email, OTHER).await;
    ada
}

/// Goes to the question.
async fn question(person: &mut Person, app: &RelyingParty, scope: &str) -> (Answer, Asked) {
    let asked = app.ask(scope).with("prompt", "consent");
    let page = person.browser.open(&asked.url()).await;
    let page = if page.shows("sign-in-submit") { person.sign_in_at(&page).await } else { page };
    assert!(page.shows("consent-allow"), "{}", page.summary());
    (page, asked)
}

/// Says yes to sharing this address.
async fn connect(person: &mut Person, app: &RelyingParty, address: &str) -> Tokens {
    let (page, asked) = question(person, app, "openid email offline_access").await;
    let id = id_of(&page, address);
    let answer = person.browser.press(&page, "consent-allow", &[("email", &id)]).await;
    let code = asked.answer(&answer.must_redirect()).code();
    Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json())
}

async fn told(app: &RelyingParty, tokens: &Tokens) -> Value {
    app.userinfo(tokens.access()).await.expect(200).json()["email"].clone()
}

async fn forget(world: &World, address: &'static str) {
    let forget = move |db: &mut Db<'_>| -> Result<(), Error> {
        let contact = contacts::find_verified(db, Channel::Email, address)?.expect("a contact");
        contacts::remove(db, contact.id)
    };
    world.app.store.write(forget).await.expect("a contact less");
}

on_every_database! {
    async fn the_address_that_was_chosen_is_the_one_that_is_told(world: World) {
        let (mut ada, shop) = (ada(&world).await, world.app("Shop").await);
        let (page, _) = question(&mut ada, &shop, "openid email").await;
        assert_eq!(chosen(&page), [&*ada.email], "the primary one is proposed");
        let tokens = connect(&mut ada, &shop, OTHER).await;
        let known = shop.userinfo(tokens.access()).await.expect(200).json();
        assert_eq!((&known["email"], &known["email_verified"]), (&json!(OTHER), &json!(true)));
        let fresh = Tokens(shop.refresh(tokens.refresh()).await.expect(200).json());
        assert_eq!(told(&shop, &fresh).await, OTHER);
        let game = world.app("Game").await;
        let own = ada.email.clone();
        let tokens = connect(&mut ada, &game, &own).await;
        assert_eq!(told(&game, &tokens).await, *ada.email, "each app is told what was chosen for it");
    }

    async fn the_id_token_tells_the_same_address(world: World) {
        let (mut ada, shop) = (ada(&world).await, world.app("Shop").await);
        connect(&mut ada, &shop, OTHER).await;
        let wanted = json!({ "id_token": { "email": null } }).to_string();
        let asked = shop.ask("openid email").with("claims", &wanted);
        let code = ada.authorize(&asked).await.code();
        let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
        assert_eq!(claims(tokens.id())["email"], OTHER);
    }

    async fn asked_again_a_person_finds_the_address_they_chose(world: World) {
        let (mut ada, shop) = (ada(&world).await, world.app("Shop").await);
        connect(&mut ada, &shop, OTHER).await;
        world.pass(std::time::Duration::from_mins(1));
        let (page, _) = question(&mut ada, &shop, "openid email").await;
        assert_eq!(chosen(&page), [OTHER]);
    }

    async fn whoever_has_one_proved_address_has_no_choice(world: World) {
        let (mut bob, shop) = (world.person("Bob").await, world.app("Shop").await);
        let (page, _) = question(&mut bob, &shop, "openid email").await;
        assert!(offered(&page).is_empty() && page.words().contains(&bob.email));
        let (page, _) = question(&mut ada(&world).await, &shop, "openid phone").await;
        assert!(offered(&page).is_empty(), "no address is asked for");
    }

    async fn nobody_shares_what_is_anothers_or_not_proved(world: World) {
        let (mut ada, bob) = (ada(&world).await, world.person("Bob").await);
        world.add_contact(&bob, Channel::Email, "bob@work.example").await;
        world.add_contact(&ada, Channel::Sms, "+491701234567").await;
        let (email, now) = (bob.email.clone(), world.clock.now());
        let not_to_choose = move |db: &mut Db<'_>| -> Result<Vec<String>, Error> {
            let bobs = contacts::find_verified(db, Channel::Email, &email)?.expect("Bob's");
            let adas = contacts::find_verified(db, Channel::Email, OTHER)?.expect("Ada's");
            let number = contacts::find_verified(db, Channel::Sms, "+491701234567")?.expect("hers");
            let unproved = contacts::Contact {
                id: contacts::ContactId::random(),
                address: "ada@unproved.example".into(),
                canonical: "ada@unproved.example".into(),
                created_at: now,
                verified_at: None,
                ..adas
            };
            contacts::add(db, &unproved)?;
            Ok([bobs.id, number.id, unproved.id].iter().map(ToString::to_string).collect())
        };
        let mut never = world.app.store.write(not_to_choose).await.unwrap();
        never.extend(["hidden".into(), OTHER.into()]);
        let shop = world.app("Shop").await;
        let (page, _) = question(&mut ada, &shop, "openid email").await;
        assert_eq!(offered(&page).len(), 2, "the one that is not proved is not offered");
        for id in &never {
            let form = Form::of_button(&page, "consent-allow").fill("email", id);
            let refused = ada.browser.submit(&form).await.expect(400);
            assert!(refused.page_error().ends_with("invalid_request"), "{id}");
        }
        let asked = shop.ask("openid email").with("prompt", "none");
        let silent = ada.browser.open(&asked.url()).await;
        let refused = asked.answer(&silent.must_redirect()).error();
        assert_eq!(refused, "consent_required", "nothing was allowed");
        connect(&mut ada, &shop, OTHER).await;
        let shown = page_of_app(&mut ada, &world).await;
        for id in &never {
            let form = Form::of_button(&shown, "app-email-save").fill("email", id);
            ada.browser.submit(&form).await.expect(400);
        }
        assert_eq!(chosen(&page_of_app(&mut ada, &world).await), [OTHER]);
    }

    async fn another_address_may_be_chosen_later(world: World) {
        let (mut ada, shop) = (ada(&world).await, world.app("Shop").await);
        let own = ada.email.clone();
        let tokens = connect(&mut ada, &shop, &own).await;
        let shown = page_of_app(&mut ada, &world).await;
        assert_eq!(chosen(&shown), [&*ada.email]);
        let id = id_of(&shown, OTHER);
        let shown = ada.browser.press(&shown, "app-email-save", &[("email", &id)]).await.expect(200);
        assert_eq!(chosen(&shown), [OTHER]);
        assert_eq!(told(&shop, &tokens).await, OTHER, "the same token tells the new address");
        assert!(shown.words().contains("You chose another email address for Shop"));
        let mut eve = world.person("Eve").await;
        eve.sign_in(&world.url).await;
        let own = eve.browser.open(&world.at("/sign-out")).await;
        let form = Form::of_button(&shown, "app-email-save");
        let forged = Form { action: form.action, ..Form::of_button(&own, "sign-out-confirm") };
        eve.browser.submit(&forged.with("email", &id)).await.expect(404);
    }

    async fn an_app_that_is_told_no_address_offers_no_choice(world: World) {
        let (mut ada, shop) = (ada(&world).await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        let shown = page_of_app(&mut ada, &world).await;
        assert!(offered(&shown).is_empty());
        let form = Form::to(&shown, "/ask-again");
        let action = form.action.as_str().replace("/ask-again", "/email").parse().unwrap();
        ada.browser.submit(&Form { action, ..form }.with("email", "x")).await.expect(404);
    }

    async fn an_address_that_was_removed_gives_way_to_the_primary_one(world: World) {
        let (mut ada, shop) = (ada(&world).await, world.app("Shop").await);
        let tokens = connect(&mut ada, &shop, OTHER).await;
        forget(&world, OTHER).await;
        assert_eq!(told(&shop, &tokens).await, *ada.email);
        world.add_contact(&ada, Channel::Email, OTHER).await;
        assert_eq!(told(&shop, &tokens).await, *ada.email, "added again it is not the one chosen");
    }

    async fn a_choice_may_go_with_something_that_can_be_left_out(world: World) {
        let mut ada = ada(&world).await;
        let shop = world.register(json!({
            "client_name": "Shop",
            "redirect_uris": ["https://shop.example/cb"],
            "optional_scope": "email",
        })).await;
        let (page, asked) = question(&mut ada, &shop, "openid email").await;
        let other = id_of(&page, OTHER);
        let fields = [("email", &*other), ("allow:email", "yes")];
        let answer = ada.browser.press(&page, "consent-allow", &fields).await;
        let code = asked.answer(&answer.must_redirect()).code();
        let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
        assert_eq!(told(&shop, &tokens).await, OTHER);
    }

    async fn a_television_is_told_the_address_that_was_chosen_on_the_phone(world: World) {
        let (mut ada, films) = (ada(&world).await, films(&world).await);
        let (code, user_code) = device::codes(&films, "openid email").await;
        let page = device::type_code(&mut ada, &world, &user_code).await.expect(200);
        let form = Form::of_button(&page, "device-allow");
        ada.browser.submit(&form.clone().fill("email", "hidden")).await.expect(400);
        let id = id_of(&page, OTHER);
        ada.browser.press(&page, "device-allow", &[("email", &id)]).await.expect(200);
        let tokens = Tokens(device::poll(&films, &code).await.expect(200).json());
        assert_eq!(told(&films, &tokens).await, OTHER);
        let (_, user_code) = device::codes(&films, "openid email").await;
        let page = device::type_code(&mut ada, &world, &user_code).await.expect(200);
        assert_eq!(chosen(&page), [OTHER], "the next television finds the choice");
    }
}
