//! The address that was made for a connected app: where its mail goes, and whether any comes.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{detail::back_to, find};
use crate::{
    app::App,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        contacts::ContactId,
        private_emails::{self, PrivateEmail},
        reach,
    },
    web::{
        error::{Kind, PageError},
        form::Parameters,
        parts::{Choice, PrivateAddress},
        shared_email::Shareable,
        submission::Submission,
    },
};

/// What the page says of it, if one was made.
pub(super) fn describe(emails: &Shareable) -> Option<PrivateAddress> {
    let made = emails.made()?;
    let now = made.target(emails.contacts()).map(|contact| contact.id);
    let targets = reach::proved_emails(emails.contacts()).map(|contact| Choice {
        value: contact.id.to_string(),
        text: contact.address.clone(),
        chosen: Some(contact.id) == now,
    });
    Some(PrivateAddress {
        address: made.address.clone(),
        forwards: made.stopped_at.is_none(),
        targets: targets.collect(),
    })
}

/// What is done to the address.
#[derive(Clone, Copy)]
enum Act {
    Stop,
    Resume,
    SendTo(ContactId),
}

impl Act {
    fn read(form: &Parameters, emails: &Shareable) -> Result<Self, PageError> {
        match (form.get("forward"), form.get("target")) {
            (Some("off"), _) => Ok(Self::Stop),
            (Some("on"), _) => Ok(Self::Resume),
            (None, Some(target)) => {
                let own = emails.own(target).ok_or(Kind::Unreadable)?;
                Ok(Self::SendTo(own.id))
            }
            _ => Err(Kind::Unreadable.into()),
        }
    }

    const fn event(self) -> Event {
        match self {
            Self::Stop => Event::PrivateEmailStopped,
            Self::Resume => Event::PrivateEmailResumed,
            Self::SendTo(_) => Event::PrivateEmailMoved,
        }
    }

    /// Does it, and writes it down.
    fn apply(
        self,
        db: &mut Db<'_>,
        made: &PrivateEmail,
        happened: &Activity,
    ) -> Result<(), store::Error> {
        match self {
            Self::Stop => private_emails::set_stopped(db, made.id, Some(happened.happened_at))?,
            Self::Resume => private_emails::set_stopped(db, made.id, None)?,
            Self::SendTo(contact) => private_emails::set_target(db, made.id, contact)?,
        }
        activity::add(db, happened)
    }
}

/// Stops mail by the address, lets it through again, or has it go elsewhere: from the next mail on.
///
/// # Errors
/// If the form is not from our page in this browser and session, there is no such app or no address was
/// made for it, or mail shall go to what is not a proved address of this person.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, client) = find(&app, &visitor, &path).await?;
    let emails = Shareable::find(&app, grant.user_id, client.id).await?;
    let made = emails.made().ok_or(Kind::NotFound)?.clone();
    let act = Act::read(&form, &emails)?;
    let happened =
        Activity { client_id: Some(client.id), ..visitor.activity(act.event(), app.clock.now()) };
    app.store.write(move |db| act.apply(db, &made, &happened)).await?;
    Ok(back_to(&path))
}
