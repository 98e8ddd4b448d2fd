//! A new passkey or security key.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::back;
use crate::{
    accounts::{
        ceremonies::{self, Ceremony, Purpose},
        notices::Notice,
    },
    app::App,
    crypto::webauthn::{Created, Owner, Refusal},
    delivery::messages::Alarm,
    store::{
        self,
        activity::{self, Event},
        passkeys::{self, Kind, Passkey},
        users,
    },
    web::{
        content_policy::ContentPolicy,
        error::{self, PageError},
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{self, Problems},
        submission::Submission,
        visitor::{SignedIn, Visitor},
    },
};

#[derive(Template)]
#[template(path = "accounts/passkey_add.html")]
struct AddPage<'a> {
    page: &'a Page,
    problems: Problems,
    /// `passkey` or `security_key`.
    kind: &'a str,
    ceremony: parts::Ceremony,
}

/// Shows the button that has a browser make a key.
///
/// # Errors
/// If nobody is signed in who has lately proved who they are, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    visitor.lately_proved(&app)?;
    ask(&app, &visitor, kind(&query), Problems::none()).await
}

/// Judges what the browser made, and keeps it.
///
/// # Errors
/// If the form is not from our page in this browser and session, or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.lately_proved(&app)?;
    let kind = kind(&form);
    match add(&app, &visitor, signed_in, kind, &form).await? {
        Ok(()) => Ok(back("added")),
        Err(refusal) => {
            tracing::info!(
                error.code = refusal.code(),
                trace.id = visitor.page.trace,
                "Refused a new passkey"
            );
            let sentence = ceremonies::sentence(&visitor.page, refusal);
            ask(&app, &visitor, kind, Problems::none().with("", &sentence)).await
        }
    }
}

fn kind(named: &Parameters) -> Kind {
    named.get("kind").and_then(|kind| kind.parse().ok()).unwrap_or(Kind::Passkey)
}

const fn purpose(kind: Kind) -> Purpose {
    match kind {
        Kind::Passkey => Purpose::AddPasskey,
        Kind::SecurityKey => Purpose::AddSecurityKey,
    }
}

/// The page, with a question of its own.
async fn ask(
    app: &App,
    visitor: &Visitor,
    kind: Kind,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let relying_party = ceremonies::relying_party(app)?;
    let signed_in = visitor.signed_in()?;
    let user_id = signed_in.user.id;
    let known = app.store.read(move |db| passkeys::list_of_user(db, user_id)).await?;
    if known.len() >= passkeys::MOST {
        return Err(error::Kind::NotFound.into());
    }
    let known: Vec<_> = known.iter().map(Passkey::credential).collect::<Result<_, _>>()?;
    let name = &signed_in.user.name;
    let address = if signed_in.email.is_empty() { name } else { &signed_in.email };
    let owner = Owner { handle: *user_id.as_bytes(), address, name };
    let asked = relying_party.ask_to_create(kind.usable(), &owner, &known);
    let asked = asked.ok_or_else(|| PageError::internal("nothing to ask a browser for"))?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = AddPage {
        page: &visitor.page,
        problems,
        kind: kind.as_str(),
        ceremony: Ceremony::begin(app, visitor, purpose(kind), Some(user_id), asked),
    };
    page::show_with(&template, status, &ContentPolicy::default())
}

async fn add(
    app: &Data<App>,
    visitor: &Visitor,
    signed_in: &SignedIn,
    kind: Kind,
    form: &Parameters,
) -> Result<Result<(), Refusal>, PageError> {
    let (user_id, now) = (signed_in.user.id, app.clock.now());
    let judged = Ceremony::read(app, visitor, purpose(kind), Some(user_id), form);
    let (ceremony, made) = match judged.and_then(|ceremony| {
        let relying_party = app.relying_party.as_ref().ok_or(Refusal::Over)?;
        let answer = form.get("credential").unwrap_or_default();
        let made: Created = relying_party.created(kind.usable(), &ceremony.state, answer)?;
        Ok((ceremony, made))
    }) {
        Ok(judged) => judged,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let passkey = Passkey::new(user_id, kind, &made, now);
    let happened = visitor.activity(Event::PasskeyAdded, now);
    let notice = Notice::of(app, visitor, Alarm::PasskeyAdded, now);
    let added = app.store.write(move |db| {
        users::hold(db, user_id)?;
        let full = passkeys::list_of_user(db, user_id)?.len() >= passkeys::MOST;
        if !ceremony.redeem(db)? || full {
            return Ok(Err(Refusal::Over));
        }
        passkeys::add(db, &passkey)?;
        notice.send(db, user_id, None)?;
        activity::add(db, &happened)?;
        Ok(Ok(()))
    });
    match added.await {
        Err(store::Error::Taken) => Ok(Err(Refusal::Taken)),
        added => Ok(added?),
    }
}
