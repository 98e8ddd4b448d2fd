//! Mail, against a mail server on a socket.

use std::time::Duration;

use countersign::{
    jobs::{Job as _, deliver::Deliver},
    store::{Db, outbox},
};

use super::{borrowed, deliver, newest};
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    mail_server::{Mail, MailServer},
    person::Person,
    world::World,
};

/// A world whose mail leaves through a server of its own.
async fn world(database: FreshDatabase, more: &[(&'static str, &str)]) -> (World, MailServer) {
    let server = MailServer::start();
    let settings = server.settings();
    let settings = [&*borrowed(&settings), more].concat();
    (World::with(database, &settings).await, server)
}

const ACCOUNT: [(&str, &str); 2] = [
    ("DELIVERY__EMAIL__USERNAME", "login"),
    ("DELIVERY__EMAIL__PASSWORD", "correct horse battery"),
];

/// Fills in the sign-up page, which writes one mail.
async fn sign_up(world: &World, name: &str) -> Person {
    let mut person = Person::new(name);
    let page = person.browser.open(&world.at("/sign-up")).await.expect(200);
    let fields =
        [("name", &*person.name), ("email", &person.email), ("password", &person.password)];
    person.browser.press(&page, "sign-up-submit", &fields).await.expect(200);
    person
}

fn to<'a>(mails: &'a [Mail], person: &Person) -> Vec<&'a Mail> {
    mails.iter().filter(|mail| mail.to == person.email).collect()
}

on_every_database! {
    async fn a_mail_arrives_as_text_and_as_html(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        let ada = sign_up(&world, "Ada").await;
        assert!(server.mails().is_empty(), "nothing is sent inside a request");
        deliver(&world).await;
        let mails = server.mails();
        let mail = to(&mails, &ada)[0];
        assert_eq!(mail.from, "login@brand.example");
        assert!(mail.header("From").contains("Countersign"), "{}", mail.text);
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        let code: String = mail.header("Subject").chars().take(6).collect();
        assert!(code.chars().all(|c| c.is_ascii_digit()), "{}", mail.text);
        for part in ["multipart/alternative", "text/plain", "text/html", "Ada Example", &code] {
            assert!(mail.joined().contains(part), "no {part}: {}", mail.joined());
        }
        assert!(newest(&world).await.sent_at.is_some());
        deliver(&world).await;
        assert_eq!(server.mails().len(), 1, "once is enough");
    }

    async fn the_mail_server_learns_who_we_are(database: FreshDatabase) {
        let (world, server) = world(database, &ACCOUNT).await;
        server.ask_for("login", "correct horse battery");
        let ada = sign_up(&world, "Ada").await;
        deliver(&world).await;
        assert_eq!(to(&server.mails(), &ada)[0].account.as_deref(), Some("login"));
    }

    async fn a_wrong_password_of_ours_loses_no_mail(database: FreshDatabase) {
        let (world, server) = world(database, &ACCOUNT).await;
        server.ask_for("login", "another password");
        let ada = sign_up(&world, "Ada").await;
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_none() && letter.last_error.unwrap().contains("535"));
        server.ask_for("login", "correct horse battery");
        world.pass(Duration::from_secs(10));
        deliver(&world).await;
        assert_eq!(to(&server.mails(), &ada).len(), 1);
    }

    async fn what_is_refused_for_now_is_sent_later(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        server.refuse("ada@example.org", "451 4.7.1 come back later");
        server.refuse("ada@example.org", "421 4.3.2 closing");
        let ada = sign_up(&world, "Ada").await;
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_none() && letter.last_error.unwrap().contains("come back later"));
        world.pass(Duration::from_secs(9));
        deliver(&world).await;
        assert_eq!(newest(&world).await.attempts, 1, "not before its time");
        world.pass(Duration::from_secs(1));
        deliver(&world).await;
        assert!(server.mails().is_empty());
        world.pass(Duration::from_secs(20));
        deliver(&world).await;
        assert_eq!(to(&server.mails(), &ada).len(), 1, "{:?}", newest(&world).await);
        assert!(newest(&world).await.sent_at.is_some());
    }

    async fn what_is_refused_for_good_is_not_tried_again_and_is_seen(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        server.refuse("ada@example.org", "550 5.1.1 no such mailbox");
        sign_up(&world, "Ada").await;
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_some() && letter.last_error.unwrap().contains("no such mailbox"));
        world.pass(Duration::from_mins(2));
        deliver(&world).await;
        assert!(server.mails().is_empty());
        let figures = world.get("/metrics").await.expect(200).text();
        assert!(figures.contains(r#"outbound_calls_total{outcome="failed",purpose="email"} 1"#), "{figures}");
    }

    async fn one_refusal_holds_up_nobody_else(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        server.refuse("ada@example.org", "451 4.7.1 come back later");
        sign_up(&world, "Ada").await;
        let bob = sign_up(&world, "Bob").await;
        deliver(&world).await;
        assert_eq!(to(&server.mails(), &bob).len(), 1);
    }

    async fn a_server_that_is_gone_is_tried_again(database: FreshDatabase) {
        let server = MailServer::start();
        let mut settings = server.settings();
        let port = crate::support::processes::free_port().to_string();
        settings.push(("DELIVERY__EMAIL__PORT", port));
        let world = World::with(database, &borrowed(&settings)).await;
        sign_up(&world, "Ada").await;
        deliver(&world).await;
        let letter = newest(&world).await;
        assert!(letter.failed_at.is_none() && letter.last_error.is_some());
    }

    async fn a_letter_whose_sender_died_is_sent_by_another(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        let ada = sign_up(&world, "Ada").await;
        let letter = newest(&world).await;
        let until = world.clock.now() + Duration::from_secs(30);
        let claim = move |db: &mut Db<'_>| outbox::claim(db, &letter, until);
        assert!(world.app.store.write(claim).await.expect("a store"));
        deliver(&world).await;
        assert!(server.mails().is_empty(), "it is in somebody's hands");
        world.pass(Duration::from_secs(30));
        deliver(&world).await;
        assert_eq!(to(&server.mails(), &ada).len(), 1);
    }

    async fn a_code_that_is_good_for_nothing_any_more_is_not_sent(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        sign_up(&world, "Ada").await;
        world.pass(Duration::from_secs(world.app.config.sign_in.one_time_code_lifetime_seconds));
        deliver(&world).await;
        assert!(server.mails().is_empty());
        assert!(newest(&world).await.last_error.unwrap().contains("expired"));
    }

    async fn of_two_who_deliver_at_once_one_sends_each_mail(database: FreshDatabase) {
        let (world, server) = world(database, &[]).await;
        server.slow_down(Duration::from_millis(20));
        for number in 0..12 {
            sign_up(&world, &format!("P{number}")).await;
        }
        let runs: Vec<_> = (0..2)
            .map(|_| {
                let app = world.app.clone();
                actix_web::rt::spawn(async move { Deliver.run(&app).await.map(drop) })
            })
            .collect();
        for run in runs {
            run.await.expect("a task").expect("a run that ends");
        }
        let mut recipients: Vec<_> = server.mails().into_iter().map(|mail| mail.to).collect();
        recipients.sort_unstable();
        assert_eq!(recipients.len(), 12);
        recipients.dedup();
        assert_eq!(recipients.len(), 12, "nobody got two");
    }
}
