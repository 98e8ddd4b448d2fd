//! SIGKILL in the middle of sign-ins: what was acknowledged is there afterwards.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use url::Url;

use crate::support::{
    databases::{FreshDatabase, on_every_database},
    form::Form,
    http::Request,
    person::Person,
    processes::Installation,
    relying_party::RelyingParty,
};

/// What the server said has happened.
#[derive(Default)]
struct Acknowledged {
    /// Browsers told that they are signed in.
    sessions: Vec<Person>,
    /// Codes redeemed, with their verifiers.
    codes: Vec<(String, String)>,
    /// Access and newest refresh token of an act of authorization.
    tokens: Vec<(String, String)>,
}

/// Signs in, connects and refreshes until the server is gone; notes what was acknowledged.
async fn sign_in_for_ever(
    person: Person,
    app: RelyingParty,
    server: Url,
    noted: Arc<Mutex<Acknowledged>>,
) {
    while one_round(&mut person.elsewhere(), &app, &server, &noted).await.is_ok() {}
}

async fn one_round(
    person: &mut Person,
    app: &RelyingParty,
    server: &Url,
    noted: &Mutex<Acknowledged>,
) -> Result<(), String> {
    // A browser of its own each time, so that each round is a sign-in.
    let sign_in = server.join("/sign-in").unwrap();
    let page = person.browser.try_send(Request::get(&sign_in), &sign_in).await?;
    let form = Form::of_button(&page, "sign-in-submit")
        .fill("identifier", &person.email)
        .fill("password", &person.password);
    let answer = person.browser.try_submit(&form).await?;
    assert!(answer.location().is_some(), "{}", answer.summary());
    noted.lock().unwrap().sessions.push(person.clone());

    let asked = app.ask("openid offline_access");
    let back = person.browser.try_send(Request::get(&asked.url()), &asked.url()).await?;
    let returned = asked.answer(&back.must_redirect());
    let code = returned.code();
    let tokens = app.redemption(&code, &asked.verifier).try_send().await?.expect(200);
    noted.lock().unwrap().codes.push((code, asked.verifier));
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    noted.lock().unwrap().tokens.push((access.clone(), refresh.clone()));
    let newer = app.refreshing(&refresh).try_send().await?.expect(200);
    let pair = (newer.member("access_token"), newer.member("refresh_token"));
    let mut noted = noted.lock().unwrap();
    let place = noted.tokens.iter_mut().find(|(known, _)| *known == access).expect("noted above");
    *place = pair;
    Ok(())
}

on_every_database! {
    async fn nothing_acknowledged_is_lost(database: FreshDatabase) {
        let mut installation = Installation::new(database);
        // Each round is a new browser, and the password is all that it shows.
        installation.set("SIGN_IN__NEW_DEVICE_CODE", "false");
        let mut node = installation.node().await;
        let shop = installation.app("Shop").await;
        let server = installation.public_url();
        let mut people: Vec<_> = ["Ada", "Bob", "Cyd", "Dee"].map(|name| installation.person(name)).into();
        for person in &mut people {
            person.connect(&shop, "openid offline_access").await; // consent is given once
        }
        let noted = Arc::new(Mutex::new(Acknowledged::default()));
        for round in 1..=3_usize {
            let done = Arc::new(AtomicBool::new(false));
            let threads: Vec<_> = people.iter().cloned().map(|person| {
                let (app, server, noted, done) = (shop.clone(), server.clone(), noted.clone(), done.clone());
                thread::spawn(move || {
                    actix_web::rt::System::new().block_on(sign_in_for_ever(person, app, server, noted));
                    done.store(true, Ordering::SeqCst);
                })
            }).collect();
            // In the middle of things: as soon as enough was acknowledged, whatever runs just then.
            while noted.lock().unwrap().codes.len() < round * 12 && !done.load(Ordering::SeqCst) {
                actix_web::rt::time::sleep(Duration::from_millis(1)).await;
            }
            node.kill();
            for thread in threads {
                thread.join().expect("nothing but the kill went wrong");
            }
            node = installation.node().await;
        }
        let noted = Arc::into_inner(noted).unwrap().into_inner().unwrap();
        assert!(noted.codes.len() >= 36, "{}", noted.codes.len());
        for mut person in noted.sessions {
            let account = server.join("/account").unwrap();
            assert_eq!(person.browser.visit(&account).await.status, 200, "a session was lost");
        }
        for (access, refresh) in &noted.tokens {
            shop.userinfo(access).await.expect(200);
            shop.refresh(refresh).await.expect(200);
        }
        for (code, verifier) in &noted.codes {
            assert_eq!(shop.redeem(code, verifier).await.expect(400).error(), "invalid_grant");
        }
    }

    async fn told_to_stop_it_finishes_and_goes(database: FreshDatabase) {
        let installation = Installation::new(database);
        let mut node = installation.node().await;
        let mut ada = installation.person("Ada");
        ada.sign_in(&installation.public_url()).await.expect(200);
        assert!(node.stop().success(), "{}", node.log());
        let _node = installation.node().await;
        let account = installation.public_url().join("/account").unwrap();
        assert_eq!(ada.browser.visit(&account).await.status, 200);
    }
}
