//! "Is it still you?" before something dangerous is changed, and one more proof for an app that wants
//! to be surer: the session of whoever is signed in rises, under a new secret.
//!
//! Without two-step verification the password is enough; with it, any other way is. Who has to come
//! here is [`Visitor::lately_proved`]'s and the authorization endpoint's to say.

use std::{fmt, time::Duration};

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use unicode_normalization::UnicodeNormalization as _;

use super::{enter::GOOD_FOR, open_flow, second_factor, waiting_app};
use crate::{
    accounts::{
        factors::{self, Way},
        guesses::{self, Guess},
        new_session::{NewSession, Proof},
        next,
    },
    app::App,
    crypto::password::Verdict,
    protocol::auth_context::{Acr, Method, Methods},
    store::{
        self, Db,
        activity::{self, Event},
        passwords,
        sign_ins::{Reason, SignIn, SignInId},
    },
    web::{
        app_card,
        error::{Kind, PageError},
        flow::Flow,
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{AppCard, OtherWay, Problems},
        submission::Submission,
        urls,
        visitor::{SignedIn, Visitor},
    },
};

#[derive(Template)]
#[template(path = "accounts/again.html")]
struct AgainPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    /// Whether the password is enough.
    password: bool,
    /// The ways to go on without it.
    ways: Vec<OtherWay>,
    next: Option<&'a str>,
    /// How sure an app wants to be, if that is why.
    acr: Option<&'a str>,
}

/// Asks for a proof, and says why.
///
/// # Errors
/// If nobody is signed in, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let asked = Asked::read(&app, &visitor, &query).await?;
    Ok(match asked.nothing_helps() {
        Some(flow) => next::go(&urls::in_flow(urls::AUTHORIZE, &flow.seal(&app.seals.flow))),
        None => asked.render(Problems::none()).await?,
    })
}

/// Judges the password, or leads to the way that was chosen.
///
/// # Errors
/// If the form is not from our page in this browser and session, there were too many wrong guesses,
/// or the store cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let asked = Asked::read(&app, &visitor, &form).await?;
    if form.get("by").is_some() {
        let (user, sign_in) = (asked.signed_in.user.clone(), asked.sign_in);
        return second_factor::lead(&app, &visitor, &form, user, sign_in).await;
    }
    if !asked.password {
        return Err(PageError::from(Kind::Forbidden).because("a password is not enough here"));
    }
    match asked.judge(form.get("password").unwrap_or_default()).await? {
        Ok(shown) => asked.rise(&shown).await,
        Err(None) => asked.again(&visitor.page.text("password-wrong"), None).await,
        Err(Some(left)) => {
            let text = guesses::too_soon(&visitor.page, "password-wrong", left);
            asked.again(&text, Some(left)).await
        }
    }
}

/// What is asked of whom.
struct Asked<'a> {
    app: &'a Data<App>,
    visitor: &'a Visitor,
    named: &'a Parameters,
    signed_in: &'a SignedIn,
    /// The sign-in that would wait for another proof than the password.
    sign_in: SignIn,
    ways: Vec<Way>,
    password: bool,
}

