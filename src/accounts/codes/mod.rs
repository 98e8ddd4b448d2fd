//! One-time codes: one mechanism for every purpose.
//!
//! A code is kept as a keyed digest and is good for one purpose, in one browser, for a while, for a
//! few guesses; only the latest counts. How many are asked for is counted whether or not anybody is
//! written to, and whoever is not costs the same work (security rule 13).

use std::time::Duration;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

pub(super) mod claim;
pub(super) mod page;

use super::{identifier::Identifier, next};
use crate::{
    app::App,
    clock::Moment,
    crypto::random,
    delivery::{
        Courier, Letterhead,
        messages::{OneTimeCode, Purpose},
    },
    language::Language,
    store::{
        self, Db,
        attempts::{self, Counted, Limit},
        challenges::{self, Challenge, ChallengeId, Guess, Guesser},
        contacts::Channel,
        outbox::{self, Letter},
    },
    web::{
        client_ip,
        error::{Kind, PageError},
        form::Parameters,
        urls,
        visitor::Visitor,
    },
};

/// As often the wait for another code doubles; after that it stays.
const DOUBLINGS: i64 = 6;

/// Who is sent a code, and in which language.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Addressee {
    pub recipient: String,
    pub name: String,
    pub language: String,
}

/// A challenge that this browser begins, and the code that answers it.
pub(super) fn begin(
    app: &App,
    visitor: &Visitor,
    purpose: Purpose,
    to: &Identifier,
    facts: &impl Serialize,
) -> (Challenge, String) {
    let (id, code, now) = (ChallengeId::random(), random::digits(6), app.clock.now());
    let challenge = Challenge {
        id,
        purpose: purpose.as_str().to_owned(),
        browser_digest: visitor.browser_digest(),
        user_id: None,
        channel: to.channel,
        address: to.typed.clone(),
        code_digest: digest(app, purpose.as_str(), id, &code),
        sealed_facts: app.seals.challenge.seal(facts),
        attempts: 0,
        sends: 1,
        sent_at: now,
        expires_at: now + lifetime(app),
        used_at: None,
    };
    (challenge, code)
}

/// The same challenge, for which nobody is sent a code: the page that asks for it is the same.
pub(super) fn unanswerable(challenge: &Challenge) -> Challenge {
    Challenge { code_digest: random::bytes::<32>().to_vec(), ..challenge.clone() }
}

/// The letter that brings a challenge's code.
///
/// # Errors
/// If a template cannot be rendered.
pub(super) fn letter(
    app: &App,
    purpose: Purpose,
    channel: Channel,
    to: &Addressee,
    code: &str,
) -> Result<Letter, PageError> {
    let language = Language::first_of([&*to.language]).unwrap_or_default();
    let minutes = app.config.sign_in.one_time_code_lifetime_seconds / 60;
    let message = OneTimeCode { purpose, name: &to.name, code, minutes };
    let message = message.write(&Letterhead::new(&app.config, language), channel);
    let message = message.map_err(|error| PageError::internal(error.to_string()))?;
    Ok(app.courier.letter(channel, &to.recipient, &message, app.clock.now()))
}

/// How many codes one address, and one network, may still cause.
#[derive(Clone)]
pub(super) struct Allowance([(Vec<u8>, Limit); 2]);

impl Allowance {
    pub fn of(app: &App, visitor: &Visitor, to: &Identifier) -> Self {
        let within = Duration::from_hours(1);
        let limit = |most: u32| Limit { most: i64::from(most), within };
        let network = client_ip::network(&visitor.address);
        let settings = &app.config.sign_in;
        Self([
            (
                attempts::codes_to(to.channel.as_str(), &to.canonical),
                limit(settings.one_time_codes_per_recipient_hour),
            ),
            (
                attempts::key("codes asked by", network.as_bytes()),
                limit(settings.one_time_codes_per_network_hour),
            ),
        ])
    }

    /// Takes one back: whoever was sent it has wanted it.
    pub fn take_back(&self, db: &mut Db<'_>) -> Result<(), store::Error> {
        self.0.iter().try_for_each(|(counter, _)| attempts::forgive(db, counter))
    }

    /// Counts a code before it is written; `Err` with the end of the wait after too many.
    pub fn spend(&self, db: &mut Db<'_>, now: Moment) -> Result<Result<(), Moment>, store::Error> {
        for (counter, limit) in &self.0 {
            if let Counted::TooMany { until } = attempts::count(db, counter, *limit, now)? {
                return Ok(Err(until));
            }
        }
        Ok(Ok(()))
    }
}

/// Leads to a page of this challenge, in the flow that `sent` is a step of.
pub(super) fn lead_to(path: &str, challenge: ChallengeId, sent: &Parameters) -> HttpResponse {
    let id = challenge.to_string();
    let mut parameters = vec![("challenge", &*id)];
    parameters.extend(sent.get("flow").map(|flow| ("flow", flow)));
    next::go(&urls::with_query(path, &parameters))
}

