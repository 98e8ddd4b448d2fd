//! What OpenID's certification profiles demand beyond OAuth 2.1, and only under
//! `compatibility = "openid-certification"`: implicit and hybrid response types, request objects by
//! reference.

mod families;
mod refusals;
mod request_uri;
mod response_types;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{
    databases::{Begins, FreshDatabase},
    person::Person,
    relying_party::{Asked, RelyingParty, Returned},
    world::World,
};

/// Every response type with tokens in front.
const IN_FRONT: &[&str] =
    &["id_token", "id_token token", "code id_token", "code token", "code id_token token"];

/// A server under the certification profile.
struct Certified(World);

impl Begins for Certified {
    async fn on(database: FreshDatabase) -> Self {
        let settings =
            [("COMPATIBILITY", "openid-certification"), ("OUTBOUND__ALLOW_LOOPBACK", "true")];
        Self(World::with(database, &settings).await)
    }
}

/// A web app that may be answered so, with these members beside.
async fn shop(world: &World, response_types: &[&str], more: Value) -> RelyingParty {
    let code = response_types.iter().any(|it| it.contains("code"));
    let front = response_types.iter().any(|it| it.contains("token"));
    let grant_types: Vec<_> = [
        code.then_some("authorization_code"),
        code.then_some("refresh_token"),
        front.then_some("implicit"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut metadata = json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb"],
        "grant_types": grant_types,
        "response_types": response_types,
    });
    let members = metadata.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    world.register(metadata).await
}

/// The same, asked to answer so.
fn ask(app: &RelyingParty, response_type: &str, scope: &str) -> Asked {
    app.ask(scope).with("response_type", response_type)
}

/// Goes through with a request; what came back in the fragment, where nothing else may be.
async fn in_fragment(person: &mut Person, asked: &Asked) -> Returned {
    let back = person.go(&asked.url()).await.must_redirect();
    assert_eq!(back.query(), None, "{back}");
    assert!(back.fragment().is_some(), "{back}");
    asked.answer(&back)
}

fn names(returned: &Returned) -> BTreeSet<&str> {
    returned.0.iter().map(|(name, _)| name.as_str()).collect()
}

fn part<'a>(returned: &'a Returned, name: &str) -> &'a str {
    returned.get(name).unwrap_or_else(|| panic!("no {name}: {returned:?}"))
}
