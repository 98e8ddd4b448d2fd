//! The end of an account: asked for, taken back, and then really the end.

use std::time::Duration;

use countersign::{
    jobs::{Job as _, deliver::Deliver, erase_accounts::EraseAccounts},
    store::{
        Db, Error,
        contacts::{self, Channel},
        deletions::GRACE,
        outbox::{self, Letter, LetterId},
        relayed_mails::{self, RelayedMail},
        users::UserId,
    },
};
use serde_json::json;
use url::Url;

use crate::support::{
    answer::Answer, browser::Browser, databases::on_every_database, person::Person, traces,
    world::World,
};

const PAGE: &str = "/account/data/delete";
const PHONE: &str = "+4915112345678";

async fn open(world: &World, ada: &mut Person) -> Answer {
    ada.browser.open(&world.at(PAGE)).await.expect(200)
}

/// Signs in and has the account deleted.
async fn leave(world: &World, ada: &mut Person) -> Answer {
    let page = ada.go(&world.at(PAGE)).await.expect(200);
    let done = ada.browser.press(&page, "deletion-confirm", &[]).await.expect(200);
    assert!(done.shows("deletion-done"), "{}", done.summary());
    done
}

/// Lets the letters leave, and takes accounts whose day has come a step on.
async fn step(world: &World) -> Option<String> {
    Deliver.run(&world.app).await.expect("a delivery that ends");
    EraseAccounts.run(&world.app).await.expect("a run that ends")
}

async fn user_id(world: &World, person: &Person) -> UserId {
    let email = person.email.clone();
    let find = move |db: &mut Db<'_>| contacts::find_verified(db, Channel::Email, &email);
    let found: Result<_, Error> = world.app.store.read(find).await;
    found.expect("a store that answers").expect("a person").user_id
}

async fn letters(world: &World, to: &str) -> Vec<String> {
    let inbox = world.inbox().await;
    let own = inbox.iter().filter(|message| message["to"] == to);
    own.map(|message| message["subject"].as_str().unwrap_or("an SMS").to_owned()).collect()
}

/// A mail that an app wrote to an address made for it, on its way.
async fn mail_of_others(world: &World, to: &Person) -> LetterId {
    let now = world.clock.now();
    let letter = Letter::to(Channel::Email, &to.email, vec![7], now);
    let id = letter.id;
    let mail = RelayedMail::of(id, vec![7], now);
    let add = move |db: &mut Db<'_>| -> Result<(), Error> {
        outbox::add(db, &letter)?;
        relayed_mails::add(db, &mail)
    };
    world.app.store.write(add).await.expect("a store that answers");
    id
}

async fn link_to(world: &World, address: &str) -> Url {
    let inbox = world.inbox().await;
    let mut to = inbox.iter().filter(|message| message["to"] == address);
    let link = to.find_map(|message| message["link"].as_str());
    link.unwrap_or_else(|| panic!("no link: {inbox:#?}")).parse().expect("a URL")
}

