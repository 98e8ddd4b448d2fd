//! The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2): read, check, what next?
//!
//! Owns the request and its way through the pages, as a sealed [`Flow`]. Sign-in and sign-up are
//! other rooms' pages: they do their part and lead back here.

mod answer;
pub(super) mod checks;
pub mod consent;
mod error;
mod next_step;
pub(super) mod request;
pub(super) mod request_object;
mod request_uri;
mod respond;
mod resume;
pub mod select_account;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header, web::Data};
use oxide_auth::{
    code_grant::authorization::{Authorization, Input, Output},
    primitives::grant::Extensions,
};

use self::{
    checks::Door,
    error::{AuthorizeError, WayBack},
    next_step::{Known, Step},
    request::AuthorizationRequest,
    resume::resume,
};
use super::{
    client_keys::ClientKeys,
    engine::{self, Asking},
    id_token_hint,
    issue::subject,
    par,
};
use crate::{
    app::App,
    protocol::{client_metadata::Offer, error::OAuthError, redirect_uri::ReturnTo},
    store::{
        self,
        clients::{Client, ClientId},
        grants::{self, Consent, Grant},
        pushed_requests,
    },
    web::{
        asking_client,
        error::{Kind, PageError},
        flow::Flow,
        form::{Form, Malformed, Parameters, Query},
        urls,
        visitor::{SignedIn, Visitor},
    },
};

/// Asks for authorization, or goes on with a request that waits (`flow`).
///
/// # Errors
/// A page, when there is no registered place to go back to.
pub async fn authorize(
    app: Data<App>,
    keys: Data<ClientKeys>,
    http: HttpRequest,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(parameters) = query?;
    let flow = match parameters.get("flow") {
        Some(sealed) => match resume(&app, &http, &visitor, sealed).await? {
            Ok(flow) => flow,
            Err(beginning) => return Ok(go(&beginning)),
        },
        None => match begin(&app, &keys, &http, &visitor, parameters).await {
            Ok(flow) => flow,
            Err(error) => return refuse(&app, &visitor, error),
        },
    };
    proceed(&app, &keys, &http, &visitor, &flow).await
}

/// The same by POST (OpenID Connect Core §3.1.2.1). Browsers send our cookies with no post from
/// another site, so the request goes on as a GET, with which they come.
///
/// # Errors
/// If the form cannot be read.
pub async fn authorize_by_post(form: Result<Form, Malformed>) -> Result<HttpResponse, PageError> {
    let Form(parameters) = form?;
    Ok(go(&format!("{}?{}", urls::AUTHORIZE, parameters.encode())))
}

/// Begins a flow. The client must be known; everything else may still be refused politely.
async fn begin(
    app: &App,
    keys: &ClientKeys,
    http: &HttpRequest,
    visitor: &Visitor,
    parameters: Parameters,
) -> Result<Flow, AuthorizeError> {
    let client_id = parameters.get("client_id").and_then(ClientId::parse);
    let client_id = client_id.ok_or(Kind::UnknownClient)?;
    let client = asking_client::find(app, http, client_id).await?;
    let pushed = parameters.get("request_uri").and_then(par::referred);
    let (parameters, signed) = if let Some(id) = &pushed {
        pushed_request(app, &client, id.clone()).await?
    } else {
        let opened = request_object::open(app, keys, &client, &parameters).await;
        opened.map_err(|error| carried_back(&client, &parameters, error))?
    };
    let (browser, started_at) = (visitor.browser, app.clock.now());
    Ok(Flow {
        client_id,
        parameters,
        browser,
        started_at,
        pushed,
        signed,
        chosen: None,
        exhausted: false,
    })
}

/// What the client pushed under this reference (RFC 9126 §4).
async fn pushed_request(
    app: &App,
    client: &Client,
    id: Vec<u8>,
) -> Result<(Parameters, bool), AuthorizeError> {
    let now = app.clock.now();
    let found = app.store.read(move |db| pushed_requests::find(db, &id, now)).await?;
    let found = found.filter(|pushed| pushed.client_id == client.id);
    let gone = || PageError::request("invalid_request_uri", "request_uri is expired or used");
    let pushed = found.ok_or_else(gone)?;
    let parameters = Parameters::read(pushed.parameters.as_bytes()).map_err(PageError::from)?;
    Ok((parameters, pushed.signed))
}

