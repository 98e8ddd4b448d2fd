//! What tokens in front hang on: as all others, on the session, the person and their consent.

use serde_json::json;

use super::{Certified, ask, in_fragment, part, shop};
use crate::support::{
    databases::on_every_database, person::Tokens, relying_party::RelyingParty, world::World,
};

const HYBRID: &str = "code id_token token";

async fn signed_out(world: &World, person: &mut crate::support::person::Person) -> String {
    let page = person.browser.open(&world.at("/oauth/logout")).await;
    let after = person.browser.press(&page, "sign-out-confirm", &[]).await.expect(200);
    after.text()
}

async fn assert_ended(app: &RelyingParty, token: &str) {
    assert_eq!(app.userinfo(token).await.expect(401).error(), "invalid_token");
}

on_every_database! {
    async fn signing_out_ends_them_even_if_they_were_to_last(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        for response_type in [HYBRID, "id_token token"] {
            let app = shop(world, &[response_type], json!({})).await;
            let asked = ask(&app, response_type, "openid offline_access");
            let returned = in_fragment(&mut ada, &asked).await;
            assert_eq!(part(&returned, "scope"), "openid", "nothing in front lasts");
            let token = part(&returned, "access_token");
            app.userinfo(token).await.expect(200);
            signed_out(world, &mut ada).await;
            assert_ended(&app, token).await;
        }
    }

    async fn lasting_access_still_comes_of_the_code(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let app = shop(world, &[HYBRID], json!({})).await;
        let asked = ask(&app, HYBRID, "openid offline_access");
        let code = in_fragment(&mut ada, &asked).await.code();
        let tokens = Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json());
        signed_out(world, &mut ada).await;
        app.refresh(tokens.refresh()).await.expect(200);
    }

    async fn taking_an_apps_access_back_ends_them(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let app = shop(world, &["id_token token"], json!({})).await;
        let returned = in_fragment(&mut ada, &ask(&app, "id_token token", "openid")).await;
        ada.remove_access(&world.url, "Shop").await;
        assert_ended(&app, part(&returned, "access_token")).await;
    }

    async fn whoever_replays_the_code_ends_what_came_beside_it(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let app = shop(world, &[HYBRID], json!({})).await;
        let asked = ask(&app, HYBRID, "openid");
        let returned = in_fragment(&mut ada, &asked).await;
        let beside = part(&returned, "access_token");
        let tokens = Tokens(app.redeem(&returned.code(), &asked.verifier).await.expect(200).json());
        for good in [beside, tokens.access()] {
            app.userinfo(good).await.expect(200);
        }
        let replay = app.redeem(&returned.code(), &asked.verifier).await.expect(400);
        assert_eq!(replay.error(), "invalid_grant");
        for ended in [beside, tokens.access()] {
            assert_ended(&app, ended).await;
        }
    }

    async fn one_may_be_revoked_alone(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let app = shop(world, &[HYBRID], json!({})).await;
        let asked = ask(&app, HYBRID, "openid");
        let returned = in_fragment(&mut ada, &asked).await;
        app.revoke(part(&returned, "access_token")).await.expect(200);
        assert_ended(&app, part(&returned, "access_token")).await;
        let tokens = app.redeem(&returned.code(), &asked.verifier).await.expect(200).json();
        app.userinfo(tokens["access_token"].as_str().unwrap()).await.expect(200);
    }

    async fn an_app_with_nothing_but_an_id_token_hears_of_the_sign_out(certified: Certified) {
        let (world, mut ada) = (&certified.0, certified.0.person("Ada").await);
        let out = "https://shop.example/out";
        let app = shop(world, &["id_token"], json!({ "frontchannel_logout_uri": out })).await;
        in_fragment(&mut ada, &ask(&app, "id_token", "openid")).await;
        let page = signed_out(world, &mut ada).await;
        assert!(page.contains(out), "{page}");
    }
}
