//! A claim to an address: a code is sent there. Where it is somebody else's already, its owner is told
//! instead, and whoever claims it cannot tell (security rule 13).

use super::{Allowance, unanswerable};
use crate::{
    accounts::identifier::Identifier,
    app::App,
    clock::Moment,
    delivery::{
        Letterhead,
        messages::{AddressTaken, Tried},
    },
    store::{
        self,
        activity::{self, Activity, Event},
        challenges::{self, Challenge, ChallengeId},
        contacts,
        outbox::{self, Letter},
    },
    web::{
        error::{Kind, PageError},
        urls,
        visitor::Visitor,
    },
};

/// What somebody claims an address for.
pub(in crate::accounts) struct Claim<'a> {
    /// The address.
    pub to: &'a Identifier,
    /// What its holder must answer.
    pub challenge: Challenge,
    /// Brings them the code.
    pub letter: Letter,
    /// What the owner is told was tried.
    pub tried: Tried,
    /// What is noted for the owner.
    pub event: Event,
}

impl Claim<'_> {
    /// Writes it down, and to whom it concerns.
    ///
    /// # Errors
    /// [`Kind::wait`] after too many, or if the store cannot answer.
    pub async fn make(self, app: &App, visitor: &Visitor) -> Result<ChallengeId, PageError> {
        let Claim { to, challenge, letter, tried, event } = self;
        let (id, now) = (challenge.id, challenge.sent_at);
        let taken = taken_letter(app, visitor, to, tried, now)?;
        let allowance = Allowance::of(app, visitor, to);
        // It concerns the owner, whose session this is not.
        let happened = Activity { session_id: None, ..visitor.activity(event, now) };
        let (channel, canonical) = (to.channel, to.canonical.clone());
        let allowed = app
            .store
            .write(move |db| {
                let allowed = allowance.spend(db, now)?;
                if allowed.is_err() {
                    return Ok::<_, store::Error>(allowed);
                }
                let Some(owner) = contacts::find_verified(db, channel, &canonical)? else {
                    challenges::add(db, &challenge)?;
                    outbox::add(db, &letter)?;
                    return Ok(allowed);
                };
                let user_id = Some(owner.user_id);
                challenges::add(db, &Challenge { user_id, ..unanswerable(&challenge) })?;
                activity::add(db, &Activity { user_id, ..happened.clone() })?;
                outbox::add(db, &taken)?;
                Ok(allowed)
            })
            .await?;
        allowed.map_err(|until| Kind::wait(until.since(now)))?;
        Ok(id)
    }
}

fn taken_letter(
    app: &App,
    visitor: &Visitor,
    to: &Identifier,
    tried: Tried,
    now: Moment,
) -> Result<Letter, PageError> {
    let link = format!("{}{}", app.config.http.public_url.as_str(), urls::SIGN_IN);
    let head = Letterhead::new(&app.config, visitor.page.language);
    let message = AddressTaken { tried, link: &link }.write(&head, to.channel);
    let message = message.map_err(|error| PageError::internal(error.to_string()))?;
    Ok(app.courier.letter(to.channel, &to.recipient, &message, now))
}
