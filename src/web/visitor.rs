//! Who is looking at a page: which browser, and who is signed in there.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    cookie::Cookie,
    dev::Payload,
    http::{
        Method, Uri,
        header::{self, HeaderMap, HeaderValue},
    },
    web::Data,
};

use super::{
    brand::Brand,
    client_ip,
    colour::BLACK,
    cookies::{self, BrowserId},
    csrf,
    error::{Kind, PageError},
    flow::Flow,
    form::Parameters,
    page::{Badge, Page},
    request_id, urls,
};
use crate::{
    app::App,
    clock::Moment,
    crypto::{
        random,
        secret::{self, Secret},
    },
    language::Language,
    protocol::auth_context::Acr,
    store::{
        self,
        activity::{Activity, ActivityId, Event},
        contacts::{self, Channel},
        sessions::{self, Session, SessionId},
        users::{self, User},
    },
};

/// A session's "last seen" is written at most this often.
const SEEN_EVERY: Duration = Duration::from_mins(1);

/// Whoever looks at a page.
pub struct Visitor {
    /// The browser; a new one is given a name with the answer ([`name_browser`]).
    pub browser: BrowserId,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// What every page for this visitor needs.
    pub page: Page,
    /// Where the request came from.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// Somebody signed in, and the session they are signed in by.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// In which session.
    pub session: Session,
    /// The mail address they are known by, or else the mobile number.
    pub email: String,
}

impl Visitor {
    /// Reads who is looking.
    ///
    /// # Errors
    /// If the store cannot answer: nobody is taken for a stranger because of that.
    pub async fn of(http: &HttpRequest) -> Result<Self, PageError> {
        let app = app_of(http)?;
        let now = app.clock.now();
        let browser = cookies::browser(http, &app.config).unwrap_or_else(|| new_browser(http));
        let signed_in = match cookies::session(http, &app.config) {
            Some(secret) => find_signed_in(&app, &secret, now).await?,
            None => None,
        };
        let session = signed_in.as_ref().map(|signed_in| signed_in.session.id);
        let mut page = blank_page(http);
        page.csrf = csrf::token(&app.seals.csrf, browser, session);
        page.account = signed_in.as_ref().map(|signed_in| Badge {
            name: signed_in.user.name.clone(),
            email: signed_in.email.clone(),
        });
        let user_agent = text_header(http, &header::USER_AGENT).unwrap_or_default();
        Ok(Self {
            browser,
            signed_in,
            page,
            address: client_ip::of(http, &app.config),
            user_agent: user_agent.chars().take(400).collect(),
        })
    }

    /// Whoever is signed in; anybody else is led to sign in first.
    ///
    /// # Errors
    /// [`Kind::SignInFirst`] when nobody is.
    pub fn signed_in(&self) -> Result<&SignedIn, PageError> {
        self.signed_in.as_ref().ok_or_else(|| Kind::SignInFirst.into())
    }

    /// Whoever is signed in and has lately proved who they are, as strongly as their account asks
    /// for; anybody else is led to do so first. Every act that could cost somebody their account
    /// begins with this.
    ///
    /// # Errors
    /// [`Kind::SignInFirst`] when nobody is, [`Kind::ProveAgain`] when it is too long ago.
    pub fn lately_proved(&self, app: &App) -> Result<&SignedIn, PageError> {
        let signed_in = self.signed_in()?;
        let SignedIn { user, session, .. } = signed_in;
        let lately = session.auth_at + Duration::from_secs(app.config.sign_in.fresh_proof_seconds);
        let reached = session.acr.parse::<Acr>();
        let strong = user.two_step_at.is_none()
            || reached.is_ok_and(|reached| reached.satisfies(Acr::TwoFactors));
        if strong && app.clock.now() < lately {
            Ok(signed_in)
        } else {
            Err(Kind::ProveAgain.into())
        }
    }

    /// Checks that a form came from one of our own pages in this very browser and session.
    ///
    /// # Errors
    /// [`Kind::Expired`] otherwise.
    pub(super) fn check_form(
        &self,
        http: &HttpRequest,
        form: &Parameters,
    ) -> Result<(), PageError> {
        let app = app_of(http)?;
        csrf::check(http, &app.config, form.get("csrf"), &self.page.csrf)
    }

    /// The digest that binds stored things to this browser.
    #[must_use]
    pub fn browser_digest(&self) -> Vec<u8> {
        secret::digest(self.browser.as_bytes()).to_vec()
    }

    /// What to write down when something happens at this visitor's request.
    #[must_use]
    pub fn activity(&self, event: Event, now: Moment) -> Activity {
        Activity {
            id: ActivityId::random(),
            user_id: self.signed_in.as_ref().map(|signed_in| signed_in.user.id),
            client_id: None,
            session_id: self.signed_in.as_ref().map(|signed_in| signed_in.session.id),
            event,
            details: String::new(),
            address: self.address.clone(),
            user_agent: self.user_agent.clone(),
            trace_id: self.page.trace.clone(),
            happened_at: now,
        }
    }