/// The challenge of this purpose that this browser began.
pub(super) async fn find(
    app: &App,
    visitor: &Visitor,
    purpose: &'static str,
    named: &Parameters,
) -> Result<Challenge, PageError> {
    let id = named.get("challenge").and_then(ChallengeId::parse).ok_or(Kind::FlowLost)?;
    let browser = visitor.browser_digest();
    let found = app.store.read(move |db| challenges::find(db, id, purpose, &browser)).await?;
    found.ok_or_else(|| Kind::FlowLost.into())
}

/// Why a guess was not right.
pub(super) enum Missed {
    /// It was wrong; so many are left.
    Wrong { left: i64 },
    /// There is nothing to guess any more.
    Gone,
}

/// A code that somebody typed for a challenge, ready to be judged.
pub(super) struct Typed {
    id: ChallengeId,
    purpose: String,
    browser_digest: Vec<u8>,
    code_digest: Vec<u8>,
    most: i64,
    now: Moment,
}

impl Typed {
    /// Reads it off the form.
    pub fn read(app: &App, visitor: &Visitor, challenge: &Challenge, form: &Parameters) -> Self {
        let (id, purpose) = (challenge.id, challenge.purpose.clone());
        let typed = without_gaps(form.get("code").unwrap_or_default());
        Self {
            id,
            code_digest: digest(app, &purpose, id, &typed),
            purpose,
            browser_digest: visitor.browser_digest(),
            most: i64::from(app.config.sign_in.one_time_code_attempts),
            now: app.clock.now(),
        }
    }

    /// Counts it and judges it; a right one is used up.
    pub fn judge(&self, db: &mut Db<'_>) -> Result<Result<(), Missed>, store::Error> {
        let Self { purpose, browser_digest, most, .. } = self;
        let guesser = Guesser { purpose, browser_digest, most: *most };
        Ok(match challenges::guess(db, self.id, &guesser, &self.code_digest, self.now)? {
            Guess::Right(_) => Ok(()),
            Guess::Wrong { left } => Err(Missed::Wrong { left }),
            Guess::Gone => Err(Missed::Gone),
        })
    }
}

/// Judges the code that was typed, and does `then` with a right one in the same transaction.
pub(super) async fn guess<T: Send + 'static>(
    app: &App,
    visitor: &Visitor,
    challenge: &Challenge,
    form: &Parameters,
    then: impl Fn(&mut Db<'_>) -> Result<T, store::Error> + Send + 'static,
) -> Result<Result<T, Missed>, PageError> {
    let typed = Typed::read(app, visitor, challenge, form);
    let outcome = app
        .store
        .write(move |db| match typed.judge(db)? {
            Ok(()) => then(db).map(Ok),
            Err(missed) => Ok(Err(missed)),
        })
        .await;
    match outcome {
        // Somebody proved the same address a moment before.
        Err(store::Error::Taken) => Ok(Err(Missed::Gone)),
        outcome => Ok(outcome?),
    }
}

/// Another code for the same challenge: only the latest counts. The letter leaves if `reaches`,
/// that is if anybody is written to at all. How long to wait, if it is too soon.
pub(super) async fn send_again(
    app: &App,
    challenge: &Challenge,
    allowance: Allowance,
    reaches: bool,
    letter: impl FnOnce(&str) -> Result<Letter, PageError>,
) -> Result<Result<(), Duration>, PageError> {
    let left = wait(app, challenge);
    if !left.is_zero() {
        return Ok(Err(left));
    }
    let (now, code) = (app.clock.now(), random::digits(6));
    let letter = letter(&code)?;
    let letter = if reaches { letter } else { Courier::decoy(&letter) };
    let right = digest(app, &challenge.purpose, challenge.id, &code);
    let code_digest = if reaches { right } else { random::bytes::<32>().to_vec() };
    let (read, expires_at) = (challenge.clone(), now + lifetime(app));
    let allowed = app
        .store
        .write(move |db| {
            let allowed = allowance.spend(db, now)?;
            if allowed.is_ok()
                && challenges::set_sent_again(db, &read, &code_digest, now, expires_at)?
            {
                outbox::add(db, &letter)?;
            }
            Ok::<_, store::Error>(allowed)
        })
        .await?;
    Ok(allowed.map_err(|until| until.since(now)))
}

/// How long until another code may be asked for: twice as long each time.
pub(super) fn wait(app: &App, challenge: &Challenge) -> Duration {
    let first = Duration::from_secs(app.config.sign_in.one_time_code_resend_seconds);
    let doublings = u32::try_from((challenge.sends - 1).clamp(0, DOUBLINGS)).unwrap_or(0);
    (challenge.sent_at + first * 2_u32.pow(doublings)).since(app.clock.now())
}

fn lifetime(app: &App) -> Duration {
    Duration::from_secs(app.config.sign_in.one_time_code_lifetime_seconds)
}

/// A code's digest, under a key that is not in the store: six digits alone would be guessed at once.
fn digest(app: &App, purpose: &str, id: ChallengeId, code: &str) -> Vec<u8> {
    app.seals.code_digest.digest(&[purpose.as_bytes(), id.as_bytes(), code.as_bytes()]).to_vec()
}

/// What was typed, without the gaps: people type codes as they are printed.
pub(super) fn without_gaps(typed: &str) -> String {
    typed.chars().filter(|it| !it.is_whitespace() && *it != '-').collect()
}
