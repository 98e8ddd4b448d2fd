//! What one more proof comes to, decided in one transaction: count, judge, take.
//!
//! There are a few guesses at one sign-in, and so many in an hour on the account, by all methods, in
//! all browsers and on all nodes together (security rule 11).

use std::time::Duration;

use actix_web::cookie::Cookie;

use crate::{
    accounts::{
        factors::{Check, Step, Verdict},
        new_session::{NewSession, Proof},
        trust::Given,
    },
    clock::Moment,
    protocol::auth_context::Methods,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        attempts::{self, Counted, Limit},
        sign_ins::{self, SignIn},
    },
};

/// What became of a proof.
pub(super) enum Outcome {
    /// It was right, and the session has begun or risen.
    Finished,
    /// It was wrong; so many guesses are left.
    Wrong { left: i64 },
    /// There was nothing to judge.
    Gone,
    /// The account stands no more guesses for so long.
    TooMany { left: Duration },
    /// The sign-in was finished, or waits no longer.
    Over,
    /// The account was changed since the first proof.
    Changed,
}

/// Everything the transaction needs that judges a proof and finishes a sign-in with it.
pub(super) struct Finish {
    sign_in: SignIn,
    check: Check,
    session: NewSession,
    /// What is trusted from then on.
    given: Option<Given>,
    failed: Activity,
    /// What the guesses on the account are counted under, and how many there are.
    account: (Vec<u8>, Limit),
    most: i64,
    now: Moment,
}

impl Finish {
    /// `check` judges what was shown at this step; `given` is what its owner says of their browser.
    pub fn of(step: &Step<'_>, check: Check, given: Option<Given>) -> (Self, Cookie<'static>) {
        let (app, sign_in, now) = (step.app, step.sign_in.clone(), step.app.clock.now());
        let proof = Proof { by: "", methods: sign_in.amr.clone(), at: sign_in.proved_at };
        let (session, cookie) =
            NewSession::of(app, step.visitor, &step.user, &proof, sign_in.event);
        let settings = &app.config.sign_in;
        let finish = Self {
            session: session.raising(sign_in.session_id),
            check,
            given,
            failed: Activity {
                user_id: Some(sign_in.user_id),
                ..step.visitor.activity(Event::SecondFactorFailed, now)
            },
            account: (
                attempts::key("second step of", sign_in.user_id.as_bytes()),
                Limit {
                    most: i64::from(settings.second_factor_guesses_per_hour),
                    within: Duration::from_hours(1),
                },
            ),
            most: i64::from(settings.one_time_code_attempts),
            sign_in,
            now,
        };
        (finish, cookie)
    }

    /// Counts, judges, takes. What is counted and turns out to be no guess is taken back.
    pub fn run(&self, db: &mut Db<'_>) -> Result<Outcome, store::Error> {
        let (sign_in, now) = (&self.sign_in, self.now);
        let (account, limit) = (&self.account.0, self.account.1);
        let Some(left) = sign_ins::count(db, sign_in, self.most, now)? else {
            return Ok(Outcome::Over);
        };
        if let Counted::TooMany { until } = attempts::count(db, account, limit, now)? {
            sign_ins::forgive(db, sign_in.id)?;
            return Ok(Outcome::TooMany { left: until.since(now) });
        }
        match (self.check)(db)? {
            Verdict::Right(methods) => {
                attempts::forgive(db, account)?;
                self.finish(db, &sign_in.amr.union(&methods))
            }
            Verdict::Wrong => {
                activity::add(db, &self.failed)?;
                Ok(Outcome::Wrong { left })
            }
            Verdict::Gone => {
                attempts::forgive(db, account)?;
                sign_ins::forgive(db, sign_in.id)?;
                Ok(Outcome::Gone)
            }
        }
    }

    fn finish(&self, db: &mut Db<'_>, methods: &Methods) -> Result<Outcome, store::Error> {
        if !sign_ins::finish(db, self.sign_in.id, self.now)? {
            return Ok(Outcome::Over);
        }
        if !self.session.clone().showing(methods).begin(db)? {
            return Ok(Outcome::Changed);
        }
        self.given.as_ref().map_or(Ok(()), |given| given.add(db))?;
        Ok(Outcome::Finished)
    }
}
