//! Of many who race for one thing, one wins: 32 threads, two processes, both databases.

use std::{
    collections::BTreeSet,
    sync::{Arc, Barrier},
    thread,
};

use url::Url;

use crate::oauth::device::GRANT_TYPE;
use crate::support::{
    answer::Answer,
    browser::Browser,
    databases::{FreshDatabase, on_every_database},
    form::Form,
    http::Request,
    inbox,
    person::{Person, Tokens},
    processes::{Installation, Node},
    relying_party::RelyingParty,
};

pub const RACERS: usize = 32;

/// Two nodes over one database, a person and an app.
pub struct Track {
    nodes: [Node; 2],
    pub ada: Person,
    shop: RelyingParty,
    installation: Installation,
}

impl Track {
    async fn over(database: FreshDatabase) -> Self {
        Self::at(Installation::new(database)).await
    }

    /// The same at an installation with settings of its own.
    pub async fn at(installation: Installation) -> Self {
        let nodes = [installation.node().await, installation.another_node().await];
        let ada = installation.person("Ada");
        let shop = installation.app("Shop").await;
        Self { nodes, ada, shop, installation }
    }

    /// The app as it speaks to one of the nodes.
    fn app_at(&self, node: usize) -> RelyingParty {
        self.shop.at(&self.nodes[node % 2].url)
    }

