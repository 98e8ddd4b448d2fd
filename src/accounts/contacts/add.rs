//! Another address or number: a code is sent there. Where it is somebody else's, its owner is told
//! instead, and the answer is the same.

use actix_web::{HttpResponse, web::Data};
use serde::{Deserialize, Serialize};

use super::render;
use crate::{
    accounts::{
        codes::{self, Addressee, claim::Claim},
        identifier::Identifier,
        notices,
    },
    app::App,
    delivery::messages::{Purpose, Tried},
    store::{
        activity::Event, challenges::ChallengeId, contacts, sessions::SessionId, users::UserId,
    },
    web::{
        error::PageError,
        parts::Problems,
        submission::Submission,
        urls,
        visitor::{SignedIn, Visitor},
    },
};

/// As many contacts are enough for anybody.
const MOST: usize = 10;

/// What must be remembered until the code is typed. Only the session that asked may answer.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Facts {
    pub user_id: UserId,
    pub session_id: SessionId,
    pub to: Addressee,
}

/// Sends the code.
///
/// # Errors
/// If the form is not from our page in this browser and session, nobody has lately proved that it is
/// them, too many codes were asked for, or
/// the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form: sent }: Submission,
) -> Result<HttpResponse, PageError> {
    let signed_in = visitor.lately_proved(&app)?;
    match judge(&app, signed_in, sent.get("identifier").unwrap_or_default()).await? {
        Ok(to) => {
            let id = begin(&app, &visitor, signed_in, to).await?;
            Ok(codes::lead_to(urls::ACCOUNT_CONTACTS_VERIFY, id, &sent))
        }
        Err(key) => {
            let problems = Problems::none().with("contact-identifier", &visitor.page.text(key));
            render(&app, &visitor, &sent, problems).await
        }
    }
}

/// Whether this can be listed, as far as whoever asks may know.
async fn judge(
    app: &App,
    signed_in: &SignedIn,
    typed: &str,
) -> Result<Result<Identifier, &'static str>, PageError> {
    let to = match Identifier::read(typed) {
        Ok(to) => to,
        Err(key) => return Ok(Err(key)),
    };
    if !notices::reaches(app, to.channel) {
        return Ok(Err("contact-no-texts-here"));
    }
    let user_id = signed_in.user.id;
    let own = app.store.read(move |db| contacts::list_of_user(db, user_id)).await?;
    let mut same = own.iter().filter(|it| it.channel == to.channel && it.canonical == to.canonical);
    Ok(if same.any(|contact| contact.verified_at.is_some()) {
        Err("contact-own")
    } else if own.len() >= MOST {
        Err("contacts-too-many")
    } else {
        Ok(to)
    })
}

/// Begins the challenge. Both letters are written, whichever of them leaves.
async fn begin(
    app: &App,
    visitor: &Visitor,
    SignedIn { user, session, .. }: &SignedIn,
    to: Identifier,
) -> Result<ChallengeId, PageError> {
    let own = user.language.clone();
    let addressee = Addressee {
        recipient: to.recipient.clone(),
        name: user.name.clone(),
        language: own.unwrap_or_else(|| visitor.page.language.code().to_owned()),
    };
    let facts = Facts { user_id: user.id, session_id: session.id, to: addressee };
    let (challenge, code) = codes::begin(app, visitor, Purpose::Contact, &to, &facts);
    let letter = codes::letter(app, Purpose::Contact, to.channel, &facts.to, &code)?;
    let (tried, event) = (Tried::Contact, Event::ContactClaimed);
    Claim { to: &to, challenge, letter, tried, event }.make(app, visitor).await
}
