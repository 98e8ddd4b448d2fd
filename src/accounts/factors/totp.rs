//! A code of an authenticator app (RFC 6238).

use actix_web::HttpResponse;

use super::{Check, Described, Factor, Step, Verdict, Way, Work, page};
use crate::{
    accounts::codes,
    app::App,
    protocol::auth_context::{Method, Methods},
    store::{self, Db, sign_ins::SignIn, totp_secrets, users::User},
    web::{page::Page, parts::Problems},
};

/// A code of any of a person's authenticator apps.
pub(super) struct Totp;

impl Factor for Totp {
    fn name(&self) -> &'static str {
        "totp"
    }

    fn ways(
        &'static self,
        db: &mut Db<'_>,
        _: &App,
        user: &User,
        _: &SignIn,
    ) -> Result<Vec<Way>, store::Error> {
        let apps = totp_secrets::list_of_user(db, user.id)?;
        let methods = Methods::of([Method::OneTimeCode]);
        let way = Way { factor: self, methods, contact: None };
        Ok((!apps.is_empty()).then_some(way).into_iter().collect())
    }

    fn describe(&self, page: &Page, _: &Way) -> Described {
        Described {
            title: page.text("factor-totp").to_string(),
            state: page.text("factor-totp-text").to_string(),
            drawing: "phone",
        }
    }

    fn show<'a>(&'a self, step: &'a Step<'a>, problems: Problems) -> Work<'a, HttpResponse> {
        Box::pin(async move {
            let prompt = step.visitor.page.text("second-factor-app").to_string();
            page::show(step, problems, &prompt, &page::Entry::Typed).await
        })
    }

    fn judge<'a>(&'a self, step: &'a Step<'a>) -> Work<'a, Check> {
        let code = codes::without_gaps(step.named.get("code").unwrap_or_default());
        let (user_id, sealer) = (step.user.id, step.app.seals.totp_secret.clone());
        let (now, methods) = (step.app.clock.now(), step.way.methods.clone());
        let check = move |db: &mut Db<'_>| {
            for app in totp_secrets::list_of_user(db, user_id)? {
                let Some(of_step) = app.step_of(&code, &sealer, now) else { continue };
                if totp_secrets::redeem(db, app.id, of_step, now)? {
                    return Ok(Verdict::Right(methods.clone()));
                }
            }
            Ok(Verdict::Wrong)
        };
        Box::pin(async move { Ok(Box::new(check) as Check) })
    }
}
