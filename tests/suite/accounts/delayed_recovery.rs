//! Every way in is lost: a wait, of which all contacts are told, and which each can cancel.

use std::time::Duration;

use countersign::{
    crypto::totp::TotpSecret,
    jobs::{Job as _, delay_recoveries::DelayRecoveries},
    store::{
        Db, Error,
        contacts::Channel,
        recovery_codes,
        totp_secrets::{self, Authenticator, AuthenticatorId},
    },
};
use url::Url;

use crate::support::{
    answer::Answer,
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    person::Person,
    world::World,
};

const NEW_ADDRESS: &str = "ada@new.example";
const NEW: &str = "quite another set of tugboats";
const HOUR: Duration = Duration::from_hours(1);

/// Asks to be let in after the wait.
async fn ask(browser: &mut Browser, world: &World, identifier: &str, email: &str) -> Answer {
    let page = browser.open(&world.at("/recover/delayed")).await.expect(200);
    let fields = [("identifier", identifier), ("email", email)];
    browser.press(&page, "delayed-submit", &fields).await
}

/// Lets so many hours pass, and what is due happen.
async fn pass(world: &World, hours: u32) {
    world.pass(HOUR * hours);
    DelayRecoveries.run(&world.app).await.expect("a run that ends");
}

/// How many messages went to this address.
async fn count_to(world: &World, address: &str) -> usize {
    world.inbox().await.iter().filter(|message| message["to"] == address).count()
}

/// The newest link sent to this address.
async fn link_to(world: &World, address: &str) -> Url {
    let inbox = world.inbox().await;
    let mut to = inbox.iter().filter(|message| message["to"] == address);
    let link = to.find_map(|message| message["link"].as_str());
    link.unwrap_or_else(|| panic!("no link for {address}: {inbox:#?}")).parse().expect("a URL")
}

/// A person whose wait has begun, in a browser of their own.
async fn waiting(world: &World) -> (Person, Browser) {
    let ada = world.person("Ada").await;
    let mut browser = Browser::new();
    let begun = ask(&mut browser, world, &ada.email, NEW_ADDRESS).await.expect(200);
    assert!(begun.shows("delayed-begun") && begun.words().contains(NEW_ADDRESS));
    pass(world, 0).await;
    (ada, browser)
}

async fn finish(browser: &mut Browser, link: &Url, password: &str) -> Answer {
    let page = browser.open(link).await.expect(200);
    browser.press(&page, "delayed-finish-submit", &[("password", password)]).await
}

