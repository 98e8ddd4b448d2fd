//! What is ready is ready once, and stays what it was.

use std::path::Path;

use super::*;
use crate::{
    config::{Database, DatabaseUrl},
    crypto::{password::Cost, secret::Secret},
    store::{
        clients::{self, ClientId},
        contacts::{self, Channel},
        migrations, passwords,
        users::{self, UserId},
    },
};

fn store(place: &Path) -> Store {
    let url = DatabaseUrl::Sqlite(place.join("demo.db"));
    let settings = Database { url, ..Database::default() };
    migrations::run(&settings).unwrap();
    Store::open(&settings).unwrap()
}

async fn open(store: &Store, place: &Path, shop: &str) -> Ready {
    let root = RootSecret::load(place, None).unwrap();
    let now = Moment::from_seconds(1_800_000_000);
    let config = Config::default();
    prepare(store, &root, &config, &shop.parse().unwrap(), now).await.unwrap()
}

async fn user(store: &Store, email: &'static str) -> UserId {
    let find = move |db: &mut store::Db<'_>| contacts::find_verified(db, Channel::Email, email);
    store.read(find).await.unwrap().unwrap().user_id
}

fn secrets(ready: &Ready) -> Vec<Option<String>> {
    let told = |secret: &Option<Secret>| secret.as_ref().map(|s| s.expose().to_owned());
    let people = ready.people.iter().map(|person| told(&person.password));
    people.chain([told(&ready.shop.secret), told(&ready.api.secret)]).collect()
}

#[actix_web::test]
async fn a_second_start_finds_what_the_first_one_made() {
    let place = tempfile::tempdir().unwrap();
    let store = store(place.path());
    let first = open(&store, place.path(), "http://localhost:8081").await;
    let ada = user(&store, "ada@example.com").await;
    let second = open(&store, place.path(), "http://localhost:8081").await;
    assert_eq!(secrets(&first), secrets(&second));
    assert!(secrets(&first).iter().all(Option::is_some));
    assert_eq!(first.shop.id, second.shop.id);
    assert_eq!(ada, user(&store, "ada@example.com").await);
    let owner = user(&store, "morgan@example.com").await;
    let apps = store.read(move |db| clients::list_of_owner(db, owner)).await.unwrap();
    assert_eq!(apps.len(), 4);
}

#[actix_web::test]
async fn the_shop_may_move_to_another_port() {
    let place = tempfile::tempdir().unwrap();
    let store = store(place.path());
    open(&store, place.path(), "http://localhost:8081").await;
    let moved = open(&store, place.path(), "http://localhost:9001").await;
    let id = ClientId::parse(&moved.shop.id).unwrap();
    let client = store.read(move |db| clients::find(db, id)).await.unwrap().unwrap();
    let told = client.metadata.backchannel_logout_uri.as_deref();
    assert_eq!(told, Some("http://localhost:9001/backchannel-logout"));
    assert!(client.return_to("http://localhost:9001/callback", None).is_some());
}

#[actix_web::test]
async fn a_password_that_was_changed_is_not_printed_as_if_it_worked() {
    let place = tempfile::tempdir().unwrap();
    let store = store(place.path());
    open(&store, place.path(), "http://localhost:8081").await;
    let ada = user(&store, "ada@example.com").await;
    let hash = crate::crypto::password::hash("her own", &Cost::default());
    let now = Moment::from_seconds(1_800_000_001);
    store.write(move |db| passwords::set(db, ada, &hash, now)).await.unwrap();
    let again = open(&store, place.path(), "http://localhost:8081").await;
    assert!(again.people[0].password.is_none() && again.people[1].password.is_some());
}

#[actix_web::test]
async fn ada_has_everything_an_app_may_ask_for() {
    let place = tempfile::tempdir().unwrap();
    let store = store(place.path());
    open(&store, place.path(), "http://localhost:8081").await;
    let id = user(&store, "ada@example.com").await;
    let contacts = store.read(move |db| contacts::list_of_user(db, id)).await.unwrap();
    assert!(contacts.iter().all(|contact| contact.verified_at.is_some() && contact.is_primary));
    assert_eq!(contacts.len(), 2);
    let ada = store.read(move |db| users::find(db, id)).await.unwrap().unwrap();
    assert!(ada.profile().address.is_some() && !ada.operator);
}
