//! Sector identifiers (OpenID Connect Core §8.1, Dynamic Registration §5).

use serde_json::{Value, json};

use super::{BACK, Registered, register, with};
use crate::support::{
    databases::FreshDatabase,
    relying_party::{RelyingParty, claims},
    site,
    world::World,
};

const ELSEWHERE: &str = "https://other.example/cb";

async fn world() -> World {
    let settings = [("CLIENTS__REGISTRATION", "open"), ("OUTBOUND__ALLOW_LOOPBACK", "true")];
    World::with(FreshDatabase::sqlite(), &settings).await
}

fn published(document: &Value) -> String {
    site::published("application/json", &document.to_string())
}

fn in_sector(list: &str, back: &str) -> Value {
    let mut said = with("redirect_uris", json!([back]));
    said["sector_identifier_uri"] = json!(list);
    said["subject_type"] = json!("pairwise");
    said
}

#[actix_web::test]
async fn clients_of_one_sector_know_a_person_by_one_name() {
    let world = world().await;
    let list = published(&json!([BACK, ELSEWHERE]));
    let mut ada = world.person("Ada").await;
    let mut subs = Vec::new();
    for back in [BACK, ELSEWHERE] {
        let told = Registered::as_told(&world, &in_sector(&list, back)).await;
        let secret = told.0["client_secret"].as_str();
        let app = RelyingParty::discover(&world.url, told.member("client_id"), secret, back).await;
        subs.push(claims(ada.connect(&app, "openid").await.id())["sub"].clone());
    }
    assert_eq!(subs[0], subs[1]);
    let alone = Registered::as_told(&world, &with("subject_type", json!("pairwise"))).await;
    let alone = alone.app(&world).await;
    assert_ne!(claims(ada.connect(&alone, "openid").await.id())["sub"], subs[0]);
}

#[actix_web::test]
async fn nobody_joins_a_sector_that_does_not_list_them() {
    let world = world().await;
    for document in [json!([ELSEWHERE]), json!({ "redirect_uris": [BACK] }), json!([1])] {
        let list = published(&document);
        let refused = register(&world, &in_sector(&list, BACK)).await.expect(400);
        assert_eq!(refused.error(), "invalid_client_metadata", "{document}");
    }
    let gone = register(&world, &in_sector("http://127.0.0.1:1/list", BACK)).await.expect(400);
    assert_eq!(gone.error(), "invalid_client_metadata");
}

#[actix_web::test]
async fn nobody_joins_a_sector_later_either() {
    let world = world().await;
    let list = published(&json!([BACK]));
    let told = Registered::as_told(&world, &in_sector(&list, BACK)).await;
    let mut said = in_sector(&list, ELSEWHERE);
    said["client_id"] = told.0["client_id"].clone();
    assert_eq!(told.update(&said).await.expect(400).error(), "invalid_client_metadata");
}
