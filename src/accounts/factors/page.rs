//! The page of the second step that asks for a code, whatever it comes from.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;

use super::Step;
use crate::{
    accounts::{
        sign_in::{open_flow, waiting_app},
        trust,
    },
    store::sign_ins::Reason,
    web::{
        app_card,
        error::PageError,
        page::{self, Page},
        parts::{AppCard, Problems, ProofStep},
    },
};

#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
struct SecondFactorPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    step: ProofStep,
    /// What to type.
    prompt: &'a str,
    /// Whether there is something to type already.
    asks: bool,
    /// Seconds until a code may be sent, if codes are sent at all.
    resend: Option<u64>,
}

/// What the page asks for.
pub(super) enum Entry {
    /// A code that was sent.
    Sent { challenge: String, wait: u64 },
    /// A code that is sent when a button is pressed.
    Start,
    /// A code that the person has.
    Typed,
}

/// Asks for a code; `prompt` says which.
pub(super) async fn show(
    step: &Step<'_>,
    problems: Problems,
    prompt: &str,
    entry: &Entry,
) -> Result<HttpResponse, PageError> {
    let (challenge, resend) = match entry {
        Entry::Sent { challenge, wait } => (Some(challenge.clone()), Some(*wait)),
        Entry::Start => (None, Some(0)),
        Entry::Typed => (None, None),
    };
    let page = &in_flow(step);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let template = SecondFactorPage {
        page,
        app: waiting_app(step.app, open_flow(step.app, step.named).as_ref()).await?,
        problems,
        step: proof_step(step, challenge),
        prompt,
        asks: !matches!(entry, Entry::Start),
        resend,
    };
    let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
    page::show_with(&template, status, &policy)
}

/// The same answer, to somebody who has to wait for so many seconds.
pub(in crate::accounts) fn too_soon(mut answer: HttpResponse, seconds: u64) -> HttpResponse {
    *answer.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    answer
}

/// The page, as a step of the flow that is named.
pub(super) fn in_flow(step: &Step<'_>) -> Page {
    let flow = step.named.get("flow").map(str::to_owned);
    Page { flow, ..step.visitor.page.clone() }
}

/// What every page shares that asks for a proof.
pub(super) fn proof_step(step: &Step<'_>, challenge: Option<String>) -> ProofStep {
    let why = match step.sign_in.reason {
        Reason::TwoStep => "second-factor-why-two-step",
        Reason::NewBrowser => "second-factor-why-new-browser",
        Reason::StepUp => "second-factor-why-step-up",
        Reason::Again => "second-factor-why-again",
    };
    ProofStep {
        sign_in: step.sign_in.id.to_string(),
        by: step.way.by(),
        challenge,
        next: step.named.get("next").map(str::to_owned),
        why: step.visitor.page.text(why).to_string(),
        trust_days: trust::offered(step),
        others: step.others(),
    }
}