/// A refusal of the request object for the client, if the request names a place it registered beside
/// it. If none is named, the object may have named one, and is what is wrong.
fn carried_back(client: &Client, parameters: &Parameters, error: OAuthError) -> AuthorizeError {
    match way_back(client, parameters) {
        Ok(back) => AuthorizeError::Return(back, error),
        Err(_) if parameters.get("redirect_uri").is_none() => {
            let refusal = PageError::request(error.code.as_str(), error.description);
            refusal.because(error.detail.unwrap_or_default()).into()
        }
        Err(elsewhere) => elsewhere.into(),
    }
}

fn refuse(app: &App, visitor: &Visitor, error: AuthorizeError) -> Result<HttpResponse, PageError> {
    match error {
        AuthorizeError::Show(error) => Err(error),
        AuthorizeError::Return(back, error) => {
            respond::refuse(&app.config, &visitor.page, &back, &error)
        }
    }
}

/// Does the next step of a flow.
async fn proceed(
    app: &App,
    keys: &ClientKeys,
    http: &HttpRequest,
    visitor: &Visitor,
    flow: &Flow,
) -> Result<HttpResponse, PageError> {
    let asked = match gather(app, http, flow).await {
        Ok(asked) => asked,
        Err(error) => return refuse(app, visitor, error),
    };
    let sealed = || flow.seal(&app.seals.flow);
    match step(app, visitor, flow, &asked).await? {
        Step::SignIn => Ok(go(&urls::in_flow(urls::SIGN_IN, &sealed()))),
        Step::SignUp => Ok(go(&urls::in_flow(urls::SIGN_UP, &sealed()))),
        Step::OneMoreProof(acr) => {
            let asked = [("flow", &*sealed()), ("acr", acr.as_str())];
            Ok(go(&urls::with_query(urls::SIGN_IN_AGAIN, &asked)))
        }
        Step::SelectAccount => Ok(go(&urls::in_flow(urls::SELECT_ACCOUNT, &sealed()))),
        Step::Consent(_) | Step::Allow(_) => Ok(go(&urls::in_flow(urls::CONSENT, &sealed()))),
        Step::Refuse(error) => respond::refuse(&app.config, &visitor.page, &asked.back, &error),
        Step::Respond(grant) => {
            let signed_in = visitor.signed_in()?;
            answer_once(app, flow).await?;
            let page = &visitor.page;
            match answer::make(app, keys, &asked, signed_in, &grant).await {
                Ok(answer) => respond::answer(&app.config, page, &asked.back, &answer),
                Err(error) => respond::refuse(&app.config, page, &asked.back, &error),
            }
        }
    }
}

/// A request that passed every check, and whose it is.
pub(super) struct Asked {
    client: Arc<Client>,
    back: WayBack,
    request: AuthorizationRequest,
}

/// Reads and checks the request of a flow, in the order that decides who hears a refusal: without
/// a known client and a registered redirect URI nobody is sent anywhere.
async fn gather(app: &App, http: &HttpRequest, flow: &Flow) -> Result<Asked, AuthorizeError> {
    let parameters = &flow.parameters;
    let client = asking_client::find(app, http, flow.client_id).await?;
    let back = way_back(&client, parameters)?;
    let door = if flow.pushed.is_some() { Door::Pushed } else { Door::Browser };
    let offer = app.config.client_rules().offer;
    match judge(door, offer, parameters, &client, &back.return_to) {
        Ok(request) => Ok(Asked { client, back, request }),
        Err(error) => Err(AuthorizeError::Return(back, error)),
    }
}

fn way_back(client: &Client, parameters: &Parameters) -> Result<WayBack, PageError> {
    let state = parameters.get("state").map(str::to_owned);
    let wrong = |why: String| PageError::from(Kind::RedirectUri).because(why);
    let asked = parameters.get("redirect_uri").ok_or_else(|| wrong("it is missing".into()))?;
    let return_to = client.return_to(asked, state);
    let return_to = return_to.ok_or_else(|| wrong(format!("`{asked}` is not registered")))?;
    Ok(WayBack { return_to, mode: request::response_mode(parameters) })
}

