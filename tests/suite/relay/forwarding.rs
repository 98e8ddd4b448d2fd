//! What arrives, where, and from whom it may come.

use std::time::Duration;

use countersign::store::{
    Db, Error,
    contacts::{self, Channel},
    outbox, relayed_mails,
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor, message::header::ContentType,
};

use super::{DOMAIN, FROM, Post, hide, letter, listen, shop};
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    form::Form,
    shared_email::page_of_app,
    smtp::Sender,
    world::World,
};

on_every_database! {
    async fn what_an_app_writes_arrives_as_it_was_written(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        let mail = Message::builder()
            .from("The Shop <news@shop.example>".parse().unwrap())
            .reply_to("help@shop.example".parse().unwrap())
            .to(address.parse().unwrap())
            .subject("It rings")
            .header(ContentType::TEXT_PLAIN)
            .body("Hello.\r\n.A line that begins with a dot.\r\nGr\u{fc}\u{df}e".to_owned())
            .unwrap();
        let written = String::from_utf8(mail.formatted()).unwrap();
        let client = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1");
        let client = client.port(post.port).build();
        let reply = client.send(mail).await.expect("a mail that is taken");
        assert_eq!(reply.message().collect::<Vec<_>>(), ["2.0.0 Taken"]);
        assert!(post.out.mails().is_empty(), "it leaves from the outbox");
        post.deliver().await;
        let mails = post.out.mails();
        let [arrived] = &mails[..] else { panic!("one mail: {mails:?}") };
        assert_eq!((&*arrived.to, &*arrived.from), (&*ada.email, &*address), "bounces lead to us");
        let text = arrived.text.strip_suffix("\r\n").expect("a last line that ends");
        let (ours, theirs) = text.split_at(text.len() - written.len());
        assert_eq!(theirs, written, "signatures over it still hold");
        assert!(ours.starts_with("Received: from ") && ours.contains(&format!("by {DOMAIN} with ESMTP;")));
        assert!(ours.ends_with(&format!("Countersign-Relayed: {DOMAIN}\r\n")), "{ours}");
        assert_eq!(arrived.header("Reply-To"), "help@shop.example");
        assert!(!arrived.text.contains(&ada.email));
    }

    async fn mail_is_taken_for_living_addresses_only(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        let nobody = format!("abcdefghijklmnopqrst@{DOMAIN}");
        for (to, reply) in [
            (&*nobody, "550 5.1.1"),
            ("postmaster@private.example.com", "550 5.1.1"),
            (&*ada.email, "550 5.7.1"),
            ("eve@elsewhere.example", "550 5.7.1"),
        ] {
            let said = post.send(FROM, to, &letter(to)).await;
            assert!(said.starts_with(reply), "{to}: {said}");
        }
        let taken = post.send(FROM, &address.to_uppercase(), &letter(&address)).await;
        assert_eq!(taken, "250 2.0.0 Taken");
        let page = page_of_app(&mut ada, &post.world).await;
        let page = ada.browser.press(&page, "private-stop", &[]).await;
        let stopped = post.send(FROM, &address, &letter(&address)).await;
        assert!(stopped.starts_with("550 5.1.1"), "no different from nobody: {stopped}");
        ada.browser.press(&page, "private-resume", &[]).await;
        assert_eq!(post.send(FROM, &address, &letter(&address)).await, "250 2.0.0 Taken");
        post.world.suspend(&shop).await;
        assert!(post.send(FROM, &address, &letter(&address)).await.starts_with("550 5.1.1"));
    }

    async fn an_address_ends_with_the_access_and_comes_back_with_it(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        ada.remove_access(&post.world.url, "Shop").await;
        assert!(post.send(FROM, &address, &letter(&address)).await.starts_with("550 5.1.1"));
        assert_eq!(hide(&mut ada, &shop).await, address);
        assert_eq!(post.send(FROM, &address, &letter(&address)).await, "250 2.0.0 Taken");
    }

    async fn only_the_app_may_write(database: FreshDatabase) {
        let more = [("HIDE_MY_EMAIL__SENDER_DOMAINS", "bulk.example")];
        let post = Post::open(database, &more).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        let from = |header: &str| format!("From: {header}\r\n\r\nHello");
        for (envelope, header) in [
            ("eve@evil.example", "news@shop.example"),
            ("eve@notshop.example", "news@shop.example"),
            ("eve@shop.example.evil.example", "news@shop.example"),
            ("", "news@shop.example"),
            ("news@shop.example", "eve@evil.example"),
            ("news@shop.example", "\"news@shop.example\" <eve@evil.example>"),
        ] {
            let said = post.send(envelope, &address, &from(header)).await;
            assert!(said.starts_with("550 5.7.1"), "{envelope}, {header}: {said}");
        }
        for (envelope, header) in [
            ("bounce@mail.shop.example", "news@shop.example"),
            ("bounce@bulk.example", "News@SHOP.example"),
            ("bounce@eu.bulk.example", "x@bulk.example"),
        ] {
            assert_eq!(post.send(envelope, &address, &from(header)).await, "250 2.0.0 Taken");
        }
        for malformed in ["", "a@shop.example, b@shop.example", "a@shop.example\r\nFrom: b@shop.example"] {
            let said = post.send(FROM, &address, &from(malformed)).await;
            assert!(said.starts_with("554 5.6.0"), "{malformed}: {said}");
        }
        post.deliver().await;
        assert_eq!(post.out.mails().len(), 3, "nothing else was passed on");
    }

    async fn an_app_that_registered_no_domain_cannot_write(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let mut ada = post.world.person("Ada").await;
        let app = post.world.register(shop(&[])).await;
        let address = hide(&mut ada, &app).await;
        let said = post.send(FROM, &address, &letter(&address)).await;
        assert!(said.contains("email_sender_domains"), "{said}");
    }

    async fn mail_goes_where_the_person_says(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        post.world.add_contact(&ada, Channel::Email, "ada@work.example").await;
        let address = hide(&mut ada, &shop).await;
        let page = page_of_app(&mut ada, &post.world).await;
        let form = Form::of_button(&page, "private-target-save");
        let work = form.silent[0].1.clone();
        ada.browser.submit(&form.fill("target", &work)).await.expect(303);
        post.send(FROM, &address, &letter(&address)).await;
        let forget = |db: &mut Db<'_>| -> Result<(), Error> {
            let work = contacts::find_verified(db, Channel::Email, "ada@work.example")?;
            contacts::remove(db, work.expect("a contact").id)
        };
        post.world.app.store.write(forget).await.unwrap();
        post.send(FROM, &address, &letter(&address)).await;
        post.deliver().await;
        let mut arrived: Vec<_> = post.out.mails().into_iter().map(|mail| mail.to).collect();
        arrived.sort_unstable();
        assert_eq!(arrived, [&*ada.email, "ada@work.example"], "else to the primary one");
    }

    async fn what_cannot_arrive_yet_is_tried_again_and_then_gone(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        post.out.refuse(&ada.email, "451 4.7.1 come back later");
        post.send(FROM, &address, &letter(&address)).await;
        post.deliver().await;
        assert!(post.out.mails().is_empty());
        let newest = |db: &mut Db<'_>| outbox::list_latest(db, 1);
        let waiting = post.world.app.store.read(newest).await.unwrap().pop().unwrap();
        let kept = move |db: &mut Db<'_>| relayed_mails::find(db, waiting.id);
        let mail = post.world.app.store.read(kept).await.unwrap().expect("a mail that waits");
        let clear = |bytes: &[u8]| bytes.windows(5).any(|it| it == b"Hello");
        assert!(!clear(&mail.sealed_mail), "nobody reads it in the store");
        post.world.pass(Duration::from_secs(10));
        post.deliver().await;
        assert_eq!(post.out.mails().len(), 1);
        assert!(post.world.app.store.read(kept).await.unwrap().is_none(), "it is not kept");
    }

    async fn what_never_arrives_tells_the_app_nothing(database: FreshDatabase) {
        let post = Post::open(database, &[]).await;
        let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
        let address = hide(&mut ada, &shop).await;
        post.out.refuse(&ada.email, "550 5.1.1 ada@example.org is full");
        post.send(FROM, &address, &letter(&address)).await;
        post.deliver().await;
        post.world.pass(Duration::from_hours(1));
        post.deliver().await;
        assert!(post.out.mails().is_empty(), "no report goes out: {:?}", post.out.mails());
        // The report of a mail server further on comes from nobody, and is not taken.
        let mut far = Sender::greet(post.port).await;
        assert!(far.announce("", &address).await.starts_with("550 5.7.1"));
    }

    async fn where_messages_are_kept_it_can_be_read(database: FreshDatabase) {
        let world = World::with(database, &[("HIDE_MY_EMAIL__DOMAIN", DOMAIN)]).await;
        let port = listen(&world);
        let (mut ada, app) = (world.person("Ada").await, world.register(shop(&["shop.example"])).await);
        let address = hide(&mut ada, &app).await;
        let mut sender = Sender::greet(port).await;
        sender.announce(FROM, &address).await;
        sender.data(format!("{}\r\n.\r\n", letter(&address)).as_bytes()).await;
        let letters = world.inbox().await;
        assert_eq!((&letters[0]["to"], &letters[0]["subject"]), (&ada.email.into(), &"It rings".into()));
        assert!(letters[0]["text"].as_str().unwrap().contains("Hello."), "{letters:?}");
    }
}
