//! Clients that prove with a signed JWT who they are (RFC 7523 §2.2, OpenID Connect Core §9).

use std::time::Duration;

use countersign::crypto::jose::{Algorithm, SigningKey};
use serde_json::{Value, json};

use crate::support::{
    answer::Answer,
    assertion::{Assertion, TYPE},
    databases::on_every_database,
    key_page::set,
    relying_party::RelyingParty,
    world::World,
};

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).expect("a key")
}

fn assert_refused(answer: &Answer, status: u16, error: &str) {
    assert_eq!((answer.status, &*answer.error()), (status, error), "{}", answer.summary());
    assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
}

on_every_database! {
    async fn an_assertion_opens_every_endpoint_that_wants_to_know_the_client(world: World) {
        let key = key(Algorithm::Es256);
        let app = world.machine_with(&key).await;
        let sign = |audience: &Value| {
            Assertion::of(&app, &world).with("aud", audience.clone()).signed(&key)
        };
        let issuer = &app.metadata["issuer"];
        let token = app.asking_for_itself(&sign(issuer)).send().await.expect(200);
        let token = token.member("access_token");
        let asked = app.ask("openid");
        let asked: Vec<(&str, &str)> =
            asked.parameters.iter().map(|(name, value)| (&**name, &**value)).collect();
        for (endpoint, fields, status) in [
            ("introspection_endpoint", &[("token", &*token)][..], 200),
            ("pushed_authorization_request_endpoint", &asked, 201),
            ("revocation_endpoint", &[("token", &*token)], 200),
        ] {
            for audience in [issuer, &app.metadata["token_endpoint"], &app.metadata[endpoint]] {
                let audience = json!([audience]);
                let answer = app.asserting(endpoint, &sign(&audience), fields).send().await;
                assert_eq!(answer.status, status, "{}", answer.summary());
            }
        }
        let elsewhere = sign(&app.metadata["revocation_endpoint"]);
        assert_refused(&app.asking_for_itself(&elsewhere).send().await, 401, "invalid_client");
    }

    async fn a_code_is_redeemed_by_a_client_with_a_key(world: World) {
        let key = key(Algorithm::EdDsa);
        let (mut ada, app) = (world.person("Ada").await, world.machine_with(&key).await);
        let asked = app.ask("openid");
        let code = ada.authorize(&asked).await.code();
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &app.redirect_uri),
            ("code_verifier", &asked.verifier),
        ];
        let stranger = Assertion::of(&app, &world).signed(&self::key(Algorithm::EdDsa));
        let refused = app.asserting("token_endpoint", &stranger, &fields).send().await;
        assert_refused(&refused, 401, "invalid_client");
        let own = Assertion::of(&app, &world).signed(&key);
        let tokens = app.asserting("token_endpoint", &own, &fields).send().await.expect(200);
        app.check_id_token(&tokens.member("id_token"), &asked.nonce, world.clock.now()).await;
    }

    async fn a_key_pair_signs_in_any_way_unless_one_was_registered(world: World) {
        let rsa = openssl::rsa::Rsa::generate(2048).unwrap().private_key_to_pem().unwrap();
        for algorithm in Algorithm::ALL {
            let key = SigningKey::from_pem(&rsa, Some(algorithm)).or_else(|_| SigningKey::generate(algorithm));
            let key = key.expect("a key");
            let mut jwks = set(&[&key]);
            jwks["keys"][0].as_object_mut().unwrap().remove("alg");
            let app = world.machine("private_key_jwt", json!({ "jwks": jwks })).await;
            app.asking_for_itself(&Assertion::of(&app, &world).signed(&key)).send().await.expect(200);

            let only = if algorithm == Algorithm::Ps512 { "PS256" } else { "PS512" };
            let more = json!({ "jwks": jwks, "token_endpoint_auth_signing_alg": only });
            let app = world.machine("private_key_jwt", more).await;
            let answer = app.asking_for_itself(&Assertion::of(&app, &world).signed(&key)).send().await;
            match algorithm {
                Algorithm::Ps512 => assert_refused(&answer, 401, "invalid_client"),
                _ if algorithm.as_str() == only => drop(answer.expect(200)),
                _ => assert_refused(&answer, 401, "invalid_client"),
            }
        }
    }

    async fn a_secret_signs_in_any_way_unless_one_was_registered(world: World) {
        let app = world.machine("client_secret_jwt", json!({})).await;
        let secret = app.secret.clone().expect("a secret");
        for algorithm in ["HS256", "HS384", "HS512"] {
            let good = Assertion::of(&app, &world).signed_with(&secret, algorithm);
            app.asking_for_itself(&good).send().await.expect(200);
            let guessed = Assertion::of(&app, &world).signed_with(&secret.to_uppercase(), algorithm);
            assert_refused(&app.asking_for_itself(&guessed).send().await, 401, "invalid_client");
        }
        let only = json!({ "token_endpoint_auth_signing_alg": "HS384" });
        let app = world.machine("client_secret_jwt", only).await;
        let secret = app.secret.clone().expect("a secret");
        for (algorithm, status) in [("HS256", 401), ("HS384", 200), ("HS512", 401)] {
            let jwt = Assertion::of(&app, &world).signed_with(&secret, algorithm);
            app.asking_for_itself(&jwt).send().await.expect(status);
        }
    }

    async fn an_assertion_counts_once(world: World) {
        let key = key(Algorithm::Es256);
        let (one, two) = (world.machine_with(&key).await, world.machine_with(&key).await);
        let first = Assertion::of(&one, &world).with("jti", json!("1"));
        one.asking_for_itself(&first.signed(&key)).send().await.expect(200);
        world.pass(Duration::from_secs(5));
        let again = Assertion::of(&one, &world).with("jti", json!("1"));
        for jwt in [first.signed(&key), again.signed(&key)] {
            assert_refused(&one.asking_for_itself(&jwt).send().await, 401, "invalid_client");
        }
        let anothers = Assertion::of(&two, &world).with("jti", json!("1"));
        two.asking_for_itself(&anothers.signed(&key)).send().await.expect(200);

        let raced = Assertion::of(&one, &world).signed(&key);
        let racing = (0..8).map(|_| actix_web::rt::spawn(one.asking_for_itself(&raced).send()));
        let racing: Vec<_> = racing.collect();
        let mut statuses = Vec::new();
        for racer in racing {
            statuses.push(racer.await.unwrap().status);
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401, 401, 401, 401, 401, 401, 401]);
    }

    async fn what_an_assertion_says_must_be_so(world: World) {
        let key = key(Algorithm::Es256);
        let (app, other) = (world.machine_with(&key).await, world.machine_with(&key).await);
        let now = world.clock.now().seconds();
        let good = Assertion::of(&app, &world);
        let near = Assertion::of(&app, &world).with("nbf", json!(now + 8)).with("iat", json!(now + 8));
        app.asking_for_itself(&near.signed(&key)).send().await.expect(200);
        for (name, wrong) in [
            ("iss", json!(other.id)), ("iss", json!("https://machine.example")), ("iss", json!(null)),
            ("sub", json!(other.id)), ("sub", json!(null)), ("sub", json!([app.id])),
            ("aud", json!("https://id.example")), ("aud", json!(null)), ("aud", json!([])),
            ("exp", json!(null)), ("exp", json!(now - 30)), ("exp", json!(now + 3631)),
            ("exp", json!(1e300)), ("exp", json!((now + 60).to_string())),
            ("nbf", json!(now + 60)), ("iat", json!(now + 60)),
            ("jti", json!(null)), ("jti", json!("")), ("jti", json!(7)),
        ] {
            let jwt = good.clone().with(name, wrong).signed(&key);
            assert_refused(&app.asking_for_itself(&jwt).send().await, 401, "invalid_client");
        }
        app.asking_for_itself(&good.signed(&key)).send().await.expect(200);
    }

    async fn an_assertion_is_signed_with_a_registered_key_and_nothing_else(world: World) {
        let (key, strange) = (key(Algorithm::Es256), key(Algorithm::Es256));
        let app = world.machine_with(&key).await;
        let good = Assertion::of(&app, &world);
        let public = key.public_jwk().to_string();
        let unsigned = good.clone().headed("alg", json!("none")).signed(&key);
        let jwts = [
            good.signed(&strange),
            good.clone().headed("kid", json!(key.kid())).signed(&strange),
            good.clone().headed("jwk", strange.public_jwk().clone()).signed(&strange),
            good.clone().headed("jwk", key.public_jwk().clone()).signed(&key),
            good.clone().headed("crit", json!(["exp"])).signed(&key),
            good.clone().headed("typ", json!("at+jwt")).signed(&key),
            good.clone().headed("alg", json!("RS256")).signed(&key),
            good.signed_with(&public, "HS256"),
            format!("{}.", unsigned.rsplit_once('.').unwrap().0),
            unsigned,
            "x".into(),
            "a.b.c".into(),
        ];
        for jwt in jwts {
            assert_refused(&app.asking_for_itself(&jwt).send().await, 401, "invalid_client");
        }
        let typed = good.headed("typ", json!("client-authentication+jwt"));
        app.asking_for_itself(&typed.signed(&key)).send().await.expect(200);
    }

    async fn a_client_proves_itself_in_one_way_and_in_its_own(world: World) {
        let key = key(Algorithm::Es256);
        let (keyed, other) = (world.machine_with(&key).await, world.machine_with(&key).await);
        let basic = world.machine("client_secret_basic", json!({ "jwks": set(&[&key]) })).await;
        let signing = world.machine("client_secret_jwt", json!({})).await;
        let jwt = |app: &RelyingParty| Assertion::of(app, &world).signed(&key);
        let itself = ("grant_type", "client_credentials");
        let mine = jwt(&basic);
        let proof = [itself, ("client_assertion", &*mine), ("client_assertion_type", TYPE)];
        for both in [
            basic.call("token_endpoint", &proof),
            basic.asserting("token_endpoint", &jwt(&basic), &[itself, ("client_secret", "x")]),
        ] {
            assert_refused(&both.send().await, 400, "invalid_request");
        }
        let secret = signing.secret.clone().expect("a secret");
        let plain = [itself, ("client_id", &*signing.id), ("client_secret", &*secret)];
        let (mine, public) = (jwt(&keyed), world.public_app("Page").await);
        for (other_way, status, error) in [
            (basic.asking_for_itself(&jwt(&basic)), 401, "invalid_client"),
            (public.asking_for_itself(&jwt(&public)), 401, "invalid_client"),
            (keyed.asking_for_itself(&Assertion::of(&keyed, &world).signed_with(&secret, "HS256")), 401, "invalid_client"),
            (signing.asking_for_itself(&jwt(&signing)), 401, "invalid_client"),
            (signing.call("token_endpoint", &[itself]), 401, "invalid_client"),
            (RelyingParty { secret: None, ..keyed.clone() }.call("token_endpoint", &plain[..2]), 400, "invalid_request"),
            (keyed.call("token_endpoint", &[itself]), 401, "invalid_client"),
            (keyed.asserting("token_endpoint", &mine, &[itself, ("client_id", &other.id)]), 401, "invalid_client"),
            (keyed.call("token_endpoint", &[itself, ("client_assertion", &mine)]), 400, "invalid_request"),
            (keyed.call("token_endpoint", &[itself, ("client_assertion_type", TYPE)]), 400, "invalid_request"),
            (keyed.call("token_endpoint", &[itself, ("client_assertion", &mine), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")]), 401, "invalid_client"),
        ] {
            assert_refused(&other_way.send().await, status, error);
        }
        let named = [itself, ("client_id", &*keyed.id)];
        keyed.asserting("token_endpoint", &mine, &named).send().await.expect(200);
    }

    async fn discovery_tells_how_clients_may_prove_themselves(world: World) {
        let document = world.get("/.well-known/openid-configuration").await.expect(200).json();
        for endpoint in ["token", "introspection", "revocation"] {
            let list = |ending: &str| {
                let name = format!("{endpoint}_endpoint_auth_{ending}_supported");
                let list = document[&name].as_array().unwrap_or_else(|| panic!("no {name}"));
                list.iter().map(|value| value.as_str().unwrap().to_owned()).collect::<Vec<_>>()
            };
            let methods = list("methods");
            for method in ["private_key_jwt", "client_secret_jwt", "client_secret_basic"] {
                assert!(methods.iter().any(|told| told == method), "{methods:?}");
            }
            assert_eq!(methods.iter().any(|told| told == "none"), endpoint != "introspection");
            let algorithms = list("signing_alg_values");
            for algorithm in ["RS256", "PS256", "ES256", "EdDSA", "HS256"] {
                assert!(algorithms.iter().any(|told| told == algorithm), "{algorithms:?}");
            }
            assert!(!algorithms.iter().any(|told| told == "none"));
        }
    }
}
