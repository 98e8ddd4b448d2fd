//! JWT bearer (RFC 7523 §2.1): a client signs for whom it asks.

use std::time::Duration;

use countersign::crypto::jose::{Algorithm, SigningKey};
use serde_json::{Value, json};

use crate::support::{
    answer::Answer,
    assertion::Assertion,
    databases::on_every_database,
    key_page::set,
    person::Tokens,
    relying_party::{RelyingParty, claims},
    world::World,
};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// An app that syncs at night: it signs people in by day.
async fn clerk(world: &World, key: &SigningKey, more: Value) -> RelyingParty {
    let mut metadata = json!({
        "client_name": "Clerk",
        "redirect_uris": ["https://clerk.example/cb"],
        "grant_types": ["authorization_code", "refresh_token", GRANT_TYPE],
        "scope": "openid email read write offline_access",
        "jwks": set(&[key]),
    });
    metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.register(metadata).await
}

fn key() -> SigningKey {
    SigningKey::generate(Algorithm::Es256).expect("a key")
}

async fn present(app: &RelyingParty, jwt: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("grant_type", GRANT_TYPE), ("assertion", jwt)];
    fields.extend(more);
    app.token(&fields).await
}

/// Good for a minute, and about this person.
fn about(app: &RelyingParty, world: &World, subject: &Value) -> Assertion {
    Assertion::of(app, world).with("sub", subject.clone())
}