on_every_database! {
    async fn what_will_break_is_said_first(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let owner = user_id(&world, &ada).await;
        let quiz = world.app("Quiz").await;
        world.change(&quiz, move |client| client.owner_id = Some(owner)).await;
        ada.connect(&shop, "openid").await;
        let words = open(&world, &mut ada).await.words();
        assert!(words.contains("Shop") && words.contains("Quiz"), "{words}");
    }

    async fn everything_ends_at_once(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        world.add_contact(&ada, Channel::Sms, PHONE).await;
        let mut there = ada.elsewhere();
        let tokens = there.connect(&shop, "openid offline_access").await;
        leave(&world, &mut ada).await;
        for browser in [&mut ada.browser, &mut there.browser] {
            let page = browser.open(&world.at("/account")).await;
            assert!(page.shows("sign-in-submit"), "{}", page.summary());
        }
        shop.userinfo(tokens.access()).await.expect(401);
        assert_eq!(shop.refresh(tokens.refresh()).await.expect(400).error(), "invalid_grant");
        assert!(letters(&world, &ada.email).await[0].contains("will be deleted on 4 Dec 2026"));
        let inbox = world.inbox().await;
        let sms = inbox.iter().find(|message| message["to"] == PHONE).expect("an SMS");
        assert!(sms["text"].as_str().is_some_and(|text| text.contains("deleted on 4 Dec 2026")), "{sms}");
    }

    async fn signing_in_brings_it_back(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        ada.connect(&shop, "openid").await;
        leave(&world, &mut ada).await;
        world.pass(Duration::from_hours(14 * 24 - 1));
        assert_eq!(step(&world).await, None);
        let mut wrong = Person { password: "wrong".into(), ..ada.elsewhere() };
        assert!(!wrong.sign_in(&world.url).await.shows("keep-submit"));
        let page = ada.sign_in(&world.url).await.expect(200);
        assert!(page.shows("keep-submit"), "{}", page.summary());
        let kept = ada.browser.press(&page, "keep-submit", &[]).await.expect(200);
        assert!(kept.shows("kept") && letters(&world, &ada.email).await[0].contains("is kept"));
        world.pass(GRACE);
        assert_eq!(step(&world).await, None);
        let home = ada.sign_in(&world.url).await.expect(200);
        assert!(!home.shows("sign-in-submit"), "{}", home.summary());
        let apps = ada.browser.open(&world.at("/account/apps")).await.expect(200);
        assert!(apps.words().contains("Shop"), "what was allowed stands");
    }

    async fn the_link_in_a_message_brings_it_back_once(world: World) {
        let mut ada = world.person("Ada").await;
        leave(&world, &mut ada).await;
        let link = link_to(&world, &ada.email).await;
        let mut anybody = Browser::new();
        let page = anybody.open(&link).await.expect(200);
        let home = ada.sign_in(&world.url).await.expect(200);
        assert!(home.shows("keep-submit"), "opening the link does nothing: {}", home.summary());
        assert!(anybody.press(&page, "keep-submit", &[]).await.expect(200).shows("kept"));
        anybody.press(&page, "keep-submit", &[]).await.expect(400);
        anybody.open(&link).await.expect(400);
        world.pass(Duration::from_secs(1));
        leave(&world, &mut ada).await;
        anybody.open(&link).await.expect(400);
        anybody.open(&world.at("/recover/keep?account=x")).await.expect(400);
    }

    async fn only_whoever_has_lately_proved_it_deletes(world: World) {
        let mut ada = world.person("Ada").await;
        ada.sign_in(&world.url).await.expect(200);
        let page = open(&world, &mut ada).await;
        world.pass(Duration::from_mins(10));
        let again = ada.browser.press(&page, "deletion-confirm", &[]).await.expect(200);
        assert!(again.shows("again-password"), "{}", again.summary());
        let page = ada.browser.open(&world.at(PAGE)).await.expect(200);
        assert!(page.shows("again-password"), "{}", page.summary());
    }

    async fn until_then_the_address_is_taken_and_then_it_is_free(world: World) {
        let mut ada = world.person("Ada").await;
        leave(&world, &mut ada).await;
        let mut eve = Browser::new();
        let fields = [("email", &*ada.email), ("name", "Eve"), ("password", &*ada.password)];
        let page = eve.open(&world.at("/sign-up")).await.expect(200);
        eve.press(&page, "sign-up-submit", &fields).await.expect(200);
        assert!(letters(&world, &ada.email).await[0].contains("already have an account"));
        world.pass(GRACE);
        step(&world).await;
        assert_eq!(step(&world).await.as_deref(), Some("Removed 1 accounts for good"));
        world.pass(Duration::from_hours(2));
        let page = eve.open(&world.at("/sign-up")).await.expect(200);
        eve.press(&page, "sign-up-submit", &fields).await.expect(200);
        assert!(letters(&world, &ada.email).await[0].contains("is your code"));
    }

    async fn in_the_end_no_row_speaks_of_them(world: World) {
        let (mut ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        let (id, email) = (user_id(&world, &ada).await, ada.email.clone());
        world.add_contact(&ada, Channel::Sms, PHONE).await;
        let quiz = world.register(json!({
            "client_name": "Quiz", "redirect_uris": ["https://quiz.example/cb"], "contacts": [email],
        })).await;
        world.change(&quiz, move |client| client.owner_id = Some(id)).await;
        Person { password: "wrong".into(), ..ada.elsewhere() }.sign_in(&world.url).await.expect(401);
        ada.connect(&shop, "openid email offline_access").await;
        let page = ada.browser.open(&world.at("/account/data")).await.expect(200);
        ada.browser.press(&page, "data-copy-ask", &[]).await.expect(200);
        let page = ada.browser.open(&world.at("/recover")).await.expect(200);
        ada.browser.press(&page, "recover-submit", &[("identifier", &ada.email)]).await;
        leave(&world, &mut ada).await;
        let wanted = [
            id.as_bytes().to_vec(), id.to_string().into(), ada.email.clone().into(), ada.name.clone().into(),
            PHONE.into(), "1815-12-10".into(),
        ];
        let traces = traces::find(&world.app.store, &wanted).await;
        for table in ["activity.user_id", "outbox.recipient", "contacts.address", "users.name", "grants.user_id", "clients.metadata", "exports.user_id"] {
            assert!(traces.contains(table), "{table}: {traces:?}");
        }
        world.pass(GRACE);
        assert_eq!(step(&world).await, None, "first the last letters are written");
        for contact in [&*ada.email, PHONE] {
            assert!(!letters(&world, contact).await.is_empty(), "{contact}");
        }
        assert!(letters(&world, &ada.email).await[0].contains("is removed"));
        assert_eq!(step(&world).await.as_deref(), Some("Removed 1 accounts for good"));
        assert_eq!(traces::find(&world.app.store, &wanted).await.len(), 0, "{:?}", traces::find(&world.app.store, &wanted).await);
        let remains = traces::find(&world.app.store, &[b"account_erased".to_vec()]).await;
        assert_eq!(remains.into_iter().collect::<Vec<_>>(), ["activity.event"]);
        let again = ada.sign_in(&world.url).await;
        assert_eq!(again.status, 401, "{}", again.summary());
    }

    async fn letters_that_do_not_leave_hold_nothing_up_for_more_than_a_day(world: World) {
        let mut ada = world.person("Ada").await;
        leave(&world, &mut ada).await;
        world.pass(GRACE);
        let waiting = mail_of_others(&world, &ada).await;
        for _ in 0..2 {
            assert_eq!(EraseAccounts.run(&world.app).await.expect("a run that ends"), None);
        }
        world.pass(Duration::from_hours(24));
        let done = EraseAccounts.run(&world.app).await.expect("a run that ends");
        assert_eq!(done.as_deref(), Some("Removed 1 accounts for good"));
        let left: Result<_, Error> =
            world.app.store.read(move |db| relayed_mails::find(db, waiting)).await;
        assert!(left.unwrap().is_none(), "what others wrote to them goes too");
    }
}
