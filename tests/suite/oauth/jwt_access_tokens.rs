//! Access tokens for registered APIs (RFC 8707): JWTs (RFC 9068), or opaque where the API wants that.

use std::{collections::BTreeSet, fs, time::Duration};

use countersign::{
    config::Config,
    crypto::jose::{Algorithm, Typ},
    protocol::client_metadata::ProposedMetadata,
    store::{
        ClientCache, Db, Error,
        clients::{self, Client},
        migrations,
    },
};
use serde_json::{Value, json};

use crate::support::{
    databases::{FreshStore, on_every_database},
    relying_party::{RelyingParty, claims, header},
    world::{NOON, World},
};

const ORDERS: &str = "https://orders.example/";
const STOCK: &str = "https://stock.example/";
const TYP: Typ = Typ::Exactly("at+jwt");

impl World {
    /// An API that tokens are asked for by this name, with these members beside.
    pub async fn api(&self, resource: &str, more: Value) -> RelyingParty {
        let mut said = json!({
            "client_name": "API",
            "grant_types": ["client_credentials"],
            "resources": [resource],
        });
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.register(said).await
    }
}

fn is_sealed(token: &str) -> bool {
    token.starts_with("cat_") && !token.contains('.')
}

async fn is_active(caller: &RelyingParty, token: &str) -> bool {
    caller.introspect(token).await.expect(200).json()["active"] == true
}

fn client(said: &Value) -> Client {
    let metadata = ProposedMetadata::parse(said.to_string().as_bytes()).unwrap();
    let metadata = metadata.check(Config::default().client_rules()).unwrap();
    Client::registered(metadata, None, NOON)
}

