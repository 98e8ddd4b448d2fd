//! Random histories of one family against a small model: at most one refresh token is live, and what
//! has ended never comes back.

use std::time::Duration;

use proptest::{
    collection::vec,
    prelude::*,
    sample::subsequence,
    test_runner::{Config, TestRunner},
};

use super::*;
use crate::{
    config::{self, Database, DatabaseUrl},
    crypto::random,
    oauth::issue::refresh_token::RefreshToken,
    protocol::client_metadata::ProposedMetadata,
    store::{
        Error, Store, clients,
        grants::{self, Consent},
        migrations,
        sessions::{Session, SessionId},
        token_families::{FamilyId, TokenFamily},
        users::{self, User, UserId},
    },
};

fn policy() -> Policy {
    Policy {
        code_lifetime: Duration::from_mins(1),
        refresh_idle: Duration::from_mins(10),
        family_lifetime: Duration::from_hours(1),
        grace: Duration::from_mins(1),
        access_token_lifetime: Duration::from_mins(10),
        clients: Arc::default(),
    }
}

/// What may happen to a family.
#[derive(Clone, Debug)]
enum Step {
    /// The refresh token so many generations before the newest is presented, for these scopes.
    Present(i64, Vec<&'static str>),
    /// So many seconds pass.
    Wait(u64),
    /// The code is redeemed again.
    ReplayCode,
    /// The client gives its token back.
    Revoke,
    /// The person takes the app's access back.
    EndGrant,
    /// The person allows the app anew.
    AllowAgain,
    /// The person signs out.
    SignOut,
}

const SCOPES: [&str; 3] = ["openid", "email", "offline_access"];

fn history() -> impl Strategy<Value = (bool, Vec<Step>)> {
    let scopes = subsequence(SCOPES.to_vec(), 0..=3);
    let step = prop_oneof![
        12 => scopes.prop_map(|scopes| Step::Present(0, scopes)),
        4 => (1i64..4).prop_map(|back| Step::Present(back, Vec::new())),
        6 => prop_oneof![0u64..70, 500u64..700].prop_map(Step::Wait),
        1 => Just(Step::ReplayCode),
        1 => Just(Step::Revoke),
        1 => Just(Step::EndGrant),
        2 => Just(Step::AllowAgain),
        1 => Just(Step::SignOut),
    ];
    (any::<bool>(), vec(step, 1..40))
}

/// What we think a family is.
struct Model {
    now: Moment,
    newest: i64,
    rotated_at: Moment,
    expires_at: Moment,
    ended: bool,
    offline: bool,
    signed_out: bool,
}

impl Model {
    /// Which generation presenting this one should give; none if it should be refused.
    fn present(&mut self, presented: i64) -> Option<i64> {
        let idle = self.now >= self.rotated_at + policy().refresh_idle;
        let out = self.signed_out && !self.offline;
        if self.ended || idle || out || self.now >= self.expires_at {
            return None;
        }
        if presented == self.newest {
            (self.newest, self.rotated_at) = (presented + 1, self.now);
        } else if presented + 1 != self.newest || self.now >= self.rotated_at + policy().grace {
            self.ended = true;
            return None;
        }
        Some(self.newest)
    }
}

/// A family, and what we think of it.
struct Story {
    client: Arc<Client>,
    family: TokenFamily,
    model: Model,
}

impl Story {
    /// Somebody allows an app and signs in to it.
    fn begin(db: &mut Db<'_>, offline: bool) -> Result<Self, Error> {
        let now = Moment::from_seconds(1_000_000);
        let (user, client, session) = (User::named("Ada", now), client(now), session(now));
        let session = Session { user_id: user.id, ..session };
        users::add(db, &user)?;
        clients::add(db, &client)?;
        sessions::add(db, &session)?;
        let scopes = if offline { &SCOPES[..] } else { &SCOPES[..2] };
        let scope: Scope = scopes.join(" ").parse().expect("a scope");
        let grant = grants::allow(db, user.id, client.id, &Consent::to(&scope), now)?;
        let expires_at = now + policy().family_lifetime;
        let family = TokenFamily {
            id: FamilyId::random(),
            grant_id: grant.id,
            client_id: client.id,
            user_id: user.id,
            session_id: Some(session.id),
            scope,
            resource: None,
            claims: None,
            acr: String::new(),
            amr: String::new(),
            auth_at: now,
            generation: 0,
            rotated_at: now,
            created_at: now,
            expires_at,
            ended_at: None,
            end_reason: None,
        };
        assert!(token_families::begin(db, &family)?);
        let (ended, signed_out) = (false, false);
        let model =
            Model { now, newest: 0, rotated_at: now, expires_at, ended, offline, signed_out };
        Ok(Self { client: Arc::new(client), family, model })
    }

