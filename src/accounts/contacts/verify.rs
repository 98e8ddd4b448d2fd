//! The code that was sent: who holds it and the session that asked for it lists the contact.

use actix_web::{HttpResponse, web::Data};

use super::{add::Facts, done};
use crate::{
    accounts::{
        codes::{self, Allowance, page::Ask},
        identifier::Identifier,
        notices::Notice,
    },
    app::App,
    clock::Moment,
    delivery::messages::{Alarm, Purpose},
    store::{
        self, Db,
        activity::{self, Activity, Event},
        challenges::Challenge,
        contact_changes::{self, ContactChange},
        contacts::{self, Contact, ContactId},
        users::{self, UserId},
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
/// If nobody is signed in, or this session waits for no code.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let (challenge, _) = find(&app, &visitor, &query).await?;
    ask(&app, &visitor, &query, &challenge).show()
}

/// Judges the code; a right one lists the contact, and the others are told.
///
/// # Errors
/// If the form is not from our page in this browser and session, or this session waits for no code.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let (challenge, Facts { user_id, .. }) = find(&app, &visitor, &form).await?;
    let to = identifier(&challenge)?;
    let now = app.clock.now();
    let notice = Notice::of(&app, &visitor, Alarm::ContactAdded, now);
    let happened =
        Activity { details: to.typed.clone(), ..visitor.activity(Event::ContactAdded, now) };
    let list = move |db: &mut Db<'_>| {
        list(db, user_id, &to, &notice, now)?;
        activity::add(db, &happened)
    };
    match codes::guess(&app, &visitor, &challenge, &form, list).await? {
        Ok(()) => Ok(done("added")),
        Err(missed) => ask(&app, &visitor, &form, &challenge).missed(&missed),
    }
}

/// Sends another code, if it is time.
///
/// # Errors
/// If the form is not from our page in this browser and session, or this session waits for no code.
pub async fn resend(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let (challenge, Facts { to, .. }) = find(&app, &visitor, &form).await?;
    let allowance = Allowance::of(&app, &visitor, &identifier(&challenge)?);
    // Where the address is somebody else's, no code was sent and none is.
    let reaches = challenge.user_id.is_none();
    let letter = |code: &str| codes::letter(&app, Purpose::Contact, challenge.channel, &to, code);
    match codes::send_again(&app, &challenge, allowance, reaches, letter).await? {
        Ok(()) => Ok(codes::lead_to(urls::ACCOUNT_CONTACTS_VERIFY, challenge.id, &form)),
        Err(left) => ask(&app, &visitor, &form, &challenge).too_soon(left),
    }
}

/// Lists a proved contact. Those that were listed before are told.
fn list(
    db: &mut Db<'_>,
    user_id: UserId,
    to: &Identifier,
    notice: &Notice,
    now: Moment,
) -> Result<(), store::Error> {
    users::hold(db, user_id)?;
    let before = contacts::list_of_user(db, user_id)?;
    let change = ContactChange::to(user_id, &before, now);
    contact_changes::add(db, &change)?;
    notice.clone().of_change(&change, &to.typed).send(db, user_id, None)?;
    let mut same_kind = before.iter().filter(|it| it.channel == to.channel);
    if let Some(known) = same_kind.clone().find(|it| it.canonical == to.canonical) {
        return contacts::set_verified(db, known.id, now);
    }
    let contact = Contact {
        id: ContactId::random(),
        user_id,
        channel: to.channel,
        address: to.typed.clone(),
        canonical: to.canonical.clone(),
        is_primary: !same_kind.any(|other| other.verified_at.is_some()),
        created_at: now,
        verified_at: Some(now),
    };
    contacts::add(db, &contact)
}

/// The challenge that this very session began.
async fn find(
    app: &App,
    visitor: &Visitor,
    named: &Parameters,
) -> Result<(Challenge, Facts), PageError> {
    let signed_in = visitor.signed_in()?;
    let challenge = codes::find(app, visitor, Purpose::Contact.as_str(), named).await?;
    let facts: Facts = app.seals.challenge.open(&challenge.sealed_facts).ok_or(Kind::FlowLost)?;
    let own = facts.user_id == signed_in.user.id && facts.session_id == signed_in.session.id;
    if own { Ok((challenge, facts)) } else { Err(Kind::FlowLost.into()) }
}

fn identifier(challenge: &Challenge) -> Result<Identifier, PageError> {
    Identifier::read(&challenge.address).map_err(|_| Kind::FlowLost.into())
}

fn ask<'a>(
    app: &'a App,
    visitor: &'a Visitor,
    named: &'a Parameters,
    challenge: &'a Challenge,
) -> Ask<'a> {
    Ask { app, visitor, journey: &CodeJourney::CONTACT, named, challenge }
}