    /// All racers at once, each in a thread of its own, half of them at each node.
    pub fn race<F>(
        &self,
        run: impl Fn(usize, RelyingParty) -> F + Send + Sync + 'static,
    ) -> Vec<Answer>
    where
        F: Future<Output = Answer>,
    {
        let (run, line) = (Arc::new(run), Arc::new(Barrier::new(RACERS)));
        let racers: Vec<_> = (0..RACERS)
            .map(|number| {
                let (run, line, app) = (run.clone(), line.clone(), self.app_at(number));
                thread::spawn(move || {
                    actix_web::rt::System::new().block_on(async {
                        line.wait();
                        run(number, app).await
                    })
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().expect("a racer")).collect()
    }

    /// Where the nodes are.
    pub fn urls(&self) -> [Url; 2] {
        [0, 1].map(|node: usize| self.nodes[node].url.clone())
    }

    /// The same form from one browser, sent by all racers at once.
    fn race_form(&self, browser: &Browser, form: &Form) -> Vec<Answer> {
        let cookie = browser.cookie("localhost", "countersign-browser").expect("a browser");
        let cookie = format!("countersign-browser={cookie}");
        let (path, fields) = (form.action.path().to_owned(), form.fields.clone());
        let nodes = self.urls();
        self.race(move |number, _| {
            let url = nodes[number % 2].join(&path).expect("a path");
            let sent = Request::post(&url).header("cookie", &cookie).form(&fields);
            async move { sent.send().await }
        })
    }

    /// Asks for a code to get back in: the form that wants it, and the code.
    async fn ask_for_a_code(&mut self) -> (Form, String) {
        let public = self.installation.public_url();
        let page = self.ada.browser.open(&public.join("/recover").unwrap()).await;
        let asked = [("identifier", &*self.ada.email)];
        let page = self.ada.browser.press(&page, "recover-submit", &asked).await.expect(200);
        let code = inbox::code_sent_to(&public, &self.ada.email).await;
        (Form::of_button(&page, "recover-code-submit"), code)
    }

    /// Whether a token is good: the same answer everywhere.
    async fn good(&self, access_token: &str) -> bool {
        let mut answers = BTreeSet::new();
        for node in 0..2 {
            answers.insert(self.app_at(node).userinfo(access_token).await.status);
        }
        assert!(
            answers.is_subset(&BTreeSet::from([200, 401])) && answers.len() == 1,
            "{answers:?}"
        );
        answers.contains(&200)
    }
}

on_every_database! {
    async fn of_many_guesses_at_once_a_few_count_and_one_wins(database: FreshDatabase) {
        let mut track = Track::over(database).await;
        let (form, code) = track.ask_for_a_code().await;
        let wrong: String = code.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
        let browser = track.ada.browser.clone();
        let answers = track.race_form(&browser, &form.clone().fill("code", &wrong));
        let judged = answers.iter().filter(|answer| answer.words().contains("not right"));
        assert_eq!(judged.count(), 5, "the limit holds over both nodes");
        let late = track.race_form(&browser, &form.fill("code", &code));
        assert!(late.iter().all(|answer| answer.status == 400), "nor is it right any more");

        let (form, code) = track.ask_for_a_code().await;
        let answers = track.race_form(&browser, &form.fill("code", &code));
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 303);
        assert_eq!((won.len(), lost.len()), (1, RACERS - 1));
        assert!(lost.iter().all(|answer| answer.status == 400));
    }

    async fn a_code_has_one_winner_and_its_replay_ends_the_family(database: FreshDatabase) {
        let mut track = Track::over(database).await;
        for _ in 0..3 {
            let asked = track.shop.ask("openid offline_access");
            let code = track.ada.authorize(&asked).await.code();
            let verifier = asked.verifier;
            let answers = track.race(move |_, app| {
                let (code, verifier) = (code.clone(), verifier.clone());
                async move { app.redeem(&code, &verifier).await }
            });
            let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
            assert_eq!(won.len(), 1, "{:?}", answers.iter().map(Answer::summary).collect::<Vec<_>>());
            for loser in lost {
                assert_eq!((loser.status, &*loser.error()), (400, "invalid_grant"));
            }
            let tokens = Tokens(won[0].json());
            assert!(!track.good(tokens.access()).await, "the replay ended it");
            assert_eq!(track.shop.refresh(tokens.refresh()).await.expect(400).error(), "invalid_grant");
        }
    }

    async fn a_device_code_has_one_winner(database: FreshDatabase) {
        let mut track = Track::over(database).await;
        track.shop = track.installation.device("Films").await;
        let asked = track.shop.call("device_authorization_endpoint", &[("scope", "openid")]);
        let asked = asked.send().await.expect(200);
        let public = track.installation.public_url().join("/device").unwrap();
        let page = track.ada.browser.open(&public).await;
        let page = track.ada.sign_in_at(&page).await;
        let typed = [("user_code", &*asked.member("user_code"))];
        let page = track.ada.browser.press(&page, "device-submit", &typed).await;
        track.ada.browser.press(&page, "device-allow", &[]).await.expect(200);
        let code = asked.member("device_code");
        let answers = track.race(move |_, app| {
            let code = code.clone();
            async move { app.token(&[("grant_type", GRANT_TYPE), ("device_code", &code)]).await }
        });
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        assert_eq!(won.len(), 1, "{:?}", answers.iter().map(Answer::summary).collect::<Vec<_>>());
        for loser in lost {
            assert_eq!((loser.status, &*loser.error()), (400, "invalid_grant"));
        }
        let tokens = Tokens(won[0].json());
        assert!(!track.good(tokens.access()).await, "the replay ended it");
    }

    async fn racing_refreshes_come_to_one_live_leaf(database: FreshDatabase) {
        let mut track = Track::over(database).await;
        for _ in 0..3 {
            let first = track.ada.connect(&track.shop, "openid offline_access").await;
            let token = first.refresh().to_owned();
            let answers = track.race(move |_, app| {
                let token = token.clone();
                async move { app.refresh(&token).await }
            });
            let leaves: BTreeSet<_> =
                answers.into_iter().map(|answer| answer.expect(200).member("refresh_token")).collect();
            assert_eq!(leaves.len(), 1, "a lost answer is given again, never another");
            let leaf = leaves.first().unwrap();
            assert_eq!(track.shop.introspect(first.refresh()).await.json()["active"], false);
            assert_eq!(track.shop.introspect(leaf).await.json()["active"], true);
            track.shop.refresh(leaf).await.expect(200);
        }
    }

    async fn wild_refreshing_never_leaves_two_leaves(database: FreshDatabase) {
        let mut track = Track::over(database).await;
        let first = track.ada.connect(&track.shop, "openid offline_access").await;
        let root = first.refresh().to_owned();
        let mut seen: BTreeSet<_> = BTreeSet::from([root.clone()]);
        let answers = track.race(move |number, app| {
            let mut token = root.clone();
            async move {
                // Each goes on with what it got, some further than others.
                let mut answer = app.refresh(&token).await;
                for _ in 0..number % 4 {
                    if answer.status != 200 {
                        break;
                    }
                    token = answer.member("refresh_token");
                    answer = app.refresh(&token).await;
                }
                answer
            }
        });
        for answer in &answers {
            match answer.status {
                200 => drop(seen.insert(answer.member("refresh_token"))),
                _ => assert_eq!((answer.status, &*answer.error()), (400, "invalid_grant")),
            }
        }
        let mut live = 0;
        for token in &seen {
            live += u32::from(track.shop.introspect(token).await.expect(200).json()["active"] == true);
        }
        assert!(live <= 1, "{live} leaves are live");
    }

    async fn removed_access_is_gone_on_every_node_at_once(database: FreshDatabase) {
        let mut track = Track::over(database).await;
        let tokens = track.ada.connect(&track.shop, "openid offline_access").await;
        assert!(track.good(tokens.access()).await);
        let public = track.installation.public_url();
        track.ada.remove_access(&public, "Shop").await;
        assert!(!track.good(tokens.access()).await);
        for node in 0..2 {
            let refused = track.app_at(node).refresh(tokens.refresh()).await.expect(400);
            assert_eq!(refused.error(), "invalid_grant");
        }
    }
}
