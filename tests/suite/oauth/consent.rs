//! What a person says yes to, what they leave out, and when nobody asks them.

use std::time::Duration;

use countersign::store::contacts::Channel;
use serde_json::{Value, json};

use crate::support::{
    answer::{Answer, css},
    databases::on_every_database,
    form::Form,
    person::{Person, Tokens},
    relying_party::{Asked, RelyingParty},
    world::World,
};

const ALL: &str = "openid email orders phone";

/// An app that can do without the phone number and without seeing orders.
async fn shop(world: &World) -> RelyingParty {
    world.register(shop_with("orders phone")).await
}

fn shop_with(optional: &str) -> Value {
    json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb"],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "openid email phone orders offline_access",
        "optional_scope": optional,
        "scope_reasons": { "orders": "To tell you when it rings" },
    })
}

/// Goes to the question.
async fn question(person: &mut Person, asked: &Asked) -> Answer {
    let page = person.browser.open(&asked.url()).await;
    let page = if page.shows("sign-in-submit") { person.sign_in_at(&page).await } else { page };
    assert!(page.shows("consent-allow"), "{}", page.summary());
    page
}

/// Says yes, with these boxes ticked and the others as they are.
async fn allow(person: &mut Person, page: &Answer, ticked: &[&str]) -> Answer {
    let boxes: Vec<_> = ticked.iter().map(|name| format!("allow:{name}")).collect();
    let fields: Vec<_> = boxes.iter().map(|name| (&**name, "yes")).collect();
    person.browser.press(page, "consent-allow", &fields).await
}

async fn tokens(app: &RelyingParty, asked: &Asked, answer: &Answer) -> Tokens {
    let code = asked.answer(&answer.must_redirect()).code();
    Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json())
}

/// Which boxes there are, and which of them are ticked.
fn boxes(page: &Answer) -> (Vec<String>, Vec<String>) {
    let html = page.html();
    let boxes = css("input[type=checkbox][name^=\"allow:\"]");
    let name = |it: scraper::ElementRef| it.attr("name").unwrap()["allow:".len()..].to_owned();
    let all = html.select(&boxes).map(name).collect();
    (all, html.select(&boxes).filter(|it| it.attr("checked").is_some()).map(name).collect())
}

