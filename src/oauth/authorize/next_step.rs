//! What must happen before this request can be answered? Decided afresh each time from what is
//! stored, so a reload is always safe and no step knows the next.

use super::request::AuthorizationRequest;
use crate::{
    clock::Moment,
    protocol::{
        auth_context::{Acr, AcrValues},
        client_metadata::SubjectType,
        error::{
            OAuthError, account_selection_required, consent_required, login_required,
            unmet_authentication_requirements,
        },
        prompt::PromptValue,
        redirect_uri::Destination,
        scope::Scope,
    },
    store::{clients::Client, grants::Grant, sessions::Session},
    web::flow::Flow,
};

/// The next thing to do.
#[derive(Debug)]
pub enum Step {
    /// The person signs in, or proves again who they are.
    SignIn,
    /// A new person makes an account.
    SignUp,
    /// Whoever is signed in shows one more proof, to make us this sure.
    OneMoreProof(Acr),
    /// The person says which account.
    SelectAccount,
    /// The person is asked.
    Consent(Question),
    /// Nobody needs to be asked: this is allowed.
    Allow(Scope),
    /// Nothing is left to ask: answer under this grant.
    Respond(Box<Grant>),
    /// Nobody may be asked, and somebody would have to be.
    Refuse(OAuthError),
}

/// What a person is asked about.
#[derive(Debug)]
pub struct Question {
    /// What they have not answered yet.
    pub new: Scope,
    /// What they allow the client now.
    pub standing: Option<Box<Grant>>,
}

/// What is known when the step is decided.
pub struct Known<'a> {
    /// Who asks.
    pub client: &'a Client,
    /// What is asked.
    pub request: &'a AuthorizationRequest,
    /// Where the answer goes.
    pub place: Destination,
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
    if let Some(step) = surer(&known, session) {
        return step;
    }
    if known.request.prompt.has(PromptValue::SelectAccount)
        && known.flow.chosen != Some(session.id)
        && session.auth_at < started_at
    {
        return unless_silent(silent, Step::SelectAccount, || {
            account_selection_required("the person must choose an account")
        });
    }
    consent(known, session)
}

/// What to do about a level that the session does not reach. One that the client demands is asked
/// for or refused; one that it hopes for is asked for where that can help (RFC 9470 §4, §5).
fn surer(known: &Known<'_>, session: &Session) -> Option<Step> {
    let reached = session.acr.parse::<Acr>();
    let unmet = |wanted: &AcrValues| !reached.as_ref().is_ok_and(|it| wanted.are_met_by(*it));
    let required = known.request.required_acr().filter(unmet);
    let hoped_for = Some(known.request.acr_values.clone()).filter(unmet);
    let asks = !known.request.prompt.is_none() && !known.flow.exhausted;
    let wanted = required.as_ref().or(hoped_for.as_ref()).and_then(AcrValues::least);
    match wanted.filter(|_| asks) {
        Some(acr) => Some(Step::OneMoreProof(acr)),
        None => required.map(|_| {
            Step::Refuse(unmet_authentication_requirements(
                "the account cannot prove itself as strongly as required",
            ))
        }),
    }
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

fn consent(known: Known<'_>, session: &Session) -> Step {
    let (asked, again) = (known.request.wanted(), asked_again(&known));
    let new = match &known.grant {
        Some(grant) if !again => grant.unanswered(&asked, &known.client.optional_scope()),
        _ => asked.clone(),
    };
    let unsaid = !again && goes_without_saying(&known, session, &asked);
    match known.grant {
        Some(grant) if new.is_empty() && !again => Step::Respond(Box::new(grant)),
        _ if unsaid => Step::Allow(new),
        grant => {
            let question = Step::Consent(Question { new, standing: grant.map(Box::new) });
            unless_silent(known.request.prompt.is_none(), question, || {
                consent_required("the person must be asked for consent")
            })
        }
    }
}

/// Whether the client, or the person themselves, wants the question put once more.
fn asked_again(known: &Known<'_>) -> bool {
    let wanted = known.request.prompt.has(PromptValue::Consent);
    known.grant.as_ref().map_or(wanted, |grant| {
        grant.ask_again_at.is_some() || wanted && grant.consented_at < known.flow.started_at
    })
}

/// Whether there is nothing to ask: the operator's own app, unless anybody on this device could pose
/// as it; or one that learns nothing but that it is the same person again, who has just chosen to go on.
fn goes_without_saying(known: &Known<'_>, session: &Session, asked: &Scope) -> bool {
    let client = known.client;
    let own = client.first_party
        && (client.is_confidential() || matches!(known.place, Destination::Host(_)));
    let bare = asked.as_str() == "openid"
        && client.metadata.subject_type == SubjectType::Pairwise
        && known.flow.chosen == Some(session.id);
    own || bare
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
