//! The code in the mail: whoever types it in the browser that asked for it gets the account, or makes
//! the passkey that opens it.

use actix_web::{HttpResponse, web::Data};

use super::{Credential, Facts, passkey};
use crate::{
    accounts::{
        codes::{self, page::Ask},
        identifier::Identifier,
        new_session::{self, Proof},
        next,
    },
    app::App,
    clock::Moment,
    delivery::messages::Purpose,
    store::{
        self, Db,
        activity::Event,
        challenges::{self, Challenge},
        contacts::{self, Channel, Contact, ContactId},
        passkeys::{self, Passkey},
        passwords,
        users::{self, User},
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

/// Judges the code; a right one makes the account and signs its owner in.
///
/// # Errors
/// If the form is not from our page in this browser, or this browser waits for no code.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let challenge = find(&app, &visitor, &form).await?;
    let facts: Facts = app.seals.challenge.open(&challenge.sealed_facts).ok_or(Kind::FlowLost)?;
    let now = app.clock.now();
    let proof = passkey::proof(&challenge, now);
    let make = move |db: &mut Db<'_>| match &facts.credential {
        Credential::Password { hash } => {
            make(db, &facts, &Proved::Password(hash.clone()), now).map(Ok)
        }
        Credential::Passkey { .. } => challenges::add(db, &proof).map(|()| Err(proof.id)),
    };
    match codes::guess(&app, &visitor, &challenge, &form, make).await? {
        Ok(Err(id)) => Ok(codes::lead_to(urls::SIGN_UP_PASSKEY, id, &form)),
        Ok(Ok(user)) => {
            let proof = Proof::password(now);
            let cookie = new_session::begin(&app, &visitor, &user, &proof, Event::SignedUp).await?;
            let mut answer = next::go(&next::after(&form));
            let _ = answer.add_cookie(&cookie);
            Ok(answer)
        }
        Err(missed) => ask(&app, &visitor, &form, &challenge).missed(&missed),
    }
}

/// The challenge that this browser began.
pub(super) async fn find(
    app: &App,
    visitor: &Visitor,
    named: &Parameters,
) -> Result<Challenge, PageError> {
    codes::find(app, visitor, Purpose::SignUp.as_str(), named).await
}

/// The page that asks for its code.
pub(super) fn ask<'a>(
    app: &'a App,
    visitor: &'a Visitor,
    named: &'a Parameters,
    challenge: &'a Challenge,
) -> Ask<'a> {
    let journey = match challenge.channel {
        Channel::Email => &CodeJourney::SIGN_UP,
        Channel::Sms => &CodeJourney::SIGN_UP_BY_PHONE,
    };
    Ask { app, visitor, journey, named, challenge }
}

/// What the account is opened with.
pub(in crate::accounts) enum Proved {
    /// A password, by its hash.
    Password(String),
    /// A passkey, made for this account.
    Passkey(Box<Passkey>),
}

/// Makes the account: person, address or number, password or passkey, all or nothing.
pub(in crate::accounts) fn make(
    db: &mut Db<'_>,
    facts: &Facts,
    with: &Proved,
    now: Moment,
) -> Result<User, store::Error> {
    let mut user = User::named(&facts.name, now).speaking(&facts.language);
    if let Proved::Passkey(key) = with {
        user.id = key.user_id;
    }
    (user.terms_accepted_at, user.terms_version) = facts.terms.clone().unzip();
    let to = Identifier::read(&facts.contact)
        .map_err(|_| store::Error::Broken("a proved address is none".into()))?;
    users::add(db, &user)?;
    contacts::add(
        db,
        &Contact {
            id: ContactId::random(),
            user_id: user.id,
            channel: to.channel,
            address: to.typed,
            canonical: to.canonical,
            is_primary: true,
            created_at: now,
            verified_at: Some(now),
        },
    )?;
    match with {
        Proved::Password(hash) => passwords::set(db, user.id, hash, now)?,
        Proved::Passkey(key) => passkeys::add(db, key)?,
    }
    Ok(user)
}
