//! What is refused under the profile, and that nothing of it is there without.

use countersign::{
    protocol::{grant_type::GrantType, response::ResponseType},
    store::{
        Db, Error,
        clients::{self, ClientId},
    },
};
use serde_json::{Value, json};

use super::{Certified, IN_FRONT, ask, shop};
use crate::support::{
    browser::Browser, databases::on_every_database, relying_party::Asked, world::World,
};

/// The refusal that came back in the fragment, with nothing beside it that tells more.
async fn refused(asked: &Asked) -> String {
    let back = Browser::new().open(&asked.url()).await.must_redirect();
    assert_eq!(back.query(), None, "{back}");
    let returned = asked.answer(&back);
    for (name, _) in &returned.0 {
        assert!(["error", "error_description", "state", "iss"].contains(&name.as_str()), "{back}");
    }
    returned.error()
}

fn list(document: &Value, name: &str) -> Vec<String> {
    serde_json::from_value(document[name].clone()).expect("a list of words")
}

on_every_database! {
    async fn refusals_come_back_in_the_fragment_too(certified: Certified) {
        let world = certified.0;
        for response_type in IN_FRONT {
            let app = shop(&world, &[response_type], json!({})).await;
            let good = || ask(&app, response_type, "openid");
            assert_eq!(refused(&good().with("prompt", "none")).await, "login_required");
            assert_eq!(refused(&good().with("scope", "openid odd")).await, "invalid_scope");
            let query = good().with("response_mode", "query");
            assert_eq!(refused(&query).await, "invalid_request", "{response_type}");
        }
    }

    async fn an_id_token_in_front_needs_a_nonce_and_openid(certified: Certified) {
        let world = certified.0;
        for response_type in IN_FRONT.iter().filter(|it| it.contains("id_token")) {
            let app = shop(&world, &[response_type], json!({})).await;
            let silent = ask(&app, response_type, "openid").without("nonce");
            assert_eq!(refused(&silent).await, "invalid_request", "{response_type}");
            let plain = ask(&app, response_type, "email");
            assert_eq!(refused(&plain).await, "invalid_scope", "{response_type}");
        }
    }

    async fn a_code_in_front_still_needs_pkce_of_an_app_without_a_secret(certified: Certified) {
        let more = json!({ "token_endpoint_auth_method": "none" });
        let app = shop(&certified.0, &["code id_token"], more).await;
        let asked = ask(&app, "code id_token", "openid").without("code_challenge");
        let asked = asked.without("code_challenge_method");
        assert_eq!(refused(&asked).await, "invalid_request");
    }

    async fn an_app_is_answered_only_as_it_registered(certified: Certified) {
        let app = shop(&certified.0, &["code", "id_token"], json!({})).await;
        for other in ["code id_token", "id_token token", "code token"] {
            assert_eq!(refused(&ask(&app, other, "openid")).await, "unauthorized_client", "{other}");
        }
        let alone = ask(&app, "token", "openid");
        assert_eq!(refused(&alone).await, "unsupported_response_type");
    }

    async fn discovery_tells_what_certification_looks_for(certified: Certified) {
        let document = certified.0.get("/.well-known/openid-configuration").await.expect(200).json();
        assert_eq!(list(&document, "response_types_supported"), [&["code"], IN_FRONT].concat());
        assert!(list(&document, "grant_types_supported").contains(&"implicit".to_owned()));
        assert_eq!(document["request_uri_parameter_supported"], true);
        assert_eq!(document["require_request_uri_registration"], true);
        assert!(list(&document, "request_object_signing_alg_values_supported").contains(&"RS256".to_owned()));
    }

    async fn nothing_of_it_is_offered_without_the_profile(world: World) {
        let document = world.get("/.well-known/openid-configuration").await.expect(200).json();
        assert_eq!(list(&document, "response_types_supported"), ["code"]);
        assert!(!list(&document, "grant_types_supported").contains(&"implicit".to_owned()));
        assert_eq!(document["request_uri_parameter_supported"], false);
    }

    async fn an_app_of_the_profile_loses_it_with_the_profile(world: World) {
        let app = shop(&world, &["code"], json!({})).await;
        let id = ClientId::parse(&app.id).expect("an id");
        let widen = move |db: &mut Db<'_>| -> Result<(), Error> {
            let mut client = clients::find(db, id)?.expect("the client");
            client.metadata.grant_types.insert(GrantType::Implicit);
            client.metadata.response_types.extend(ResponseType::ALL);
            clients::set_details(db, &client)
        };
        world.app.store.write(widen).await.expect("a client of the profile");
        for response_type in IN_FRONT {
            let asked = ask(&app, response_type, "openid");
            assert_eq!(refused(&asked).await, "unsupported_response_type", "{response_type}");
        }
    }
}
