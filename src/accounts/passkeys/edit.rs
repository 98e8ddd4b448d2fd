//! One key: what it is called, and its end.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

use super::{back, describe};
use crate::{
    accounts::{
        factors::{Way, passkey},
        next,
        notices::Notice,
        two_step,
    },
    app::App,
    delivery::messages::Alarm,
    identity::display_name::DisplayName,
    store::{
        self,
        activity::{self, Activity, Event},
        passkeys::{self, Passkey, PasskeyId, Removed},
        users,
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
#[template(path = "accounts/passkey.html")]
struct PasskeyPage<'a> {
    page: &'a Page,
    problems: Problems,
    key: parts::Passkey,
    /// What stands in the field.
    name: &'a str,
    /// Whether it is the only way to sign in, and so stays.
    last: bool,
}

/// Shows a key, the field for another name, and the button that removes it.
///
/// # Errors
/// If nobody is signed in, or it is no key of theirs.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let found = find(&app, &visitor, &path).await?;
    render(&visitor, &found, None, Problems::none())
}

/// Gives a key another name.
///
/// # Errors
/// If the form is not from our page in this browser and session, or it is no key of theirs.
pub async fn rename(
    app: Data<App>,
    Submission { visitor, form }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let found = find(&app, &visitor, &path).await?;
    let typed = form.get("name").unwrap_or_default();
    let name: DisplayName = match typed.parse() {
        Ok(name) => name,
        Err(problem) => {
            let problem = visitor.page.text(problem.key());
            let problems = Problems::none().with("passkey-name", &problem);
            return render(&visitor, &found, Some(typed), problems);
        }
    };
    let (id, user_id) = (found.key.id, found.key.user_id);
    let happened = Activity {
        details: name.to_string(),
        ..visitor.activity(Event::PasskeyRenamed, app.clock.now())
    };
    app.store
        .write(move |db| {
            if passkeys::set_name(db, id, user_id, &name)? {
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(())
        })
        .await?;
    Ok(next::go(urls::ACCOUNT_PASSKEYS))
}

/// Removes a key, unless it is the last way in, or two-step verification leans on it.
///
/// # Errors
/// If the form is not from our page in this browser and session, or it is no key.
pub async fn remove(
    app: Data<App>,
    Submission { visitor, form: _ }: Submission,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    visitor.lately_proved(&app)?;
    let found = find(&app, &visitor, &path).await?;
    let (id, user_id, now) = (found.key.id, found.key.user_id, app.clock.now());
    let happened = visitor.activity(Event::PasskeyRemoved, now);
    let notice = Notice::of(&app, &visitor, Alarm::PasskeyRemoved, now);
    let with = app.clone();
    let removed = app
        .store
        .write(move |db| {
            users::hold(db, user_id)?;
            let last = passkeys::list_of_user(db, user_id)?.len() == 1;
            let gone = |way: &Way| last && way.factor.name() == passkey::NAME;
            if two_step::leans_on(db, &with, user_id, gone)? {
                return Ok(None);
            }
            let removed = passkeys::remove(db, id, user_id)?;
            if removed == Removed::Done {
                notice.send(db, user_id, None)?;
                activity::add(db, &happened)?;
            }
            Ok::<_, store::Error>(Some(removed))
        })
        .await?;
    match removed {
        Some(Removed::Done) => Ok(back("removed")),
        Some(Removed::Unknown) => Err(Kind::NotFound.into()),
        None => {
            let sentence = visitor.page.text("two-step-too-few");
            render(&visitor, &found, None, Problems::none().with("", &sentence))
        }
        Some(Removed::LastWayIn) => {
            let sentence = visitor.page.text("passkey-last");
            let found = Found { last: true, ..found };
            render(&visitor, &found, None, Problems::none().with("", &sentence))
        }
    }
}

/// A key of this person.
struct Found {
    key: Passkey,
    last: bool,
}

/// The key of this address, if it is one of this person's.
async fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Found, PageError> {
    let user_id = visitor.signed_in()?.user.id;
    let id = PasskeyId::parse(id).ok_or(Kind::NotFound)?;
    let found = app.store.read(move |db| {
        let keys = passkeys::list_of_user(db, user_id)?;
        let last = passkeys::last_way_in(db, id, &keys)?;
        let key = keys.into_iter().find(|key| key.id == id);
        Ok::<_, store::Error>(key.map(|key| Found { key, last }))
    });
    found.await?.ok_or_else(|| Kind::NotFound.into())
}

fn render(
    visitor: &Visitor,
    found: &Found,
    typed: Option<&str>,
    problems: Problems,
) -> Result<HttpResponse, PageError> {
    let page = &visitor.page;
    let key = describe(page, &found.key)?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let name = typed.unwrap_or(&key.name).to_owned();
    let template = PasskeyPage { page, problems, key, name: &name, last: found.last };
    page::show_with(&template, status, &ContentPolicy::default())
}
