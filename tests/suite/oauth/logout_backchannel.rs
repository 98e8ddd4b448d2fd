//! Back-Channel Logout: clients' servers are told of a sign-out, until they have heard it.

use std::time::Duration;

use countersign::{
    crypto::jose::{Algorithm, ForeignKeys, Typ, verify_foreign},
    jobs,
    store::client_notices,
};
use serde_json::{Value, json};

use super::logout::{log_out, request};
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    http::Request,
    receiver::{Received, Receiver},
    relying_party::{RelyingParty, claims, header},
    world::World,
};

/// A server that does what nobody asks it for, and calls addresses on this machine.
async fn begin(database: FreshDatabase) -> World {
    let world = World::with(database, &[("OUTBOUND__ALLOW_LOOPBACK", "true")]).await;
    jobs::start(&world.app);
    world
}

/// An app whose server wants to be told.
async fn app(world: &World, name: &str, receiver: &Receiver) -> RelyingParty {
    let metadata = json!({
        "client_name": name,
        "redirect_uris": [format!("https://{}.example/cb", name.to_lowercase())],
        "backchannel_logout_uri": receiver.address,
        "backchannel_logout_session_required": true,
    });
    world.register(metadata).await
}

/// What is said in a logout token that one of the published keys has signed.
async fn believed(app: &RelyingParty, received: &Received) -> Value {
    assert_eq!(received.kind, "application/x-www-form-urlencoded");
    assert_eq!(received.fields.len(), 1, "{received:?}");
    let token = received.get("logout_token").expect("a logout token");
    let keys = Request::get(&app.endpoint("jwks_uri")).send().await.expect(200).json();
    let keys = ForeignKeys::from_value(&keys).expect("keys");
    let typ = Typ::Exactly("logout+jwt");
    verify_foreign(token, &keys, &[Algorithm::Rs256], typ).expect("a token that holds");
    assert_eq!(header(token)["typ"], "logout+jwt");
    claims(token)
}

/// Whether anybody still has to be told anything, however late it is.
async fn anybody_waits(world: &World) -> bool {
    let late = world.clock.now() + Duration::from_hours(24);
    let due = world.app.store.read(move |db| client_notices::list_due(db, late, 10)).await;
    !due.expect("notices").is_empty()
}

on_every_database! {
    async fn a_logout_token_says_who_signed_out_and_of_what(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", &receiver).await);
        let tokens = ada.connect(&shop, "openid").await;
        let known = claims(tokens.id());
        log_out(&mut ada.browser, &request(&shop, &[("id_token_hint", tokens.id())])).await;

        let told = believed(&shop, &receiver.next().await).await;
        let now = world.clock.now().seconds();
        assert_eq!((&told["iss"], &told["aud"]), (&shop.metadata["issuer"], &json!(shop.id)));
        assert_eq!((&told["sub"], &told["sid"]), (&known["sub"], &known["sid"]));
        assert!(told["sid"].is_string() && told["jti"].as_str().is_some_and(|jti| jti.len() > 20));
        assert_eq!((&told["iat"], &told["exp"]), (&json!(now), &json!(now + 120)));
        let event = "http://schemas.openid.net/event/backchannel-logout";
        assert_eq!(told["events"], json!({ event: {} }));
        for never in ["nonce", "auth_time", "acr"] {
            assert_eq!(told.get(never), None, "{never}: it is no ID token");
        }
    }

    async fn an_app_whose_access_is_removed_hears_of_it(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", &receiver).await);
        let known = claims(ada.connect(&shop, "openid").await.id());
        ada.remove_access(&world.url, "Shop").await;
        let told = believed(&shop, &receiver.next().await).await;
        assert_eq!((&told["sub"], &told["sid"]), (&known["sub"], &known["sid"]));
    }

    async fn whoever_answers_with_an_error_is_told_again_later(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[500, 404, 200]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", &receiver).await);
        ada.connect(&shop, "openid").await;
        log_out(&mut ada.browser, &request(&shop, &[])).await;

        let mut names = Vec::new();
        for wait in [0, 5, 10] {
            world.pass(Duration::from_secs(wait));
            let told = believed(&shop, &receiver.next().await).await;
            assert_eq!(told["iat"], world.clock.now().seconds(), "signed anew each time");
            names.push(told["jti"].clone());
            if wait < 10 {
                assert!(anybody_waits(&world).await);
            }
        }
        assert!(names.iter().all(|name| *name == names[0]), "but it is the same news: {names:?}");
        world.pass(Duration::from_hours(1));
        let mut other = Receiver::answering(&[]);
        let game = app(&world, "Game", &other).await;
        ada.connect(&game, "openid").await;
        log_out(&mut ada.browser, &request(&game, &[])).await;
        other.next().await;
        assert!(receiver.is_idle(), "who has heard is not told again");
    }

    async fn every_app_of_the_session_is_told_and_nobody_else(database: FreshDatabase) {
        let world = begin(database).await;
        let [mut one, mut two, mut three] = [(); 3].map(|()| Receiver::answering(&[]));
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", &one).await);
        let (game, film) = (app(&world, "Game", &two).await, app(&world, "Film", &three).await);
        let silent = world.app("Silent").await;
        let mut elsewhere = ada.elsewhere();
        ada.connect(&shop, "openid").await;
        ada.connect(&game, "openid").await;
        ada.connect(&silent, "openid").await;
        elsewhere.connect(&film, "openid").await;

        log_out(&mut ada.browser, &request(&silent, &[])).await;
        let first = believed(&shop, &one.next().await).await;
        let second = believed(&game, &two.next().await).await;
        assert_eq!(first["sid"], second["sid"]);
        assert_ne!(first["sub"], second["sub"], "each knows them under a name of its own");
        assert_ne!(first["jti"], second["jti"]);
        assert!(three.is_idle(), "that is another browser");

        log_out(&mut elsewhere.browser, &request(&silent, &[])).await;
        let third = believed(&film, &three.next().await).await;
        assert_ne!(third["sid"], first["sid"]);
        assert!(one.is_idle() && two.is_idle());
    }

    async fn whoever_signs_out_without_any_app_says_so_to_all_of_them(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, "Shop", &receiver).await);
        let known = claims(ada.connect(&shop, "openid").await.id());
        let page = ada.browser.open(&world.at("/sign-out")).await.expect(200);
        ada.browser.press(&page, "sign-out-confirm", &[]).await;
        assert_eq!(believed(&shop, &receiver.next().await).await["sid"], known["sid"]);
    }
}
