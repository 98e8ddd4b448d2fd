//! SMS, against a gateway that listens on a socket.

use std::{fmt::Write as _, time::Duration};

use countersign::store::contacts::Channel;
use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};

use super::{deliver, newest};
use crate::support::{
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    sms_gateway::SmsGateway,
    world::World,
};

const SECRET: &str = "k3Jf9sQ2xL7vB1nM5tR8wZ4yC6hD0gPaE5uK2oT9iXq";
const NUMBER: &str = "+4915112345678";

/// A world whose SMS leave through this gateway, in which somebody waits for a code by SMS.
async fn waiting(database: FreshDatabase, url: &str) -> World {
    let settings = [
        ("DELIVERY__SMS__DRIVER", "webhook"),
        ("DELIVERY__SMS__URL", url),
        ("DELIVERY__SMS__SECRET", SECRET),
        ("DELIVERY__SMS__SENDER", "Brand"),
    ];
    let world = World::with(database, &settings).await;
    let ada = world.person("Ada").await;
    world.add_contact(&ada, Channel::Sms, NUMBER).await;
    let mut browser = Browser::new();
    let page = browser.open(&world.at("/recover")).await.expect(200);
    browser.press(&page, "recover-submit", &[("identifier", NUMBER)]).await.expect(200);
    world
}

fn signature(timestamp: &str, body: &[u8]) -> String {
    let key = PKey::hmac(SECRET.as_bytes()).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
    signer.update(format!("{timestamp}.").as_bytes()).unwrap();
    signer.update(body).unwrap();
    signer.sign_to_vec().unwrap().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

on_every_database! {
    async fn an_sms_is_posted_and_signed(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        let world = waiting(database, &gateway.url).await;
        assert!(gateway.posts().is_empty(), "nothing is sent inside a request");
        deliver(&world).await;
        let posts = gateway.posts();
        assert_eq!(posts.len(), 1);
        let (post, said) = (&posts[0], posts[0].json());
        assert_eq!((&said["to"], &said["sender"]), (&NUMBER.into(), &"Brand".into()));
        let text = said["text"].as_str().expect("a text");
        let code: String = text.chars().take(6).collect();
        assert_eq!(text.lines().last(), Some(&*format!("@localhost #{code}")));
        let timestamp = post.timestamp.as_deref().expect("a timestamp");
        assert_eq!(timestamp, world.clock.now().seconds().to_string());
        assert_eq!(post.signature.as_deref(), Some(&*signature(timestamp, &post.body)));
        deliver(&world).await;
        assert_eq!(gateway.posts().len(), 1, "once is enough");
    }

    async fn a_gateway_in_trouble_is_asked_again_for_the_same_sms(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        let world = waiting(database, &gateway.url).await;
        for status in [503, 429, 401] {
            gateway.answer(status);
        }
        for wait in [0, 10, 20, 40] {
            world.pass(Duration::from_secs(wait));
            deliver(&world).await;
        }
        let posts = gateway.posts();
        assert_eq!(posts.len(), 4);
        assert!(posts.iter().all(|post| post.json()["id"] == posts[0].json()["id"]));
        assert!(newest(&world).await.sent_at.is_some());
    }

    async fn what_the_gateway_can_never_send_ends_and_is_seen(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        let world = waiting(database, &gateway.url).await;
        gateway.answer(422);
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_some() && letter.last_error.unwrap().contains("422"));
        world.pass(Duration::from_mins(1));
        deliver(&world).await;
        assert_eq!(gateway.posts().len(), 1);
    }

    async fn a_gateway_that_is_gone_is_tried_again(database: FreshDatabase) {
        let port = crate::support::processes::free_port();
        let world = waiting(database, &format!("http://localhost:{port}/sms")).await;
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_none() && letter.last_error.is_some());
    }

    async fn only_so_many_sms_leave_to_one_country_in_an_hour(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        let settings = [
            ("DELIVERY__SMS__DRIVER", "webhook"),
            ("DELIVERY__SMS__URL", &*gateway.url),
            ("DELIVERY__SMS__PER_COUNTRY_HOUR", "2"),
        ];
        let world = World::with(database, &settings).await;
        let ada = world.person("Ada").await;
        let numbers = ["+4915112345678", "+4915112345679", "+4915112345670", "+447400123456"];
        for number in numbers {
            world.add_contact(&ada, Channel::Sms, number).await;
            let mut browser = Browser::new();
            let page = browser.open(&world.at("/recover")).await.expect(200);
            browser.press(&page, "recover-submit", &[("identifier", number)]).await.expect(200);
        }
        deliver(&world).await;
        let to: Vec<_> = gateway.posts().iter().map(|post| post.json()["to"].clone()).collect();
        assert_eq!(to.len(), 3, "two to Germany, one to Britain: {to:?}");
        assert!(to.contains(&"+447400123456".into()), "{to:?}");
        let letters = world.app.store.read(|db| countersign::store::outbox::list_unsent(db, 9)).await.expect("letters");
        assert!(letters.len() == 1 && letters[0].last_error.as_deref().unwrap().contains("this country"));
        world.pass(Duration::from_hours(1));
        deliver(&world).await;
        assert_eq!(gateway.posts().len(), 3, "its code has expired");
    }

    async fn where_no_sms_are_sent_nobody_is_sent_a_code_by_one(database: FreshDatabase) {
        let world = World::with(database, &[("DELIVERY__SMS__DRIVER", "off")]).await;
        let ada = world.person("Ada").await;
        world.add_contact(&ada, Channel::Sms, NUMBER).await;
        let mut browser = Browser::new();
        let page = browser.open(&world.at("/recover")).await.expect(200);
        browser.press(&page, "recover-submit", &[("identifier", NUMBER)]).await.expect(200);
        assert!(world.inbox().await.is_empty());
    }
}