impl<'a> Asked<'a> {
    async fn read(
        app: &'a Data<App>,
        visitor: &'a Visitor,
        named: &'a Parameters,
    ) -> Result<Self, PageError> {
        let signed_in = visitor.signed_in()?;
        let acr = named.get("acr").and_then(|acr| acr.parse().ok());
        let sign_in = waiting(app, visitor, signed_in, acr);
        let (with, user, waits) = (app.clone(), signed_in.user.clone(), sign_in.clone());
        let look = move |db: &mut Db<'_>| {
            let ways = factors::ways(db, &with, &user, &waits)?;
            Ok::<_, store::Error>((ways, passwords::find(db, user.id)?.is_some()))
        };
        let (ways, has_password) = app.store.read(look).await?;
        let enough = acr.is_none() && signed_in.user.two_step_at.is_none();
        // Whoever has no two-step verification has no second way but the password.
        let ways = if enough && has_password { Vec::new() } else { ways };
        Ok(Self { app, visitor, named, signed_in, sign_in, ways, password: enough && has_password })
    }

    /// The flow to go on with, if the app that waits wants more than this account can show.
    fn nothing_helps(&self) -> Option<Flow> {
        let stuck = self.sign_in.wanted_acr.is_some() && self.ways.is_empty();
        let flow = open_flow(self.app, self.named).filter(|_| stuck)?;
        Some(Flow { exhausted: true, ..flow })
    }

    async fn render(&self, problems: Problems) -> Result<HttpResponse, PageError> {
        let flow = self.named.get("flow").map(str::to_owned);
        let page = &Page { flow, ..self.visitor.page.clone() };
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        let template = AgainPage {
            page,
            app: waiting_app(self.app, open_flow(self.app, self.named).as_ref()).await?,
            problems,
            password: self.password,
            ways: self.ways.iter().map(|way| factors::describe(page, way)).collect(),
            next: self.named.get("next"),
            acr: self.sign_in.wanted_acr.map(Acr::as_str),
        };
        let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
        page::show_with(&template, status, &policy)
    }

    /// Asks once more; `left` is how long to wait.
    async fn again(
        &self,
        problem: &impl fmt::Display,
        left: Option<Duration>,
    ) -> Result<HttpResponse, PageError> {
        let answer = self.render(Problems::none().with("again-password", problem)).await?;
        Ok(match left {
            Some(left) => factors::page::too_soon(answer, left.as_secs().max(1)),
            None => answer,
        })
    }

    /// What a password proves; `Err` if it is wrong, with the wait if nobody looked. Counted before
    /// it is looked at.
    async fn judge(&self, password: &str) -> Result<Result<Proof, Option<Duration>>, PageError> {
        let (user_id, now) = (self.signed_in.user.id, self.app.clock.now());
        let guess = Guess::signed_in(self.signed_in);
        if let Err(left) = guess.count(self.app).await? {
            return Ok(Err(Some(left)));
        }
        let hash = self.app.store.read(move |db| passwords::find(db, user_id)).await?;
        let verdict = self.app.hasher.verify(password.nfc().collect(), hash).await;
        if verdict.map_err(store::Error::from)? == Verdict::Wrong {
            let failed = self.visitor.activity(Event::SignInFailed, now);
            self.app.store.write(move |db| activity::add(db, &failed)).await?;
            return Ok(Err(None));
        }
        guess.take_back(self.app).await?;
        let methods = self.sign_in.amr.and(Method::Password);
        Ok(Ok(Proof { methods, ..Proof::password(now) }))
    }

    /// Raises the session, and leads on.
    async fn rise(&self, shown: &Proof) -> Result<HttpResponse, PageError> {
        let SignedIn { user, session, .. } = self.signed_in;
        let (risen, cookie) =
            NewSession::of(self.app, self.visitor, user, shown, Event::ProvedAgain);
        let risen = risen.raising(Some(session.id));
        if !self.app.store.write(move |db| risen.begin(db)).await? {
            return Err(Kind::Expired.into());
        }
        let mut answer = next::go(&next::after(self.named));
        let _ = answer.add_cookie(&cookie);
        Ok(answer)
    }
}

fn waiting(app: &App, visitor: &Visitor, signed_in: &SignedIn, acr: Option<Acr>) -> SignIn {
    let now = app.clock.now();
    SignIn {
        id: SignInId::random(),
        user_id: signed_in.user.id,
        browser_digest: visitor.browser_digest(),
        session_id: Some(signed_in.session.id),
        reason: if acr.is_some() { Reason::StepUp } else { Reason::Again },
        first_proof: "session".to_owned(),
        amr: signed_in.session.amr.parse().unwrap_or_else(|_| Methods::default()),
        wanted_acr: acr,
        event: Event::ProvedAgain,
        proved_at: now,
        attempts: 0,
        expires_at: now + GOOD_FOR,
        finished_at: None,
    }
}
