//! Request objects by reference (OpenID Connect Core §6.2).

use actix_web::http::StatusCode;
use countersign::crypto::jose::{Algorithm, SigningKey};
use serde_json::json;

use super::{Certified, ask, in_fragment, part, shop};
use crate::support::{
    browser::Browser,
    databases::on_every_database,
    key_page::set,
    relying_party::{Asked, RelyingParty},
    request_object,
    site::{Site, published},
    world::World,
};

const JWT: &str = "application/oauth-authz-req+jwt";

/// An app that keeps its requests at these addresses.
async fn keeping(world: &World, addresses: &[&str], key: &SigningKey) -> RelyingParty {
    let more = json!({ "request_uris": addresses, "jwks": set(&[key]) });
    shop(world, &["code", "code id_token"], more).await
}

/// The refusal that came back, in the query as for any code.
async fn refused(asked: &Asked, address: &str) -> String {
    let outside = asked.clone().with("request_uri", address);
    outside.answer(&Browser::new().open(&outside.url()).await.must_redirect()).error()
}

on_every_database! {
    async fn a_request_is_fetched_where_it_is_registered(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let key = SigningKey::generate(Algorithm::Rs256).expect("a key");
        let site = Site::of(StatusCode::OK, JWT);
        let registered = format!("{}#a-hash-of-something-else", site.address);
        let app = keeping(world, &[&registered], &key).await;
        let asked = ask(&app, "code id_token", "openid email");
        site.publish(&format!("{}\n", request_object::of(&asked, &app, world).signed(&key)));
        for hash in ["", "#a-hash-of-something-else", "#another"] {
            let outside = asked.carrying("request_uri", &format!("{}{hash}", site.address));
            let returned = in_fragment(&mut ada, &outside).await;
            assert_eq!(returned.get("state"), Some(&*asked.state));
            let token = part(&returned, "id_token");
            app.check_id_token(token, &asked.nonce, world.clock.now()).await;
            app.redeem(&returned.code(), &asked.verifier).await.expect(200);
        }
    }

    async fn nothing_is_fetched_that_was_not_registered(certified: Certified) {
        let world = certified.0;
        let key = SigningKey::generate(Algorithm::Es256).expect("a key");
        let app = keeping(&world, &["https://shop.example/request"], &key).await;
        let asked = app.ask("openid");
        let nearby = published(JWT, &request_object::of(&asked, &app, &world).signed(&key));
        for other in [&*nearby, "https://shop.example/request/2", "https://shop.example", "odd"] {
            assert_eq!(refused(&asked, other).await, "invalid_request_uri", "{other}");
        }
    }

    async fn what_cannot_be_fetched_is_refused(certified: Certified) {
        let world = certified.0;
        let key = SigningKey::generate(Algorithm::Es256).expect("a key");
        let gone = "http://localhost:1/request".to_owned();
        let missing = Site::of(StatusCode::NOT_FOUND, JWT).address;
        let moved = Site::of(StatusCode::FOUND, JWT).address;
        let large = published(JWT, &"a".repeat(2 << 20));
        for address in [gone, missing, moved, large] {
            let app = keeping(&world, &[&address], &key).await;
            assert_eq!(refused(&app.ask("openid"), &address).await, "invalid_request_uri", "{address}");
        }
        let odd = published("text/html", "<p>no request");
        let app = keeping(&world, &[&odd], &key).await;
        assert_eq!(refused(&app.ask("openid"), &odd).await, "invalid_request_object");
    }

    async fn by_value_and_by_reference_exclude_each_other(certified: Certified) {
        let world = certified.0;
        let key = SigningKey::generate(Algorithm::Es256).expect("a key");
        let app = keeping(&world, &["https://shop.example/request"], &key).await;
        let asked = app.ask("openid");
        let object = request_object::of(&asked, &app, &world).signed(&key);
        let both = asked.clone().with("request", &object);
        assert_eq!(refused(&both, "https://shop.example/request").await, "invalid_request");
    }

    async fn without_the_profile_no_address_is_taken(world: World) {
        let app = world.app("Shop").await;
        let refusal = refused(&app.ask("openid"), "https://shop.example/request").await;
        assert_eq!(refusal, "request_uri_not_supported");
    }
}
