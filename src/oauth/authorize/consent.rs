//! The consent page and its answer: what an app will see, with the real values, and yes or no.
//!
//! A yes is written down and leads back to the authorization endpoint, which finds it there. So the
//! form can say nothing but yes or no: what it is about is read again from the sealed flow.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{
    Asked,
    error::AuthorizeError,
    gather, go,
    next_step::{Question, Step},
    respond, resume, step,
};
use crate::{
    app::App,
    clock::Moment,
    oauth::terms::{self, Asking, Terms},
    protocol::{error::access_denied, redirect_uri::Destination as Place, scope::Scope},
    store::{
        self,
        activity::{self, Activity, Event},
        grants::{self, Consent, Grant},
    },
    web::{
        app_card,
        error::{Kind, PageError},
        flow::Flow,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{AddressChoice, AppCard, Destination, Lasting, Permission, SharedValue},
        scopes,
        shared_email::Shareable,
        submission::Submission,
        urls,
        visitor::{SignedIn, Visitor},
    },
};

#[derive(Template)]
#[template(path = "oauth/consent.html")]
struct ConsentPage<'a> {
    page: &'a Page,
    app: AppCard,
    in_test: bool,
    warn_loopback: bool,
    shared: Vec<SharedValue>,
    addresses: Vec<AddressChoice>,
    permissions: Vec<Permission>,
    already: Vec<String>,
    lasting: Lasting,
    offline: bool,
    destination: Destination,
    report_url: Option<String>,
}

/// Shows what is asked; whoever has nothing to decide here is led on.
///
/// # Errors
/// If there is no such flow.
pub async fn show(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let (flow, asked) = match open(&app, &http, &visitor, &query).await? {
        Ok(found) => found,
        Err(beginning) => return Ok(go(&beginning)),
    };
    let Step::Consent(question) = step(&app, &visitor, &flow, &asked).await? else {
        return Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))));
    };
    let signed_in = visitor.signed_in()?;
    let emails = emails(&app, &visitor, &asked).await?;
    let template = draw(&visitor.page, &asked, &question, signed_in, &emails);
    let policy = app_card::policy(&template.app);
    page::show_with(&template, actix_web::http::StatusCode::OK, &policy)
}

/// Writes down a yes, or carries a no back to the app.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such flow.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let (flow, asked) = match open(&app, &http, &visitor, &form).await? {
        Ok(found) => found,
        Err(beginning) => return Ok(go(&beginning)),
    };
    let Step::Consent(Question { new, .. }) = step(&app, &visitor, &flow, &asked).await? else {
        return Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))));
    };
    let consent = match form.get("answer") {
        Some("allow") => {
            let emails = emails(&app, &visitor, &asked).await?;
            terms::answer(&form, &asked.client, &new, &emails)?
        }
        Some("deny") => return deny(&app, &visitor, &asked, &new).await,
        _ => return Err(Kind::Unreadable.into()),
    };
    // Who leaves everything out has said no.
    if consent.allowed.is_empty() && !new.is_empty() && new == asked.request.wanted() {
        return deny(&app, &visitor, &asked, &new).await;
    }
    allow(&app, &visitor, &asked, consent).await?;
    Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))))
}

/// The mail addresses that this person may share with the app.
async fn emails(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Shareable, PageError> {
    Shareable::find(app, visitor.signed_in()?.user.id, asked.client.id).await
}

async fn deny(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    new: &Scope,
) -> Result<HttpResponse, PageError> {
    let happened = note(visitor, asked, Event::ConsentRefused, new, app.clock.now());
    app.store.write(move |db| activity::add(db, &happened)).await?;
    let refusal = access_denied("the person did not allow it");
    respond::refuse(&app.config, &visitor.page, &asked.back, &refusal)
}

/// The flow named in a query or form, with its request; or where to begin afresh.
async fn open(
    app: &App,
    http: &HttpRequest,
    visitor: &Visitor,
    named: &Parameters,
) -> Result<Result<(Flow, Asked), String>, PageError> {
    let sealed = named.get("flow").ok_or(Kind::FlowLost)?;
    let flow = match resume(app, http, visitor, sealed).await? {
        Ok(flow) => flow,
        Err(beginning) => return Ok(Err(beginning)),
    };
    match gather(app, http, &flow).await {
        Ok(asked) => Ok(Ok((flow, asked))),
        Err(AuthorizeError::Show(error)) => Err(error),
        // The authorization endpoint knows how to carry a refusal back.
        Err(AuthorizeError::Return(..)) => Ok(Err(flow.beginning())),
    }
}

/// Writes down what the person allows.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub(super) async fn allow(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    consent: Consent,
) -> Result<Grant, PageError> {
    let now = app.clock.now();
    let happened = note(visitor, asked, Event::ConsentGiven, &consent.allowed, now);
    let (user_id, client_id) = (visitor.signed_in()?.user.id, asked.client.id);
    let written = app.store.write(move |db| {
        let grant = grants::allow(db, user_id, client_id, &consent, now)?;
        activity::add(db, &happened)?;
        Ok::<_, store::Error>(grant)
    });
    Ok(written.await?)
}

fn note(visitor: &Visitor, asked: &Asked, event: Event, scope: &Scope, now: Moment) -> Activity {
    Activity {
        client_id: Some(asked.client.id),
        details: scope.to_string(),
        ..visitor.activity(event, now)
    }
}

fn draw<'a>(
    page: &'a Page,
    asked: &Asked,
    Question { new, standing }: &Question,
    signed_in: &SignedIn,
    emails: &Shareable,
) -> ConsentPage<'a> {
    let before = standing.as_deref();
    let standing = &before.map(|grant| grant.scope.clone()).unwrap_or_default();
    let email = before.map_or_else(|| emails.proposed(), Grant::email);
    let old = asked.request.scope.difference(new).intersection(standing);
    let asking = Asking { client: &asked.client, new, old: &old, standing, email };
    let terms = Terms::of(page, &asking, &signed_in.user, emails);
    let destination = match asked.back.return_to.destination() {
        Place::Host(host) => Destination::Site(host),
        Place::ThisComputer => Destination::ThisComputer,
        Place::ThisDevice => Destination::ThisDevice,
    };
    let own = !asked.client.first_party && asked.client.live_at.is_none();
    ConsentPage {
        page,
        app: app_card::of(&asked.client),
        in_test: own,
        warn_loopback: asked.client.owner_id.is_none()
            && matches!(destination, Destination::ThisComputer),
        shared: terms.shared,
        addresses: terms.addresses,
        permissions: terms.permissions,
        already: old.iter().map(|name| scopes::title(page, name)).collect(),
        lasting: Lasting::UntilRemoved,
        offline: new.contains("offline_access"),
        destination,
        report_url: Some(urls::report(asked.client.id)),
    }
}
