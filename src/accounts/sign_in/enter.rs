//! What more must be shown? Whoever has shown enough is let in; everybody else is led to the second
//! step, with what they have shown so far written down.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::second_factor;
use crate::{
    accounts::{
        new_session::{NewSession, Proof},
        next, notices,
        trust::Spared,
    },
    app::App,
    protocol::auth_context::{Acr, Method},
    store::{
        self, Db,
        activity::Event,
        contacts::{self, Contact},
        known_browsers,
        sign_ins::{Reason, SignIn, SignInId},
        users::User,
    },
    web::{
        error::{Kind, PageError},
        form::Parameters,
        visitor::Visitor,
    },
};

/// As long a second step may take.
pub(super) const GOOD_FOR: Duration = Duration::from_mins(15);

/// Whoever wants to be let in, what they have shown, and what that is written down as.
pub(in crate::accounts) struct Comer {
    pub user: User,
    pub proof: Proof,
    pub event: Event,
}

/// Lets somebody in who has shown enough, and leads everybody else to the second step. `named` is
/// the form, which knows what is wanted afterwards.
///
/// # Errors
/// If the account or its password was changed since the proof was looked at, or the store cannot
/// answer.
pub(in crate::accounts) async fn enter(
    app: &Data<App>,
    http: &HttpRequest,
    visitor: &Visitor,
    named: &Parameters,
    comer: Comer,
) -> Result<HttpResponse, PageError> {
    let spared = Spared::find(app, http, visitor, &comer).await?;
    if let Some(reason) = missing(app, visitor, &comer, spared.as_ref()).await? {
        let sign_in = waiting(app, visitor, &comer, reason);
        return second_factor::lead(app, visitor, named, comer.user, sign_in).await;
    }
    let Comer { user, proof, event } = &comer;
    let (session, cookie) = NewSession::of(app, visitor, user, proof, *event);
    let begin = move |db: &mut Db<'_>| {
        let stands = spared.as_ref().map_or(Ok(true), |spared| spared.set_used(db))?;
        Ok::<_, store::Error>(stands && session.begin(db)?)
    };
    if !app.store.write(begin).await? {
        return Err(Kind::Expired.into());
    }
    let mut answer = next::go(&next::after(named));
    let _ = answer.add_cookie(&cookie);
    Ok(answer)
}

/// Why one more proof is needed, if it is.
async fn missing(
    app: &Data<App>,
    visitor: &Visitor,
    comer: &Comer,
    spared: Option<&Spared>,
) -> Result<Option<Reason>, PageError> {
    let several = comer.proof.methods.acr().is_some_and(|acr| acr.satisfies(Acr::TwoFactors));
    if several || spared.is_some() {
        return Ok(None);
    }
    if comer.user.two_step_at.is_some() {
        return Ok(Some(Reason::TwoStep));
    }
    let new = new_browser(app, visitor, comer).await?;
    Ok(new.then_some(Reason::NewBrowser))
}

/// Whether somebody who only knows the password is in a browser that is new to the account, and can
/// be sent a code.
async fn new_browser(
    app: &Data<App>,
    visitor: &Visitor,
    comer: &Comer,
) -> Result<bool, store::Error> {
    let settings = &app.config.sign_in;
    let by_password = comer.proof.methods.has(Method::Password) && comer.event == Event::SignedIn;
    if !app.config.asks_new_browsers() || !by_password {
        return Ok(false);
    }
    let (user_id, browser) = (comer.user.id, visitor.browser_digest());
    let (since, with) = (app.clock.now() - settings.browser_known_for(), app.clone());
    app.store
        .read(move |db| {
            let contacts = contacts::list_of_user(db, user_id)?;
            let reached =
                |it: &Contact| it.verified_at.is_some() && notices::reaches(&with, it.channel);
            let new = known_browsers::is_new(db, user_id, &browser, since)?;
            Ok(new && contacts.iter().any(reached))
        })
        .await
}

fn waiting(app: &App, visitor: &Visitor, comer: &Comer, reason: Reason) -> SignIn {
    let shown = &comer.proof.methods;
    let chosen = comer.event == Event::Recovered;
    // Whoever has just chosen the password knows it.
    let amr = if chosen { shown.and(Method::Password) } else { shown.clone() };
    SignIn {
        id: SignInId::random(),
        user_id: comer.user.id,
        browser_digest: visitor.browser_digest(),
        session_id: None,
        reason,
        first_proof: comer.proof.by.to_owned(),
        amr,
        wanted_acr: None,
        event: comer.event,
        proved_at: comer.proof.at,
        attempts: 0,
        expires_at: app.clock.now() + GOOD_FOR,
        finished_at: None,
    }
}
