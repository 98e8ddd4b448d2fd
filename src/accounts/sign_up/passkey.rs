//! A passkey in the place of a password: made once the address is proved, and the account with it.
//!
//! Whoever cannot make one after all chooses a password here. Nothing is held for them before.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    Credential, Facts,
    verify::{self, Proved},
};
use crate::{
    accounts::{
        ceremonies::{self, Ceremony, Purpose},
        codes,
        new_session::{self, Proof},
        next, strength,
    },
    app::App,
    crypto::{
        random,
        webauthn::{Created, Owner, Refusal, Use},
    },
    store::{
        self,
        activity::Event,
        challenges::{self, Challenge, ChallengeId},
        passkeys::{Kind, Passkey},
        users::UserId,
    },
    web::{
        content_policy::ContentPolicy,
        error::{self, PageError},
        form::{Malformed, Parameters, Query},
        page::{self, Page},
        parts::{self, Problems, Strength},
        submission::Submission,
        visitor::Visitor,
    },
};

/// What a proved address is kept under: a challenge that asks for no code any more.
const PROVED: &str = "sign_up_proved";

/// As long the passkey may take.
const GOOD_FOR: std::time::Duration = std::time::Duration::from_mins(15);

#[derive(Template)]
#[template(path = "accounts/sign_up_passkey.html")]
struct PasskeyPage<'a> {
    page: &'a Page,
    problems: Problems,
    challenge: String,
    /// What the account is known by.
    identifier: &'a str,
    ceremony: parts::Ceremony,
    strength: Option<Strength>,
    minimum: usize,
}

/// What a right code is worth: the same browser may make an account, once.
pub(super) fn proof(answered: &Challenge, now: crate::clock::Moment) -> Challenge {
    Challenge {
        id: ChallengeId::random(),
        purpose: PROVED.to_owned(),
        code_digest: random::bytes::<32>().to_vec(),
        attempts: 0,
        sent_at: now,
        expires_at: now + GOOD_FOR,
        used_at: None,
        ..answered.clone()
    }
}

/// Shows the button that has a browser make the passkey.
///
/// # Errors
/// If this browser has proved nothing, or the store cannot answer.
pub async fn show(
    app: Data<App>,
    visitor: Visitor,
    query: Result<Query, Malformed>,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query?;
    let waiting = Waiting::find(&app, &visitor, &query).await?;
    waiting.ask(&app, &visitor, &query, (Problems::none(), None))
}

/// Judges what the browser made, or a password, and makes the account.
///
/// # Errors
/// If the form is not from our page in this browser, this browser has proved nothing, or the store
/// cannot answer.
pub async fn submit(
    app: Data<App>,
    Submission { visitor, form }: Submission,
) -> Result<HttpResponse, PageError> {
    let waiting = Waiting::find(&app, &visitor, &form).await?;
    let shown = match form.get("password") {
        Some(password) => waiting.choose(&app, &visitor, password).await?,
        None => waiting.judge(&app, &visitor, &form),
    };
    let (credential, ceremony, proof) = match shown {
        Ok(shown) => shown,
        Err(wrong) => return waiting.ask(&app, &visitor, &form, wrong),
    };
    let now = app.clock.now();
    let Waiting { challenge, facts, .. } = waiting;
    let made = app.store.write(move |db| {
        let first = ceremony.as_ref().map_or(Ok(true), |ceremony| ceremony.redeem(db))?;
        if !first || !challenges::take(db, &challenge, now)? {
            return Ok(None);
        }
        verify::make(db, &facts, &credential, now).map(Some)
    });
    let user = match made.await {
        // Somebody proved the same address a moment before.
        Err(store::Error::Taken) => None,
        made => made?,
    };
    let user = user.ok_or(error::Kind::FlowLost)?;
    let cookie = new_session::begin(&app, &visitor, &user, &proof, Event::SignedUp).await?;
    let mut answer = next::go(&next::after(&form));
    let _ = answer.add_cookie(&cookie);
    Ok(answer)
}

