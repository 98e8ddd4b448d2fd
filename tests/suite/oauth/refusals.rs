//! What an app is refused is kept for its developers, by the id that the answer carries.

use std::time::Duration;

use countersign::{
    jobs,
    store::{
        clients::ClientId,
        refusals::{self, Refusal},
    },
};
use serde_json::json;

use super::device::GRANT_TYPE;
use crate::support::{
    answer::Answer,
    databases::on_every_database,
    http::Request,
    relying_party::{Proves, RelyingParty},
    world::World,
};

/// All that is kept for this app.
async fn kept(world: &World, app: &RelyingParty) -> Vec<Refusal> {
    jobs::finish(&world.app).await;
    let id = ClientId::parse(&app.id).expect("an id");
    let list = world.app.store.read(move |db| refusals::list_of_client(db, id, 1_000)).await;
    list.expect("a list")
}

/// Where, by what code and why this answer refused the app, as it was kept.
async fn reason(world: &World, app: &RelyingParty, answer: &Answer) -> (String, String, String) {
    let trace = answer.header("x-request-id").expect("an id");
    let mut all = kept(world, app).await;
    all.retain(|refusal| refusal.trace_id == trace);
    assert_eq!(all.len(), 1, "{all:?} of {}", answer.summary());
    let refusal = all.remove(0);
    assert!(!refusal.description.is_empty());
    (refusal.endpoint, refusal.error, refusal.cause.unwrap_or_default())
}

fn is(reason: &(String, String, String), endpoint: &str, error: &str, cause: &str) {
    let (at, code, why) = reason;
    assert_eq!((&**at, &**code), (endpoint, error), "{why}");
    assert!(why.contains(cause) && why.is_empty() == cause.is_empty(), "`{why}`, not `{cause}`");
}

/// The same as the answer's JSON says it.
async fn told(world: &World, app: &RelyingParty, answer: Answer) -> (String, String, String) {
    assert_eq!(Some(&*answer.member("trace_id")), answer.header("x-request-id"));
    let reason = reason(world, app, &answer).await;
    assert_eq!(reason.1, answer.error());
    reason
}

