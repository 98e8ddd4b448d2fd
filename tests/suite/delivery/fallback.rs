//! A second way out, tried whenever the first does not take a message.

use std::time::Duration;

use countersign::store::contacts::Channel;

use super::{borrowed, deliver, newest};
use crate::support::{
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    mail_server::MailServer,
    processes::free_port,
    sms_gateway::SmsGateway,
    world::World,
};

const NUMBER: &str = "+4915112345678";

/// Lets somebody ask for a code at this contact.
async fn ask(world: &World, identifier: &str) {
    let mut browser = Browser::new();
    let page = browser.open(&world.at("/recover")).await.expect(200);
    browser.press(&page, "recover-submit", &[("identifier", identifier)]).await.expect(200);
}

/// A world with two mail servers, in which somebody waits for a code by mail.
async fn by_mail(database: FreshDatabase, first: &MailServer, second: &MailServer) -> World {
    let mut settings = first.settings();
    for (key, value) in second.settings() {
        let known = ["HOST", "PORT", "TLS"].iter().find(|end| key.ends_with(*end));
        match known {
            Some(&"HOST") => settings.push(("DELIVERY__EMAIL_FALLBACK__HOST", value)),
            Some(&"PORT") => settings.push(("DELIVERY__EMAIL_FALLBACK__PORT", value)),
            Some(_) => settings.push(("DELIVERY__EMAIL_FALLBACK__TLS", value)),
            None => {}
        }
    }
    let world = World::with(database, &borrowed(&settings)).await;
    let ada = world.person("Ada").await;
    ask(&world, &ada.email).await;
    world
}

/// The same with two gateways.
async fn by_sms(database: FreshDatabase, first: &str, second: &str) -> World {
    let settings = [
        ("DELIVERY__SMS__DRIVER", "webhook"),
        ("DELIVERY__SMS__URL", first),
        ("DELIVERY__SMS_FALLBACK__DRIVER", "webhook"),
        ("DELIVERY__SMS_FALLBACK__URL", second),
    ];
    let world = World::with(database, &settings).await;
    let ada = world.person("Ada").await;
    world.add_contact(&ada, Channel::Sms, NUMBER).await;
    ask(&world, NUMBER).await;
    world
}

on_every_database! {
    async fn a_mail_that_the_first_server_does_not_take_leaves_by_the_second(database: FreshDatabase) {
        let (first, second) = (MailServer::start(), MailServer::start());
        first.refuse("ada@example.org", "451 4.7.1 come back later");
        let world = by_mail(database, &first, &second).await;
        deliver(&world).await;
        assert_eq!((first.mails().len(), second.mails().len()), (0, 1));
        assert!(newest(&world).await.sent_at.is_some());
    }

    async fn a_mail_that_the_first_server_takes_leaves_once(database: FreshDatabase) {
        let (first, second) = (MailServer::start(), MailServer::start());
        let world = by_mail(database, &first, &second).await;
        deliver(&world).await;
        assert_eq!((first.mails().len(), second.mails().len()), (1, 0));
        assert!(newest(&world).await.reply.unwrap().starts_with("250"));
    }

    async fn what_neither_server_takes_is_tried_again(database: FreshDatabase) {
        let (first, second) = (MailServer::start(), MailServer::start());
        first.refuse("ada@example.org", "550 5.7.1 not from you");
        second.refuse("ada@example.org", "451 4.7.1 come back later");
        let world = by_mail(database, &first, &second).await;
        deliver(&world).await;
        let letter = newest(&world).await;
        let why = letter.last_error.unwrap();
        assert!(letter.failed_at.is_none() && why.contains("550") && why.contains("451"), "{why}");
        world.pass(Duration::from_secs(10));
        deliver(&world).await;
        assert!(newest(&world).await.sent_at.is_some());
    }

    async fn a_gateway_that_is_gone_is_stood_in_for(database: FreshDatabase) {
        let gateway = SmsGateway::start();
        let gone = format!("http://localhost:{}/sms", free_port());
        let world = by_sms(database, &gone, &gateway.url).await;
        deliver(&world).await;
        assert_eq!(gateway.posts().len(), 1);
        assert!(newest(&world).await.sent_at.is_some());
    }

    async fn what_no_gateway_can_ever_send_ends(database: FreshDatabase) {
        let (first, second) = (SmsGateway::start(), SmsGateway::start());
        first.answer(422);
        second.answer(400);
        let world = by_sms(database, &first.url, &second.url).await;
        deliver(&world).await;
        assert!(newest(&world).await.failed_at.is_some());
        assert_eq!((first.posts().len(), second.posts().len()), (1, 1));
    }
}
