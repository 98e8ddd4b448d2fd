//! What must happen before this request can be answered? Decided afresh each time from what is
//! stored, so a reload is always safe and no step knows the next.

use super::request::AuthorizationRequest;
use crate::{
    clock::Moment,
    protocol::{
        error::{
            OAuthError, account_selection_required, consent_required, login_required,
            unmet_authentication_requirements,
        },
        prompt::PromptValue,
        scope::Scope,
    },
    store::{grants::Grant, sessions::Session},
    web::flow::Flow,
};

/// The next thing to do.
#[derive(Debug)]
pub enum Step {
    /// The person signs in, or proves again who they are.
    SignIn,
    /// A new person makes an account.
    SignUp,
    /// The person says which account.
    SelectAccount,
    /// The person is asked about this part of the scope.
    Consent(Scope),
    /// Nothing is left to ask: answer under this grant.
    Respond(Box<Grant>),
    /// Nobody may be asked, and somebody would have to be.
    Refuse(OAuthError),
}

/// What is known when the step is decided.
pub struct Known<'a> {
    /// What is asked.
    pub request: &'a AuthorizationRequest,
    /// Since when, and what was chosen on the way.
    pub flow: &'a Flow,
    /// The session of this browser.
    pub session: Option<&'a Session>,
    /// Whether that is the person the client expects (`id_token_hint`).
    pub expected: bool,
    /// What that person allows the client.
    pub grant: Option<Grant>,
}

/// Decides the next step.
#[must_use]
pub fn decide(known: Known<'_>) -> Step {
    let silent = known.request.prompt.is_none();
    let started_at = known.flow.started_at;
    let Some(session) = known.session.filter(|_| known.expected) else {
        return unless_silent(silent, sign_in_or_up(known.request), not_signed_in);
    };
    if !fresh_enough(session, known.request, started_at) {
        return unless_silent(silent, Step::SignIn, not_signed_in);
    }
    if let Some(required) = known.request.required_acr()
        && !session.acr.parse().is_ok_and(|reached| required.are_met_by(reached))
    {
        return Step::Refuse(unmet_authentication_requirements(
            "the account cannot prove itself as strongly as required",
        ));
    }
    if known.request.prompt.has(PromptValue::SelectAccount)
        && known.flow.chosen != Some(session.id)
        && session.auth_at < started_at
    {
        return unless_silent(silent, Step::SelectAccount, || {
            account_selection_required("the person must choose an account")
        });
    }
    consent(known, started_at)
}

/// Whether the person has proved who they are recently enough for this request. What was proved
/// since it began is, whatever it asks (OpenID Connect Core §3.1.2.1, `prompt`, `max_age`).
fn fresh_enough(session: &Session, request: &AuthorizationRequest, started_at: Moment) -> bool {
    if session.auth_at >= started_at {
        return true;
    }
    let again = request.prompt.has(PromptValue::Login) || request.prompt.has(PromptValue::Create);
    let too_old = request.max_age.is_some_and(|age| session.auth_at + age < started_at);
    !again && !too_old
}

fn consent(known: Known<'_>, started_at: Moment) -> Step {
    let asked = known.request.wanted();
    let allowed = known.grant.as_ref().map(|grant| grant.scope.clone()).unwrap_or_default();
    let new = asked.difference(&allowed);
    let again = known.request.prompt.has(PromptValue::Consent)
        && known.grant.as_ref().is_none_or(|grant| grant.consented_at < started_at);
    match known.grant {
        Some(grant) if new.is_empty() && !again => Step::Respond(Box::new(grant)),
        _ => unless_silent(
            known.request.prompt.is_none(),
            Step::Consent(if again { asked } else { new }),
            || consent_required("the person must be asked for consent"),
        ),
    }
}

fn sign_in_or_up(request: &AuthorizationRequest) -> Step {
    if request.prompt.has(PromptValue::Create) { Step::SignUp } else { Step::SignIn }
}

fn not_signed_in() -> OAuthError {
    login_required("the person must sign in")
}

fn unless_silent(silent: bool, step: Step, refusal: impl FnOnce() -> OAuthError) -> Step {
    if silent { Step::Refuse(refusal()) } else { step }
}
