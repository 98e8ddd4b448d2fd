//! ID tokens and userinfo answers, signed and encrypted as their client registered (OpenID Connect
//! Core §3.1.3.7, §5.3.2, §10; RFC 7516).

use std::time::Duration;

use countersign::crypto::jose::{Algorithm, SigningKey, Typ};
use serde_json::{Value, json};

use crate::support::{
    databases::{Begins, FreshDatabase, on_every_database},
    key_page::KeyPage,
    opener::Opener,
    person::Tokens,
    relying_party::{RelyingParty, claims, header},
    world::World,
};

const PLAIN: Typ = Typ::OrPlain("jwt");

/// Each way to encrypt the key, and each way to encrypt the content, at least once.
const WAYS: [(&str, &str); 6] = [
    ("RSA-OAEP", "A128CBC-HS256"),
    ("RSA-OAEP-256", "A256GCM"),
    ("ECDH-ES", "A128GCM"),
    ("ECDH-ES", "A256CBC-HS512"),
    ("ECDH-ES+A128KW", "A256CBC-HS512"),
    ("ECDH-ES+A256KW", "A128CBC-HS256"),
];

/// A world whose apps may keep their keys on this machine.
struct Nearby(World);

impl Begins for Nearby {
    async fn on(database: FreshDatabase) -> Self {
        let settings = [
            ("OUTBOUND__ALLOW_LOOPBACK", "true"),
            // A code outlives the minute in which a set of keys is not fetched again.
            ("TOKENS__AUTHORIZATION_CODE_LIFETIME_SECONDS", "300"),
        ];
        Self(World::with(database, &settings).await)
    }
}

/// An app with these members beside what every app has.
async fn app(world: &World, more: Value) -> RelyingParty {
    let mut said = json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb"],
        "grant_types": ["authorization_code", "refresh_token"],
    });
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.register(said).await
}