/// What is wrong, and how good the password is.
type Wrong = (Problems, Option<Strength>);

/// What the account is made with, the question that was answered, and what was proved by it.
type Shown = (Proved, Option<Ceremony>, Proof);

/// Somebody who has proved their address.
struct Waiting {
    challenge: Challenge,
    facts: Facts,
    user_id: UserId,
}

impl Waiting {
    async fn find(app: &App, visitor: &Visitor, named: &Parameters) -> Result<Self, PageError> {
        let challenge = codes::find(app, visitor, PROVED, named).await?;
        let good = challenge.used_at.is_none() && app.clock.now() < challenge.expires_at;
        let facts: Option<Facts> = app.seals.challenge.open(&challenge.sealed_facts);
        match facts.filter(|_| good) {
            Some(facts @ Facts { credential: Credential::Passkey { user_id }, .. }) => {
                Ok(Self { challenge, facts, user_id })
            }
            _ => Err(error::Kind::FlowLost.into()),
        }
    }

    /// The page, with a question of its own.
    fn ask(
        &self,
        app: &App,
        visitor: &Visitor,
        named: &Parameters,
        (problems, strength): Wrong,
    ) -> Result<HttpResponse, PageError> {
        let (handle, Facts { name, contact, .. }) = (*self.user_id.as_bytes(), &self.facts);
        let owner = Owner { handle, address: contact, name };
        let asked = ceremonies::relying_party(app)?.ask_to_create(Use::Alone, &owner, &[]);
        let asked = asked.ok_or_else(|| PageError::internal("nothing to ask a browser for"))?;
        let page = &Page { flow: named.get("flow").map(str::to_owned), ..visitor.page.clone() };
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        let template = PasskeyPage {
            page,
            problems,
            challenge: self.challenge.id.to_string(),
            identifier: contact,
            ceremony: Ceremony::begin(app, visitor, Purpose::SignUp, Some(self.user_id), asked),
            strength,
            minimum: app.config.sign_in.password_minimum_length,
        };
        page::show_with(&template, status, &ContentPolicy::default())
    }

    /// What the browser made.
    fn judge(&self, app: &App, visitor: &Visitor, form: &Parameters) -> Result<Shown, Wrong> {
        let (id, now) = (Some(self.user_id), app.clock.now());
        let judged = Ceremony::read(app, visitor, Purpose::SignUp, id, form).and_then(|ceremony| {
            let relying_party = app.relying_party.as_ref().ok_or(Refusal::Over)?;
            let answer = form.get("credential").unwrap_or_default();
            let made: Created = relying_party.created(Use::Alone, &ceremony.state, answer)?;
            Ok((ceremony, made))
        });
        let (ceremony, made) = judged.map_err(|refusal| {
            let sentence = ceremonies::sentence(&visitor.page, refusal);
            (Problems::none().with("", &sentence), None)
        })?;
        // What is made to be used alone has verified its owner.
        let methods = ceremonies::shown(&made.credential, true);
        let key = Passkey::new(self.user_id, Kind::Passkey, &made, now);
        let proof = Proof { by: "passkey", methods, at: now };
        Ok((Proved::Passkey(Box::new(key)), Some(ceremony), proof))
    }

    /// A password after all.
    async fn choose(
        &self,
        app: &App,
        visitor: &Visitor,
        password: &str,
    ) -> Result<Result<Shown, Wrong>, PageError> {
        let about = [&*self.facts.name, &*self.facts.contact];
        let judged = strength::judge(app, &visitor.page, password, &about).await?;
        let problems = judged.add_to(Problems::none(), "sign-up-password");
        if !problems.is_empty() {
            return Ok(Err((problems, judged.strength)));
        }
        let hash = app.hasher.hash(password.nfc().collect()).await.map_err(store::Error::from)?;
        Ok(Ok((Proved::Password(hash), None, Proof::password(app.clock.now()))))
    }
}
