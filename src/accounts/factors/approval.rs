//! A yes from a browser where the person is signed in already.
//!
//! The door shows a number; over there it is chosen among three, so that nobody says yes to a sign-in
//! they do not see. The answer is `accounts::approvals`'. Works without a script: the page looks again
//! by itself.

use std::time::Duration;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::{Check, Described, Factor, Started, Step, Verdict, Way, Work, page};
use crate::{
    accounts::{
        approvals,
        sign_in::{open_flow, waiting_app},
    },
    app::App,
    crypto::random,
    protocol::auth_context::{Method, Methods},
    store::{
        self, Db,
        activity::Event,
        approvals::{self as wishes, Approval, State},
        attempts::{self, Counted, Limit},
        sessions,
        sign_ins::{Reason, SignIn},
        users::User,
    },
    web::{
        app_card,
        page::{self as pages, Page},
        parts::{AppCard, Problems, ProofStep},
        urls,
    },
};

/// As long an answer may take, and going in after it.
pub(in crate::accounts) const GOOD_FOR: Duration = Duration::from_mins(3);

/// As often somebody may be asked in an hour: nobody is worn down by questions.
const PER_HOUR: Limit = Limit { most: 6, within: Duration::from_hours(1) };

/// A yes from another browser.
pub(super) struct Elsewhere;

#[derive(Template)]
#[template(path = "accounts/second_factor_approval.html")]
struct ApprovalPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    step: ProofStep,
    /// What to choose over there, while that can be done.
    number: Option<&'a str>,
    /// Whether it was.
    approved: bool,
    /// Where it is done.
    over_there: &'a str,
    /// This very page, to look again.
    here: &'a str,
}

impl Factor for Elsewhere {
    fn name(&self) -> &'static str {
        "approval"
    }

    /// Somebody may be signed out everywhere tomorrow.
    fn lasts(&self) -> bool {
        false
    }

    fn ways(
        &'static self,
        db: &mut Db<'_>,
        app: &App,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Vec<Way>, store::Error> {
        let begins = matches!(sign_in.reason, Reason::TwoStep | Reason::NewBrowser)
            && sign_in.event == Event::SignedIn
            && sign_in.amr.has(Method::Password);
        if !begins {
            return Ok(Vec::new());
        }
        let (now, idle) = (app.clock.now(), app.config.sign_in.session_idle_lifetime());
        let elsewhere = sessions::list_of_user(db, user.id, now)?.into_iter().any(|session| {
            session.alive(now, idle)
                && session.browser_digest.as_ref() != Some(&sign_in.browser_digest)
                && approvals::speaks_for(user, &session)
        });
        let methods = Methods::of([Method::OtherChannel]);
        let way = Way { factor: self, methods, contact: None };
        Ok(elsewhere.then_some(way).into_iter().collect())
    }

    fn describe(&self, page: &Page, _: &Way) -> Described {
        Described {
            title: page.text("factor-approval").to_string(),
            state: page.text("factor-approval-text").to_string(),
            drawing: "devices",
        }
    }

    fn start<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Started> {
        Box::pin(async move {
            let (app, visitor, now) = (step.app, step.visitor, step.app.clock.now());
            let wish = Approval::of(
                &step.sign_in,
                three_numbers(),
                (&visitor.user_agent, &visitor.address),
                (now, now + GOOD_FOR),
            );
            let asked_of = attempts::key("approvals asked of", step.user.id.as_bytes());
            let asked = app.store.write(move |db| {
                let before = wishes::find_of_sign_in(db, wish.sign_in_id, &wish.browser_digest)?;
                if before.is_some_and(|before| before.state(now) == State::Waiting) {
                    return Ok(Counted::Within);
                }
                let counted = attempts::count(db, &asked_of, PER_HOUR, now)?;
                if counted == Counted::Within {
                    wishes::add(db, &wish)?;
                }
                Ok::<_, store::Error>(counted)
            });
            Ok(match asked.await? {
                Counted::Within => Started::Ready,
                Counted::TooMany { until } => Started::TooSoon(until.since(now)),
            })
        })
    }

    fn show<'a>(&'a self, step: &'a Step<'a>, problems: Problems) -> Work<'a, HttpResponse> {
        Box::pin(async move {
            let page = &page::in_flow(step);
            let (id, browser) = (step.sign_in.id, step.sign_in.browser_digest.clone());
            let find = move |db: &mut Db<'_>| wishes::find_of_sign_in(db, id, &browser);
            let wish = step.app.store.read(find).await?;
            let state = wish.as_ref().map(|wish| wish.state(step.app.clock.now()));
            let waits = state == Some(State::Waiting);
            let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
            // What is said of codes does not fit here.
            let problems = if waits && !problems.is_empty() {
                Problems::none().with("", &page.text("approval-not-yet"))
            } else {
                problems
            };
            let origin = step.app.config.http.public_url.as_str();
            let template = ApprovalPage {
                page,
                app: waiting_app(step.app, open_flow(step.app, step.named).as_ref()).await?,
                problems,
                step: page::proof_step(step, None),
                number: wish.as_ref().filter(|_| waits).map(|wish| &*wish.number),
                approved: state == Some(State::Approved),
                over_there: &format!("{origin}{}", urls::ACCOUNT_APPROVE),
                here: &step.here(None),
            };
            let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
            pages::show_with(&template, status, &policy)
        })
    }

    fn judge<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Check> {
        let (id, browser) = (step.sign_in.id, step.sign_in.browser_digest.clone());
        let (now, methods) = (step.app.clock.now(), step.way.methods.clone());
        let check = move |db: &mut Db<'_>| {
            let wish = wishes::find_of_sign_in(db, id, &browser)?;
            let approved = wish.is_some_and(|wish| wish.state(now) == State::Approved);
            Ok(if approved { Verdict::Right(methods.clone()) } else { Verdict::Gone })
        };
        Box::pin(async move { Ok(Box::new(check) as Check) })
    }
}

/// Three different numbers of two digits.
fn three_numbers() -> Vec<String> {
    let mut numbers: Vec<String> = Vec::with_capacity(3);
    while numbers.len() < 3 {
        let number = random::digits(2);
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}