on_every_database! {
    async fn what_programs_are_refused_is_kept_with_its_cause(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let foreign = world.app("Other").await;
        let wrong = RelyingParty { secret: Some("wrong".into()), ..shop.clone() };
        let token = shop.refresh("x").await;
        is(&told(&world, &shop, token).await, "/oauth/token", "invalid_grant", "not one of ours");
        let token = wrong.refresh("x").await;
        is(&told(&world, &shop, token).await, "/oauth/token", "invalid_client", "wrong secret");
        let twice = shop.token(&[("client_id", &*shop.id), ("client_secret", "x")]).await;
        is(&told(&world, &shop, twice).await, "/oauth/token", "invalid_request", "");
        let pushed = shop.call("pushed_authorization_request_endpoint", &[]).send().await;
        is(&told(&world, &shop, pushed).await, "/oauth/par", "invalid_request", "");
        let device = shop.call("device_authorization_endpoint", &[]).send().await;
        let at = "/oauth/device_authorization";
        is(&told(&world, &shop, device).await, at, "unauthorized_client", "");
        let asked = shop.call("introspection_endpoint", &[]).send().await;
        is(&told(&world, &shop, asked).await, "/oauth/introspect", "invalid_request", "");
        let tokens = ada.connect(&foreign, "openid").await;
        let revoked = shop.revoke(tokens.access()).await;
        is(&told(&world, &shop, revoked).await, "/oauth/revoke", "invalid_grant", "");
        world.pass(Duration::from_hours(2));
        let late = foreign.userinfo(tokens.access()).await;
        is(&told(&world, &foreign, late).await, "/oauth/userinfo", "invalid_token", "expired");
        let registration = world.at(&format!("/oauth/register/{}", shop.id));
        let managed = Request::get(&registration).bearer("x").send().await;
        is(&told(&world, &shop, managed).await, "/oauth/register/{client}", "invalid_token", "");
    }

    async fn what_stops_in_the_browser_is_kept_with_its_cause(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let asked = shop.ask("openid");
        let place = "https://shop.example/cb/";
        let shown = ada.browser.visit(&asked.clone().with("redirect_uri", place).url()).await;
        assert_eq!(shown.text_of("trace"), shown.header("x-request-id").unwrap());
        is(&reason(&world, &shop, &shown).await, "/oauth/authorize", "invalid_request", place);
        let silent = ada.browser.visit(&asked.clone().with("prompt", "none").url()).await;
        assert_eq!(asked.answer(&silent.must_redirect()).error(), "login_required");
        is(&reason(&world, &shop, &silent).await, "/oauth/authorize", "login_required", "");
        let unknown = ada.browser.visit(&asked.clone().with("scope", "openid fly").url()).await;
        is(&reason(&world, &shop, &unknown).await, "/oauth/authorize", "invalid_scope", "fly");
        let urn = "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let gone = ada.browser.visit(&asked.clone().with("request_uri", urn).url()).await;
        is(&reason(&world, &shop, &gone).await, "/oauth/authorize", "invalid_request_uri", "");
        let page = ada.browser.open(&asked.url()).await;
        let page = ada.sign_in_at(&page).await;
        let denied = ada.browser.press(&page, "consent-deny", &[]).await;
        is(&reason(&world, &shop, &denied).await, "/oauth/authorize", "access_denied", "");
        let mut bye = shop.endpoint("end_session_endpoint");
        let place = ("post_logout_redirect_uri", "https://shop.example/elsewhere");
        bye.query_pairs_mut().extend_pairs([("client_id", &*shop.id), place]);
        let lost = ada.browser.visit(&bye).await;
        is(&reason(&world, &shop, &lost).await, "/oauth/logout", "invalid_request", "");
    }

    async fn nothing_that_is_secret_or_personal_is_kept(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let tokens = ada.connect(&shop, "openid email offline_access").await;
        let wrong = RelyingParty {
            secret: Some("a-wrong-secret".into()), proves: Proves::Post, ..shop.clone()
        };
        wrong.refresh(tokens.refresh()).await.expect(401);
        for _ in 0..3 {
            shop.refresh(tokens.refresh()).await;
            world.pass(Duration::from_mins(2));
        }
        shop.refresh(tokens.access()).await.expect(400);
        shop.userinfo(tokens.access()).await.expect(401);
        let silent = shop.ask("openid").with("prompt", "none").with("max_age", "1");
        ada.browser.visit(&silent.with("login_hint", &ada.email).url()).await;
        let all = format!("{:?}", kept(&world, &shop).await);
        assert!(all.matches("trace_id").count() >= 5, "{all}");
        let own = shop.secret.as_deref().unwrap();
        for hidden in ["a-wrong-secret", own, tokens.access(), tokens.refresh(), &ada.email, "Ada"] {
            assert!(!all.contains(hidden), "{hidden} in {all}");
        }
    }

    async fn whoever_names_no_client_leaves_nothing_behind(world: World) {
        let shop = world.app("Shop").await;
        let nobody = RelyingParty { id: "AAAAAAAAAAAAAAAAAAAAAA".into(), ..shop.clone() };
        nobody.refresh("x").await.expect(401);
        Request::get(&shop.endpoint("userinfo_endpoint")).send().await.expect(401);
        Request::get(&nobody.ask("openid").url()).send().await.expect(400);
        assert_eq!(kept(&world, &shop).await, []);
        assert_eq!(world.app.refusals.take(), (Vec::new(), 0));
    }

    async fn a_device_that_waits_for_its_owner_is_not_refused(world: World) {
        let films = world.register(json!({
            "client_name": "Films",
            "grant_types": [GRANT_TYPE],
            "response_types": [],
            "token_endpoint_auth_method": "none",
        })).await;
        let asked = films.call("device_authorization_endpoint", &[("scope", "openid")]);
        let code = asked.send().await.expect(200).member("device_code");
        let poll = [("grant_type", GRANT_TYPE), ("device_code", &*code)];
        assert_eq!(films.token(&poll).await.error(), "authorization_pending");
        assert_eq!(kept(&world, &films).await, []);
        assert_eq!(films.token(&poll).await.error(), "slow_down");
        assert_eq!(kept(&world, &films).await.len(), 1);
    }
}
