//! What is refused whoever sends it: too much, too long, two mails in one, mail in circles.

use std::time::Duration;

use super::{DOMAIN, FROM, Post, hide, letter};
use crate::support::{
    databases::{FreshDatabase, on_every_database},
    smtp::Sender,
};

/// A relay with an address that the shop may write to.
async fn post(database: FreshDatabase, more: &[(&str, &str)]) -> (Post, String) {
    let post = Post::open(database, more).await;
    let (mut ada, shop) = (post.world.person("Ada").await, post.shop().await);
    let address = hide(&mut ada, &shop).await;
    (post, address)
}

/// Announces a mail and sends these bytes after `DATA`.
async fn data(post: &Post, address: &str, bytes: &[u8]) -> (Sender, String) {
    let mut sender = Sender::greet(post.port).await;
    assert!(sender.announce(FROM, address).await.starts_with("250"));
    let said = sender.data(bytes).await;
    (sender, said)
}

on_every_database! {
    async fn no_second_mail_hides_in_the_first(database: FreshDatabase) {
        let (post, address) = post(database, &[]).await;
        let second = format!("MAIL FROM:<eve@shop.example>\r\nRCPT TO:<{address}>\r\nDATA\r\n{}\r\n.\r\n", letter(&address));
        for end in ["\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\r\n\0.\r\n\n"] {
            let bytes = format!("{}{end}{second}", letter(&address));
            let (mut sender, said) = data(&post, &address, bytes.as_bytes()).await;
            assert!(said.starts_with("550 5.5.2"), "{end:?}: {said}");
            assert_eq!(sender.hear().await, "", "{end:?}: the conversation is over");
        }
        // The dot that ends a mail, with something behind it that was not asked for yet.
        let bytes = format!("{}\r\n.\r\n{second}", letter(&address));
        let (mut sender, said) = data(&post, &address, bytes.as_bytes()).await;
        assert!(said.starts_with("503 5.5.1"), "{said}");
        assert_eq!(sender.hear().await, "");
        post.deliver().await;
        assert!(post.out.mails().is_empty(), "{:?}", post.out.mails());
    }

    async fn nobody_speaks_before_the_answer(database: FreshDatabase) {
        let (post, _) = post(database, &[]).await;
        let (mut sender, _) = Sender::connect(post.port).await;
        sender.send(b"EHLO mail.shop.example\r\nMAIL FROM:<news@shop.example>\r\n").await;
        assert!(sender.hear().await.starts_with("503 5.5.1"));
        assert_eq!(sender.hear().await, "");
        let (mut sender, _) = Sender::connect(post.port).await;
        sender.send(b"EHLO x\n").await;
        assert!(sender.hear().await.starts_with("550 5.5.2"), "a bare LF ends no command");
    }

    async fn commands_come_in_their_order(database: FreshDatabase) {
        let (post, address) = post(database, &[]).await;
        let (mut sender, _) = Sender::connect(post.port).await;
        assert!(sender.say("MAIL FROM:<news@shop.example>").await.starts_with("503"));
        assert!(sender.say("HELO x").await.starts_with("250 "));
        assert!(sender.say(&format!("RCPT TO:<{address}>")).await.starts_with("503"));
        assert!(sender.say("DATA").await.starts_with("503"));
        assert!(sender.announce(FROM, "eve@elsewhere.example").await.starts_with("550"));
        assert!(sender.say("MAIL FROM:<news@shop.example>").await.starts_with("503"));
        assert!(sender.say("DATA").await.starts_with("554 5.5.1"));
        assert!(sender.announce(FROM, &address).await.starts_with("250"));
        assert!(sender.say("RSET").await.starts_with("250"));
        assert!(sender.say("DATA").await.starts_with("503"));
        assert!(sender.say("STARTTLS").await.starts_with("502"), "none is set up");
        assert!(sender.say("AUTH PLAIN x").await.starts_with("502"));
        assert!(sender.say("VRFY ada").await.starts_with("252"));
        assert!(sender.say("QUIT").await.starts_with("221"));
        assert_eq!(sender.hear().await, "");
    }

    async fn too_much_is_refused(database: FreshDatabase) {
        let more = [
            ("HIDE_MY_EMAIL__MESSAGE_LIMIT_BYTES", "65536"),
            ("HIDE_MY_EMAIL__RECIPIENTS_LIMIT", "1"),
        ];
        let (post, address) = post(database, &more).await;
        let mut sender = Sender::greet(post.port).await;
        let said = sender.say("MAIL FROM:<news@shop.example> SIZE=65537").await;
        assert!(said.starts_with("552 5.3.4"), "{said}");
        assert!(sender.announce(FROM, &address).await.starts_with("250"));
        assert!(sender.say(&format!("RCPT TO:<{address}>")).await.starts_with("250"), "the same");
        let other = format!("RCPT TO:<abcdefghijklmnopqrst@{DOMAIN}>");
        assert!(sender.say(&other).await.starts_with("452 4.5.3"));
        let large = format!("{}\r\n{}.\r\n", letter(&address), "0123456789\r\n".repeat(6_000));
        assert!(sender.data(large.as_bytes()).await.starts_with("552 5.3.4"));
        assert!(sender.announce(FROM, &address).await.starts_with("250"), "and it goes on");
        let long = format!("{}\r\n{}\r\n.\r\n", letter(&address), "x".repeat(1_000));
        assert!(sender.data(long.as_bytes()).await.starts_with("500 5.5.2"));
        assert_eq!(sender.hear().await, "");
        let (mut sender, _) = Sender::connect(post.port).await;
        sender.send(&[b'x'; 5_000]).await;
        assert!(sender.hear().await.starts_with("500 5.5.2"), "no line that never ends");
        post.deliver().await;
        assert!(post.out.mails().is_empty());
    }

    async fn a_line_of_the_longest_length_passes(database: FreshDatabase) {
        let (post, address) = post(database, &[]).await;
        let line = format!("{}\r\n{}", letter(&address), "x".repeat(998));
        assert_eq!(post.send(FROM, &address, &line).await, "250 2.0.0 Taken");
    }

    async fn too_often_is_refused_for_now(database: FreshDatabase) {
        let (post, address) = post(database, &[("HIDE_MY_EMAIL__PER_ADDRESS_HOUR", "2")]).await;
        for _ in 0..2 {
            assert_eq!(post.send(FROM, &address, &letter(&address)).await, "250 2.0.0 Taken");
        }
        assert!(post.send(FROM, &address, &letter(&address)).await.starts_with("450 4.7.1"));
        post.world.pass(Duration::from_hours(1));
        assert_eq!(post.send(FROM, &address, &letter(&address)).await, "250 2.0.0 Taken");
    }

    async fn what_goes_in_circles_is_refused(database: FreshDatabase) {
        let (post, address) = post(database, &[]).await;
        let hops = "Received: from a by b; Fri, 20 Nov 2026 12:00:00 +0000\r\n".repeat(31);
        let many = format!("{hops}{}", letter(&address));
        assert!(post.send(FROM, &address, &many).await.starts_with("554 5.4.6"));
        post.send(FROM, &address, &letter(&address)).await;
        post.deliver().await;
        let ours = post.out.mails()[0].text.replace("\r\n..", "\r\n...");
        assert!(post.send(FROM, &address, ours.trim_end()).await.starts_with("554 5.4.6"));
    }

    async fn whoever_guesses_addresses_is_turned_away(database: FreshDatabase) {
        let (post, _) = post(database, &[]).await;
        let mut sender = Sender::greet(post.port).await;
        sender.say("MAIL FROM:<news@shop.example>").await;
        let mut said = String::new();
        for number in 0..30 {
            said = sender.say(&format!("RCPT TO:<guess{number}@{DOMAIN}>")).await;
            if !said.starts_with("550 5.1.1") {
                break;
            }
        }
        // The reply to the last guess is the last but one.
        said.push_str(&sender.hear().await);
        assert!(said.contains("421 4.7.0") || said.is_empty(), "{said}");
    }

    async fn one_network_takes_not_all_the_places(database: FreshDatabase) {
        let (post, _) = post(database, &[("HIDE_MY_EMAIL__CONNECTIONS_PER_NETWORK", "2")]).await;
        let (mut first, _second) = (Sender::greet(post.port).await, Sender::greet(post.port).await);
        let (_, refused) = Sender::connect(post.port).await;
        assert!(refused.starts_with("421 4.7.0"), "{refused}");
        first.say("QUIT").await;
        assert_eq!(first.hear().await, "");
        drop(first);
        Sender::greet(post.port).await;
    }
}