    /// Takes a step; what came out that should not have.
    fn go_on(&mut self, db: &mut Db<'_>, step: &Step) -> Result<Option<String>, Error> {
        let (family, now) = (&self.family, self.model.now);
        match step {
            Step::Wait(seconds) => self.model.now = now + Duration::from_secs(*seconds),
            Step::Present(back, scopes) => {
                let presented = (self.model.newest - back).max(0);
                return Ok(self.present(
                    db,
                    presented,
                    &scopes.join(" ").parse().expect("a scope"),
                ));
            }
            Step::ReplayCode => {
                if token_families::begin(db, family)? {
                    return Ok(Some("the code was redeemed twice".to_owned()));
                }
                token_families::end(db, family.id, "code_replayed", now)?;
                self.model.ended = true;
            }
            Step::Revoke => {
                token_families::end(db, family.id, "revoked_by_client", now)?;
                self.model.ended = true;
            }
            Step::EndGrant => {
                grants::end(db, family.grant_id, family.user_id, "removed", now)?;
                self.model.ended = true;
            }
            Step::AllowAgain => {
                grants::allow(
                    db,
                    family.user_id,
                    family.client_id,
                    &Consent::to(&family.scope),
                    now,
                )?;
            }
            Step::SignOut => {
                let session = family.session_id.expect("a session");
                sessions::end(db, session, family.user_id, "signed_out", now)?;
                self.model.signed_out = true;
            }
        }
        Ok(None)
    }

    fn present(&mut self, db: &mut Db<'_>, generation: i64, scope: &Scope) -> Option<String> {
        let request = Refresh {
            text: generation.to_string(),
            token: RefreshToken { family: self.family.id, generation },
            scope: Some(scope.clone()).filter(|scope| !scope.is_empty()),
            resource: None,
        };
        let given = decide(db, &self.client, &request, &policy(), self.model.now);
        let given = given.map(|granted| (granted.generation, granted.scope)).ok();
        if !scope.is_subset_of(&self.family.scope) {
            // Refused before anything is taken.
            return given.map(|_| "more was given than was granted".to_owned());
        }
        let narrowed = if scope.is_empty() { &self.family.scope } else { scope };
        let expected = self.model.present(generation);
        let expected = expected.map(|generation| (Some(generation), narrowed.clone()));
        (given != expected).then(|| format!("{given:?}, not {expected:?}"))
    }
}

fn client(now: Moment) -> Client {
    let said = br#"{"redirect_uris":["https://shop.example/cb"]}"#;
    let rules = config::Config::default().client_rules();
    let metadata = ProposedMetadata::parse(said).and_then(|said| said.check(rules));
    Client::registered(metadata.expect("metadata"), None, now)
}

fn session(now: Moment) -> Session {
    Session {
        id: SessionId::random(),
        secret_digest: random::token().into_bytes(),
        user_id: UserId::random(),
        acr: String::new(),
        amr: String::new(),
        user_agent: String::new(),
        address: String::new(),
        created_at: now,
        auth_at: now,
        last_seen_at: now,
        expires_at: now + policy().family_lifetime,
        ended_at: None,
        browser_digest: None,
    }
}

/// Plays a history; the first thing that is not as the model says.
fn play(db: &mut Db<'_>, offline: bool, history: &[Step]) -> Result<Result<(), String>, Error> {
    let mut story = Story::begin(db, offline)?;
    for (at, step) in history.iter().enumerate() {
        if let Some(wrong) = story.go_on(db, step)? {
            return Ok(Err(format!("step {at}, {step:?}: {wrong}")));
        }
    }
    Ok(Ok(()))
}

#[test]
fn whatever_happens_one_refresh_token_is_live_at_most_and_none_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("families.db"));
    let settings = Database { url, ..Database::default() };
    migrations::run(&settings).unwrap();
    let store = Store::open(&settings).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let config = Config { cases: 96, failure_persistence: None, ..Config::default() };
    let played = TestRunner::new(config).run(&history(), |(offline, history)| {
        let work = store.write(move |db| play(db, offline, &history));
        runtime.block_on(work).expect("a store that answers").map_err(TestCaseError::fail)
    });
    assert!(played.is_ok(), "{}", played.unwrap_err());
}
