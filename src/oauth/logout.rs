//! RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0): an app asks that the person be
//! signed out here. The person is asked first, because a link must not sign anybody out.

pub mod backchannel;
mod frontchannel;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::Data,
};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::id_token_hint;
use crate::{
    app::App,
    store::{
        self,
        activity::{self, Event},
        clients::{Client, ClientId},
        sessions,
    },
    web::{
        app_card, asking_client, cookies,
        error::{Kind, PageError},
        form::{Form, Malformed, Parameters, Query},
        page::{self, Page},
        parts::AppCard,
        submission::Submission,
        urls,
        visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "oauth/logout.html")]
struct LogoutPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    logout: &'a str,
}

#[derive(Template)]
#[template(path = "accounts/signed_out.html")]
struct SignedOutPage<'a> {
    page: &'a Page,
}

/// Where the browser goes once the person is signed out; sealed while they are asked.
#[derive(Serialize, Deserialize)]
struct Afterwards {
    return_to: Option<String>,
}

/// Asks the person whether to sign out. A request that names a place to return to must prove that
/// it is the app's own (§2, §3), or nobody is sent anywhere.
///
/// # Errors
/// A page that says which parameter is wrong.
pub async fn end_session(
    app: Data<App>,
    http: HttpRequest,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(parameters) = query?;
    let client = asking(&app, &http, &parameters).await?;
    let return_to = return_to(client.as_deref(), &parameters)?;
    if let (None, Some(return_to)) = (&visitor.signed_in, &return_to) {
        return Ok(go(return_to));
    }
    let afterwards = app.seals.logout.seal(&Afterwards { return_to });
    let logout = BASE64_URL_SAFE_NO_PAD.encode(afterwards);
    let card = client.as_deref().map(app_card::of);
    let policy = card.as_ref().map(app_card::policy).unwrap_or_default();
    let template = LogoutPage { page: &visitor.page, app: card, logout: &logout };
    page::show_with(&template, StatusCode::OK, &policy)
}

/// The same by POST (§2). Browsers send our cookies with no post from another site, so the request
/// goes on as a GET.
///
/// # Errors
/// If the form cannot be read.
pub async fn end_session_by_post(form: Result<Form, Malformed>) -> Result<HttpResponse, PageError> {
    let Form(parameters) = form?;
    Ok(go(&format!("{}?{}", urls::LOGOUT, parameters.encode())))
}

/// Signs the person out, and sends the browser where it was promised.
///
/// # Errors
/// If the form is not from our page in this browser and session.
pub async fn confirm(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(form.get("logout").unwrap_or_default());
    let afterwards: Option<Afterwards> = sealed.ok().and_then(|it| app.seals.logout.open(&it));
    let afterwards = afterwards.ok_or(Kind::Expired)?;
    let frames = end(&app, &visitor).await?;
    let page = nobody(visitor.page);
    let return_to = afterwards.return_to.as_deref();
    let mut answer = match return_to {
        _ if !frames.is_empty() => frontchannel::show(&page, &frames, return_to)?,
        Some(return_to) => go(return_to),
        None => page::show(&SignedOutPage { page: &page })?,
    };
    let _ = answer.add_cookie(&cookies::forget_session(&app));
    Ok(answer)
}

/// Ends the session of this browser; returns what the browser must load for the apps in it.
async fn end(app: &App, visitor: &Visitor) -> Result<Vec<String>, PageError> {
    let Some(signed_in) = visitor.signed_in.clone() else { return Ok(Vec::new()) };
    let now = app.clock.now();
    let happened = visitor.activity(Event::SignedOut, now);
    let issuer = app.config.http.public_url.as_str().to_owned();
    let frames = app.store.write(move |db| {
        let (id, user_id) = (signed_in.session.id, signed_in.user.id);
        let frames = frontchannel::frames(db, &issuer, id)?;
        if sessions::end(db, id, user_id, "signed_out", now)? {
            activity::add(db, &happened)?;
        }
        Ok::<_, store::Error>(frames)
    });
    Ok(frames.await?)
}

fn nobody(mut page: Page) -> Page {
    page.account = None;
    page
}

/// The client that asks: named by its own ID token, or by `client_id`, or by both alike (§2).
async fn asking(
    app: &App,
    http: &HttpRequest,
    parameters: &Parameters,
) -> Result<Option<Arc<Client>>, PageError> {
    let wrong = |what| PageError::request("invalid_request", what);
    let id = |text: &str| ClientId::parse(text).ok_or(Kind::UnknownClient);
    let named = parameters.get("client_id");
    let client = match named {
        Some(named) => Some(asking_client::find(app, http, id(named)?).await?),
        None => None,
    };
    let hinted = match parameters.get("id_token_hint") {
        Some(hint) => {
            let hint = id_token_hint::read(app, hint);
            let hint =
                hint.ok_or_else(|| wrong("id_token_hint is not an ID token of this server"))?;
            Some(hint.client_id)
        }
        None => None,
    };
    match (client, hinted) {
        (Some(_), Some(hinted)) if Some(&*hinted) != named => {
            Err(wrong("client_id is not the client of id_token_hint"))
        }
        (None, Some(hinted)) => asking_client::find(app, http, id(&hinted)?).await.map(Some),
        (client, _) => Ok(client),
    }
}

/// Where to go afterwards: exactly as registered, with the app's `state` and nothing else (§3).
fn return_to(
    client: Option<&Client>,
    parameters: &Parameters,
) -> Result<Option<String>, PageError> {
    let Some(asked) = parameters.get("post_logout_redirect_uri") else { return Ok(None) };
    let client = client.ok_or_else(|| {
        let what = "post_logout_redirect_uri needs id_token_hint or client_id beside it";
        PageError::request("invalid_request", what)
    })?;
    let state = parameters.get("state").map(str::to_owned);
    let place = client.return_to_after_logout(asked, state.clone()).ok_or_else(|| {
        let what = "post_logout_redirect_uri is not one that the app registered";
        PageError::request("invalid_request", what)
    })?;
    let state: Vec<_> = state.as_deref().map(|state| ("state", state)).into_iter().collect();
    Ok(Some(if state.is_empty() { place.uri().to_owned() } else { place.with_query(&state) }))
}

fn go(location: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}