on_every_database! {
    async fn after_the_wait_a_new_password_leads_in(world: World) {
        let (ada, shop) = (world.person("Ada").await, world.app("Shop").await);
        world.add_contact(&ada, Channel::Sms, "+4915112345678").await;
        let mut before = ada.elsewhere();
        let tokens = before.connect(&shop, "openid offline_access").await;
        world.pass(HOUR);
        let mut browser = Browser::new();
        ask(&mut browser, &world, &ada.email, NEW_ADDRESS).await.expect(200);
        assert_eq!(count_to(&world, &ada.email).await, 0, "nothing is sent inside the request");
        pass(&world, 0).await;
        for contact in [&*ada.email, "+4915112345678"] {
            assert_eq!(count_to(&world, contact).await, 1, "{contact}");
        }
        pass(&world, 47).await;
        assert_eq!(count_to(&world, &ada.email).await, 1);
        pass(&world, 1).await;
        assert_eq!(count_to(&world, &ada.email).await, 2, "told again before the end");
        pass(&world, 23).await;
        assert_eq!(count_to(&world, NEW_ADDRESS).await, 0);
        pass(&world, 1).await;
        let link = link_to(&world, NEW_ADDRESS).await;
        let page = browser.open(&link).await.expect(200);
        let weak = browser.press(&page, "delayed-finish-submit", &[("password", "short")]).await.expect(400);
        let home = browser.press(&weak, "delayed-finish-submit", &[("password", NEW)]).await.expect(200);
        assert_eq!(home.url.path(), "/account/security");
        assert!(before.browser.open(&world.at("/account")).await.shows("sign-in-submit"));
        shop.userinfo(tokens.access()).await.expect(401);
        assert_eq!(ada.elsewhere().sign_in(&world.url).await.status, 401, "the old password is dead");
        let mut ada = Person { email: NEW_ADDRESS.into(), password: NEW.into(), ..ada.elsewhere() };
        ada.sign_in(&world.url).await.expect(200);
        let contacts = ada.browser.open(&world.at("/account/security/contacts")).await.expect(200);
        assert!(contacts.words().contains(NEW_ADDRESS), "{}", contacts.summary());
    }

    async fn what_was_lost_opens_the_account_no_more(world: World) {
        let (ada, mut browser) = waiting(&world).await;
        let (user, now) = (world.user_id(&ada).await, world.clock.now());
        world.switch_on_two_step(&ada, &[Channel::Email]).await;
        let secret = (&TotpSecret::random(), 0);
        let id = AuthenticatorId::random();
        let app = Authenticator::new(id, user, "Phone", secret, (&world.app.seals.totp_secret, now));
        let lost = move |db: &mut Db<'_>| -> Result<bool, Error> {
            totp_secrets::add(db, &app)?;
            recovery_codes::add(db, user, &[vec![7; 32]], now)?;
            recovery_codes::confirm(db, user, &[7; 32], now)
        };
        assert!(world.app.store.write(lost).await.unwrap());
        pass(&world, 48).await;
        pass(&world, 24).await;
        let link = link_to(&world, NEW_ADDRESS).await;
        finish(&mut browser, &link, NEW).await.expect(200);
        let left = move |db: &mut Db<'_>| -> Result<(usize, i64), Error> {
            let apps = totp_secrets::list_of_user(db, user)?.len();
            Ok((apps, recovery_codes::count_left(db, user)?))
        };
        assert_eq!(world.app.store.read(left).await.unwrap(), (0, 0));
    }

    async fn the_link_is_good_once_and_for_a_week(world: World) {
        let (_, mut browser) = waiting(&world).await;
        pass(&world, 48).await;
        pass(&world, 24).await;
        let link = link_to(&world, NEW_ADDRESS).await;
        finish(&mut browser, &link, NEW).await.expect(200);
        assert!(!Browser::new().open(&link).await.expect(400).shows("delayed-finish-submit"));

        let bob = world.person("Bob").await;
        ask(&mut Browser::new(), &world, &bob.email, "bob@new.example").await.expect(200);
        pass(&world, 0).await;
        pass(&world, 72).await;
        pass(&world, 0).await;
        let link = link_to(&world, "bob@new.example").await;
        pass(&world, 7 * 24).await;
        assert!(!Browser::new().open(&link).await.expect(400).shows("delayed-finish-submit"));
    }

    async fn any_contact_cancels_it_once(world: World) {
        let (ada, _) = waiting(&world).await;
        let link = link_to(&world, &ada.email).await;
        let mut owner = Browser::new();
        let page = owner.open(&link).await.expect(200);
        assert!(page.shows("delayed-cancel-submit"), "opening changes nothing");
        let done = owner.press(&page, "delayed-cancel-submit", &[]).await.expect(200);
        assert!(done.words().contains("This wasn’t me"), "{}", done.summary());
        assert!(!owner.open(&link).await.expect(400).shows("delayed-cancel-submit"));
        pass(&world, 72).await;
        pass(&world, 1).await;
        assert_eq!(count_to(&world, NEW_ADDRESS).await, 0);
        let mut ada = ada.elsewhere();
        ada.sign_in(&world.url).await.expect(200);
        let activity = ada.browser.open(&world.at("/account/activity")).await;
        assert!(activity.words().contains("cancelled"), "{}", activity.summary());
    }

    async fn what_was_sent_can_still_be_cancelled(world: World) {
        let (ada, _) = waiting(&world).await;
        let cancel = link_to(&world, &ada.email).await;
        pass(&world, 72).await;
        pass(&world, 0).await;
        let link = link_to(&world, NEW_ADDRESS).await;
        let mut owner = Browser::new();
        let page = owner.open(&cancel).await.expect(200);
        owner.press(&page, "delayed-cancel-submit", &[]).await.expect(200);
        assert!(!Browser::new().open(&link).await.expect(400).shows("delayed-finish-submit"));
    }

    async fn whoever_signs_in_has_not_lost_every_way(world: World) {
        let (ada, _) = waiting(&world).await;
        world.pass(HOUR);
        ada.elsewhere().sign_in(&world.url).await.expect(200);
        pass(&world, 71).await;
        pass(&world, 1).await;
        assert_eq!(count_to(&world, NEW_ADDRESS).await, 0);
    }

    async fn nothing_tells_who_has_an_account(world: World) {
        let ada = world.person("Ada").await;
        let known = ask(&mut Browser::new(), &world, &ada.email, NEW_ADDRESS).await.expect(200);
        let other = ask(&mut Browser::new(), &world, "nobody@example.org", NEW_ADDRESS).await.expect(200);
        assert_eq!(known.words_but(&ada.email), other.words_but("nobody@example.org"));
        let again = ask(&mut Browser::new(), &world, &ada.email, NEW_ADDRESS).await.expect(200);
        assert_eq!(known.words_but(&ada.email), again.words_but(&ada.email));
        pass(&world, 0).await;
        assert_eq!(world.inbox().await.len(), 1, "one at a time");
    }

    async fn a_stranger_cannot_keep_an_owner_busy(world: World) {
        let ada = world.person("Ada").await;
        for number in 0..4 {
            ask(&mut Browser::new(), &world, &ada.email, NEW_ADDRESS).await.expect(200);
            pass(&world, 0).await;
            if number < 2 {
                let link = link_to(&world, &ada.email).await;
                let mut owner = Browser::new();
                let page = owner.open(&link).await.expect(200);
                owner.press(&page, "delayed-cancel-submit", &[]).await.expect(200);
            }
        }
        assert_eq!(count_to(&world, &ada.email).await, 2, "two in a week");
        ask(&mut Browser::new(), &world, "nobody@example.org", NEW_ADDRESS).await.expect(200);
        let sixth = ask(&mut Browser::new(), &world, "nobody@example.org", NEW_ADDRESS).await;
        assert!(sixth.expect(429).page_error().ends_with("too_many_requests"));
    }

    async fn what_cannot_be_read_is_said(world: World) {
        let refused = ask(&mut Browser::new(), &world, "ada", "ada").await.expect(400);
        assert_eq!(refused.words().matches("looks like name@").count(), 4, "at the top and at each field");
    }

    async fn forged_links_do_nothing(world: World) {
        let (ada, _) = waiting(&world).await;
        let cancel = link_to(&world, &ada.email).await;
        let key = cancel.query_pairs().next().unwrap().1.into_owned();
        for forged in ["", "x", "AAAA", &key] {
            let mut link = world.at("/recover/delayed/finish");
            link.query_pairs_mut().append_pair("recovery", forged);
            assert!(!Browser::new().open(&link).await.expect(400).shows("delayed-finish-submit"), "{forged}");
        }
        let link = world.at("/recover/delayed/cancel?recovery=x");
        assert!(!Browser::new().open(&link).await.expect(400).shows("delayed-cancel-submit"));
    }

    async fn the_page_of_recovery_offers_it_unless_it_is_switched_off(database: FreshDatabase) {
        let world = World::with(database, &[("SIGN_IN__DELAYED_RECOVERY_HOURS", "0")]).await;
        let page = Browser::new().open(&world.at("/recover")).await.expect(200);
        assert!(!page.shows("recover-delayed"));
        let none = Browser::new().open(&world.at("/recover/delayed")).await.expect(404);
        assert!(none.page_error().ends_with("not_found"));
    }
}
