//! What more must be shown? Whoever has shown enough is let in; everybody else is led to the second
//! step, with what they have shown so far written down.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::second_factor;
use crate::{
    accounts::{
        new_session::{self, Proof},
        next,
    },
    app::App,
    protocol::auth_context::{Acr, Method},
    store::{
        activity::Event,
        sign_ins::{Reason, SignIn, SignInId},
        users::User,
    },
    web::{error::PageError, form::Parameters, visitor::Visitor},
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
    if let Some(reason) = missing(&comer) {
        let sign_in = waiting(app, visitor, &comer, reason);
        let answer = second_factor::lead(app, visitor, named, comer.user, sign_in).await?;
        return Ok(visitor.greet(http, answer));
    }
    let Comer { user, proof, event } = &comer;
    let cookie = new_session::begin(app, visitor, user, proof, *event).await?;
    let mut answer = next::go(&next::after(named));
    let _ = answer.add_cookie(&cookie);
    Ok(visitor.greet(http, answer))
}

/// Why one more proof is needed, if it is.
fn missing(comer: &Comer) -> Option<Reason> {
    let several = comer.proof.methods.acr().is_some_and(|acr| acr.satisfies(Acr::TwoFactors));
    if comer.user.two_step_at.is_some() && !several {
        return Some(Reason::TwoStep);
    }
    None
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
