//! SIGKILL in the middle of sending: whoever was told that a mail is on its way gets it.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use url::Url;

use crate::support::{
    databases::{FreshDatabase, on_every_database},
    form::Form,
    http::Request,
    mail_server::MailServer,
    person::Person,
    processes::Installation,
};

/// As many people sign up.
const PEOPLE: usize = 40;

/// How long all mails may take after the restart; a slow machine is not a fault.
const PATIENCE: Duration = Duration::from_mins(3);

/// Signs up; notes the address once the server said that a code is on its way.
async fn sign_up(number: usize, server: Url, told: Arc<Mutex<BTreeSet<String>>>) {
    let mut person = Person::new(&format!("p{number}"));
    let page = server.join("/sign-up").unwrap();
    let asked = person.browser.try_send(Request::get(&page), &page).await;
    let Ok(page) = asked else { return };
    let form = Form::of_button(&page, "sign-up-submit")
        .fill("name", &person.name)
        .fill("email", &person.email)
        .fill("password", &person.password);
    if let Ok(answer) = person.browser.try_submit(&form).await {
        assert!(answer.location().is_some(), "{}", answer.summary());
        told.lock().unwrap().insert(person.email);
    }
}

on_every_database! {
    async fn every_mail_leaves_though_the_sender_is_killed(database: FreshDatabase) {
        let mail = MailServer::start();
        mail.slow_down(Duration::from_millis(100));
        let mut installation = Installation::new(database);
        for (key, value) in mail.settings() {
            installation.set(key, &value);
        }
        let mut node = installation.node().await;
        let told = Arc::new(Mutex::new(BTreeSet::new()));
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| {
                actix_web::rt::spawn(sign_up(number, installation.public_url(), told.clone()))
            })
            .collect();
        while mail.mails().len() < 4 || told.lock().unwrap().len() <= mail.mails().len() {
            assert!(mail.mails().len() < PEOPLE, "it was never seen over them");
            actix_web::rt::time::sleep(Duration::from_millis(5)).await;
        }
        node.kill();
        for person in people {
            person.await.expect("a task");
        }
        let told = told.lock().unwrap().clone();
        let _node = installation.node().await;
        let began = Instant::now();
        loop {
            let got: BTreeSet<_> = mail.mails().into_iter().map(|mail| mail.to).collect();
            if told.is_subset(&got) {
                break;
            }
            let missing: Vec<_> = told.difference(&got).collect();
            assert!(began.elapsed() < PATIENCE, "never sent: {missing:?}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}