    /// A session for `user`, who has just proved who they are, with its cookie. What was known of
    /// an older cookie of this browser is worth nothing any more.
    #[must_use]
    pub fn new_session(
        &self,
        app: &App,
        user: &User,
        proof: (&str, &str),
        now: Moment,
    ) -> (Session, Cookie<'static>) {
        let secret = Secret::new(random::token());
        let lifetime = Duration::from_secs(app.config.sign_in.session_lifetime_seconds);
        let session = Session {
            id: SessionId::random(),
            secret_digest: secret::digest(secret.expose().as_bytes()).to_vec(),
            user_id: user.id,
            acr: proof.0.to_owned(),
            amr: proof.1.to_owned(),
            user_agent: self.user_agent.clone(),
            address: self.address.clone(),
            created_at: now,
            auth_at: now,
            last_seen_at: now,
            expires_at: now + lifetime,
            ended_at: None,
            browser_digest: Some(self.browser_digest()),
        };
        let cookie = cookies::remember_session(app, &secret);
        (session, cookie)
    }
}

/// A name for a browser that has none yet.
struct NewBrowser(BrowserId);

fn new_browser(http: &HttpRequest) -> BrowserId {
    let browser = BrowserId::random();
    http.extensions_mut().insert(NewBrowser(browser));
    browser
}

/// Adds to an answer what makes a new browser known again.
pub fn name_browser(http: &HttpRequest, headers: &mut HeaderMap) {
    let extensions = http.extensions();
    let (Some(NewBrowser(browser)), Ok(app)) = (extensions.get(), app_of(http)) else { return };
    let cookie = cookies::remember_browser(&app, *browser).to_string();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

impl FromRequest for Visitor {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let http = http.clone();
        Box::pin(async move { Self::of(&http).await })
    }
}

/// A page for somebody of whom only the language is known; for refusals.
#[must_use]
pub fn blank_page(http: &HttpRequest) -> Page {
    let brand = http.app_data::<Data<Brand>>().map(|brand| brand.clone().into_inner());
    let query = Parameters::read(http.query_string().as_bytes()).unwrap_or_default();
    let accepted = text_header(http, &header::ACCEPT_LANGUAGE);
    let app = app_of(http).ok();
    let chosen = app.as_ref().and_then(|app| cookies::language(http, &app.config));
    let flow = query.get("flow").zip(app.as_ref());
    let flow = flow.and_then(|(sealed, app)| Flow::open(sealed, &app.seals.flow));
    let asked = flow.as_ref().map_or(&query, |flow| &flow.parameters).get("ui_locales");
    let language = Language::choose(asked, chosen.as_deref(), accepted.as_deref());
    let now = app.map_or(Moment::from_micros(0), |app| app.clock.now());
    let mut page =
        Page::new(brand.unwrap_or_else(|| Arc::new(Brand::plain("", BLACK))), language, now);
    page.trace = request_id::of(http);
    page.flow = query.get("flow").map(str::to_owned);
    page.here = (http.method() == Method::GET).then(|| http.uri().to_string());
    page
}

/// Leads whoever is not signed in to the sign-in page, and back afterwards.
#[must_use]
pub fn sign_in_first(http: &HttpRequest) -> String {
    let here = http.uri().path_and_query().map_or("/", |here| here.as_str());
    urls::with_query(urls::SIGN_IN, &[("next", here)])
}

/// Leads whoever must prove again who they are to where that is done, and back to the page they were
/// on.
#[must_use]
pub fn prove_again(http: &HttpRequest) -> String {
    let path = |uri: &Uri| uri.path_and_query().map(|path| path.as_str().to_owned());
    let page = if http.method() == Method::GET {
        path(http.uri())
    } else {
        let form = text_header(http, &header::REFERER).and_then(|url| url.parse().ok());
        form.as_ref().and_then(path)
    };
    urls::with_query(urls::SIGN_IN_AGAIN, &[("next", page.as_deref().unwrap_or(urls::ACCOUNT))])
}

/// The app behind a request.
pub(crate) fn app_of(http: &HttpRequest) -> Result<Data<App>, PageError> {
    http.app_data::<Data<App>>().cloned().ok_or_else(|| PageError::internal("no app"))
}

async fn find_signed_in(
    app: &App,
    secret: &Secret,
    now: Moment,
) -> Result<Option<SignedIn>, PageError> {
    let digest = secret::digest(secret.expose().as_bytes());
    let idle = Duration::from_secs(app.config.sign_in.session_idle_lifetime_seconds);
    let found = app
        .store
        .read(move |db| {
            let session = sessions::find_by_secret(db, &digest)?;
            let Some(session) = session.filter(|session| session.alive(now, idle)) else {
                return Ok::<_, store::Error>(None);
            };
            let Some(user) = users::find(db, session.user_id)? else { return Ok(None) };
            let known = match contacts::find_primary(db, user.id, Channel::Email)? {
                Some(contact) => Some(contact),
                None => contacts::find_primary(db, user.id, Channel::Sms)?,
            };
            let email = known.map(|contact| contact.address).unwrap_or_default();
            Ok(user.in_good_standing().then_some(SignedIn { user, session, email }))
        })
        .await?;
    if let Some(SignedIn { session, .. }) = &found
        && session.last_seen_at + SEEN_EVERY <= now
    {
        let id = session.id;
        app.store.write(move |db| sessions::set_seen(db, id, now)).await?;
    }
    Ok(found)
}

fn text_header(http: &HttpRequest, name: &header::HeaderName) -> Option<String> {
    http.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
