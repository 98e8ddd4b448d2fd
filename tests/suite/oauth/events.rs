//! Events for apps: their servers are told what people do with them, by tokens that can be checked.

use std::time::Duration;

use countersign::{
    crypto::jose::{Algorithm, Typ},
    jobs::{
        Job as _, deliver::Deliver, erase_accounts::EraseAccounts, notify_clients::NotifyClients,
    },
    store::{client_notices, clients::ClientId, contacts::Channel, deletions::GRACE},
};
use serde_json::{Value, json};

use crate::support::{
    databases::{FreshDatabase, on_every_database},
    form::Form,
    person::Person,
    receiver::Receiver,
    relying_party::{RelyingParty, claims},
    world::World,
};

const RISC: &str = "https://schemas.openid.net/secevent/risc/event-type";

async fn begin(database: FreshDatabase) -> World {
    World::with(database, &[("OUTBOUND__ALLOW_LOOPBACK", "true")]).await
}

/// An app whose server wants to be told.
async fn app(world: &World, receiver: &Receiver) -> RelyingParty {
    let metadata = json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb"],
        "grant_types": ["authorization_code", "refresh_token"],
        "event_uri": receiver.address,
    });
    world.register(metadata).await
}

/// Tells what is due; how many heard.
async fn told(world: &World) -> Option<String> {
    NotifyClients.run(&world.app).await.expect("a run that ends")
}

/// What arrives next, once it was checked with the published keys.
async fn next(world: &World, receiver: &mut Receiver) -> Value {
    let event = receiver.next().await;
    assert_eq!(event.kind, "application/secevent+jwt");
    let token = &event.fields[0].0;
    world.believe(token, Algorithm::Rs256, Typ::Exactly("secevent+jwt"))
}

fn own(world: &World, name: &str) -> String {
    format!("{}/events/{name}", world.url.as_str().trim_end_matches('/'))
}

async fn leave(world: &World, ada: &mut Person) {
    let page = ada.go(&world.at("/account/data/delete")).await.expect(200);
    ada.browser.press(&page, "deletion-confirm", &[]).await.expect(200);
}

on_every_database! {
    async fn an_app_hears_what_is_taken_from_it_and_of_its_end(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[202, 202]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, &receiver).await);
        let known = claims(ada.connect(&shop, "openid email profile").await.id());
        assert_eq!(told(&world).await, None, "a first yes is no news");
        let apps = ada.browser.open(&world.at("/account/apps")).await.expect(200);
        let html = apps.text();
        let at = html.find("/account/apps/").expect("an app");
        let path: String = html[at..].chars().take_while(|c| *c != '"').collect();
        let page = ada.browser.open(&world.at(path.trim_end_matches("/remove"))).await.expect(200);
        ada.browser.submit(&Form::to(&page, "/narrow").with("scope", "profile")).await;
        assert_eq!(told(&world).await.as_deref(), Some("Told 1 of 1 clients what happened"));
        let event = next(&world, &mut receiver).await;
        assert_eq!(event["events"], json!({ own(&world, "grant-changed"): { "scope": "email openid" } }));
        assert_eq!((&event["iss"], &event["aud"]), (&shop.metadata["issuer"], &json!(shop.id)));
        assert_eq!(event["sub_id"], json!({ "format": "iss_sub", "iss": known["iss"], "sub": known["sub"] }));
        assert_eq!((event["iat"].as_i64(), event.get("sub")), (Some(world.clock.now().seconds()), None));
        ada.remove_access(&world.url, "Shop").await;
        told(&world).await;
        let event = next(&world, &mut receiver).await;
        assert_eq!(event["events"], json!({ own(&world, "grant-revoked"): {} }));
        assert!(receiver.is_idle());
    }

    async fn only_apps_that_see_the_address_hear_that_it_changed(database: FreshDatabase) {
        let world = begin(database).await;
        let (mut hears, mut blind) = (Receiver::answering(&[]), Receiver::answering(&[]));
        let (seeing, not) = (app(&world, &hears).await, app(&world, &blind).await);
        let mut ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Email, "ada@new.example").await;
        ada.connect(&seeing, "openid email").await;
        ada.connect(&not, "openid").await;
        let page = ada.browser.open(&world.at("/account/security/contacts")).await.expect(200);
        ada.browser.submit(&Form::to(&page, "/primary")).await;
        told(&world).await;
        let event = next(&world, &mut hears).await;
        assert_eq!(event["events"], json!({ own(&world, "email-changed"): {} }));
        assert!(blind.is_idle());
    }

    async fn an_account_that_closes_is_told_and_so_is_its_end(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, &receiver).await);
        ada.connect(&shop, "openid").await;
        leave(&world, &mut ada).await;
        told(&world).await;
        assert_eq!(next(&world, &mut receiver).await["events"], json!({ format!("{RISC}/account-disabled"): {} }));
        let page = ada.sign_in(&world.url).await.expect(200);
        ada.browser.press(&page, "keep-submit", &[]).await.expect(200);
        told(&world).await;
        assert_eq!(next(&world, &mut receiver).await["events"], json!({ format!("{RISC}/account-enabled"): {} }));
        leave(&world, &mut ada).await;
        told(&world).await;
        next(&world, &mut receiver).await;
        world.pass(GRACE);
        assert_eq!(EraseAccounts.run(&world.app).await.expect("a run"), None);
        Deliver.run(&world.app).await.expect("letters that leave");
        assert_eq!(EraseAccounts.run(&world.app).await.expect("a run"), None, "the app must hear of it first");
        told(&world).await;
        assert_eq!(next(&world, &mut receiver).await["events"], json!({ format!("{RISC}/account-purged"): {} }));
        assert!(EraseAccounts.run(&world.app).await.expect("a run").is_some());
    }

    async fn who_does_not_answer_is_told_again_and_who_refuses_is_not(database: FreshDatabase) {
        let world = begin(database).await;
        let mut receiver = Receiver::answering(&[503, 202, 400]);
        let (mut ada, shop) = (world.person("Ada").await, app(&world, &receiver).await);
        for _ in 0..2 {
            ada.connect(&shop, "openid").await;
            ada.remove_access(&world.url, "Shop").await;
            for _ in 0..3 {
                told(&world).await;
                world.pass(Duration::from_mins(1));
            }
        }
        for _ in 0..3 {
            next(&world, &mut receiver).await;
        }
        assert!(receiver.is_idle());
        let id = ClientId::parse(&shop.id).expect("an id");
        let log = world.app.store.read(move |db| client_notices::list_of_client(db, id, 10)).await;
        let log = log.expect("a log");
        assert_eq!((log[1].attempts, log[1].sent_at.is_some()), (2, true));
        assert_eq!(log[1].last_error.as_deref(), Some("it answered 503"));
        assert_eq!((log[0].attempts, log[0].failed_at.is_some()), (1, true));
        assert_eq!(log[0].last_error.as_deref(), Some("it refused the event: without saying why"));
    }

    async fn nobody_on_our_own_network_is_told(world: World) {
        let receiver = Receiver::answering(&[]);
        let port = receiver.address.rsplit(':').next().expect("a port").to_owned();
        let mut receiver = receiver;
        let mut ada = world.person("Ada").await;
        let shop = world.app("Shop").await;
        world.change(&shop, move |client| {
            client.metadata.event_uri = Some(format!("https://127.0.0.1:{port}"));
        }).await;
        ada.connect(&shop, "openid").await;
        ada.remove_access(&world.url, "Shop").await;
        assert_eq!(told(&world).await.as_deref(), Some("Told 0 of 1 clients what happened"));
        assert!(receiver.is_idle());
    }
}