on_every_database! {
    async fn a_machine_asks_for_itself(world: World) {
        let key = key();
        let app = clerk(&world, &key, json!({})).await;
        let jwt = Assertion::of(&app, &world).signed(&key);
        let fields = [("scope", "read"), ("resource", "https://api.example/")];
        let given = present(&app, &jwt, &fields).await.expect(200);
        assert_eq!(given.member("scope"), "read");
        for never in ["refresh_token", "id_token", "issued_token_type"] {
            assert_eq!(given.json().get(never), None, "{never}");
        }
        let told = app.introspect(&given.member("access_token")).await.expect(200).json();
        assert_eq!((&told["sub"], &told["client_id"]), (&json!(app.id), &json!(app.id)));
        assert_eq!(told["aud"], "https://api.example/");
        for wrong in ["openid", "email", "admin"] {
            let jwt = Assertion::of(&app, &world).signed(&key);
            let refused = present(&app, &jwt, &[("scope", wrong)]).await.expect(400);
            assert_eq!(refused.error(), "invalid_scope", "{wrong}");
        }
    }

    async fn a_client_asks_for_somebody_who_allowed_it_while_away(world: World) {
        let (key, mut ada) = (key(), world.person("Ada").await);
        let app = clerk(&world, &key, json!({})).await;
        let tokens = ada.connect(&app, "openid email read offline_access").await;
        let sub = &claims(tokens.id())["sub"];
        let consented_at = world.clock.now().seconds();
        world.pass(Duration::from_hours(1));

        let jwt = about(&app, &world, sub).signed(&key);
        let given = Tokens(present(&app, &jwt, &[]).await.expect(200).json());
        assert_eq!(given.0["scope"], "email read", "as allowed, but for what needs somebody there");
        for never in ["refresh_token", "id_token"] {
            assert_eq!(given.0.get(never), None, "{never}");
        }
        let told = app.introspect(given.access()).await.expect(200).json();
        assert_eq!((&told["active"], &told["sub"]), (&json!(true), sub));
        assert_eq!((&told["acr"], &told["auth_time"]), (&json!("0"), &json!(consented_at)));
        app.userinfo(given.access()).await.expect(403);

        let jwt = about(&app, &world, sub).signed(&key);
        let narrow = present(&app, &jwt, &[("scope", "read")]).await.expect(200);
        assert_eq!(narrow.member("scope"), "read");
        for wrong in ["write", "openid", "offline_access", "read admin"] {
            let jwt = about(&app, &world, sub).signed(&key);
            let refused = present(&app, &jwt, &[("scope", wrong)]).await.expect(400);
            assert_eq!(refused.error(), "invalid_scope", "{wrong}");
        }

        ada.remove_access(&world.url, "Clerk").await;
        assert_eq!(app.introspect(given.access()).await.expect(200).json()["active"], false);
        let jwt = about(&app, &world, sub).signed(&key);
        assert_eq!(present(&app, &jwt, &[]).await.expect(400).error(), "invalid_grant");
    }

    async fn nobody_is_spoken_of_who_did_not_allow_it(world: World) {
        let (key, mut ada, mut bob) = (key(), world.person("Ada").await, world.person("Bob").await);
        let app = clerk(&world, &key, json!({})).await;
        let other = clerk(&world, &key, json!({ "subject_type": "public" })).await;
        let shop = world.app("Shop").await;
        let at_shop = ada.connect(&shop, "openid offline_access").await;
        let at_other = ada.connect(&other, "openid read offline_access").await;
        let present_only = bob.connect(&app, "openid read").await;
        for sub in [
            &claims(at_shop.id())["sub"],
            &claims(at_other.id())["sub"],
            &claims(present_only.id())["sub"],
            &json!(shop.id),
            &json!("ada@example.org"),
        ] {
            let jwt = about(&app, &world, sub).signed(&key);
            assert_eq!(present(&app, &jwt, &[]).await.expect(400).error(), "invalid_grant", "{sub}");
        }
        let jwt = about(&other, &world, &claims(at_other.id())["sub"]).signed(&key);
        present(&other, &jwt, &[]).await.expect(200);
    }

    async fn an_assertion_counts_once_whatever_it_is_used_for(world: World) {
        let key = key();
        let app = clerk(&world, &key, json!({ "token_endpoint_auth_method": "private_key_jwt" })).await;
        let grant = Assertion::of(&app, &world).signed(&key);
        let fields = [("grant_type", GRANT_TYPE), ("assertion", &*grant)];
        let proof = || Assertion::of(&app, &world).signed(&key);
        let ask = |proof: String| app.asserting("token_endpoint", &proof, &fields).send();
        ask(proof()).await.expect(200);
        assert_eq!(ask(proof()).await.expect(400).error(), "invalid_grant");
        assert_eq!(ask(grant.clone()).await.expect(401).error(), "invalid_client");
        let both = proof();
        let fields = [("grant_type", GRANT_TYPE), ("assertion", &*both)];
        let refused = app.asserting("token_endpoint", &both, &fields).send().await;
        assert_eq!(refused.expect(400).error(), "invalid_grant", "one JWT is not two");
    }

    async fn of_many_at_once_one_is_given_a_token(world: World) {
        let key = key();
        let app = clerk(&world, &key, json!({})).await;
        let jwt = Assertion::of(&app, &world).signed(&key);
        let fields = [("grant_type", GRANT_TYPE), ("assertion", &*jwt)];
        let racing = (0..8).map(|_| actix_web::rt::spawn(app.call("token_endpoint", &fields).send()));
        let mut statuses = Vec::new();
        for racer in racing.collect::<Vec<_>>() {
            statuses.push(racer.await.unwrap().status);
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400, 400, 400, 400, 400, 400, 400]);
    }

    async fn what_an_assertion_says_must_be_so(world: World) {
        let (key, strange) = (key(), key());
        let app = clerk(&world, &key, json!({})).await;
        let other = clerk(&world, &key, json!({})).await;
        let now = world.clock.now().seconds();
        let good = Assertion::of(&app, &world);
        for (name, wrong) in [
            ("iss", json!(other.id)), ("iss", json!(null)),
            ("sub", json!(null)), ("sub", json!("")), ("sub", json!([app.id])),
            ("aud", json!("https://id.example")), ("aud", json!(null)),
            ("exp", json!(null)), ("exp", json!(now - 30)), ("exp", json!(now + 3631)),
            ("nbf", json!(now + 60)), ("iat", json!(now + 60)),
            ("jti", json!(null)), ("jti", json!("")),
        ] {
            let jwt = good.clone().with(name, wrong).signed(&key);
            assert_eq!(present(&app, &jwt, &[]).await.expect(400).error(), "invalid_grant", "{name}");
        }
        for jwt in [
            good.signed(&strange),
            good.clone().headed("kid", json!(key.kid())).signed(&strange),
            good.clone().headed("typ", json!("client-authentication+jwt")).signed(&key),
            good.clone().headed("alg", json!("none")).signed(&key),
            good.signed_with(app.secret.as_deref().unwrap(), "HS256"),
            "x".to_owned(),
        ] {
            assert_eq!(present(&app, &jwt, &[]).await.expect(400).error(), "invalid_grant");
        }
        assert_eq!(present(&app, "", &[]).await.expect(400).error(), "invalid_request");
        let typed = good.headed("typ", json!("authorization-grant+jwt"));
        present(&app, &typed.signed(&key), &[]).await.expect(200);
    }

    async fn only_a_client_that_registered_for_it_may_present_one(world: World) {
        let key = key();
        let shop = world.machine("client_secret_basic", json!({ "jwks": set(&[&key]) })).await;
        let jwt = Assertion::of(&shop, &world).signed(&key);
        assert_eq!(present(&shop, &jwt, &[]).await.expect(400).error(), "unauthorized_client");
        let app = clerk(&world, &key, json!({})).await;
        let jwt = Assertion::of(&app, &world).signed(&key);
        let liar = RelyingParty { secret: Some("wrong".to_owned()), ..app };
        assert_eq!(present(&liar, &jwt, &[]).await.expect(401).error(), "invalid_client");
    }
}
