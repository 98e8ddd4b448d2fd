//! The second step: asks for one more proof in whichever way the person likes, and finishes the
//! sign-in with a right one.
//!
//! Owns the pages' order, whatever is asked for. What a method is, is `factors`'; what a proof comes
//! to, `finish`'s.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::finish::{Finish, Outcome};
use crate::{
    accounts::{
        factors::{self, Started, Step, page},
        next,
        trust::Given,
    },
    app::App,
    store::{
        self, Db,
        approvals::{self, State},
        sign_ins::{self, SignIn, SignInId},
        users::{self, User},
    },
    web::{
        error::{Kind, PageError},
        form::{Malformed, Parameters, Query},
        parts::Problems,
        submission::Submission,
        visitor::Visitor,
    },
};

/// The element id of the field for a code.
const FIELD: &str = "second-factor-code";

/// Begins to wait for one more proof, and leads to the page that asks for it. The way that comes
/// first is started at once.
///
/// # Errors
/// [`Kind::Forbidden`] if there is no way to go on, or the store cannot answer.
pub(in crate::accounts) async fn lead(
    app: &Data<App>,
    visitor: &Visitor,
    named: &Parameters,
    user: User,
    sign_in: SignIn,
) -> Result<HttpResponse, PageError> {
    let (owner, waits, with) = (user.clone(), sign_in.clone(), app.clone());
    let ways = app
        .store
        .write(move |db| {
            sign_ins::add(db, &waits)?;
            factors::ways(db, &with, &owner, &waits)
        })
        .await?;
    let asked = named.get("by").and_then(|by| ways.iter().find(|way| way.by() == by));
    let way = asked.or(ways.first()).cloned();
    let way = way.ok_or_else(|| PageError::from(Kind::Forbidden).because("no second way"))?;
    // What rides in this form belongs to another step.
    let named = &named.clone().without(&["challenge"]);
    let step = Step { app, visitor, named, sign_in, user, way, ways };
    let challenge = match step.way.factor.start(&step).await? {
        Started::Challenge(challenge) => Some(challenge),
        Started::Ready | Started::TooSoon(_) => None,
    };
    Ok(next::go(&step.here(challenge.as_deref())))
}

/// Asks for the proof.
///
/// # Errors
/// If no sign-in of this browser waits.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let step = find(&app, &visitor, &query).await?;
    step.way.factor.show(&step, Problems::none()).await
}

/// Starts a way: another one, or the same again.
///
/// # Errors
/// If the form is not from our page in this browser, or no sign-in of this browser waits.
pub async fn start(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let step = find(&app, &visitor, &form).await?;
    match step.way.factor.start(&step).await? {
        Started::Ready => Ok(next::go(&step.here(None))),
        Started::Challenge(challenge) => Ok(next::go(&step.here(Some(&challenge)))),
        Started::TooSoon(left) => {
            let seconds = left.as_secs().max(1);
            let text = visitor.page.text_with("code-wait", "seconds", seconds);
            let problems = Problems::none().with("second-factor-resend", &text);
            let answer = step.way.factor.show(&step, problems).await?;
            Ok(page::too_soon(answer, seconds))
        }
    }
}

/// Judges the proof; a right one finishes the sign-in.
///
/// # Errors
/// If the form is not from our page in this browser, no sign-in of this browser waits, or there were
/// too many wrong guesses.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let step = find(&app, &visitor, &form).await?;
    let check = step.way.factor.judge(&step).await?;
    let (given, trust) = Given::read(&http, &step, &form).unzip();
    let (finish, cookie) = Finish::of(&step, check, given);
    let method = step.way.factor.name();
    match app.store.write(move |db| finish.run(db)).await? {
        Outcome::Finished => {
            app.metrics.sign_in(method, "accepted");
            let mut answer = next::go(&next::after(&form));
            for cookie in std::iter::once(&cookie).chain(&trust) {
                let _ = answer.add_cookie(cookie);
            }
            Ok(answer)
        }
        Outcome::Wrong { left } => {
            app.metrics.sign_in(method, "refused");
            let text = match left {
                0 => visitor.page.text("second-factor-over"),
                left => visitor.page.text_with("code-wrong", "left", left),
            };
            step.way.factor.show(&step, Problems::none().with(FIELD, &text)).await
        }
        Outcome::Gone => {
            let text = visitor.page.text("code-gone");
            step.way.factor.show(&step, Problems::none().with(FIELD, &text)).await
        }
        Outcome::TooMany { left } => Err(Kind::wait(left).into()),
        Outcome::Over => Err(Kind::FlowLost.into()),
        Outcome::Changed => Err(Kind::Expired.into()),
    }
}

/// The step that is named: a sign-in that this browser began and that still waits, and one of the
/// ways that are open.
async fn find<'a>(
    app: &'a Data<App>,
    visitor: &'a Visitor,
    named: &'a Parameters,
) -> Result<Step<'a>, PageError> {
    let id = named.get("sign_in").and_then(SignInId::parse).ok_or(Kind::FlowLost)?;
    let (browser, now, with) = (visitor.browser_digest(), app.clock.now(), app.clone());
    let look = move |db: &mut Db<'_>| {
        let Some(sign_in) = sign_ins::find(db, id, &browser, now)? else {
            let asked = approvals::find_of_sign_in(db, id, &browser)?;
            let refused = asked.is_some_and(|it| it.state(now) == State::Refused);
            return Ok(Err(if refused { Kind::SignInRefused } else { Kind::FlowLost }));
        };
        let Some(user) = users::find(db, sign_in.user_id)? else { return Ok(Err(Kind::FlowLost)) };
        let ways = factors::ways(db, &with, &user, &sign_in)?;
        Ok::<_, store::Error>(Ok((sign_in, user, ways)))
    };
    let (sign_in, user, ways) = app.store.read(look).await??;
    let asked = named.get("by").map(|by| ways.iter().find(|way| way.by() == by));
    let way = asked.unwrap_or(ways.first()).cloned().ok_or(Kind::FlowLost)?;
    Ok(Step { app, visitor, named, sign_in, user, way, ways })
}
