//! A passkey or a security key as the second step.
//!
//! After a password it is enough that the key is there; after anything else it must verify its
//! owner, or what was shown would be two things that somebody has.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::{Check, Described, Factor, Step, Verdict, Way, Work, page};
use crate::{
    accounts::{
        ceremonies::{self, Answer, Ceremony, Purpose},
        sign_in::{open_flow, waiting_app},
    },
    app::App,
    crypto::webauthn::Refusal,
    protocol::auth_context::{Method, Methods},
    store::{
        self, Db,
        passkeys::{self, Kind, Passkey},
        sign_ins::SignIn,
        users::User,
    },
    web::{
        app_card,
        error::PageError,
        page::{self as pages, Page},
        parts::{self, AppCard, Problems, ProofStep},
    },
};

/// The name of the method.
pub(in crate::accounts) const NAME: &str = "passkey";

/// A passkey or a security key.
pub(super) struct Key;

#[derive(Template)]
#[template(path = "accounts/second_factor_key.html")]
struct KeyPage<'a> {
    page: &'a Page,
    app: Option<AppCard>,
    problems: Problems,
    step: ProofStep,
    ceremony: parts::Ceremony,
}

impl Factor for Key {
    fn name(&self) -> &'static str {
        NAME
    }

    fn ways(
        &'static self,
        db: &mut Db<'_>,
        app: &App,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Vec<Way>, store::Error> {
        if app.relying_party.is_none() || sign_in.first_proof == self.name() {
            return Ok(Vec::new());
        }
        let keys = passkeys::list_of_user(db, user.id)?;
        let mut good = keys.iter().filter(|key| fits(key, sign_in)).peekable();
        if good.peek().is_none() {
            return Ok(Vec::new());
        }
        let weak = good.any(|key| key.kind == Kind::SecurityKey);
        let least = [Method::HardwareKey].into_iter();
        let methods = Methods::of(least.chain((!weak).then_some(Method::UserVerified)));
        Ok(vec![Way { factor: self, methods, contact: None }])
    }

    fn describe(&self, page: &Page, _: &Way) -> Described {
        let [title, state] = ["factor-passkey", "factor-passkey-state"];
        let [title, state] = [title, state].map(|key| page.text(key).to_string());
        Described { title, state, drawing: "key" }
    }

    fn show<'a>(&'a self, step: &'a Step<'a>, problems: Problems) -> Work<'a, HttpResponse> {
        Box::pin(async move {
            let page = &page::in_flow(step);
            // What is said of codes fits no key.
            let (problems, status) = if problems.is_empty() {
                (problems, StatusCode::OK)
            } else {
                let text = page.text("second-factor-key-wrong");
                (Problems::none().with("", &text), StatusCode::BAD_REQUEST)
            };
            let template = KeyPage {
                page,
                app: waiting_app(step.app, open_flow(step.app, step.named).as_ref()).await?,
                problems,
                step: page::proof_step(step, None),
                ceremony: ask(step).await?,
            };
            let policy = template.app.as_ref().map(app_card::policy).unwrap_or_default();
            pages::show_with(&template, status, &policy)
        })
    }

    fn judge<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Check> {
        Box::pin(async move {
            let (app, sign_in) = (step.app.clone(), step.sign_in.clone());
            let owner = Some(sign_in.user_id);
            let answer = Answer::read(&app, step.visitor, Purpose::SecondStep, owner, step.named);
            Ok(Box::new(move |db: &mut Db<'_>| {
                let judged = match &answer {
                    Ok(answer) => answer.judge(db, &app, |key| {
                        key.user_id == sign_in.user_id && fits(key, &sign_in)
                    })?,
                    Err(refusal) => Err(*refusal),
                };
                Ok(match judged {
                    Ok(methods) => Verdict::Right(methods),
                    Err(Refusal::Over) => Verdict::Gone,
                    Err(_) => Verdict::Wrong,
                })
            }) as Check)
        })
    }
}

/// Whether a key of this person is good for this sign-in.
fn fits(key: &Passkey, sign_in: &SignIn) -> bool {
    key.kind == Kind::Passkey || sign_in.amr.has(Method::Password)
}

/// What the page asks the browser for.
async fn ask(step: &Step<'_>) -> Result<parts::Ceremony, PageError> {
    let relying_party = ceremonies::relying_party(step.app)?;
    let (user_id, sign_in) = (step.user.id, step.sign_in.clone());
    let keys = step.app.store.read(move |db| passkeys::list_of_user(db, user_id)).await?;
    let keys = keys.iter().filter(|key| fits(key, &sign_in)).map(Passkey::credential);
    let asked = relying_party.ask_for(&keys.collect::<Result<Vec<_>, _>>()?);
    let asked = asked.ok_or_else(|| PageError::internal("nothing to ask a browser for"))?;
    Ok(Ceremony::begin(step.app, step.visitor, Purpose::SecondStep, Some(user_id), asked))
}
