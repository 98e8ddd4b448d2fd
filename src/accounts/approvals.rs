//! The answer to a sign-in that waits elsewhere: yes by choosing the number that stands there, or no.
//!
//! A wrong number is a no: whoever answers does not see the door. A no ends that sign-in, and is told to
//! the owner, for somebody there knows the password.

use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post, resource},
};
use askama::Template;

use super::{factors::approval::GOOD_FOR, next, notices::Notice};
use crate::{
    app::App,
    clock::Moment,
    delivery::messages::Alarm,
    protocol::auth_context::Acr,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        approvals::{self, Approval, ApprovalId},
        sessions::Session,
        users::User,
    },
    web::{
        error::{Kind, PageError},
        form::{Malformed, Query},
        page::{self, Page},
        parts::SignInRequest,
        submission::Submission,
        urls,
        visitor::{SignedIn, Visitor},
        whereabouts,
    },
};

/// Mounts the page and its answers.
pub(super) fn routes(to: &mut ServiceConfig) {
    to.service(resource(urls::ACCOUNT_APPROVE).route(get().to(show)))
        .service(resource(urls::ACCOUNT_APPROVE_ANSWER).route(post().to(submit)));
}

#[derive(Template)]
#[template(path = "accounts/approve.html")]
struct ApprovePage<'a> {
    page: &'a Page,
    /// What came of the last answer, as the key of its sentence.
    done: Option<&'static str>,
    requests: Vec<SignInRequest>,
}

/// What came of an answer: its word in the page's address, and the key of its sentence.
const DONE: [(&str, &str); 3] =
    [("approved", "approve-approved"), ("refused", "approve-refused"), ("gone", "approve-gone")];

/// Whether whoever is signed in by this session may let themselves in elsewhere: with two-step
/// verification only who has shown two steps.
pub(super) fn speaks_for(user: &User, session: &Session) -> bool {
    let reached = session.acr.parse::<Acr>();
    user.two_step_at.is_none() || reached.is_ok_and(|acr| acr.satisfies(Acr::TwoFactors))
}

/// How many sign-ins wait for this visitor's answer.
///
/// # Errors
/// If the store cannot answer.
pub(super) fn waiting(
    db: &mut Db<'_>,
    signed_in: &SignedIn,
    browser: &[u8],
    now: Moment,
) -> Result<Vec<Approval>, store::Error> {
    if !speaks_for(&signed_in.user, &signed_in.session) {
        return Ok(Vec::new());
    }
    approvals::list_waiting(db, signed_in.user.id, browser, now)
}

/// Shows what waits.
///
/// # Errors
/// If nobody is signed in, or only weakly, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let signed_in = approver(&visitor)?.clone();
    let (browser, now) = (visitor.browser_digest(), app.clock.now());
    let found = app.store.read(move |db| waiting(db, &signed_in, &browser, now)).await?;
    let language = visitor.page.language;
    let requests = found.iter().map(|wish| SignInRequest {
        id: wish.id.to_string(),
        device: whereabouts::device(&wish.user_agent, language),
        place: whereabouts::place(&app, &wish.address, language),
        at: wish.asked_at,
        numbers: wish.numbers().map(str::to_owned).collect(),
    });
    let word = query.get("done");
    let template = ApprovePage {
        page: &visitor.page,
        done: DONE.iter().find(|(known, _)| Some(*known) == word).map(|(_, key)| *key),
        requests: requests.collect(),
    };
    page::show(&template)
}

/// Takes the answer: a number, or none for no.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody is signed in or only weakly,
/// or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let signed_in = approver(&visitor)?.clone();
    let answer = Answer {
        id: ApprovalId::parse(&path).ok_or(Kind::NotFound)?,
        number: form.get("number").unwrap_or_default().to_owned(),
        signed_in,
        browser: visitor.browser_digest(),
        approved: visitor.activity(Event::SignInApproved, app.clock.now()),
        refused: visitor.activity(Event::SignInRefused, app.clock.now()),
        notice: Notice::of(&app, &visitor, Alarm::SignInRefused, app.clock.now()),
        now: app.clock.now(),
    };
    let word = app.store.write(move |db| answer.decide(db)).await?;
    Ok(next::go(&urls::with_query(urls::ACCOUNT_APPROVE, &[("done", word)])))
}

/// Whoever is signed in, strongly enough to answer; anybody else is led to prove it first.
fn approver(visitor: &Visitor) -> Result<&SignedIn, PageError> {
    let signed_in = visitor.signed_in()?;
    let speaks = speaks_for(&signed_in.user, &signed_in.session);
    speaks.then_some(signed_in).ok_or_else(|| Kind::ProveAgain.into())
}

/// An answer, before it counts.
struct Answer {
    id: ApprovalId,
    number: String,
    signed_in: SignedIn,
    browser: Vec<u8>,
    approved: Activity,
    refused: Activity,
    notice: Notice,
    now: Moment,
}

impl Answer {
    /// Approves or refuses; the word for what came of it.
    fn decide(&self, db: &mut Db<'_>) -> Result<&'static str, store::Error> {
        let waiting = waiting(db, &self.signed_in, &self.browser, self.now)?;
        let Some(wish) = waiting.into_iter().find(|wish| wish.id == self.id) else {
            return Ok("gone");
        };
        if wish.number == self.number {
            if !approvals::approve(db, wish.id, self.now, self.now + GOOD_FOR)? {
                return Ok("gone");
            }
            activity::add(db, &self.approved)?;
            return Ok("approved");
        }
        if !approvals::refuse(db, &wish, self.now)? {
            return Ok("gone");
        }
        activity::add(db, &self.refused)?;
        self.notice.send(db, wish.user_id, None)?;
        Ok("refused")
    }
}
