//! Token exchange (RFC 8693): an API calls the next one for a person, and says so.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{
    answer::Answer,
    databases::on_every_database,
    http::Request,
    person::{Person, Tokens},
    relying_party::{RelyingParty, claims},
    world::World,
};

pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

const SCOPE: &str = "openid email orders stock offline_access";

/// Where an API of this name is.
fn at(name: &str) -> String {
    format!("https://{name}.example/")
}

/// An API that may call others.
async fn api(world: &World, name: &str) -> RelyingParty {
    let metadata = json!({
        "client_name": name,
        "grant_types": [GRANT_TYPE],
        "response_types": [],
        "resources": [at(name)],
    });
    world.register(metadata).await
}

/// An app that people let call APIs.
async fn shop(world: &World) -> RelyingParty {
    let metadata = json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb"],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": SCOPE,
    });
    world.register(metadata).await
}

/// Ada's tokens for the app that calls an API.
async fn connect(world: &World, name: &str) -> (Person, RelyingParty, Tokens) {
    let (mut ada, shop) = (world.person("Ada").await, shop(world).await);
    let asked = shop.ask(SCOPE).with("resource", &at(name));
    let code = ada.authorize(&asked).await.code();
    let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
    (ada, shop, tokens)
}

/// Exchanges a token for one for the API of this name, with these fields instead of the usual ones;
/// an empty value leaves one out.
async fn exchange(api: &RelyingParty, token: &str, to: &str, changes: &[(&str, &str)]) -> Answer {
    let target = at(to);
    let usual = [
        ("grant_type", GRANT_TYPE),
        ("subject_token", token),
        ("subject_token_type", ACCESS_TOKEN),
        ("resource", &*target),
    ];
    let unchanged = |name: &str| changes.iter().all(|(changed, _)| *changed != name);
    let mut fields: Vec<_> = usual.into_iter().filter(|(name, _)| unchanged(name)).collect();
    fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    api.token(&fields).await
}

async fn exchanged(api: &RelyingParty, token: &str, to: &str) -> Tokens {
    Tokens(exchange(api, token, to, &[]).await.expect(200).json())
}

async fn told(api: &RelyingParty, token: &str) -> Value {
    api.introspect(token).await.expect(200).json()
}

async fn is_active(api: &RelyingParty, token: &str) -> bool {
    told(api, token).await["active"] == true
}