/// Reads and checks a request that came in by this door.
///
/// # Errors
/// By RFC 6749 §4.1.2.1.
pub(super) fn judge(
    door: Door,
    offer: Offer,
    parameters: &Parameters,
    client: &Client,
    return_to: &ReturnTo,
) -> Result<AuthorizationRequest, OAuthError> {
    let request = request::read(parameters, client, offer)?;
    checks::check(door, &request, client)?;
    walk(client, return_to, &request)?;
    Ok(request)
}

/// Marks a pushed request as answered; a second answer is refused (RFC 9126 §7.3).
async fn answer_once(app: &App, flow: &Flow) -> Result<(), PageError> {
    let Some(id) = flow.pushed.clone() else { return Ok(()) };
    let now = app.clock.now();
    if app.store.write(move |db| pushed_requests::redeem(db, &id, now)).await? {
        Ok(())
    } else {
        Err(PageError::request("invalid_request_uri", "request_uri was answered before"))
    }
}

/// Lets oxide-auth walk the request, and answers each of its questions.
fn walk(
    client: &Client,
    return_to: &ReturnTo,
    request: &AuthorizationRequest,
) -> Result<(), OAuthError> {
    let client_id = client.id.to_string();
    let asking = Asking {
        client_id: &client_id,
        redirect_uri: return_to.uri(),
        scope: &request.scope,
        state: return_to.state(),
    };
    let mut machine = Authorization::new(&asking);
    let mut input = Input::None;
    loop {
        input = match machine.advance(input) {
            Output::Bind { .. } => Input::Bound {
                request: &asking,
                bound_client: engine::bound(&client_id, return_to.uri())?,
            },
            Output::Extend => Input::Extended(Extensions::default()),
            Output::Negotiate { bound_client, .. } => Input::Negotiated {
                pre_grant: engine::negotiated(bound_client, &request.scope)?,
                state: return_to.state().map(str::to_owned),
            },
            Output::Ok { .. } => return Ok(()),
            Output::Err(error) => return Err(engine::authorization_refusal(error)),
        };
    }
}

/// Looks up what is stored, and decides; what goes without saying is written down.
async fn step(app: &App, visitor: &Visitor, flow: &Flow, asked: &Asked) -> Result<Step, PageError> {
    let signed_in = visitor.signed_in.as_ref();
    let grant = match signed_in {
        Some(signed_in) => standing(app, signed_in, asked.client.id).await?,
        None => None,
    };
    let next = next_step::decide(Known {
        client: &asked.client,
        request: &asked.request,
        place: asked.back.return_to.destination(),
        flow,
        session: signed_in.map(|signed_in| &signed_in.session),
        expected: expected(app, asked, signed_in),
        grant,
    });
    match next {
        Step::Allow(scope) => {
            let grant = consent::allow(app, visitor, asked, Consent::to(&scope)).await?;
            Ok(Step::Respond(Box::new(grant)))
        }
        next => Ok(next),
    }
}

async fn standing(
    app: &App,
    signed_in: &SignedIn,
    client_id: ClientId,
) -> Result<Option<Grant>, PageError> {
    let user_id = signed_in.user.id;
    let find = move |db: &mut store::Db<'_>| grants::find_standing(db, user_id, client_id);
    Ok(app.store.read(find).await?)
}

/// Whether the person signed in is the one of the `id_token_hint`, or of the `sub` that the `claims`
/// parameter demands. A hint that is expired still
/// names a person; one that is not ours names nobody.
fn expected(app: &App, asked: &Asked, signed_in: Option<&SignedIn>) -> bool {
    let hinted = match &asked.request.id_token_hint {
        Some(hint) => match id_token_hint::read(app, hint) {
            Some(hint) => Some(hint.sub),
            None => return false,
        },
        None => None,
    };
    let wanted = hinted.or_else(|| asked.request.wanted_subject());
    let present = signed_in.map(|it| subject::of(&app.seals, &asked.client, it.user.id));
    wanted.is_none() || wanted == present
}

/// Sends the browser to one of our own pages.
fn go(location: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
