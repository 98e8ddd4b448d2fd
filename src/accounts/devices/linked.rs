//! Devices linked by a code: what they are called, and the end of their access.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use crate::{
    accounts::next,
    app::App,
    clock::Moment,
    identity::display_name::DisplayName,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        clients, linked_devices,
        token_families::{FamilyId, Lineage},
        users::UserId,
    },
    web::{
        content_policy::ContentPolicy,
        error::{Kind, PageError},
        page::{self, Page},
        parts::{self, Problems},
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "accounts/linked_device.html")]
struct LinkedDevicePage<'a> {
    page: &'a Page,
    problems: Problems,
    device: parts::Linked,
    /// What stands in the field.
    name: &'a str,
}

/// The devices that still have access, as their page shows them.
pub(super) fn list(
    db: &mut Db<'_>,
    user_id: UserId,
    now: Moment,
) -> Result<Vec<parts::Linked>, store::Error> {
    let devices = linked_devices::list_of_user(db, user_id, now)?;
    let apps: Vec<_> = devices.iter().map(|(_, lineage)| lineage.family.client_id).collect();
    let apps = clients::list(db, &apps)?;
    let described = devices.into_iter().map(|(device, Lineage { family, .. })| {
        let app = apps.iter().find(|app| app.id == family.client_id);
        let app = app.map(|app| app.name.clone()).unwrap_or_default();
        parts::Linked {
            id: device.id.to_string(),
            name: device.name.map_or_else(|| app.clone(), |name| name.to_string()),
            app,
            since: device.linked_at,
            last_used: family.rotated_at,
        }
    });
    Ok(described.collect())
}

/// Shows the field for another name.
///
/// # Errors
/// If nobody is signed in, or it is no device of theirs.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let device = find(&app, &visitor, &path).await?;
    let (page, name) = (&visitor.page, device.name.clone());
    let problems = Problems::none();
    page::show(&LinkedDevicePage { page, problems, device, name: &name })
}

/// Gives a linked device another name.
///
/// # Errors
/// If the form is not from our page in this browser and session, or it is no device of theirs.
pub async fn rename(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let device = find(&app, &visitor, &path).await?;
    let typed = form.get("name").unwrap_or_default();
    let name: DisplayName = match typed.parse() {
        Ok(name) => name,
        Err(problem) => {
            let page = &visitor.page;
            let problems = Problems::none().with("device-name", &page.text(problem.key()));
            let template = LinkedDevicePage { page, problems, device, name: typed };
            return page::show_with(&template, StatusCode::BAD_REQUEST, &ContentPolicy::default());
        }
    };
    let id = FamilyId::parse(&path).ok_or(Kind::NotFound)?;
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let happened = visitor.activity(Event::DeviceRenamed, now);
    app.store
        .write(move |db| {
            if let Some(family) = linked_devices::set_name(db, id, user_id, &name)? {
                let (client_id, details) = (Some(family.client_id), name.to_string());
                activity::add(db, &Activity { client_id, details, ..happened.clone() })?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}

/// The device of this address, if it is one of this person's that has access.
async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<parts::Linked, PageError> {
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let devices = app.store.survey(move |db| list(db, user_id, now)).await?;
    let device = devices.into_iter().find(|device| device.id == id);
    device.ok_or_else(|| Kind::NotFound.into())
}

/// Removes a linked device: its tokens stop at once.
///
/// # Errors
/// If the form is not from our page in this browser and session, or it is no device.
pub async fn remove(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = FamilyId::parse(&path).ok_or(Kind::NotFound)?;
    let (user_id, now) = (visitor.signed_in()?.user.id, app.clock.now());
    let happened = visitor.activity(Event::DeviceRemoved, now);
    app.store
        .write(move |db| {
            if let Some(family) = linked_devices::end(db, id, user_id, "removed_by_user", now)? {
                let client_id = Some(family.client_id);
                activity::add(db, &Activity { client_id, ..happened.clone() })?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_DEVICES))
}
