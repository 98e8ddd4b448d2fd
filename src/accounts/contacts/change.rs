//! A contact removed, or made the primary one: all others are told, and it for the last time.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{done, must_stay, render};
use crate::{
    accounts::{factors::Way, notices::Notice, two_step},
    app::App,
    delivery::messages::Alarm,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        client_notices::{self, Kind as Told},
        contact_changes::{self, ContactChange},
        contacts::{self, Channel, Contact, ContactId},
        users,
    },
    web::{
        error::{Kind, PageError},
        form::Parameters,
        parts::Problems,
        submission::Submission,
        visitor::Visitor,
    },
};

/// Removes a contact.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such contact.
pub async fn remove(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    change(&app, &visitor, &path, Act::Remove).await
}

/// Makes a contact the primary one of its kind.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such contact.
pub async fn make_primary(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    change(&app, &visitor, &path, Act::MakePrimary).await
}

/// What is done to a contact.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Remove,
    MakePrimary,
}

impl Act {
    /// The word its page answers with, what the others are told, and what is written down.
    const fn row(self) -> (&'static str, Alarm, Event) {
        match self {
            Self::Remove => ("removed", Alarm::ContactRemoved, Event::ContactRemoved),
            Self::MakePrimary => {
                ("primary", Alarm::PrimaryContactChanged, Event::PrimaryContactChanged)
            }
        }
    }

    /// Why it is not done: the key of the sentence that says so.
    fn refusal(self, contact: &Contact, all: &[Contact]) -> Option<&'static str> {
        match self {
            Self::Remove => must_stay(contact, all),
            Self::MakePrimary => contact.verified_at.is_none().then_some("contacts-unproved"),
        }
    }

    fn apply(self, db: &mut Db<'_>, contact: &Contact) -> Result<(), store::Error> {
        match self {
            Self::Remove => contacts::remove(db, contact.id),
            Self::MakePrimary => contacts::set_primary(db, contact),
        }
    }
}

async fn change(
    app: &Data<App>,
    visitor: &Visitor,
    named: &str,
    act: Act,
) -> Result<HttpResponse, PageError> {
    let user_id = visitor.lately_proved(app)?.user.id;
    let id = ContactId::parse(named).ok_or(Kind::NotFound)?;
    let (word, alarm, event) = act.row();
    let (now, with) = (app.clock.now(), app.clone());
    let notice = Notice::of(app, visitor, alarm, now);
    let happened = visitor.activity(event, now);
    let judged = app
        .store
        .write(move |db| {
            users::hold(db, user_id)?;
            let before = contacts::list_of_user(db, user_id)?;
            let Some(contact) = before.iter().find(|contact| contact.id == id) else {
                return Ok::<_, store::Error>(None);
            };
            if let Some(key) = act.refusal(contact, &before) {
                return Ok(Some(Err(key)));
            }
            let gone = |way: &Way| {
                act == Act::Remove && way.contact.as_ref().is_some_and(|it| it.id == id)
            };
            if two_step::leans_on(db, &with, user_id, gone)? {
                return Ok(Some(Err("two-step-too-few")));
            }
            let change = ContactChange::to(user_id, &before, now);
            contact_changes::add(db, &change)?;
            notice.clone().of_change(&change, &contact.address).send(db, user_id, None)?;
            let known = contacts::find_primary(db, user_id, Channel::Email)?;
            act.apply(db, contact)?;
            let told = contacts::find_primary(db, user_id, Channel::Email)?;
            if known.map(|it| it.id) != told.map(|it| it.id) {
                client_notices::add_for_user(db, Told::EmailChanged, user_id, now)?;
            }
            let details = contact.address.clone();
            activity::add(db, &Activity { details, ..happened.clone() })?;
            Ok(Some(Ok(())))
        })
        .await?;
    match judged.ok_or(Kind::NotFound)? {
        Ok(()) => Ok(done(word)),
        Err(key) => {
            let problems = Problems::none().with("", &visitor.page.text(key));
            render(app, visitor, &Parameters::default(), problems).await
        }
    }
}
