//! Signing keys over time, on both databases: made once however many nodes start, published before
//! they sign, and after.

use std::{collections::HashSet, thread, time::Duration};

use countersign::{
    clock::Moment,
    config::Tokens,
    crypto::{
        jose::{Algorithm, JoseError, SigningKey, Typ},
        secret::Secret,
    },
    keys::{Change, Disposal, KeyError, Keyring, Turn, root::RootSecret, rotation::Policy},
    store::{
        Store,
        signing_keys::{self, State, StoredKey},
    },
};
use serde_json::{Value, json};

use crate::support::databases::{FreshStore, on_every_database};

const DAY: Duration = Duration::from_hours(24);
const NOW: Moment = Moment::from_seconds(1_800_000_000);
const PLAIN: Typ = Typ::OrPlain("jwt");

fn root(digit: &str) -> RootSecret {
    let text = format!("{}{digit}", "0123456789abcdeffedcba9876543210".repeat(2).split_at(63).0);
    RootSecret::load("/nowhere".as_ref(), Some(&Secret::new(text))).unwrap()
}

fn policy() -> Policy {
    Policy::new(&Tokens::default())
}

async fn open(store: &Store, now: Moment) -> Keyring {
    Keyring::open(store, &root("0"), policy(), now).await.unwrap()
}

async fn rows(store: &Store) -> Vec<StoredKey> {
    store.read(signing_keys::list).await.unwrap()
}

fn published(keys: &Keyring) -> Vec<String> {
    let set: Value = serde_json::from_slice(&keys.jwks().body).unwrap();
    let kids = set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap());
    kids.map(str::to_owned).collect()
}

fn active(keys: &Keyring, algorithm: Algorithm) -> String {
    keys.active(algorithm).unwrap().kid().to_owned()
}

