//! An API that wants to be surer of a person, and a shop that asks them to sign in again (RFC 9470):
//! the sample shop and its API against a whole server.

use std::{net::TcpListener, time::Duration};

use actix_web::dev::ServerHandle;
use countersign::cli::demo::{api, shop};
use serde_json::json;
use url::Url;

use crate::support::{
    answer::Answer, databases::on_every_database, form::Form, http::Request, person::Person,
    world::World,
};

/// The sample shop, open until dropped.
struct Shop {
    origin: Url,
    server: ServerHandle,
}

impl Shop {
    async fn open(world: &World) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().unwrap().port();
        let origin: Url = format!("http://localhost:{port}").parse().unwrap();
        let at = |path: &str| origin.join(path).unwrap().to_string();
        let app = world
            .register(json!({
                "client_name": "Shop",
                "redirect_uris": [at("/callback")],
                "grant_types": ["authorization_code", "refresh_token"],
            }))
            .await;
        let said = json!({
            "client_name": "Orders",
            "grant_types": ["client_credentials"],
            "resources": [at("/api")],
        });
        let orders = world.register(said).await;
        let issuer = app.metadata["issuer"].as_str().unwrap();
        let settings = shop::Settings {
            origin: origin.clone(),
            issuer: shop_issuer(issuer),
            brand: "Countersign".to_owned(),
            client_id: app.id,
            client_secret: app.secret.unwrap(),
            television_id: String::new(),
        };
        let api = api::Settings {
            issuer: shop_issuer(issuer),
            client_id: orders.id,
            client_secret: orders.secret.unwrap(),
            resource: at("/api"),
        };
        let server = shop::bind(settings, api, world.clock.clone(), listener).expect("a shop");
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { origin, server: handle }
    }

    fn at(&self, path: &str) -> Url {
        self.origin.join(path).unwrap()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

fn shop_issuer(issuer: &str) -> openidconnect::IssuerUrl {
    openidconnect::IssuerUrl::new(issuer.to_owned()).unwrap()
}

/// Follows the browser from shop to server and back, signing in where asked; how often that was,
/// and the last page.
async fn wander(ada: &mut Person, mut page: Answer) -> (usize, Answer) {
    let mut times = 0;
    for _ in 0..12 {
        if let Some(next) = page.location() {
            page = ada.browser.open(&next).await;
        } else if page.shows("sign-in-submit") {
            times += 1;
            page = ada.sign_in_at(&page).await;
        } else if page.shows("consent-allow") {
            page = ada.browser.press(&page, "consent-allow", &[]).await;
        } else {
            return (times, page.expect(200));
        }
    }
    panic!("led in circles: {}", page.summary());
}

async fn press(ada: &mut Person, shop: &Shop, id: &str) -> (usize, Answer) {
    let home = ada.browser.open(&shop.at("/")).await.expect(200);
    let answer = ada.browser.submit(&Form::of_button(&home, id)).await;
    wander(ada, answer).await
}

on_every_database! {
    async fn who_signed_in_lately_may_order_and_who_did_not_signs_in_again(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, Shop::open(&world).await);
        let door = ada.browser.open(&shop.at("/login")).await;
        assert_eq!(wander(&mut ada, door).await.0, 1);
        let (times, page) = press(&mut ada, &shop, "order-again").await;
        assert_eq!(times, 0, "she has just signed in");
        assert!(page.words().contains("Ordered again"), "{}", page.words());

        world.pass(Duration::from_mins(6));
        let (times, page) = press(&mut ada, &shop, "call-api").await;
        assert_eq!(times, 0, "to look is free");
        assert!(!page.words().contains("Ordered again"));
        let (times, page) = press(&mut ada, &shop, "order-again").await;
        assert_eq!(times, 1, "to order is not");
        assert!(page.words().contains("Ordered again"), "{}", page.words());
        assert_eq!(press(&mut ada, &shop, "order-again").await.0, 0);
    }

    async fn the_api_says_what_it_wants_to_whoever_brings_a_good_token(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, Shop::open(&world).await);
        let app = world.app("Other").await;
        let api = shop.at("/api/orders");
        let tokens = ada.connect_for(&app, "openid profile", shop.at("/api").as_str()).await;
        let order = || Request::post(&api).bearer(tokens.access()).send();
        assert_eq!(order().await.expect(200).json()["orders"].as_array().unwrap().len(), 4);
        world.pass(Duration::from_mins(5));
        order().await.expect(200);
        world.pass(Duration::from_secs(1));
        let refused = order().await.expect(401);
        let challenge = refused.header("www-authenticate").expect("a challenge");
        for piece in ["Bearer ", "error=\"insufficient_user_authentication\"", "max_age=\"300\""] {
            assert!(challenge.contains(piece), "{challenge}");
        }
        Request::get(&api).bearer(tokens.access()).send().await.expect(200);

        let narrow = ada.connect_for(&app, "openid", shop.at("/api").as_str()).await;
        let elsewhere = ada.connect(&app, "openid profile").await;
        for (token, status, code) in [
            (narrow.access(), 403, "insufficient_scope"),
            (elsewhere.access(), 401, "invalid_token"),
            ("x", 401, "invalid_token"),
        ] {
            let refused = Request::post(&api).bearer(token).send().await.expect(status);
            assert!(refused.header("www-authenticate").unwrap().contains(code));
        }
        Request::post(&api).send().await.expect(401);
    }
}
