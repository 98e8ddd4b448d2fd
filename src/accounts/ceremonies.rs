//! Ceremonies (WebAuthn §7): asked on a page, answered by its form.
//!
//! What must be remembered in between rides along sealed, so that nothing is stored for strangers
//! who only look at the sign-in page. It is good for one purpose, in one browser, for one person, for
//! a while, and once: answering uses its id (security rule 19).

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    clock::Moment,
    crypto::{
        secret,
        webauthn::{Asked, Assertion, Credential, Refusal, RelyingParty},
    },
    protocol::auth_context::{Method, Methods},
    store::{
        self, Db,
        passkeys::{self, Passkey},
        used_ids,
        users::UserId,
    },
    web::{
        cookies::BrowserId,
        error::{Kind, PageError},
        form::Parameters,
        page::Page,
        parts,
        visitor::Visitor,
    },
};

crate::id! {
    /// Names a ceremony, so that it counts once.
    CeremonyId
}

/// As long a person has: time enough to look for a key, and to read what a device asks.
const LIFETIME: Duration = Duration::from_mins(15);

/// What an answer is wanted for: a key shown for one thing is not shown for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Purpose {
    AddPasskey,
    AddSecurityKey,
    SignUp,
    SignIn,
    SecondStep,
}

/// A ceremony that was begun.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ceremony {
    id: CeremonyId,
    purpose: Purpose,
    browser: BrowserId,
    user_id: Option<UserId>,
    expires_at: Moment,
    /// What the second half must know.
    pub state: String,
}

impl Ceremony {
    /// What a page needs to have this asked. `user_id` says who must answer, if that is known.
    pub fn begin(
        app: &App,
        visitor: &Visitor,
        purpose: Purpose,
        user_id: Option<UserId>,
        asked: Asked,
    ) -> parts::Ceremony {
        let ceremony = Self {
            id: CeremonyId::random(),
            purpose,
            browser: visitor.browser,
            user_id,
            expires_at: app.clock.now() + LIFETIME,
            state: asked.state,
        };
        let sealed = BASE64_URL_SAFE_NO_PAD.encode(app.seals.ceremony.seal(&ceremony));
        parts::Ceremony { sealed, options: asked.options.to_string() }
    }

    /// The ceremony that a form answers.
    ///
    /// # Errors
    /// [`Refusal::Over`] unless it was begun for this, in this browser, for this person, and not too
    /// long ago.
    pub fn read(
        app: &App,
        visitor: &Visitor,
        purpose: Purpose,
        user_id: Option<UserId>,
        form: &Parameters,
    ) -> Result<Self, Refusal> {
        let sealed = form.get("ceremony").and_then(|it| BASE64_URL_SAFE_NO_PAD.decode(it).ok());
        let ceremony: Option<Self> = sealed.and_then(|sealed| app.seals.ceremony.open(&sealed));
        let fits = |it: &Self| {
            it.purpose == purpose
                && it.browser == visitor.browser
                && it.user_id == user_id
                && app.clock.now() < it.expires_at
        };
        ceremony.filter(fits).ok_or(Refusal::Over)
    }

    /// Uses it. Of any number of callers, exactly one is told `true`.
    pub fn redeem(&self, db: &mut Db<'_>) -> Result<bool, store::Error> {
        let id = secret::digest(&[b"ceremony\0", &self.id.as_bytes()[..]].concat());
        used_ids::redeem(db, &id, self.expires_at)
    }
}

/// What a key says, and the question it answers.
pub(super) struct Answer {
    ceremony: Ceremony,
    assertion: Assertion,
}

impl Answer {
    /// Reads a form.
    ///
    /// # Errors
    /// As [`Ceremony::read`], or [`Refusal::Unreadable`].
    pub fn read(
        app: &App,
        visitor: &Visitor,
        purpose: Purpose,
        user_id: Option<UserId>,
        form: &Parameters,
    ) -> Result<Self, Refusal> {
        let ceremony = Ceremony::read(app, visitor, purpose, user_id, form)?;
        let assertion = Assertion::read(form.get("credential").unwrap_or_default())?;
        Ok(Self { ceremony, assertion })
    }

    /// Whose key it says it is.
    pub fn owner(&self) -> Option<UserId> {
        self.assertion.handle().map(UserId::from_bytes)
    }

    /// Uses the question and judges the answer, in the transaction that follows from it: what was
    /// shown, if it comes from a key that `fits`.
    pub fn judge(
        &self,
        db: &mut Db<'_>,
        app: &App,
        fits: impl Fn(&Passkey) -> bool,
    ) -> Result<Result<Methods, Refusal>, store::Error> {
        let Some(relying_party) = &app.relying_party else {
            return Ok(Err(Refusal::Over));
        };
        if !self.ceremony.redeem(db)? {
            return Ok(Err(Refusal::Over));
        }
        let found = passkeys::find_by_credential(db, self.assertion.credential_id())?;
        let Some(key) = found.filter(fits) else { return Ok(Err(Refusal::Unknown)) };
        let credential = key.credential()?;
        let proved = match relying_party.proved(&self.ceremony.state, &self.assertion, &credential)
        {
            Ok(proved) => proved,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !passkeys::set_used(db, &key, &proved.credential, app.clock.now())? {
            return Ok(Err(Refusal::Counter));
        }
        Ok(Ok(shown(&credential, proved.user_verified)))
    }
}

/// What a key proves (RFC 8176 §2). One that may be copied is software, wherever it is now.
pub(super) fn shown(key: &Credential, user_verified: bool) -> Methods {
    let kept = if key.may_travel() { Method::SoftwareKey } else { Method::HardwareKey };
    Methods::of([kept].into_iter().chain(user_verified.then_some(Method::UserVerified)))
}

/// Ourselves, as keys know us; a server reached by a number has no keys, and no pages for them.
pub(super) fn relying_party(app: &App) -> Result<&RelyingParty, PageError> {
    app.relying_party.as_ref().ok_or_else(|| Kind::NotFound.into())
}

/// A refusal in words, with its code for those who help.
pub(super) fn sentence(page: &Page, refusal: Refusal) -> String {
    let key = match refusal {
        Refusal::Over => "passkey-over",
        Refusal::Unknown => "passkey-unknown",
        Refusal::Taken => "passkey-taken",
        Refusal::Unverified => "passkey-unverified",
        Refusal::Counter => "passkey-copied",
        _ => "passkey-invalid",
    };
    page.text_with(key, "code", refusal.code()).to_string()
}