on_every_database! {
    async fn an_api_can_check_its_tokens_by_itself(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        world.api(ORDERS, json!({})).await;
        let tokens = ada.connect_for(&shop, "openid email", ORDERS).await;
        let told = world.believe(tokens.access(), Algorithm::Es256, TYP);
        let (now, life) = (world.clock.now().seconds(), tokens.0["expires_in"].as_i64().unwrap());
        assert_eq!(told["iss"], shop.metadata["issuer"]);
        assert_eq!(told["aud"], ORDERS);
        assert_eq!(told["client_id"], shop.id);
        assert_eq!((told["iat"].as_i64(), told["exp"].as_i64()), (Some(now), Some(now + life)));
        assert_eq!(told["scope"], tokens.0["scope"]);
        assert_eq!(told["auth_time"], now);
        assert_eq!(told["acr"], claims(tokens.id())["acr"]);
        let names: BTreeSet<_> = told.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["acr", "aud", "auth_time", "client_id", "exp", "iat", "iss", "jti", "scope", "sealed", "sub"];
        assert_eq!(names, BTreeSet::from(expected), "and nothing of who the person is");
        let again = ada.connect_for(&shop, "openid email", ORDERS).await;
        assert_ne!(claims(again.access())["jti"], told["jti"]);
    }

    async fn an_api_says_how_its_tokens_are_signed_or_that_they_are_opaque(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        for algorithm in Algorithm::OURS {
            let name = format!("https://{algorithm}.example/");
            world.api(&name, json!({ "access_token_signed_response_alg": algorithm })).await;
            let tokens = ada.connect_for(&shop, "openid offline_access", &name).await;
            world.believe(tokens.access(), algorithm, TYP);
            let next = shop.refresh(tokens.refresh()).await.expect(200).member("access_token");
            world.believe(&next, algorithm, TYP);
        }
        let opaque = world.api(ORDERS, json!({ "access_token_format": "opaque" })).await;
        let tokens = ada.connect_for(&shop, "openid", ORDERS).await;
        assert!(is_sealed(tokens.access()));
        assert!(is_active(&opaque, tokens.access()).await);
    }

    async fn tokens_for_us_and_for_apis_nobody_registered_are_opaque(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        assert!(is_sealed(ada.connect(&shop, "openid").await.access()));
        assert!(is_sealed(ada.connect_for(&shop, "openid", ORDERS).await.access()));
        let api = world.api(ORDERS, json!({})).await;
        assert!(!is_sealed(ada.connect_for(&shop, "openid", ORDERS).await.access()));
        assert!(is_sealed(ada.connect_for(&shop, "openid", "https://orders.example").await.access()), "another name");
        world.change(&api, |client| client.metadata.resources = Some(vec![STOCK.to_owned()])).await;
        assert!(is_sealed(ada.connect_for(&shop, "openid", ORDERS).await.access()));
        assert!(!is_sealed(ada.connect_for(&shop, "openid", STOCK).await.access()));
        world.change(&api, |client| client.suspended_at = Some(client.created_at)).await;
        assert!(is_sealed(ada.connect_for(&shop, "openid", STOCK).await.access()));
    }

    async fn an_api_may_still_ask_about_a_jwt_and_so_may_its_client(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let (orders, stock) = (world.api(ORDERS, json!({})).await, world.api(STOCK, json!({})).await);
        let tokens = ada.connect_for(&shop, "openid email", ORDERS).await;
        let told = claims(tokens.access());
        let known = orders.introspect(tokens.access()).await.expect(200).json();
        assert_eq!(known["active"], true);
        for name in ["sub", "aud", "iss", "jti", "iat", "exp", "client_id", "scope", "acr", "auth_time"] {
            assert_eq!(known[name], told[name], "{name}");
        }
        let own = shop.introspect(tokens.access()).await.expect(200).json();
        assert_eq!(own["sub"], claims(tokens.id())["sub"], "an app is told its own name for a person");
        assert!(!is_active(&stock, tokens.access()).await);
        world.pass(Duration::from_secs(tokens.0["expires_in"].as_u64().unwrap()));
        assert!(!is_active(&orders, tokens.access()).await);
    }

    async fn a_jwt_ends_where_we_are_asked_with_all_it_hangs_on(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let thief = world.app("Thief").await;
        let orders = world.api(ORDERS, json!({})).await;
        let alone = ada.connect_for(&shop, "openid offline_access", ORDERS).await;
        assert!([200, 400].contains(&thief.revoke(alone.access()).await.status));
        assert!(is_active(&orders, alone.access()).await, "not the thief's to revoke");
        shop.revoke(alone.access()).await.expect(200);
        assert!(!is_active(&orders, alone.access()).await);
        let next = shop.refresh(alone.refresh()).await.expect(200).member("access_token");
        assert!(is_active(&orders, &next).await, "it went alone");
        shop.revoke(alone.refresh()).await.expect(200);
        assert!(!is_active(&orders, &next).await, "and now its family");

        let tokens = ada.connect_for(&shop, "openid", ORDERS).await;
        assert!(is_active(&orders, tokens.access()).await);
        ada.remove_access(&world.url, "Shop").await;
        assert!(!is_active(&orders, tokens.access()).await);
    }

    async fn a_jwt_for_an_api_opens_nothing_of_ours(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let orders = world.api(ORDERS, json!({})).await;
        let tokens = ada.connect_for(&shop, "openid", ORDERS).await;
        assert_eq!(shop.userinfo(tokens.access()).await.expect(401).error(), "invalid_token");
        let asked = shop.ask("openid").with("prompt", "none").with("id_token_hint", tokens.access());
        let back = asked.answer(&ada.browser.open(&asked.url()).await.must_redirect());
        assert_eq!(back.error(), "login_required");
        // And nothing else of ours opens the API.
        assert!(!is_active(&orders, tokens.id()).await);
        let (head, rest) = tokens.access().split_once('.').unwrap();
        assert!(!is_active(&orders, &format!("{head}.{}", rest.replace('.', "A."))).await);
    }

    async fn an_api_knows_a_person_by_one_name_whatever_app_they_come_with(world: World) {
        let mut ada = world.person("Ada").await;
        let (one, two) = (world.app("One").await, world.app("Two").await);
        world.api(ORDERS, json!({})).await;
        world.api(STOCK, json!({})).await;
        let sub = |token: &str| claims(token)["sub"].as_str().unwrap().to_owned();
        let first = ada.connect_for(&one, "openid", ORDERS).await;
        let second = ada.connect_for(&two, "openid", ORDERS).await;
        let elsewhere = ada.connect_for(&one, "openid", STOCK).await;
        assert_eq!(sub(first.access()), sub(second.access()));
        assert_ne!(sub(first.access()), sub(elsewhere.access()), "APIs cannot compare notes");
        assert_ne!(sub(first.access()), sub(first.id()), "nor an API and an app");
        let mut bob = world.person("Bob").await;
        assert_ne!(sub(bob.connect_for(&one, "openid", ORDERS).await.access()), sub(first.access()));
    }

    async fn a_machine_speaks_for_itself(world: World) {
        let machine = world.machine("client_secret_basic", json!({})).await;
        let orders = world.api(ORDERS, json!({})).await;
        let asked = [("grant_type", "client_credentials"), ("scope", "read"), ("resource", ORDERS)];
        let token = machine.token(&asked).await.expect(200).member("access_token");
        let told = world.believe(&token, Algorithm::Es256, TYP);
        assert_eq!((&told["sub"], &told["client_id"]), (&json!(machine.id), &json!(machine.id)));
        assert_eq!(told["scope"], "read");
        for of_a_person in ["acr", "auth_time"] {
            assert_eq!(told.get(of_a_person), None, "{of_a_person}");
        }
        let known = orders.introspect(&token).await.expect(200).json();
        assert_eq!((&known["active"], &known["sub"]), (&json!(true), &json!(machine.id)));
        machine.revoke(&token).await.expect(200);
        assert!(!is_active(&orders, &token).await);

        let plain = asked[0..1].iter().chain(&asked[2..]).copied().collect::<Vec<_>>();
        let bare = machine.token(&plain).await.expect(200).member("access_token");
        assert_eq!(claims(&bare).get("scope"), None, "nothing is left out rather than empty");
        assert!(is_active(&orders, &bare).await);
    }

    async fn a_jwt_outlives_the_key_that_signed_it(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let orders = world.api(ORDERS, json!({})).await;
        let tokens = ada.connect_for(&shop, "openid", ORDERS).await;
        let now = world.clock.now();
        world.app.keys.rotate_now(&world.app.store, Algorithm::Es256, now).await.unwrap();
        let next = ada.connect_for(&shop, "openid", ORDERS).await;
        assert_ne!(header(tokens.access())["kid"], header(next.access())["kid"]);
        for token in [tokens.access(), next.access()] {
            world.believe(token, Algorithm::Es256, TYP);
            assert!(is_active(&orders, token).await);
        }
    }

    async fn apis_registered_before_there_was_a_list_of_them_are_on_it(store: FreshStore) {
        let api = client(&json!({ "grant_types": ["client_credentials"], "resources": [ORDERS, STOCK] }));
        let plain = client(&json!({ "grant_types": ["client_credentials"] }));
        let id = api.id;
        let add = move |db: &mut Db<'_>| {
            clients::add(db, &plain)?;
            clients::add(db, &api)
        };
        store.write(add).await.unwrap();
        let steps = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap();
        let since = steps.filter(|step| step.as_ref().unwrap().file_name() >= *"2026-11-20-000012");
        for _ in since {
            migrations::undo_last(&store.database.settings).unwrap();
        }
        migrations::run(&store.database.settings).unwrap();
        let known = ClientCache::default();
        let find = move |db: &mut Db<'_>| -> Result<_, Error> {
            [ORDERS, STOCK, "https://nobody.example/"].map(|name| known.find_api(db, name)).into_iter().collect()
        };
        let found: Vec<_> = store.read(find).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|client| client.map(|it| it.id)).collect();
        assert_eq!(found, [Some(id), Some(id), None]);
    }
}
