//! How often devices may ask for codes (RFC 8628 §5.1): each address, and each client.

use std::time::Duration;

use super::device::{ask, films};
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    http::Request,
    relying_party::RelyingParty,
    world::World,
};

const PER_ADDRESS: &str = "CLIENTS__DEVICE_CODES_PER_ADDRESS";
const PER_APP: &str = "CLIENTS__DEVICE_CODES_PER_APP";
const PROXIES: (&str, &str) = ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8");

/// Asks as somebody at this address does, through a proxy.
async fn status_from(app: &RelyingParty, address: &str) -> u16 {
    let request = app.call("device_authorization_endpoint", &[("scope", "openid")]);
    request.header("x-forwarded-for", address).send().await.status
}

on_every_database! {
    async fn an_address_asks_only_so_often_whichever_app_it_is(database: FreshDatabase) {
        let world = World::with(database, &[(PER_ADDRESS, "3"), (PER_APP, "0")]).await;
        let (one, two) = (films(&world).await, films(&world).await);
        for app in [&one, &two, &one] {
            ask(app, &[]).await.expect(200);
        }
        for app in [&one, &two] {
            let refused = ask(app, &[]).await.expect(429);
            assert_eq!(refused.error(), "too_many_requests");
            assert!(refused.header("retry-after").is_some());
        }
        world.pass(Duration::from_mins(10));
        ask(&one, &[]).await.expect(200);
    }

    async fn an_app_asks_only_so_often_wherever_its_devices_are(database: FreshDatabase) {
        let settings = [(PER_ADDRESS, "0"), (PER_APP, "2"), PROXIES];
        let world = World::with(database, &settings).await;
        let (one, two) = (films(&world).await, films(&world).await);
        let asked = [
            (&one, "203.0.113.1", 200),
            (&one, "203.0.113.2", 200),
            (&one, "203.0.113.3", 429),
            (&two, "203.0.113.3", 200),
        ];
        for (app, address, status) in asked {
            assert_eq!(status_from(app, address).await, status, "{address}");
        }
    }

    async fn what_is_refused_for_another_reason_is_not_counted(database: FreshDatabase) {
        let world = World::with(database, &[(PER_ADDRESS, "1")]).await;
        let films = films(&world).await;
        for _ in 0..3 {
            ask(&films, &[("scope", "nonsense")]).await.expect(400);
        }
        ask(&films, &[]).await.expect(200);
    }

    async fn a_household_of_ipv6_is_one_address(database: FreshDatabase) {
        let settings = [
            (PER_ADDRESS, "2"),
            PROXIES,
            ("CLIENTS__REGISTRATION", "open"),
            ("CLIENTS__REGISTRATIONS_PER_HOUR", "2"),
        ];
        let world = World::with(database, &settings).await;
        let films = films(&world).await;
        let said = serde_json::json!({ "redirect_uris": ["https://shop.example/cb"] });
        for (address, refused) in [
            ("2001:db8:0:1::1", false),
            ("2001:db8:0:1:ffff::2", false),
            ("2001:db8:0:1::3", true),
            ("2001:db8:0:2::3", false),
        ] {
            let registration = Request::post(&world.at("/oauth/register")).json(&said);
            let registration = registration.header("x-forwarded-for", address).send().await;
            let expected = if refused { (429, 429) } else { (200, 201) };
            let statuses = (status_from(&films, address).await, registration.status);
            assert_eq!(statuses, expected, "{address}");
        }
    }
}
