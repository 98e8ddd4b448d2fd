//! The consent page and its answer: what an app will see, with the real values, and yes or no.
//!
//! A yes is written down and leads back to the authorization endpoint, which finds it there. So the
//! form can say nothing but yes or no: what it is about is read again from the sealed flow.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;

use super::{Asked, error::AuthorizeError, gather, go, next_step::Step, respond, resume, step};
use crate::{
    app::App,
    oauth::issue::claims,
    protocol::{error::access_denied, redirect_uri::Destination as Place, scope::Scope},
    store::{
        activity::{self, Activity, Event},
        contacts::{self, Contact},
        grants,
    },
    web::{
        app_card,
        error::{Kind, PageError},
        flow::Flow,
        form::{Form, Malformed, Parameters, Query},
        page::{self, Page},
        parts::{AddressChoice, AppCard, Destination, Lasting, Permission, SharedValue},
        scopes, urls,
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
    let Step::Consent(new) = step(&app, &visitor, &flow, &asked).await? else {
        return Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))));
    };
    let signed_in = visitor.signed_in()?;
    let user_id = signed_in.user.id;
    let contacts = app.store.read(move |db| contacts::list_of_user(db, user_id)).await?;
    let template = draw(&visitor.page, &asked, &new, signed_in, &contacts);
    let policy = app_card::policy(&template.app);
    let answer = page::show_with(&template, actix_web::http::StatusCode::OK, &policy)?;
    Ok(visitor.greet(&http, answer))
}

/// Writes down a yes, or carries a no back to the app.
///
/// # Errors
/// If the form is not from our page in this browser and session, or there is no such flow.
pub async fn submit(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    form: Result<Form, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Form(form) = form?;
    visitor.check_form(&http, &form)?;
    let (flow, asked) = match open(&app, &http, &visitor, &form).await? {
        Ok(found) => found,
        Err(beginning) => return Ok(go(&beginning)),
    };
    let Step::Consent(new) = step(&app, &visitor, &flow, &asked).await? else {
        return Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))));
    };
    let signed_in = visitor.signed_in()?;
    match form.get("answer") {
        Some("allow") => {
            allow(&app, &visitor, &asked, signed_in, new).await?;
            Ok(go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))))
        }
        Some("deny") => {
            let happened = note(&visitor, &asked, Event::ConsentRefused, &new, app.clock.now());
            app.store.write(move |db| activity::add(db, &happened)).await?;
            let refusal = access_denied("the person did not allow it");
            respond::refuse(&app.config, &visitor.page, &asked.back, &refusal)
        }
        _ => Err(Kind::Unreadable.into()),
    }
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

async fn allow(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    signed_in: &SignedIn,
    new: Scope,
) -> Result<(), PageError> {
    let now = app.clock.now();
    let happened = note(visitor, asked, Event::ConsentGiven, &new, now);
    let (user_id, client_id) = (signed_in.user.id, asked.client.id);
    app.store
        .write(move |db| {
            grants::allow(db, user_id, client_id, &new, now)?;
            activity::add(db, &happened)
        })
        .await?;
    Ok(())
}

fn note(
    visitor: &Visitor,
    asked: &Asked,
    event: Event,
    scope: &Scope,
    now: crate::clock::Moment,
) -> Activity {
    Activity {
        client_id: Some(asked.client.id),
        details: scope.to_string(),
        ..visitor.activity(event, now)
    }
}

fn draw<'a>(
    page: &'a Page,
    asked: &Asked,
    new: &Scope,
    signed_in: &SignedIn,
    contacts: &[Contact],
) -> ConsentPage<'a> {
    let old = asked.request.scope.difference(new);
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
        shared: shared(page, new, signed_in, contacts),
        // One address to share so far: nothing to choose.
        addresses: Vec::new(),
        permissions: permissions(page, new, &old),
        already: old.iter().map(|name| scopes::title(page, name)).collect(),
        lasting: Lasting::UntilRemoved,
        offline: new.contains("offline_access"),
        destination,
        report_url: None,
    }
}

/// Each claim with its present value.
pub(in crate::oauth) fn shared(
    page: &Page,
    new: &Scope,
    signed_in: &SignedIn,
    contacts: &[Contact],
) -> Vec<SharedValue> {
    let told = claims::allowed(new, &signed_in.user, contacts);
    let shown = told.iter().filter(|(name, _)| !UNSAID.contains(&name.as_str()));
    shown
        .map(|(name, value)| SharedValue {
            label: page.text(&format!("claim-{}", name.replace('_', "-"))).to_string(),
            value: words(value),
            new: false,
        })
        .collect()
}

/// What is told but not worth a line: whether something is proved, and when it changed.
const UNSAID: &[&str] = &["email_verified", "phone_number_verified", "updated_at"];

fn words(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Object(address) => {
            let formatted = address.get("formatted").and_then(serde_json::Value::as_str);
            formatted.map_or_else(
                || {
                    let parts = address.values().filter_map(serde_json::Value::as_str);
                    parts.collect::<Vec<_>>().join(", ")
                },
                |formatted| formatted.replace('\n', ", "),
            )
        }
        other => other.to_string(),
    }
}

/// What the app may do beyond seeing claims: the scopes that are not a set of claims.
pub(in crate::oauth) fn permissions(page: &Page, new: &Scope, old: &Scope) -> Vec<Permission> {
    let doing = new.iter().filter(|name| scopes::is_permission(name));
    doing
        .map(|name| Permission {
            scope: name.to_owned(),
            title: scopes::title(page, name),
            sentence: scopes::sentence(page, name),
            changes: false,
            reason: None,
            choice: None,
            new: !old.is_empty(),
        })
        .collect()
}