on_every_database! {
    async fn an_id_token_is_encrypted_around_its_signature(world: World) {
        let mut ada = world.person("Ada").await;
        for (alg, enc) in WAYS {
            let opener = Opener::of(alg);
            let shop = app(&world, json!({
                "jwks": { "keys": [opener.public] },
                "id_token_encrypted_response_alg": alg,
                "id_token_encrypted_response_enc": enc,
            })).await;
            let asked = shop.ask("openid offline_access");
            let code = ada.authorize(&asked).await.code();
            let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
            let jwt = opener.open_nested(tokens.id(), (alg, enc));
            let told = shop.check_id_token(&jwt, &asked.nonce, world.clock.now()).await;
            assert_eq!(told["aud"], json!([shop.id]));
            let next = Tokens(shop.refresh(tokens.refresh()).await.expect(200).json());
            let again = claims(&opener.open_nested(next.id(), (alg, enc)));
            assert_eq!(again["sub"], told["sub"], "and so is the next one");
        }
    }

    async fn userinfo_is_signed_as_its_client_registered(world: World) {
        let mut ada = world.person("Ada").await;
        for algorithm in Algorithm::OURS {
            let shop = app(&world, json!({ "userinfo_signed_response_alg": algorithm })).await;
            let tokens = ada.connect(&shop, "openid email").await;
            let answer = shop.userinfo(tokens.access()).await.expect(200);
            assert_eq!(answer.header("content-type"), Some("application/jwt"));
            assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
            let jwt = answer.text();
            let told = world.believe(&jwt, algorithm, PLAIN);
            assert_eq!(told["iss"], shop.metadata["issuer"]);
            assert_eq!(told["aud"], shop.id);
            assert_eq!(told["sub"], claims(tokens.id())["sub"]);
            assert_eq!(told["email"], ada.email);
        }
    }

    async fn userinfo_is_encrypted_with_its_signature_or_without(world: World) {
        let mut ada = world.person("Ada").await;
        for (alg, enc) in WAYS {
            let opener = Opener::of(alg);
            let said = json!({
                "jwks": { "keys": [opener.public] },
                "userinfo_encrypted_response_alg": alg,
                "userinfo_encrypted_response_enc": enc,
            });
            let shop = app(&world, said.clone()).await;
            let tokens = ada.connect(&shop, "openid email").await;
            let answer = shop.userinfo(tokens.access()).await.expect(200);
            assert_eq!(answer.header("content-type"), Some("application/jwt"));
            let (header, text) = opener.open(&answer.text(), (alg, enc));
            assert_eq!(header.get("cty"), None, "there is no JWT inside");
            let told: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(told["sub"], claims(tokens.id())["sub"]);
            assert_eq!(told["email"], ada.email);

            let mut both = said;
            both["userinfo_signed_response_alg"] = json!("ES256");
            let shop = app(&world, both).await;
            let tokens = ada.connect(&shop, "openid email").await;
            let answer = shop.userinfo(tokens.access()).await.expect(200);
            let jwt = opener.open_nested(&answer.text(), (alg, enc));
            let told = world.believe(&jwt, Algorithm::Es256, PLAIN);
            assert_eq!((&told["aud"], &told["email"]), (&json!(shop.id), &json!(ada.email)));
        }
    }

    async fn a_signed_userinfo_answer_is_no_id_token_hint(world: World) {
        let mut ada = world.person("Ada").await;
        let shop = app(&world, json!({ "userinfo_signed_response_alg": "RS256" })).await;
        let tokens = ada.connect(&shop, "openid").await;
        let answer = shop.userinfo(tokens.access()).await.expect(200).text();
        let asked = |hint: &str| shop.ask("openid").with("prompt", "none").with("id_token_hint", hint);
        let known = asked(tokens.id());
        assert!(known.answer(&ada.browser.open(&known.url()).await.must_redirect()).get("code").is_some());
        let posing = asked(&answer);
        let back = posing.answer(&ada.browser.open(&posing.url()).await.must_redirect());
        assert_eq!(back.error(), "login_required");
    }

    async fn the_key_is_the_one_that_its_client_publishes_for_this(near: Nearby) {
        let world = near.0;
        let mut ada = world.person("Ada").await;
        let (signing, opener) = (SigningKey::generate(Algorithm::Es256).unwrap(), Opener::of("ECDH-ES"));
        let page = KeyPage::of(&[&signing]);
        let shop = app(&world, json!({
            "jwks_uri": page.address,
            "id_token_encrypted_response_alg": "ECDH-ES",
            "userinfo_encrypted_response_alg": "ECDH-ES",
        })).await;
        let way = ("ECDH-ES", "A128CBC-HS256");
        page.show(json!({ "keys": [signing.public_jwk(), opener.public] }));
        let tokens = ada.connect(&shop, "openid").await;
        let told = claims(&opener.open_nested(tokens.id(), way));
        let answer = shop.userinfo(tokens.access()).await.expect(200).text();
        assert_eq!(serde_json::from_str::<Value>(&opener.open(&answer, way).1).unwrap()["sub"], told["sub"]);
        assert_eq!(page.times_seen(), 1, "a set is kept for a while");
    }

    async fn without_a_key_to_encrypt_to_nothing_is_told_and_no_code_is_spent(near: Nearby) {
        let world = near.0;
        let mut ada = world.person("Ada").await;
        let signing = SigningKey::generate(Algorithm::Es256).unwrap();
        let page = KeyPage::of(&[&signing]);
        let shop = app(&world, json!({
            "jwks_uri": page.address, "id_token_encrypted_response_alg": "RSA-OAEP",
        })).await;
        let asked = shop.ask("openid");
        let code = ada.authorize(&asked).await.code();
        let refused = shop.redeem(&code, &asked.verifier).await.expect(400);
        assert_eq!(refused.error(), "invalid_client_metadata");
        let opener = Opener::of("RSA-OAEP");
        page.show(json!({ "keys": [opener.public] }));
        world.pass(Duration::from_mins(1));
        let tokens = Tokens(shop.redeem(&code, &asked.verifier).await.expect(200).json());
        let jwt = opener.open_nested(tokens.id(), ("RSA-OAEP", "A128CBC-HS256"));
        assert_eq!(header(&jwt)["alg"], "RS256");

        let told = json!({ "jwks_uri": page.address, "userinfo_encrypted_response_alg": "ECDH-ES" });
        let shop = app(&world, told).await;
        let tokens = ada.connect(&shop, "openid").await;
        let refused = shop.userinfo(tokens.access()).await.expect(400);
        assert_eq!(refused.error(), "invalid_client_metadata");
    }
}
