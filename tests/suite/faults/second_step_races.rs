//! Guesses at the second step that race: 32 threads, two processes, both databases.

use std::time::{Duration, Instant};

use countersign::clock::Clock;
use url::Url;

use super::races::{RACERS, Track};
use crate::support::{
    answer::{Answer, css, folded},
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    http::Request,
    phone::Phone,
    processes::Installation,
};

/// Somebody with an authenticator app, recovery codes, and two-step verification on.
struct Careful {
    track: Track,
    public: Url,
    phone: Phone,
    codes: Vec<String>,
}

impl Careful {
    /// On an account that stands so many guesses in an hour.
    async fn over(database: FreshDatabase, guesses: &str) -> Self {
        let mut installation = Installation::new(database);
        // Cheap hashes: how strong they are is not what these stories are about.
        installation.set("SIGN_IN__ARGON2_MEMORY_KIB", "64");
        installation.set("SIGN_IN__ARGON2_ITERATIONS", "1");
        installation.set("SIGN_IN__SECOND_FACTOR_GUESSES_PER_HOUR", guesses);
        let public = installation.public_url();
        let mut track = Track::at(installation).await;
        let ada = &mut track.ada;
        ada.sign_in(&public).await.expect(200);
        let at = |path: &str| public.join(path).expect("a path");
        let page = ada.browser.open(&at("/account/security/authenticators/new")).await.expect(200);
        let phone = Phone::typed(&page.text_of("authenticator-secret"));
        let typed = [("name", "My phone"), ("code", &*phone.code_at(Clock::System.now()))];
        ada.browser.press(&page, "authenticator-submit", &typed).await.expect(200);
        let page = ada.browser.open(&at("/account/security/two-step")).await.expect(200);
        let page = ada.browser.press(&page, "recovery-codes-make", &[]).await.expect(200);
        let codes: Vec<_> = {
            let html = page.html();
            html.select(&css("#recovery-codes code")).map(|code| folded(&code)).collect()
        };
        let typed = [("code", &*codes[0])];
        let page = ada.browser.press(&page, "recovery-codes-submit", &typed).await.expect(200);
        ada.browser.press(&page, "two-step-turn-on", &[]).await.expect(200);
        Self { track, public, phone, codes }
    }

    /// A sign-in in a browser of its own, as far as the second step: the form for a code.
    async fn begun(&self) -> (Browser, Form) {
        let mut away = self.track.ada.elsewhere();
        let page = away.sign_in(&self.public).await.expect(200);
        (away.browser, Form::of_button(&page, "second-factor-submit"))
    }

    /// As many as there are racers.
    async fn all_begun(&self) -> Vec<(Browser, Form)> {
        let mut begun = Vec::with_capacity(RACERS);
        for _ in 0..RACERS {
            begun.push(self.begun().await);
        }
        begun
    }

    /// The forms, all sent at once, by turns to each of the nodes.
    fn race(&self, forms: Vec<(Browser, Form)>) -> Vec<Answer> {
        let nodes = self.track.urls();
        self.track.race(move |number, _| {
            let (browser, form) = &forms[number];
            let cookie = browser.cookie("localhost", "countersign-browser").expect("a browser");
            let url = nodes[number % 2].join(form.action.path()).expect("a path");
            let cookie = format!("countersign-browser={cookie}");
            let sent = Request::post(&url).header("cookie", &cookie).form(&form.fields);
            async move { sent.send().await }
        })
    }
}

/// The same code in each of them.
fn typing(forms: &[(Browser, Form)], code: &str) -> Vec<(Browser, Form)> {
    forms.iter().map(|(browser, form)| (browser.clone(), form.clone().fill("code", code))).collect()
}

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

fn summaries(answers: &[Answer]) -> Vec<String> {
    answers.iter().map(Answer::summary).collect()
}

on_every_database! {
    async fn a_code_of_an_app_has_one_winner(database: FreshDatabase) {
        let careful = Careful::over(database, "100").await;
        for _ in 0..3 {
            let forms = careful.all_begun().await;
            let began = Instant::now();
            // The code typed to set the app up is used, and every one before it.
            let code = careful.phone.code_at(Clock::System.now() + Duration::from_secs(30));
            let answers = careful.race(typing(&forms, &code));
            let won = count(&answers, 303);
            if won == 0 && began.elapsed() > Duration::from_secs(30) {
                continue; // The machine slept until the code was too old.
            }
            assert_eq!(won, 1, "{:?}", summaries(&answers));
            return;
        }
        panic!("the machine slept three times");
    }

    async fn a_recovery_code_has_one_winner(database: FreshDatabase) {
        let careful = Careful::over(database, "10").await;
        let forms: Vec<_> = careful.all_begun().await.into_iter()
            .map(|(browser, form)| (browser, form.fill("by", "recovery")))
            .collect();
        let answers = careful.race(typing(&forms, &careful.codes[3]));
        assert_eq!(count(&answers, 303), 1, "{:?}", summaries(&answers));
        let mut away = careful.track.ada.elsewhere();
        let page = away.sign_in(&careful.public).await;
        let form = Form::of_button(&page, "second-factor-submit").fill("by", "recovery");
        let again = away.browser.submit(&form.fill("code", &careful.codes[3])).await;
        assert_ne!(again.status, 303, "nor does it work later: {}", again.summary());
    }

    async fn an_account_stands_so_many_guesses_in_all_browsers_together(database: FreshDatabase) {
        let careful = Careful::over(database, "10").await;
        let forms = careful.all_begun().await;
        let answers = careful.race(typing(&forms, "wrong"));
        let (judged, waits) = (count(&answers, 400), count(&answers, 429));
        assert_eq!((judged, waits), (10, RACERS - 10), "{:?}", summaries(&answers));
        let right = typing(&forms, &careful.codes[3]).into_iter();
        let right = right.map(|(browser, form)| (browser, form.fill("by", "recovery"))).collect();
        assert_eq!(count(&careful.race(right), 303), 0, "nor is a right one judged");
    }

    async fn a_sign_in_stands_a_few_guesses(database: FreshDatabase) {
        let careful = Careful::over(database, "10").await;
        let one = careful.begun().await;
        let forms: Vec<_> = std::iter::repeat_n(one, RACERS).collect();
        let answers = careful.race(typing(&forms, "wrong"));
        let judged = answers.iter().filter(|answer| answer.shows("second-factor-code"));
        assert_eq!(judged.count(), 5, "{:?}", summaries(&answers));
        let right = typing(&forms[..1], &careful.codes[3]);
        let (mut browser, form) = (right[0].0.clone(), right[0].1.clone().fill("by", "recovery"));
        let late = browser.submit(&form).await.expect(400);
        assert!(late.page_error().contains("flow_lost"), "{}", late.summary());
    }
}
