//! SMS through providers, by their own request forms, against listeners that answer as they do.

use std::time::Duration;

use countersign::store::contacts::Channel;
use serde_json::json;

use super::{deliver, newest};
use crate::support::{
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    sms_gateway::SmsGateway,
    world::World,
};

const SID: &str = "AC0123456789abcdef0123456789abcdef";
const NUMBER: &str = "+4915112345678";

/// A world whose SMS leave through an account at this provider, in which somebody waits for a code.
async fn waiting(
    database: FreshDatabase,
    (driver, account, sender): (&str, &str, &str),
    gateway: &SmsGateway,
) -> World {
    let settings = [
        ("DELIVERY__SMS__DRIVER", driver),
        ("DELIVERY__SMS__URL", &*gateway.url),
        ("DELIVERY__SMS__ACCOUNT", account),
        ("DELIVERY__SMS__SECRET", "k3Jf9sQ2xL7vB1nM"),
        ("DELIVERY__SMS__SENDER", sender),
    ];
    let world = World::with(database, &settings).await;
    let ada = world.person("Ada").await;
    world.add_contact(&ada, Channel::Sms, NUMBER).await;
    let mut browser = Browser::speaking("fr");
    let page = browser.open(&world.at("/recover")).await.expect(200);
    browser.press(&page, "recover-submit", &[("identifier", NUMBER)]).await.expect(200);
    world
}

const TWILIO: (&str, &str, &str) = ("twilio", SID, "+15005550006");
const VONAGE: (&str, &str, &str) = ("vonage", "abcd1234", "Brand");

fn vonage(status: &str, text: &str) -> serde_json::Value {
    json!({ "message-count": "1", "messages": [{ "to": "4915112345678", "status": status, "error-text": text }] })
}

on_every_database! {
    async fn twilio_is_asked_in_its_own_form(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        gateway.answer_with(201, json!({ "sid": "SM0123", "status": "queued", "error_code": null }));
        let world = waiting(database, TWILIO, &gateway).await;
        deliver(&world).await;
        let post = &gateway.posts()[0];
        assert_eq!(post.field("To").as_deref(), Some(NUMBER));
        assert_eq!(post.field("From").as_deref(), Some("+15005550006"));
        let code = world.code_sent_to(NUMBER).await;
        assert!(post.field("Body").unwrap().starts_with(&code));
        let basic = openssl::base64::encode_block(format!("{SID}:k3Jf9sQ2xL7vB1nM").as_bytes());
        assert_eq!(post.authorization.as_deref(), Some(&*format!("Basic {basic}")));
        assert_eq!(newest(&world).await.reply.as_deref(), Some("queued as SM0123"));
    }

    async fn a_messaging_service_at_twilio_chooses_the_number(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        let service = "MG0123456789abcdef0123456789abcdef";
        let world = waiting(database, ("twilio", SID, service), &gateway).await;
        deliver(&world).await;
        let post = &gateway.posts()[0];
        assert_eq!(post.field("MessagingServiceSid").as_deref(), Some(service));
        assert_eq!(post.field("From"), None);
    }

    async fn a_number_that_twilio_can_never_reach_ends_the_sms(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        gateway.answer_with(400, json!({ "code": 21211, "message": "Invalid 'To' Phone Number", "status": 400 }));
        let world = waiting(database, TWILIO, &gateway).await;
        deliver(&world).await;
        let letter = newest(&world).await;
        let why = letter.last_error.unwrap();
        assert!(letter.failed_at.is_some() && why.contains("21211") && why.contains("Invalid 'To'"), "{why}");
    }

    async fn what_is_wrong_with_our_account_at_twilio_loses_no_sms(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        gateway.answer_with(401, json!({ "code": 20003, "message": "Authenticate", "status": 401 }));
        gateway.answer_with(429, json!({ "code": 20429, "message": "Too Many Requests" }));
        gateway.answer_with(400, json!({ "code": 21606, "message": "The 'From' number is not valid" }));
        let world = waiting(database, TWILIO, &gateway).await;
        for wait in [0, 10, 20, 40] {
            world.pass(Duration::from_secs(wait));
            deliver(&world).await;
        }
        assert!(gateway.posts().len() == 4 && newest(&world).await.sent_at.is_some());
    }

    async fn vonage_is_asked_in_its_own_form(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        gateway.usually(json!({ "messages": [{ "status": "0", "message-id": "0C000000F00ABD35" }] }));
        let world = waiting(database, VONAGE, &gateway).await;
        deliver(&world).await;
        let post = &gateway.posts()[0];
        let expected = [
            ("api_key", "abcd1234"),
            ("api_secret", "k3Jf9sQ2xL7vB1nM"),
            ("from", "Brand"),
            ("to", "4915112345678"),
            ("type", "unicode"),
        ];
        for (field, value) in expected {
            assert_eq!(post.field(field).as_deref(), Some(value), "{field}");
        }
        let code = world.code_sent_to(NUMBER).await;
        assert!(post.field("text").unwrap().starts_with(&code));
        let reply = newest(&world).await.reply;
        assert_eq!(reply.as_deref(), Some("accepted as 0C000000F00ABD35"));
    }

    async fn vonage_says_with_200_that_it_did_not_take_it(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        gateway.answer_with(200, vonage("1", "Throughput Rate Exceeded"));
        gateway.answer_with(200, vonage("4", "Bad Credentials"));
        gateway.answer_with(200, vonage("7", "Number barred"));
        let world = waiting(database, VONAGE, &gateway).await;
        for wait in [0, 10] {
            world.pass(Duration::from_secs(wait));
            deliver(&world).await;
            assert!(newest(&world).await.failed_at.is_none());
        }
        world.pass(Duration::from_secs(20));
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_some() && letter.last_error.unwrap().contains("Number barred"));
    }

    async fn an_answer_that_is_none_of_vonages_loses_no_sms(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        gateway.answer_with(200, json!({ "messages": [] }));
        gateway.answer_with(502, json!("bad gateway"));
        let world = waiting(database, VONAGE, &gateway).await;
        for wait in [0, 10] {
            world.pass(Duration::from_secs(wait));
            deliver(&world).await;
            let letter = newest(&world).await;
            assert!(letter.failed_at.is_none() && letter.last_error.is_some());
        }
    }
}
