//! The code that was sent: whoever types it in the browser that asked for it may choose a new
//! password there, once, and soon.

use actix_web::{HttpResponse, web::Data};

use super::{Facts, password};
use crate::{
    accounts::{
        codes::{self, Allowance, page::Ask},
        identifier::Identifier,
        notices::Notice,
    },
    app::App,
    delivery::messages::{Alarm, Purpose},
    store::{
        Db,
        challenges::{self, Challenge},
    },
    web::{
        error::{Kind, PageError},
        form::{Malformed, Parameters, Query},
        parts::CodeJourney,
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

/// Asks for the code.
///
/// # Errors
/// If this browser waits for no code.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let challenge = find(&app, &visitor, &query).await?;
    ask(&app, &visitor, &query, &challenge).show()
}

/// Judges the code. With a right one the person's other contacts hear of it.
///
/// # Errors
/// If the form is not from our page in this browser, or this browser waits for no code.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let challenge = find(&app, &visitor, &form).await?;
    let facts = facts(&app, &challenge)?;
    let now = app.clock.now();
    let notice = Notice::of(&app, &visitor, Alarm::RecoveryBegun, now);
    let (proof, proved) = (password::proof(&challenge, now), facts.to.recipient);
    let id = proof.id;
    let then = move |db: &mut Db<'_>| {
        if let Some(user_id) = proof.user_id {
            notice.send(db, user_id, Some(&proved))?;
        }
        challenges::add(db, &proof)
    };
    match codes::guess(&app, &visitor, &challenge, &form, then).await? {
        Ok(()) => Ok(codes::lead_to(urls::RECOVER_PASSWORD, id, &form)),
        Err(missed) => ask(&app, &visitor, &form, &challenge).missed(&missed),
    }
}

/// Sends another code, if it is time.
///
/// # Errors
/// If the form is not from our page in this browser, or this browser waits for no code.
pub async fn resend(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let challenge = find(&app, &visitor, &form).await?;
    let Facts { to, .. } = facts(&app, &challenge)?;
    let identifier = Identifier::read(&challenge.address);
    let identifier = identifier.map_err(|_| PageError::from(Kind::FlowLost))?;
    let allowance = Allowance::of(&app, &visitor, &identifier);
    let reaches = challenge.user_id.is_some();
    let letter = |code: &str| codes::letter(&app, Purpose::Recovery, challenge.channel, &to, code);
    match codes::send_again(&app, &challenge, allowance, reaches, letter).await? {
        Ok(()) => Ok(codes::lead_to(urls::RECOVER_CODE, challenge.id, &form)),
        Err(left) => ask(&app, &visitor, &form, &challenge).too_soon(left),
    }
}

async fn find(app: &App, visitor: &Visitor, named: &Parameters) -> Result<Challenge, PageError> {
    codes::find(app, visitor, Purpose::Recovery.as_str(), named).await
}

fn facts(app: &App, challenge: &Challenge) -> Result<Facts, PageError> {
    app.seals.challenge.open(&challenge.sealed_facts).ok_or_else(|| Kind::FlowLost.into())
}

fn ask<'a>(
    app: &'a App,
    visitor: &'a Visitor,
    named: &'a Parameters,
    challenge: &'a Challenge,
) -> Ask<'a> {
    Ask { app, visitor, journey: &CodeJourney::RECOVERY, named, challenge }
}