on_every_database! {
    async fn a_fresh_store_gets_one_active_key_for_each_algorithm(store: FreshStore) {
        let keys = open(&store, NOW).await;
        let stored = rows(&store).await;
        assert_eq!(stored.len(), Algorithm::OURS.len());
        for algorithm in Algorithm::OURS {
            let kid = active(&keys, algorithm);
            assert_eq!(keys.find(&kid).unwrap().algorithm(), algorithm);
            let row = stored.iter().find(|row| row.id == kid).unwrap();
            assert_eq!(row.state(), State::Active { since: NOW });
            assert!(!row.public_jwk.contains("\"d\""));
        }
        assert!(matches!(keys.active(Algorithm::Rs512), Err(KeyError::Missing(Algorithm::Rs512))));
        assert_eq!(published(&keys), Algorithm::OURS.map(|algorithm| active(&keys, algorithm)));
    }

    async fn a_second_start_finds_the_keys_of_the_first(store: FreshStore) {
        let first = open(&store, NOW).await;
        let second = open(&store, NOW + DAY).await;
        assert_eq!(first.jwks().body, second.jwks().body);
        assert_eq!(first.jwks().etag, second.jwks().etag);
        assert!(first.jwks().etag.starts_with('"') && first.jwks().etag.ends_with('"'));
    }

    async fn nodes_that_start_together_agree_on_one_key_of_each(store: FreshStore) {
        let settings = store.database.settings.clone();
        let node = || {
            let store = Store::open(&settings).unwrap();
            let started = actix_web::rt::System::new().block_on(open(&store, NOW));
            Algorithm::OURS.map(|algorithm| active(&started, algorithm))
        };
        let agreed: HashSet<_> = thread::scope(|scope| {
            let nodes: Vec<_> = (0..6).map(|_| scope.spawn(node)).collect();
            nodes.into_iter().map(|node| node.join().unwrap()).collect()
        });
        assert_eq!(agreed.len(), 1);
        assert_eq!(rows(&store).await.len(), 4);
    }

    async fn a_key_is_published_a_day_ahead_then_signs_then_is_kept(store: FreshStore) {
        let keys = open(&store, NOW).await;
        let first = active(&keys, Algorithm::Es256);
        let token = keys.active(Algorithm::Es256).unwrap()
            .sign_compact(None, &json!({ "exp": 1 })).unwrap();
        assert_eq!(keys.rotate(&store, NOW + DAY * 88).await.unwrap(), []);

        let made = keys.rotate(&store, NOW + DAY * 89).await.unwrap();
        assert_eq!(made.len(), 4);
        assert!(made.iter().all(|change| matches!(change, Change::MadeNext(_))), "{made:?}");
        assert_eq!(published(&keys).len(), 8);
        assert_eq!(active(&keys, Algorithm::Es256), first);
        assert_eq!(keys.rotate(&store, NOW + DAY * 89).await.unwrap(), []);

        let changes = keys.rotate(&store, NOW + DAY * 90).await.unwrap();
        assert_eq!(changes.len(), 8);
        assert!(changes.contains(&Change::Retired(first.clone())));
        let second = active(&keys, Algorithm::Es256);
        assert_ne!(first, second);
        assert!(changes.contains(&Change::Promoted(second)));
        // What the first has signed is still believed, expired or not.
        assert!(keys.verify(&token, PLAIN).is_ok());

        assert_eq!(keys.rotate(&store, NOW + DAY * 119).await.unwrap(), []);
        let gone = keys.rotate(&store, NOW + DAY * 120).await.unwrap();
        assert_eq!(gone, [Change::Removed(4)]);
        assert_eq!(keys.verify(&token, PLAIN), Err(JoseError::UnknownKey));
    }

    async fn nodes_that_rotate_together_rotate_once(store: FreshStore) {
        let first = open(&store, NOW).await;
        first.rotate(&store, NOW + DAY * 89).await.unwrap();
        let settings = store.database.settings.clone();
        let node = || {
            let store = Store::open(&settings).unwrap();
            actix_web::rt::System::new().block_on(async {
                let keys = open(&store, NOW + DAY * 89).await;
                keys.rotate(&store, NOW + DAY * 90).await.unwrap();
                Algorithm::OURS.map(|algorithm| active(&keys, algorithm))
            })
        };
        let agreed: HashSet<_> = thread::scope(|scope| {
            let nodes: Vec<_> = (0..6).map(|_| scope.spawn(node)).collect();
            nodes.into_iter().map(|node| node.join().unwrap()).collect()
        });
        assert_eq!(agreed.len(), 1);
        assert_eq!(rows(&store).await.len(), 8);
    }

    async fn an_operator_rotates_at_once(store: FreshStore) {
        let keys = open(&store, NOW).await;
        let first = active(&keys, Algorithm::Rs256);
        let changes = keys.rotate_now(&store, Algorithm::Rs256, NOW + DAY).await.unwrap();
        let second = active(&keys, Algorithm::Rs256);
        assert_eq!(changes, [Change::Retired(first.clone()), Change::Promoted(second.clone())]);
        // Clients that take the first key that fits find the one that signs.
        let kids = published(&keys);
        assert!(kids.iter().position(|kid| *kid == second) < kids.iter().position(|kid| *kid == first));
        assert_eq!(rows(&store).await.len(), 5);
    }

    async fn a_key_that_was_brought_waits_its_turn_or_signs_at_once(store: FreshStore) {
        let keys = open(&store, NOW).await;
        let brought = SigningKey::generate(Algorithm::EdDsa).unwrap();
        let kid = brought.kid().to_owned();
        let changes = keys.import(&store, &brought, Turn::InTime, NOW).await.unwrap();
        assert_eq!(changes, [Change::MadeNext(kid.clone())]);
        assert_ne!(active(&keys, Algorithm::EdDsa), kid);
        let again = keys.import(&store, &brought, Turn::AtOnce, NOW).await;
        assert!(matches!(again, Err(KeyError::Known(_))));
        keys.rotate(&store, NOW + DAY * 90).await.unwrap();
        assert_eq!(active(&keys, Algorithm::EdDsa), kid);

        let urgent = SigningKey::generate(Algorithm::EdDsa).unwrap();
        keys.import(&store, &urgent, Turn::AtOnce, NOW + DAY * 91).await.unwrap();
        assert_eq!(active(&keys, Algorithm::EdDsa), urgent.kid());
        let odd = SigningKey::generate(Algorithm::Es384).unwrap();
        let refused = keys.import(&store, &odd, Turn::InTime, NOW).await;
        assert!(matches!(refused, Err(KeyError::Missing(Algorithm::Es384))));
    }

    async fn a_stolen_key_is_published_no_longer(store: FreshStore) {
        let keys = open(&store, NOW).await;
        let stolen = keys.active(Algorithm::Es256).unwrap();
        let token = stolen.sign_compact(None, &json!({})).unwrap();
        keys.retire(&store, stolen.kid(), Disposal::AtOnce, NOW).await.unwrap();
        assert_eq!(keys.verify(&token, PLAIN), Err(JoseError::UnknownKey));
        assert!(!published(&keys).contains(&stolen.kid().to_owned()));
        assert_ne!(active(&keys, Algorithm::Es256), stolen.kid());
        let again = keys.retire(&store, stolen.kid(), Disposal::AtOnce, NOW).await;
        assert!(matches!(again, Err(KeyError::Unknown(_))));
    }

    async fn a_key_that_is_put_away_is_published_for_what_it_signed(store: FreshStore) {
        let keys = open(&store, NOW).await;
        let old = keys.active(Algorithm::Ps256).unwrap();
        let token = old.sign_compact(None, &json!({})).unwrap();
        let changes = keys.retire(&store, old.kid(), Disposal::KeepPublished, NOW).await.unwrap();
        assert!(changes.contains(&Change::Retired(old.kid().to_owned())));
        assert!(keys.verify(&token, PLAIN).is_ok());
        // Found out to be stolen after all: what was put away goes at once.
        keys.retire(&store, old.kid(), Disposal::AtOnce, NOW + DAY).await.unwrap();
        assert_eq!(keys.verify(&token, PLAIN), Err(JoseError::UnknownKey));
    }

    async fn another_root_secret_opens_nothing_and_changes_nothing(store: FreshStore) {
        open(&store, NOW).await;
        let before = rows(&store).await.len();
        let opened = Keyring::open(&store, &root("1"), policy(), NOW + DAY * 89).await;
        let error = opened.map(|_| ()).unwrap_err();
        assert!(matches!(error, KeyError::Sealed(_)), "{error}");
        assert!(error.to_string().contains("another root secret"));
        assert_eq!(rows(&store).await.len(), before);
    }

    async fn another_node_sees_a_change_when_it_looks_again(store: FreshStore) {
        let (one, other) = (open(&store, NOW).await, open(&store, NOW).await);
        one.rotate_now(&store, Algorithm::Es256, NOW).await.unwrap();
        let token = one.active(Algorithm::Es256).unwrap().sign_compact(None, &json!({})).unwrap();
        assert_eq!(other.verify(&token, PLAIN), Err(JoseError::UnknownKey));
        other.reload(&store).await.unwrap();
        assert!(other.verify(&token, PLAIN).is_ok());
        assert_eq!(one.jwks().etag, other.jwks().etag);
    }
}
