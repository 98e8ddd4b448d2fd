//! Which mail address a connected app is told, and another one chosen for it.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

use super::{detail::back_to, find};
use crate::{
    app::App,
    store::{
        self,
        activity::{self, Activity, Event},
        grants::{self, Grant},
    },
    web::{
        error::{Kind, PageError},
        parts::AddressChoice,
        shared_email::{self, Shareable},
        submission::Submission,
    },
};

/// The addresses that may be chosen for this app; none if it is told none, or there is no choice.
pub(super) fn choices(grant: &Grant, emails: &Shareable) -> Vec<AddressChoice> {
    if shared_email::is_told(&grant.scope) { emails.choices(grant.email()) } else { Vec::new() }
}

/// Has an app told another address, from its next question on.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such app, or the
/// address is not one of this person's that is proved.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (grant, client) = find(&app, &visitor, &path).await?;
    if !shared_email::is_told(&grant.scope) {
        return Err(Kind::NotFound.into());
    }
    let user_id = grant.user_id;
    let emails = Shareable::find(&app, user_id, client.id).await?;
    let wish = emails.read(&form)?.ok_or(Kind::Unreadable)?;
    let happened = Activity {
        client_id: Some(client.id),
        ..visitor.activity(Event::SharedEmailChanged, app.clock.now())
    };
    let set = move |db: &mut store::Db<'_>| -> Result<(), store::Error> {
        if grants::set_email(db, grant.id, user_id, &wish)? {
            activity::add(db, &happened)?;
        }
        Ok(())
    };
    app.store.write(set).await?;
    Ok(back_to(&path))
}
