//! Signing keys take turns, and no client notices (OpenID Connect Core §10.1.1).

use std::time::Duration;

use countersign::{
    crypto::jose::{Algorithm, ForeignKeys, Typ, verify_foreign},
    keys::Change,
};
use serde_json::{Value, json};
use url::Url;

use crate::support::{
    databases::on_every_database,
    http::Request,
    person::{Person, Tokens},
    relying_party::{RelyingParty, header},
    world::World,
};

const DAY: Duration = Duration::from_hours(24);

impl World {
    /// Lets so many days pass, and the keys grow older.
    async fn later(&self, days: u32) -> Vec<Change> {
        self.pass(DAY * days);
        self.app.keys.rotate(&self.app.store, self.clock.now()).await.expect("keys that rotate")
    }

    /// An app for each way to sign an ID token.
    async fn apps(&self) -> Vec<RelyingParty> {
        let mut apps = Vec::new();
        for algorithm in Algorithm::OURS {
            let said = json!({
                "client_name": algorithm,
                "redirect_uris": ["https://app.example/cb"],
                "id_token_signed_response_alg": algorithm,
            });
            apps.push(self.register(said).await);
        }
        apps
    }

    async fn published(&self) -> Value {
        self.get("/oauth/jwks").await.expect(200).json()
    }
}

async fn connect(ada: &mut Person, apps: &[RelyingParty]) -> Vec<Tokens> {
    let mut tokens = Vec::new();
    for app in apps {
        tokens.push(ada.connect(app, "openid").await);
    }
    tokens
}

/// Whether a client that knows these keys, and fetches no others, accepts all these ID tokens.
fn accepts(keys: &Value, tokens: &[Tokens]) -> bool {
    let keys = ForeignKeys::from_value(keys).expect("keys");
    let accepted = |(tokens, algorithm): (&Tokens, Algorithm)| {
        verify_foreign(tokens.id(), &keys, &[algorithm], Typ::OrPlain("jwt")).is_ok()
    };
    tokens.iter().zip(Algorithm::OURS).all(accepted)
}

fn signers(tokens: &[Tokens]) -> Vec<Value> {
    tokens.iter().map(|tokens| header(tokens.id())["kid"].clone()).collect()
}

/// What the authorization endpoint says to an app that knows who should be there.
async fn expecting(ada: &mut Person, app: &RelyingParty, hint: &str) -> Option<String> {
    let asked = app.ask("openid").with("prompt", "none").with("id_token_hint", hint);
    let back = asked.answer(&ada.browser.open(&asked.url()).await.must_redirect());
    back.get("error").map(str::to_owned)
}

fn sign_out(app: &RelyingParty, hint: &str) -> Url {
    let mut url = app.endpoint("end_session_endpoint");
    url.query_pairs_mut().append_pair("id_token_hint", hint);
    url
}

on_every_database! {
    async fn a_client_that_fetched_the_keys_yesterday_knows_the_ones_of_today(world: World) {
        let (mut ada, apps) = (world.person("Ada").await, world.apps().await);
        let first = connect(&mut ada, &apps).await;
        assert_eq!(world.later(88).await, []);
        assert_eq!(world.later(1).await.len(), 4, "the next keys are published");
        let yesterday = world.published().await;
        let last = connect(&mut ada, &apps).await;
        assert_eq!(signers(&last), signers(&first), "and do not sign yet");

        world.later(1).await;
        let new = connect(&mut ada, &apps).await;
        assert!(signers(&new).iter().all(|kid| !signers(&first).contains(kid)));
        assert!(accepts(&yesterday, &new) && accepts(&yesterday, &last));
        assert!(accepts(&world.published().await, &last), "who fetches now knows the old ones too");
    }

    async fn a_hint_that_a_retired_key_has_signed_still_says_who(world: World) {
        let (mut ada, apps) = (world.person("Ada").await, world.apps().await);
        world.later(89).await;
        let old = connect(&mut ada, &apps).await;
        world.later(1).await;
        ada.go(&world.at("/account")).await;
        for (app, tokens) in apps.iter().zip(&old) {
            assert_eq!(expecting(&mut ada, app, tokens.id()).await, None);
            let page = ada.browser.open(&sign_out(app, tokens.id())).await.expect(200);
            assert!(page.shows("sign-out-confirm"), "{}", page.summary());
        }

        world.later(30).await;
        assert!(!accepts(&world.published().await, &old), "what nobody can hold any more is gone");
        ada.go(&world.at("/account")).await;
        for (app, tokens) in apps.iter().zip(&old) {
            let said = expecting(&mut ada, app, tokens.id()).await;
            assert_eq!(said.as_deref(), Some("login_required"));
            let page = ada.browser.open(&sign_out(app, tokens.id())).await.expect(400);
            assert!(page.page_error().contains("invalid_request"));
        }
    }

    async fn the_keys_may_be_kept_for_less_time_than_they_are_published_ahead(world: World) {
        let answer = world.get("/oauth/jwks").await.expect(200);
        let kept = answer.header("cache-control").unwrap().to_owned();
        let kept = kept.split("max-age=").nth(1).and_then(|age| age.parse().ok()).expect("max-age");
        let ahead = world.app.config.tokens.key_published_ahead_hours * 3600;
        assert!((60..ahead / 2).contains(&kept), "{kept} seconds");

        let tag = answer.header("etag").expect("a tag").to_owned();
        let again = || Request::get(&world.at("/oauth/jwks")).header("if-none-match", &tag).send();
        again().await.expect(304);
        world.later(89).await;
        let changed = again().await.expect(200);
        assert_ne!(changed.header("etag"), Some(&*tag));
        assert_eq!(changed.json()["keys"].as_array().unwrap().len(), 8);
    }
}