on_every_database! {
    async fn an_api_calls_the_next_one_for_a_person_and_says_so(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let (mut ada, shop, tokens) = connect(&world, "orders").await;
        let before = told(&orders, tokens.access()).await;
        assert_eq!(before["act"], json!(null));

        let answer = exchange(&orders, tokens.access(), "stock", &[]).await.expect(200);
        assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
        let given = Tokens(answer.json());
        assert_eq!(given.0["issued_token_type"], ACCESS_TOKEN);
        assert_eq!(given.0["token_type"], "Bearer");
        assert_eq!(given.0["scope"], "email orders stock", "no sign-in, no being away");
        for never in ["refresh_token", "id_token"] {
            assert_eq!(given.0.get(never), None, "{never}");
        }

        let after = told(&stock, given.access()).await;
        assert_eq!((&after["active"], &after["aud"]), (&json!(true), &json!(at("stock"))));
        let asked = shop.ask(SCOPE).with("resource", &at("stock"));
        let direct = shop.redeem(&ada.authorize(&asked).await.code(), &asked.verifier).await;
        let direct = told(&stock, &direct.member("access_token")).await;
        assert_eq!(after["sub"], direct["sub"], "the person is who they are when no API is between");
        assert_eq!(after["client_id"], orders.id, "RFC 8693 §4.3: whoever asked for it");
        assert_eq!(after["act"], json!({ "sub": orders.id }));
        assert_eq!((&after["acr"], &after["auth_time"]), (&before["acr"], &before["auth_time"]));
        let said = claims(given.access());
        for same in ["sub", "aud", "client_id", "act", "scope", "acr", "auth_time", "exp", "jti"] {
            assert_eq!(said[same], after[same], "{same} in the JWT");
        }
        assert!(is_active(&orders, given.access()).await, "it is theirs");
        for other in [&shop, &api(&world, "mail").await] {
            assert!(!is_active(other, given.access()).await, "it is none of theirs");
        }
        shop.userinfo(given.access()).await.expect(401);
    }

    async fn an_api_that_wants_opaque_tokens_gets_and_exchanges_such(world: World) {
        let opaque = |name: &str| json!({
            "client_name": name,
            "grant_types": [GRANT_TYPE],
            "response_types": [],
            "resources": [at(name)],
            "access_token_format": "opaque",
        });
        let orders = world.register(opaque("orders")).await;
        let stock = world.register(opaque("stock")).await;
        let (_, _, tokens) = connect(&world, "orders").await;
        let given = exchanged(&orders, tokens.access(), "stock").await;
        for token in [tokens.access(), given.access()] {
            assert!(token.starts_with("cat_") && !token.contains('.'), "{token}");
        }
        assert_eq!(told(&stock, given.access()).await["act"], json!({ "sub": orders.id }));
    }

    async fn whoever_acts_for_somebody_who_acts_is_named_first(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let mail = api(&world, "mail").await;
        let (_, _, tokens) = connect(&world, "orders").await;
        let second = exchanged(&orders, tokens.access(), "stock").await;
        let third = exchanged(&stock, second.access(), "mail").await;
        let seen = told(&mail, third.access()).await;
        assert_eq!(seen["act"], json!({ "sub": stock.id, "act": { "sub": orders.id } }));
        let fourth = exchanged(&mail, third.access(), "stock").await;
        let fifth = exchanged(&stock, fourth.access(), "orders").await;
        let sixth = exchanged(&orders, fifth.access(), "mail").await;
        let refused = exchange(&mail, sixth.access(), "stock", &[]).await.expect(400);
        assert_eq!(refused.error(), "invalid_request", "a chain has an end");
    }

    async fn an_api_may_be_named_by_its_client_id_too(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let (_, shop, tokens) = connect(&world, "orders").await;
        for name in [&stock.id, &at("stock")] {
            let named = [("resource", ""), ("audience", &**name)];
            let given = exchange(&orders, tokens.access(), "", &named).await.expect(200);
            assert_eq!(told(&stock, &given.member("access_token")).await["aud"], at("stock"));
        }
        let shop = [("resource", ""), ("audience", &*shop.id)];
        let refused = exchange(&orders, tokens.access(), "", &shop).await.expect(400);
        assert_eq!(refused.error(), "invalid_target", "an app is no API");
    }

    async fn the_new_token_never_outlives_the_old_one(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let (_, _, tokens) = connect(&world, "orders").await;
        let lifetime = tokens.0["expires_in"].as_u64().unwrap();
        world.pass(Duration::from_secs(lifetime - 100));
        let given = exchanged(&orders, tokens.access(), "stock").await;
        assert_eq!(given.0["expires_in"], 100);
        let [old, new] = [
            told(&orders, tokens.access()).await["exp"].clone(),
            told(&stock, given.access()).await["exp"].clone(),
        ];
        assert_eq!(old, new);
        world.pass(Duration::from_secs(100));
        assert!(!is_active(&stock, given.access()).await);
        let refused = exchange(&orders, tokens.access(), "stock", &[]).await.expect(400);
        assert_eq!(refused.error(), "invalid_request", "RFC 8693 §2.2.2");
    }

    async fn the_new_token_is_for_no_more_than_the_old_one(world: World) {
        let orders = api(&world, "orders").await;
        let stock = api(&world, "stock").await;
        let (_, _, tokens) = connect(&world, "orders").await;
        let given = exchange(&orders, tokens.access(), "stock", &[("scope", "stock")]).await;
        assert_eq!(given.expect(200).member("scope"), "stock");
        let narrow = exchange(&orders, tokens.access(), "stock", &[("scope", "stock")]).await;
        let narrow = narrow.member("access_token");
        for (api, token, wanted) in [
            (&orders, tokens.access(), "stock admin"),
            (&orders, tokens.access(), "phone"),
            (&orders, tokens.access(), "openid"),
            (&orders, tokens.access(), "offline_access stock"),
            (&orders, tokens.access(), "st\u{f6}ck"),
            (&stock, &narrow, "orders"),
        ] {
            let to = if api.id == orders.id { "stock" } else { "orders" };
            let refused = exchange(api, token, to, &[("scope", wanted)]).await.expect(400);
            assert_eq!(refused.error(), "invalid_scope", "{wanted}");
        }
    }

    async fn an_api_passes_on_only_what_it_registered_for(world: World) {
        let metadata = json!({
            "client_name": "Desk",
            "grant_types": [GRANT_TYPE],
            "response_types": [],
            "resources": [at("desk")],
            "scope": "stock letters",
        });
        let desk = world.register(metadata).await;
        api(&world, "stock").await;
        let (_, _, tokens) = connect(&world, "desk").await;
        assert_eq!(exchanged(&desk, tokens.access(), "stock").await.0["scope"], "stock");
        let refused = exchange(&desk, tokens.access(), "stock", &[("scope", "orders")]).await;
        assert_eq!(refused.expect(400).error(), "invalid_scope");
    }

    async fn removing_access_ends_every_token_that_came_of_it_at_once(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let mail = api(&world, "mail").await;
        let (mut ada, _, tokens) = connect(&world, "orders").await;
        let second = exchanged(&orders, tokens.access(), "stock").await;
        let third = exchanged(&stock, second.access(), "mail").await;
        assert!(is_active(&mail, third.access()).await);
        ada.remove_access(&world.url, "Shop").await;
        assert!(!is_active(&stock, second.access()).await);
        assert!(!is_active(&mail, third.access()).await);
        let refused = exchange(&orders, tokens.access(), "stock", &[]).await.expect(400);
        assert_eq!(refused.error(), "invalid_request");
    }

    async fn a_token_that_is_given_back_takes_along_what_was_exchanged_for_it(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let (_, shop, tokens) = connect(&world, "orders").await;
        let [first, second] = [
            exchanged(&orders, tokens.access(), "stock").await,
            exchanged(&orders, tokens.access(), "stock").await,
        ];
        let refused = shop.revoke(first.access()).await.expect(400);
        assert_eq!(refused.error(), "invalid_grant", "it is not the shop's");
        orders.revoke(first.access()).await.expect(200);
        assert!(!is_active(&stock, first.access()).await);
        assert!(is_active(&stock, second.access()).await);
        shop.revoke(tokens.access()).await.expect(200);
        assert!(!is_active(&stock, second.access()).await);
    }

    async fn whoever_is_suspended_acts_for_nobody(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let mail = api(&world, "mail").await;
        let (_, _, tokens) = connect(&world, "orders").await;
        let given = exchanged(&orders, tokens.access(), "stock").await;
        let further = exchanged(&stock, given.access(), "mail").await;
        let cut = world.clock.now() + Duration::from_secs(1);
        world.change(&stock, move |client| client.tokens_not_before = Some(cut)).await;
        assert!(!is_active(&mail, further.access()).await, "all that stock had was ended");
        world.suspend(&orders).await;
        assert!(!is_active(&stock, given.access()).await);
    }

    async fn an_api_that_is_suspended_is_no_target(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let (_, _, tokens) = connect(&world, "orders").await;
        world.suspend(&stock).await;
        let refused = exchange(&orders, tokens.access(), "stock", &[]).await.expect(400);
        assert_eq!(refused.error(), "invalid_target");
        let named = [("resource", ""), ("audience", &*stock.id)];
        let refused = exchange(&orders, tokens.access(), "", &named).await.expect(400);
        assert_eq!(refused.error(), "invalid_target");
    }

    async fn a_machine_is_spoken_for_like_a_person(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let machine = world.machine("client_secret_basic", json!({})).await;
        let fields = [
            ("grant_type", "client_credentials"),
            ("scope", "read"),
            ("resource", &*at("orders")),
        ];
        let token = machine.token(&fields).await.expect(200).member("access_token");
        let given = exchanged(&orders, &token, "stock").await;
        let seen = told(&stock, given.access()).await;
        assert_eq!(seen["sub"], machine.id);
        assert_eq!(seen["act"], json!({ "sub": orders.id }));
        world.suspend(&machine).await;
        assert!(!is_active(&stock, given.access()).await);
    }

    async fn each_refusal_has_its_code(world: World) {
        let (orders, stock) = (api(&world, "orders").await, api(&world, "stock").await);
        let (_, shop, tokens) = connect(&world, "orders").await;
        let mut bent = tokens.access().to_owned();
        bent.insert(30, 'A');
        let jwt = "urn:ietf:params:oauth:token-type:jwt";
        let own = orders.id.as_str();
        for (changes, error) in [
            (&[("subject_token", "")][..], "invalid_request"),
            (&[("subject_token", "x")], "invalid_request"),
            (&[("subject_token", &*bent)], "invalid_request"),
            (&[("subject_token", tokens.refresh())], "invalid_request"),
            (&[("subject_token", tokens.id())], "invalid_request"),
            (&[("subject_token_type", "")], "invalid_request"),
            (&[("subject_token_type", jwt)], "invalid_request"),
            (&[("requested_token_type", jwt)], "invalid_request"),
            (&[("actor_token", tokens.access()), ("actor_token_type", ACCESS_TOKEN)], "invalid_request"),
            (&[("actor_token_type", ACCESS_TOKEN)], "invalid_request"),
            (&[("resource", "")], "invalid_request"),
            (&[("resource", "stock")], "invalid_target"),
            (&[("resource", "https://nowhere.example/")], "invalid_target"),
            (&[("resource", "https://orders.example/")], "invalid_target"),
            (&[("resource", ""), ("audience", own)], "invalid_target"),
            (&[("resource", ""), ("audience", "nowhere")], "invalid_target"),
            (&[("audience", &*stock.id)], "invalid_target"),
            (&[("resource", "https://stock.example/"), ("resource", "https://mail.example/")], "invalid_target"),
            (&[("resource", ""), ("audience", &*stock.id), ("audience", own)], "invalid_target"),
        ] {
            let refused = exchange(&orders, tokens.access(), "stock", changes).await.expect(400);
            assert_eq!(refused.error(), error, "{changes:?}");
        }
        let good = [("requested_token_type", ACCESS_TOKEN)];
        exchange(&orders, tokens.access(), "stock", &good).await.expect(200);
        for (api, error) in [(&stock, "invalid_request"), (&shop, "unauthorized_client")] {
            let refused = exchange(api, tokens.access(), "mail", &[]).await.expect(400);
            assert_eq!(refused.error(), error, "it was not handed to them");
        }
        let fields = [("grant_type", GRANT_TYPE), ("client_id", &*orders.id)];
        let url = orders.endpoint("token_endpoint");
        let refused = Request::post(&url).form(&fields).send().await.expect(401);
        assert_eq!(refused.error(), "invalid_client");
    }

    async fn a_token_for_no_api_is_handed_to_nobody(world: World) {
        let orders = api(&world, "orders").await;
        api(&world, "stock").await;
        let (mut ada, shop) = (world.person("Ada").await, shop(&world).await);
        let tokens = ada.connect(&shop, "openid stock").await;
        let refused = exchange(&orders, tokens.access(), "stock", &[]).await.expect(400);
        assert_eq!(refused.error(), "invalid_request");
    }
}
