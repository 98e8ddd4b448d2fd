//! The mail relay: mail from apps to the addresses that were made for them, over real sockets, and on
//! to a mail server that takes it.

mod abuse;
mod encrypted;
mod forwarding;

use std::net::TcpListener;

use countersign::{
    jobs::{Job as _, deliver::Deliver},
    relay::Relay,
};
use serde_json::{Value, json};

use crate::support::{
    databases::FreshDatabase,
    mail_server::MailServer,
    person::{Person, Tokens},
    relying_party::RelyingParty,
    smtp::Sender,
    world::World,
};

const DOMAIN: &str = "private.example.com";

/// A world with a relay, and a mail server through which mail leaves.
struct Post {
    world: World,
    out: MailServer,
    /// Where mail comes in.
    port: u16,
}

impl Post {
    async fn open(database: FreshDatabase, more: &[(&str, &str)]) -> Self {
        let out = MailServer::start();
        let leaving = out.settings();
        let leaving = leaving.iter().map(|(key, value)| (*key, &**value));
        let settings: Vec<_> = leaving
            .chain([("HIDE_MY_EMAIL__DOMAIN", DOMAIN)])
            .chain(more.iter().copied())
            .collect();
        let world = World::with(database, &settings).await;
        let port = listen(&world);
        Self { world, out, port }
    }

    /// An app that sends mail from `shop.example`.
    async fn shop(&self) -> RelyingParty {
        self.world.register(shop(&["shop.example"])).await
    }

    async fn deliver(&self) {
        Deliver.run(&self.world.app).await.expect("a run that ends");
    }

    /// Says one mail to the relay; the first answer that is no yes, or the last one.
    async fn send(&self, from: &str, to: &str, mail: &str) -> String {
        let mut sender = Sender::greet(self.port).await;
        let answer = sender.announce(from, to).await;
        if !answer.starts_with("250") {
            return answer;
        }
        sender.data(format!("{mail}\r\n.\r\n").as_bytes()).await
    }
}

/// Opens a relay for this world.
fn listen(world: &World) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let relay = Relay::open(world.app.clone().into_inner(), listener).expect("a relay");
    actix_web::rt::spawn(relay.run());
    port
}

fn shop(domains: &[&str]) -> Value {
    json!({
        "client_name": "Shop",
        "redirect_uris": ["https://shop.example/cb"],
        "email_sender_domains": domains,
    })
}

/// Connects the app, hiding the address: what it is told instead.
async fn hide(person: &mut Person, app: &RelyingParty) -> String {
    let asked = app.ask("openid email").with("prompt", "consent");
    let page = person.browser.open(&asked.url()).await;
    let page = if page.shows("sign-in-submit") { person.sign_in_at(&page).await } else { page };
    let answer = person.browser.press(&page, "consent-allow", &[("email", "hidden")]).await;
    let code = asked.answer(&answer.must_redirect()).code();
    let tokens = Tokens(app.redeem(&code, &asked.verifier).await.expect(200).json());
    let told = app.userinfo(tokens.access()).await.expect(200).json();
    told["email"].as_str().expect("an address").to_owned()
}

const FROM: &str = "news@shop.example";

/// A mail from the shop.
fn letter(to: &str) -> String {
    format!(
        "From: \"The Shop\" <{FROM}>\r\nTo: <{to}>\r\nReply-To: help@shop.example\r\nSubject: It rings\r\n\r\nHello.\r\n..and so on."
    )
}
