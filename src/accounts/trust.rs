//! "Don't ask in this browser for 30 days": whoever says so at the second step shows only the password
//! there for a while.
//!
//! It spares the second step of a sign-in and nothing else. It is no proof: what needs a fresh one, or
//! an app that wants to be surer, asks as ever. Nobody is believed by it who is getting back in, nor
//! whose address is in another place than the last time.

use std::time::Duration;

use actix_web::{HttpRequest, cookie::Cookie, web::Data};

use super::{
    factors::{Step, recovery_code},
    sign_in::enter::Comer,
};
use crate::{
    app::App,
    clock::Moment,
    crypto::{
        random,
        secret::{self, Secret},
    },
    protocol::auth_context::Method,
    store::{
        self, Db,
        activity::{self, Activity, Event},
        sign_ins::Reason,
        trusted_browsers::{self, TrustedBrowser, TrustedBrowserId},
    },
    web::{cookies, form::Parameters, visitor::Visitor},
};

/// For how many days whoever is at this step may say that they trust the browser, if they may.
pub(super) fn offered(step: &Step<'_>) -> Option<u64> {
    let days = u64::from(step.app.config.sign_in.trusted_browser_days);
    let usual = step.sign_in.reason == Reason::TwoStep && step.sign_in.event == Event::SignedIn;
    // A recovery code is for the day when nothing is as usual.
    let lasting = step.way.factor.name() != recovery_code::NAME;
    (days > 0 && usual && lasting).then_some(days)
}

/// What becomes trusted if the second step is right.
pub(super) struct Given {
    trusted: TrustedBrowser,
    before: Option<Vec<u8>>,
    happened: Activity,
}

impl Given {
    /// What the person at this step says of their browser, and the cookie it is known by.
    pub fn read(
        http: &HttpRequest,
        step: &Step<'_>,
        form: &Parameters,
    ) -> Option<(Self, Cookie<'static>)> {
        let days = offered(step).filter(|_| form.get("trust") == Some("yes"))?;
        let (app, visitor, user_id) = (step.app, step.visitor, step.user.id);
        let (secret, now) = (Secret::new(random::token()), app.clock.now());
        let trusted = TrustedBrowser {
            id: TrustedBrowserId::random(),
            user_id,
            browser_digest: visitor.browser_digest(),
            secret_digest: digest(&secret),
            user_agent: visitor.user_agent.clone(),
            address: visitor.address.clone(),
            trusted_at: now,
            last_used_at: now,
            expires_at: now + Duration::from_hours(24 * days),
        };
        let happened =
            Activity { user_id: Some(user_id), ..visitor.activity(Event::BrowserTrusted, now) };
        let before = cookies::trust(http, &app.config).as_ref().map(digest);
        let cookie = cookies::remember_trust(app, &secret);
        Some((Self { trusted, before, happened }, cookie))
    }

    /// Trusts it.
    pub fn add(&self, db: &mut Db<'_>) -> Result<(), store::Error> {
        trusted_browsers::add(db, &self.trusted, self.before.as_deref())?;
        activity::add(db, &self.happened)
    }
}

/// A trust that spares somebody the second step.
pub(super) struct Spared {
    trusted: TrustedBrowser,
    address: String,
    now: Moment,
}

impl Spared {
    /// What speaks for whoever has just shown their password, if anything does.
    pub async fn find(
        app: &Data<App>,
        http: &HttpRequest,
        visitor: &Visitor,
        comer: &Comer,
    ) -> Result<Option<Self>, store::Error> {
        let usual = comer.event == Event::SignedIn && comer.proof.methods.has(Method::Password);
        let shown = cookies::trust(http, &app.config).filter(|_| usual);
        let (Some(secret), Some(_)) = (shown, comer.user.two_step_at) else { return Ok(None) };
        let (user_id, browser, secret) = (comer.user.id, visitor.browser_digest(), digest(&secret));
        let find = move |db: &mut Db<'_>| trusted_browsers::find(db, user_id, &browser, &secret);
        let (now, longest) = (app.clock.now(), app.config.sign_in.browser_trusted_for());
        let found = app.store.read(find).await?.filter(|trusted| now < trusted.until(longest));
        let (address, was) =
            (&visitor.address, |trusted: &TrustedBrowser| app.places.country(&trusted.address));
        let found = found.filter(|trusted| app.places.country(address) == was(trusted));
        Ok(found.map(|trusted| Self { trusted, address: address.clone(), now }))
    }

    /// Notes that it was used; `false` if it was ended meanwhile.
    pub fn set_used(&self, db: &mut Db<'_>) -> Result<bool, store::Error> {
        trusted_browsers::set_used(db, &self.trusted, &self.address, self.now)
    }
}

fn digest(secret: &Secret) -> Vec<u8> {
    secret::digest(secret.expose().as_bytes()).to_vec()
}