on_every_database! {
    async fn what_is_left_out_the_app_does_not_get(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        world.add_contact(&ada, Channel::Sms, "+491701234567").await;
        let asked = shop.ask(ALL);
        let page = question(&mut ada, &asked).await;
        assert!(page.words().contains("+491701234567"), "the value stands beside its box");
        assert_eq!(boxes(&page), (vec!["orders".into(), "phone".into()], vec![]));
        assert!(page.words().contains("To tell you when it rings"), "{}", page.summary());
        let answer = allow(&mut ada, &page, &["orders"]).await;
        let tokens = tokens(&shop, &asked, &answer).await;
        assert_eq!(tokens.0["scope"], "email openid orders");
        let known = shop.userinfo(tokens.access()).await.expect(200).json();
        assert!(known["email"].is_string() && known["phone_number"].is_null(), "{known}");
    }

    async fn what_was_left_out_is_not_asked_again_until_the_app_cannot_do_without(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        let first = question(&mut ada, &shop.ask(ALL)).await;
        allow(&mut ada, &first, &[]).await.must_redirect();
        let again = shop.ask(ALL).with("prompt", "none");
        let silent = ada.browser.open(&again.url()).await;
        assert_eq!(tokens(&shop, &again, &silent).await.0["scope"], "email openid");
        world.change(&shop, |client| client.metadata.optional_scope = "phone".parse().ok()).await;
        let page = question(&mut ada, &shop.ask(ALL)).await;
        assert!(boxes(&page).0.is_empty(), "only what is needed now is asked");
    }

    async fn asked_again_a_person_finds_their_choice_and_may_change_it(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        let page = question(&mut ada, &shop.ask(ALL)).await;
        world.add_contact(&ada, Channel::Sms, "+491701234567").await;
        let before = shop.ask(ALL);
        allow(&mut ada, &page, &["phone"]).await.must_redirect();
        let before = tokens(&shop, &before, &ada.browser.open(&before.url()).await).await;
        assert_eq!(before.0["scope"], "email openid phone");
        let known = shop.userinfo(before.access()).await.expect(200).json();
        assert!(known["phone_number"].is_string(), "{known}");
        world.pass(Duration::from_mins(1));
        let asked = shop.ask(ALL).with("prompt", "consent");
        let page = question(&mut ada, &asked).await;
        assert_eq!(boxes(&page).1, ["phone"]);
        let form = Form::of_button(&page, "consent-allow");
        let form = form.without("allow:phone").fill("allow:orders", "yes");
        let answer = ada.browser.submit(&form).await;
        let answer = ada.browser.follow(answer).await;
        assert_eq!(tokens(&shop, &asked, &answer).await.0["scope"], "email openid orders");
        // What was taken out of the consent is out of every token that came of it.
        let known = shop.userinfo(before.access()).await.expect(200).json();
        assert!(known["phone_number"].is_null(), "{known}");
    }

    async fn leaving_everything_out_is_a_no(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        let asked = shop.ask("orders phone");
        let page = question(&mut ada, &asked).await;
        let back = allow(&mut ada, &page, &[]).await.must_redirect();
        assert_eq!(asked.answer(&back).error(), "access_denied");
        question(&mut ada, &shop.ask("orders phone")).await;
    }

    async fn a_box_that_was_not_there_allows_nothing(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        let asked = shop.ask("openid orders");
        let page = question(&mut ada, &asked).await;
        let form = Form::of_button(&page, "consent-allow");
        let smuggled = ["email", "phone", "offline_access", "orders2"];
        let form = smuggled.iter().fold(form, |form, it| form.with(&format!("allow:{it}"), "yes"));
        let answer = ada.browser.submit(&form).await;
        let answer = ada.browser.follow(answer).await;
        assert_eq!(tokens(&shop, &asked, &answer).await.0["scope"], "openid");
    }

    async fn an_answer_may_include_all_that_was_allowed_before(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        let page = question(&mut ada, &shop.ask(ALL)).await;
        allow(&mut ada, &page, &["phone"]).await.must_redirect();
        let asked = shop.ask("openid");
        let answer = ada.browser.open(&asked.url()).await;
        assert_eq!(tokens(&shop, &asked, &answer).await.0["scope"], "openid");
        let asked = shop.ask("openid").with("include_granted_scopes", "true");
        let answer = ada.browser.open(&asked.url()).await;
        assert_eq!(tokens(&shop, &asked, &answer).await.0["scope"], "email openid phone");
    }

    async fn the_operators_own_app_asks_nobody(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        world.change(&shop, |client| client.first_party = true).await;
        ada.sign_in(&world.url).await;
        let asked = shop.ask("openid email");
        let answer = ada.browser.open(&asked.url()).await;
        assert_eq!(tokens(&shop, &asked, &answer).await.0["scope"], "email openid");
        world.pass(Duration::from_mins(1));
        question(&mut ada, &shop.ask("openid").with("prompt", "consent")).await;
    }

    async fn an_app_anybody_could_pose_as_always_asks(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await;
        for place in ["http://127.0.0.1/cb", "com.example.app:/cb"] {
            let app = world.register(json!({
                "client_name": "Tool",
                "application_type": "native",
                "redirect_uris": [place],
                "token_endpoint_auth_method": "none",
            })).await;
            world.change(&app, |client| client.first_party = true).await;
            question(&mut ada, &app.ask("openid")).await;
        }
    }

    async fn who_has_chosen_the_account_is_not_asked_about_a_bare_sign_in(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        ada.sign_in(&world.url).await;
        world.pass(Duration::from_mins(1));
        let asked = shop.ask("openid").with("prompt", "select_account");
        let page = ada.browser.open(&asked.url()).await;
        let answer = ada.browser.press(&page, "account-continue", &[]).await;
        assert_eq!(tokens(&shop, &asked, &answer).await.0["scope"], "openid");
        let more = shop.ask("openid email");
        question(&mut ada, &more).await;
    }
}
