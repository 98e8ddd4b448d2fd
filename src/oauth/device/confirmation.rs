//! What a device asks for, and the person's answer (RFC 8628 §3.3, §5.4).

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{ticket::Ticket, verification::refuse};
use crate::{
    app::App,
    clock::Moment,
    identity::{display_name::DisplayName, user_agent::UserAgent},
    oauth::terms::{self, Asking, Terms},
    protocol::scope::Scope,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        clients::{self, Client},
        device_codes::{self, DeviceCode, State},
        grants::{self, Grant},
        reach::EmailChoice,
        token_families::FamilyId,
    },
    web::{
        app_card,
        error::{Kind, PageError},
        form::{Malformed, Query},
        page::{self, Page},
        parts::{AddressChoice, AppCard, Lasting, Permission, SharedValue},
        shared_email::Shareable,
        submission::Submission,
        visitor::{SignedIn, Visitor},
        whereabouts,
    },
};

#[derive(Template)]
#[template(path = "oauth/device_confirm.html")]
struct ConfirmPage<'a> {
    page: &'a Page,
    app: AppCard,
    /// Goes back with the answer.
    request: String,
    user_code: &'a str,
    /// What the device calls itself.
    device: Option<&'a str>,
    asked_at: Moment,
    /// Where it asked from.
    place: Option<String>,
    /// Where the person is.
    here: Option<String>,
    shared: Vec<SharedValue>,
    addresses: Vec<AddressChoice>,
    permissions: Vec<Permission>,
    lasting: Lasting,
    offline: bool,
}

#[derive(Template)]
#[template(path = "oauth/device_done.html")]
struct DonePage<'a> {
    page: &'a Page,
    allowed: bool,
    app: AppCard,
}

/// Shows the code to compare, the app, and what it asks for.
///
/// # Errors
/// If the code was not typed in this browser and session.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let ticket = Ticket::read(&query, &visitor, &app.seals)?;
    let signed_in = visitor.signed_in()?;
    let (code, client) = find(&app, ticket.id).await?;
    if code.state(app.clock.now()) != State::Pending {
        return done(&app, &visitor, &code, &client);
    }
    let emails = Shareable::find(&app, signed_in.user.id, client.id).await?;
    let (user_id, client_id) = (signed_in.user.id, client.id);
    let before = app.store.read(move |db| grants::find_standing(db, user_id, client_id)).await?;
    let request = ticket.seal(&app.seals);
    let facts = Facts {
        request,
        user_code: &ticket.user_code,
        emails: &emails,
        choice: before.as_ref().map_or_else(|| emails.proposed(), Grant::email),
        place: place(&app, &visitor.page, &code),
        here: whereabouts::place(&app, &visitor.address, visitor.page.language),
    };
    let template = draw(&visitor, signed_in, &code, &client, facts);
    let policy = app_card::policy(&template.app);
    page::show_with(&template, StatusCode::OK, &policy)
}

/// Writes the answer down; the first one counts.
///
/// # Errors
/// If the form is not from our page, or the code was not typed in this browser and session.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let ticket = Ticket::read(&form, &visitor, &app.seals)?;
    let allowed = match form.get("answer") {
        Some("allow") => true,
        Some("deny") => false,
        _ => return Err(Kind::Unreadable.into()),
    };
    let session = visitor.signed_in()?.session.clone();
    let (code, client) = find(&app, ticket.id).await?;
    let now = app.clock.now();
    let emails = Shareable::find(&app, session.user_id, client.id).await?;
    let consent = terms::answer(&form, &client, &code.scope, &emails)?;
    let happened = note(&visitor, &code, allowed, now);
    app.store
        .write(move |db| {
            let taken = if allowed {
                device_codes::allow(db, &code, &session, &consent, now)?
            } else {
                device_codes::deny(db, code.id, session.user_id, now)?
            };
            if taken { activity::add(db, &happened) } else { Ok(()) }
        })
        .await?;
    let (code, _) = find(&app, ticket.id).await?;
    done(&app, &visitor, &code, &client)
}

/// What became of it, for whoever answered; for anybody else there is no such code any more.
fn done(
    app: &App,
    visitor: &Visitor,
    code: &DeviceCode,
    client: &Client,
) -> Result<HttpResponse, PageError> {
    if code.user_id != Some(visitor.signed_in()?.user.id) {
        return refuse(visitor, "");
    }
    let allowed = match code.state(app.clock.now()) {
        State::Allowed(_) | State::Redeemed => true,
        State::Denied => false,
        State::Pending | State::Expired => return refuse(visitor, ""),
    };
    let template = DonePage { page: &visitor.page, allowed, app: app_card::of(client) };
    page::show(&template)
}

/// The request and its client, which must still be in good standing.
async fn find(app: &App, id: FamilyId) -> Result<(DeviceCode, Client), PageError> {
    let look = move |db: &mut Db<'_>| {
        let Some(code) = device_codes::find(db, id)? else { return Ok(None) };
        let client = clients::find(db, code.client_id)?.filter(Client::in_good_standing);
        Ok::<_, store::Error>(Some((code, client)))
    };
    let (code, client) = app.store.read(look).await?.ok_or(Kind::FlowLost)?;
    Ok((code, client.ok_or(Kind::UnknownClient)?))
}

/// What the page says besides what stands in the request's row.
struct Facts<'a> {
    request: String,
    user_code: &'a str,
    emails: &'a Shareable,
    choice: Option<EmailChoice>,
    place: Option<String>,
    here: String,
}

fn draw<'a>(
    visitor: &'a Visitor,
    signed_in: &SignedIn,
    code: &'a DeviceCode,
    client: &Client,
    facts: Facts<'a>,
) -> ConfirmPage<'a> {
    let page = &visitor.page;
    let nothing = Scope::EMPTY;
    let asking =
        Asking { client, new: &code.scope, old: &nothing, standing: &nothing, email: facts.choice };
    let terms = Terms::of(page, &asking, &signed_in.user, facts.emails);
    ConfirmPage {
        page,
        app: app_card::of(client),
        request: facts.request,
        user_code: facts.user_code,
        device: code.device_name.as_ref().map(DisplayName::as_str),
        asked_at: code.created_at,
        place: facts.place,
        here: Some(facts.here).filter(|here| !here.is_empty()),
        shared: terms.shared,
        addresses: terms.addresses,
        permissions: terms.permissions,
        lasting: Lasting::UntilRemoved,
        offline: code.scope.contains("offline_access"),
    }
}

/// Where a device asked from, and its browser if it has one that we know.
fn place(app: &App, page: &Page, code: &DeviceCode) -> Option<String> {
    let agent = UserAgent::read(&code.user_agent);
    let known = agent.browser.is_some() || agent.system.is_some();
    let device = known.then(|| whereabouts::device(&code.user_agent, page.language));
    let parts = [Some(whereabouts::place(app, &code.address, page.language)), device];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn note(visitor: &Visitor, code: &DeviceCode, allowed: bool, now: Moment) -> Activity {
    let event = if allowed { Event::DeviceLinked } else { Event::ConsentRefused };
    Activity {
        client_id: Some(code.client_id),
        details: code.scope.to_string(),
        ..visitor.activity(event, now)
    }
}
