//! Clients that register themselves (RFC 7591), and look after their registration (RFC 7592).

mod refusals;
mod sector;
mod shown;

use std::time::Duration;

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{
    answer::Answer,
    databases::{Begins, FreshDatabase, on_every_database},
    http::Request,
    relying_party::RelyingParty,
    world::World,
};

/// A server at which anybody may register.
struct Open(World);

impl Begins for Open {
    async fn on(database: FreshDatabase) -> Self {
        Self(World::with(database, &[("CLIENTS__REGISTRATION", "open")]).await)
    }
}

const BACK: &str = "https://shop.example/cb";

fn shop() -> Value {
    json!({
        "client_name": "Shop",
        "redirect_uris": [BACK],
        "grant_types": ["authorization_code", "refresh_token"],
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut said = shop();
    said[name] = value;
    said
}

async fn register(world: &World, said: &Value) -> Answer {
    Request::post(&world.at("/oauth/register")).json(said).send().await
}

/// What a client was told of itself.
struct Registered(Value);

impl Registered {
    async fn as_told(world: &World, said: &Value) -> Self {
        Self(register(world, said).await.expect(201).json())
    }

    fn member(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", self.0))
    }

    /// A request about the registration, with its token.
    fn about(&self, method: Method) -> Request {
        let url = self.member("registration_client_uri").parse().expect("a URL");
        Request::new(method, &url).bearer(self.member("registration_access_token"))
    }

    async fn update(&self, said: &Value) -> Answer {
        self.about(Method::PUT).json(said).send().await
    }

    async fn app(&self, world: &World) -> RelyingParty {
        let secret = self.0["client_secret"].as_str();
        RelyingParty::discover(&world.url, self.member("client_id"), secret, BACK).await
    }
}

/// The same, for what no database can change.
async fn open() -> World {
    Open::on(FreshDatabase::sqlite()).await.0
}

on_every_database! {
    async fn a_client_that_registered_itself_signs_people_in(open: Open) {
        let world = open.0;
        let answer = register(&world, &shop()).await.expect(201);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let told = Registered(answer.json());
        assert_eq!(told.0["client_secret_expires_at"], 0);
        assert_eq!(told.0["client_id_issued_at"], world.clock.now().seconds());
        for (name, value) in shop().as_object().unwrap() {
            assert_eq!(told.0[name], *value, "{name}");
        }
        assert_eq!(told.0["token_endpoint_auth_method"], "client_secret_basic", "a default is told");

        let app = told.app(&world).await;
        assert_eq!(app.metadata["registration_endpoint"], world.at("/oauth/register").as_str());
        let tokens = world.person("Ada").await.connect(&app, "openid email").await;
        app.userinfo(tokens.access()).await.expect(200);
    }

    async fn a_client_without_a_secret_gets_none(open: Open) {
        let none = with("token_endpoint_auth_method", json!("none"));
        let told = Registered::as_told(&open.0, &none).await;
        assert_eq!(told.0.get("client_secret"), None);
        assert_eq!(told.0.get("client_secret_expires_at"), None);
    }

    async fn a_client_reads_what_is_known_of_it(open: Open) {
        let told = Registered::as_told(&open.0, &shop()).await;
        let answer = told.about(Method::GET).send().await.expect(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let mut known = told.0.clone();
        for told_once in ["client_secret", "client_secret_expires_at"] {
            known.as_object_mut().unwrap().remove(told_once);
        }
        assert_eq!(answer.json(), known);
    }

    async fn an_update_replaces_all_that_was_said(open: Open) {
        let told = Registered::as_told(&open.0, &with("contacts", json!(["ada@shop.example"]))).await;
        let mut said = with("redirect_uris", json!(["https://new.example/cb"]));
        said["client_id"] = told.0["client_id"].clone();
        said["client_secret"] = told.0["client_secret"].clone();
        let changed = told.update(&said).await.expect(200).json();
        assert_eq!(changed["redirect_uris"], said["redirect_uris"]);
        assert_eq!(changed.get("contacts"), None, "what is left out is gone");
        assert_eq!(changed["registration_access_token"], told.0["registration_access_token"]);
        assert_eq!(changed.get("client_secret"), None, "the secret stays and is not told again");
        let app = told.app(&open.0).await;
        let page = Request::get(&app.ask("openid").url()).send().await;
        assert!(page.page_error().contains("invalid_request"), "the old address is no longer one");
    }

    async fn another_method_brings_or_ends_a_secret(open: Open) {
        let world = open.0;
        let told = Registered::as_told(&world, &shop()).await;
        let id = told.0["client_id"].clone();
        let update = async |method: &str| {
            let mut said = with("token_endpoint_auth_method", json!(method));
            said["client_id"] = id.clone();
            told.update(&said).await.expect(200).json()
        };
        let keyed = update("client_secret_jwt").await;
        let secret = keyed["client_secret"].as_str().expect("one whose whole is kept").to_owned();
        assert_ne!(secret, told.member("client_secret"));
        assert_eq!(update("client_secret_basic").await.get("client_secret"), None, "it still has one");

        let mut app = told.app(&world).await;
        let refused = app.introspect("x").await.expect(401);
        assert_eq!(refused.error(), "invalid_client", "the first secret has ended");
        app.secret = Some(secret);
        app.introspect("x").await.expect(200);
        update("none").await;
        assert_eq!(app.introspect("x").await.expect(401).error(), "invalid_client");
        assert!(update("client_secret_basic").await["client_secret"].is_string());
    }

    async fn a_client_that_ends_itself_leaves_nothing_behind(open: Open) {
        let (world, mut ada) = (&open.0, open.0.person("Ada").await);
        let told = Registered::as_told(world, &shop()).await;
        let app = told.app(world).await;
        let tokens = ada.connect(&app, "openid offline_access").await;
        let answer = told.about(Method::DELETE).send().await.expect(204);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.body.is_empty());
        assert_eq!(app.userinfo(tokens.access()).await.expect(401).error(), "invalid_token");
        assert_eq!(app.refresh(tokens.refresh()).await.expect(401).error(), "invalid_client");
        for method in [Method::GET, Method::DELETE] {
            assert_eq!(told.about(method).send().await.expect(401).error(), "invalid_token");
        }
        let apps = ada.browser.open(&world.at("/account/apps")).await.expect(200);
        assert!(!apps.words().contains("Shop"), "{}", apps.words());
    }

    async fn only_its_own_token_opens_a_registration(open: Open) {
        let told = Registered::as_told(&open.0, &shop()).await;
        let other = Registered::as_told(&open.0, &shop()).await;
        let url = told.member("registration_client_uri").parse().unwrap();
        let others = other.member("registration_access_token");
        for request in [Request::get(&url), Request::get(&url).bearer(others)] {
            let refused = request.send().await.expect(401);
            assert!(refused.header("www-authenticate").unwrap().starts_with("Bearer "));
            assert_eq!(refused.error(), "invalid_token");
        }
        let nobody = open.0.at("/oauth/register/nobody");
        let refused = Request::get(&nobody).bearer(others).send().await.expect(401);
        assert_eq!(refused.error(), "invalid_token");
        let delete = Request::new(Method::DELETE, &url).bearer(others).send().await;
        assert_eq!(delete.expect(401).error(), "invalid_token");
        told.about(Method::GET).send().await.expect(200);
    }

    async fn an_address_registers_only_so_often(database: FreshDatabase) {
        let settings = [
            ("CLIENTS__REGISTRATION", "open"),
            ("CLIENTS__REGISTRATIONS_PER_HOUR", "2"),
        ];
        let world = World::with(database, &settings).await;
        for _ in 0..2 {
            register(&world, &shop()).await.expect(201);
        }
        let refused = register(&world, &shop()).await.expect(429);
        assert_eq!(refused.error(), "too_many_requests");
        assert!(refused.header("retry-after").is_some());
        world.pass(Duration::from_hours(1));
        register(&world, &shop()).await.expect(201);
    }
}
